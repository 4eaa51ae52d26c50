package org.latentprint.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The paths of what lies inside an archive: {@code photos.zip!/garden/cat.png}, and {@code photos.zip!2/garden/cat.png} for
 * the second member of that name. No other path holds the mark {@code !/}, since names that end like it are escaped. The
 * names are data only: nothing is ever written under them, and {@code ..} and a leading slash are escaped, so that no
 * program that takes such a path for one of a disk leaves its folder.
 */
public final class MemberPath {
    /** In bytes; longer names are cut. The longest that a file system takes is 4,096 bytes. */
    public static final int MAX_NAME = 8_192;

    private static final Pattern MARK = Pattern.compile("!([0-9]*)/");
    private static final Pattern FINAL_MARK = Pattern.compile("!(?=[0-9]*$)");

    /** Escaped text holds hex digits behind every percent sign, so that no name looks like this. */
    private static final String NO_NAME = "%(no name)";

    private MemberPath() {}

    /**
     * Returns a member's path.
     *
     * @param archive path of the archive
     * @param name of the member, as {@link #name} gives it
     * @param occurrence 1 for the first member of that name, 2 for the next
     */
    public static String of(String archive, String name, int occurrence) {
        return archive + (occurrence == 1 ? "!/" : "!" + occurrence + "/") + name;
    }

    /**
     * Returns a member's name as text, without loss up to {@link #MAX_NAME}.
     *
     * @param rawName bytes of unknown encoding
     */
    public static String name(byte[] rawName) {
        String text = PathText.escape(rawName.length <= MAX_NAME ? rawName : Arrays.copyOf(rawName, MAX_NAME));
        if (text.isEmpty()) {
            return NO_NAME;
        }
        // An empty part stands where a slash leads or is doubled.
        return Arrays.stream(text.split("/", -1))
                .map(part -> part.isEmpty() ? "%2F" : part(part))
                .collect(Collectors.joining("/"));
    }

    /**
     * Returns one part of a path as text, without loss.
     *
     * @param rawName bytes of a file system's name, of unknown encoding; a slash in it stands for itself
     */
    public static String single(byte[] rawName) {
        String text = PathText.escape(rawName.length <= MAX_NAME ? rawName : Arrays.copyOf(rawName, MAX_NAME));
        return text.isEmpty() ? NO_NAME : part(text).replace("/", "%2F");
    }

    /** Returns the path of the archive that a path leads into, the innermost where there are several. */
    public static Optional<String> archiveOf(String path) {
        Matcher marks = MARK.matcher(path);
        int last = -1;
        while (marks.find()) {
            last = marks.start();
        }
        return last < 0 ? Optional.empty() : Optional.of(path.substring(0, last));
    }

    /** Returns the path of each archive on the way and at last the path itself, from the outermost to the innermost. */
    public static List<String> chain(String path) {
        List<String> chain = new ArrayList<>();
        Matcher marks = MARK.matcher(path);
        while (marks.find()) {
            chain.add(path.substring(0, marks.start()));
        }
        chain.add(path);
        return chain;
    }

    /** Escapes the mark where a name ends with it. */
    static String withoutMark(String name) {
        return FINAL_MARK.matcher(name).replaceFirst("%21");
    }

    private static String part(String part) {
        if (part.equals(".") || part.equals("..")) {
            return part.replace(".", "%2E");
        }
        StringBuilder text = new StringBuilder(part.length());
        part.chars().forEach(character -> {
            if (character < ' ' || character == 0x7F) {
                text.append('%').append(PathText.hex(character));
            } else {
                text.append((char) character);
            }
        });
        return withoutMark(text.toString());
    }
}
