package org.latentprint.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the file system says of one name in a folder.
 *
 * <p>The time of the last access is left out: on most mounts reading a file changes it, so that a second scan would give
 * another case. Java gives the time of the last change where a file system keeps no birth; a birth equal to it is left out.
 */
record FolderEntry(Path path, Map<String, Object> attributes) {
    private static final String WANTED =
            "unix:isRegularFile,isDirectory,isSymbolicLink,size,lastModifiedTime,ctime,creationTime";
    private static final String BASIS = "file system";

    /** Reads the attributes; they are empty where they cannot be read, which opening the item will say again. */
    static FolderEntry read(Path path) {
        try {
            return new FolderEntry(path, Files.readAttributes(path, WANTED, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException unreadable) {
            return new FolderEntry(path, Map.of());
        }
    }

    boolean isFolder() {
        return is("isDirectory");
    }

    /** Returns the item; a folder that is asked for one is a folder that could not be listed. */
    ItemRef item(String itemPath) {
        ItemRef.Kind kind = kind();
        long size = kind == ItemRef.Kind.FILE && attributes.get("size") instanceof Long bytes ? bytes : 0;
        return new ItemRef(
                itemPath, kind, size, ItemRef.Allocation.ALLOCATED, times(), Optional.empty(), linkTarget(kind));
    }

    private ItemRef.Kind kind() {
        if (isFolder()) {
            return ItemRef.Kind.UNREADABLE_FOLDER;
        }
        if (is("isSymbolicLink")) {
            return ItemRef.Kind.LINK;
        }
        return attributes.isEmpty() || is("isRegularFile") ? ItemRef.Kind.FILE : ItemRef.Kind.SPECIAL;
    }

    private Optional<String> linkTarget(ItemRef.Kind kind) {
        if (kind != ItemRef.Kind.LINK) {
            return Optional.empty();
        }
        try {
            return Optional.of(PathText.ofPath(Files.readSymbolicLink(path)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private List<ItemTime> times() {
        List<ItemTime> times = new ArrayList<>();
        add(times, ItemTime.Kind.MODIFIED, "lastModifiedTime");
        add(times, ItemTime.Kind.CHANGED, "ctime");
        if (!attributes.getOrDefault("creationTime", BASIS).equals(attributes.get("lastModifiedTime"))) {
            add(times, ItemTime.Kind.BORN, "creationTime");
        }
        return times;
    }

    private void add(List<ItemTime> times, ItemTime.Kind kind, String attribute) {
        if (attributes.get(attribute) instanceof FileTime time) {
            times.add(new ItemTime(kind, time.toInstant(), BASIS));
        }
    }

    private boolean is(String attribute) {
        return Boolean.TRUE.equals(attributes.get(attribute));
    }
}
