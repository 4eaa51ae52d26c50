package org.latentprint.evidence;

import java.util.List;
import java.util.Optional;

/**
 * One thing that a source holds: a file, an alternate stream of one, or something listed and not read. Values only; bytes
 * are had from the {@link EvidenceSource} that gave the reference.
 *
 * @param path within the source, with {@code /} between the parts, unique within the source. Bytes of a name that are no
 *     valid text, and the escape character itself, stand as {@code %XX}, so that two names never look the same. What is
 *     inside an archive has the archive's path and its own, see {@link MemberPath}
 * @param kind what it is
 * @param size in bytes; 0 for what is not a file
 * @param allocation whether the file system holds it as live
 * @param times in a fixed order, of those the source knows
 * @param stream name of the alternate data stream, empty for a file's main content
 * @param linkTarget where a link points, as it stands on the source; links are listed and not followed
 */
public record ItemRef(
        String path,
        Kind kind,
        long size,
        Allocation allocation,
        List<ItemTime> times,
        Optional<String> stream,
        Optional<String> linkTarget) {

    public ItemRef {
        times = List.copyOf(times);
    }

    /** What an item is. Only {@link #FILE} has bytes to read. */
    public enum Kind {
        FILE,
        LINK,
        /** A device, socket or pipe: opening one could block or change it, so it is listed only. */
        SPECIAL,
        /** A folder that could not be listed. Folders that could are no items; what they hold is. */
        UNREADABLE_FOLDER
    }

    /** The item's state in its file system. */
    public enum Allocation {
        ALLOCATED,
        DELETED,
        ORPHAN,
        CARVED
    }

    /** Returns the path of the archive that holds the item; empty for what lies in the source itself. */
    public Optional<String> archive() {
        return MemberPath.archiveOf(path);
    }

    /** Returns the last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
