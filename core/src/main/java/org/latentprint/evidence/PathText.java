package org.latentprint.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Turns the bytes of file names into text and back, without loss and without regard to the machine's locale. Bytes that are
 * no valid UTF-8, and the percent sign, stand as {@code %XX}; so does a final {@code !}, which {@link MemberPath} needs.
 */
final class PathText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Below a file nothing can exist, so that asking for the URI of a name here never touches evidence. */
    private static final Path NOWHERE = Path.of("/dev/null");

    private PathText() {}

    /** Returns the text of one name. */
    static String ofName(Path name) {
        String text = name.toString();
        return isPlain(text) ? text : MemberPath.withoutMark(escape(rawBytes(name)));
    }

    /** Says whether a text means the same bytes in every locale, and stands for itself. */
    private static boolean isPlain(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c <= ' ' || c >= 0x7f || c == '%' || c == '!') {
                return false;
            }
        }
        return true;
    }

    /** Returns the text of a path that may have several parts, such as the target of a link. */
    static String ofPath(Path path) {
        return (path.isAbsolute() ? "/" : "")
                + StreamSupport.stream(path.spliterator(), false)
                        .map(PathText::ofName)
                        .collect(Collectors.joining("/"));
    }

    /**
     * Returns the path below a folder that an item's path names.
     *
     * @throws IOException where the text leads out of the folder or cannot be a path
     */
    static Path resolve(Path folder, String itemPath) throws IOException {
        String[] parts = itemPath.split("/", -1);
        for (String part : parts) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IOException("not a path within the source: " + itemPath);
            }
        }
        if (isPlain(itemPath)) {
            return folder.resolve(itemPath);
        }
        StringBuilder raw = new StringBuilder(folder.toUri().getRawPath());
        if (raw.charAt(raw.length() - 1) == '/') {
            raw.setLength(raw.length() - 1);
        }
        for (String part : parts) {
            raw.append('/');
            for (byte value : unescape(part)) {
                raw.append('%').append(HEX.toHexDigits(value));
            }
        }
        try {
            return Path.of(URI.create("file://" + raw));
        } catch (IllegalArgumentException invalid) {
            throw new IOException("not a path within the source: " + itemPath, invalid);
        }
    }

    static String escape(byte[] raw) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(raw);
        CharBuffer out = CharBuffer.allocate(raw.length);
        StringBuilder text = new StringBuilder(raw.length + 8);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            text.append(out.flip().toString().replace("%", "%25"));
            out.clear();
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                text.append('%').append(HEX.toHexDigits(in.get()));
            }
            decoder.reset();
        }
    }

    static String hex(int value) {
        return HEX.toHexDigits((byte) value);
    }

    private static byte[] unescape(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int position = 0;
        while (position < text.length()) {
            int percent = text.indexOf('%', position);
            int end = percent < 0 ? text.length() : percent;
            bytes.writeBytes(text.substring(position, end).getBytes(StandardCharsets.UTF_8));
            position = end;
            if (percent >= 0) {
                try {
                    bytes.write(HexFormat.fromHexDigits(text, percent + 1, percent + 3));
                } catch (IndexOutOfBoundsException | IllegalArgumentException invalid) {
                    throw new IOException("not an escaped name: " + text, invalid);
                }
                position = percent + 3;
            }
        }
        return bytes.toByteArray();
    }

    /** A path's URI is the one place where Java gives the bytes of a name as they are. */
    private static byte[] rawBytes(Path name) {
        String raw = NOWHERE.resolve(name).toUri().getRawPath();
        try {
            return unescape(raw.substring(raw.lastIndexOf('/') + 1));
        } catch (IOException impossible) {
            throw new IllegalStateException("a URI escapes every percent sign", impossible);
        }
    }
}
