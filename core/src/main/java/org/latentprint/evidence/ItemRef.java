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
 * @param address by which the source finds the item again; empty where its path is enough. In an image it is the sector where the file system
 *     begins and the address of the file's metadata, as in {@code 2048/64-128-3}; {@code icat -o 2048 IMAGE 64-128-3} shows
 *     the bytes
 * @param note what else the source says of it, in words, such as what became of a deleted file's bytes
 */
public record ItemRef(
        String path,
        Kind kind,
        long size,
        Allocation allocation,
        List<ItemTime> times,
        Optional<String> stream,
        Optional<String> linkTarget,
        Optional<String> address,
        Optional<String> note) {

    public ItemRef {
        times = List.copyOf(times);
    }

    /** Makes a reference to what its path finds. */
    public ItemRef(
            String path,
            Kind kind,
            long size,
            Allocation allocation,
            List<ItemTime> times,
            Optional<String> stream,
            Optional<String> linkTarget) {
        this(path, kind, size, allocation, times, stream, linkTarget, Optional.empty(), Optional.empty());
    }

    /** Returns what a source needs to open a file again whose path and address are known from a case. */
    public static ItemRef again(String path, long size, Optional<String> address) {
        return new ItemRef(
                path,
                Kind.FILE,
                size,
                Allocation.ALLOCATED,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                address,
                Optional.empty());
    }

    /** What an item is. Only {@link #FILE} has bytes to read. */
    public enum Kind {
        FILE,
        LINK,
        /** A device, socket or pipe: opening one could block or change it, so it is listed only. */
        SPECIAL,
        /** A folder that could not be listed. Folders that could are no items; what they hold is. */
        UNREADABLE_FOLDER,
        /** A volume of an image whose files could not be listed: encrypted, or of a kind that is not known. */
        UNREADABLE_VOLUME,
        /** A range of an image that could not be read. */
        UNREADABLE_RANGE,
        /** A deleted name whose file's place is used by another file now, so that no bytes are known to be its own. */
        NAME_ONLY,
        /** A file for which its file system records no content, not even an empty one. */
        NO_CONTENT
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
