package org.latentprint.evidence.image.sleuthkit;

import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.ItemTime;

/**
 * A name in a folder of a file system, and what its metadata say.
 *
 * @param name as one part of a path, as {@link org.latentprint.evidence.MemberPath#single} gives it
 * @param kind what it names
 * @param allocated whether the name is live in its folder
 * @param address of the file's metadata in the file system; 0 may be a file's
 * @param metadata empty where a deleted name's metadata are gone or cannot be read
 */
public record Entry(String name, Kind kind, boolean allocated, long address, Optional<Metadata> metadata) {

    /** What a name stands for. */
    public enum Kind {
        FILE,
        FOLDER,
        /** A folder that the library makes up, for files that no folder names. */
        ORPHANS,
        LINK,
        /** A device, socket or pipe. */
        SPECIAL,
        /** A file that the library makes up for a part of the file system, such as a FAT. */
        VIRTUAL,
        UNKNOWN
    }

    /**
     * What the file system says of a file.
     *
     * @param allocated whether the metadata are live
     * @param used whether they ever were a file's
     * @param names how many names the file has
     * @param size in bytes, of the main content
     * @param times that it keeps, in a fixed order
     * @param linkTarget where a link points
     * @param streams that hold content: the main one first, then those with names; empty where the file system keeps one
     *     only
     */
    public record Metadata(
            boolean allocated,
            boolean used,
            long names,
            long size,
            List<ItemTime> times,
            Optional<String> linkTarget,
            List<Stream> streams) {
        public Metadata {
            times = List.copyOf(times);
            streams = List.copyOf(streams);
        }
    }

    /**
     * One content of a file.
     *
     * @param type the file system's number for the sort of it
     * @param id tells those of one type apart
     * @param name empty for the main content
     * @param size in bytes
     */
    public record Stream(int type, int id, Optional<String> name, long size) {}
}
