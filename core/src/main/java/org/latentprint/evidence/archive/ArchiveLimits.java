package org.latentprint.evidence.archive;

/** How much of an archive is opened. What a bound leaves unread is said as a problem of the archive or its member. */
public final class ArchiveLimits {
    /** A picture in a mail in a backup in a zip is at depth four; bombs nest deeper. */
    public static final int MAX_DEPTH = 5;

    /** Members of one archive; their names are held in memory to tell duplicates apart. */
    public static final int MAX_MEMBERS = 500_000;

    /** Members of an archive of a source and of all archives inside it. */
    public static final long MAX_MEMBERS_IN_ALL = 2_000_000;

    /** Up to this size, in bytes, a packed member is read, since it is held in memory; of a longer one its beginning. */
    public static final int MAX_MEMBER = 64 << 20;

    /** All bytes unpacked from an archive of a source, and from archives inside it, may be so many times its own bytes. */
    public static final long MAX_RATIO = 200;

    /** So many bytes may be unpacked whatever the ratio: a small archive of long logs is no bomb. */
    public static final long RATIO_FREE = 256L << 20;

    /** And never more than this, in bytes; the largest telephones hold as much. */
    public static final long MAX_UNPACKED = 1L << 40;

    /** Bytes of a zip's central directory, whose every entry takes several hundred bytes of memory. */
    public static final long MAX_ZIP_DIRECTORY = 32L << 20;

    /** Bytes of headers before one member of a tar: a long name and a few extended headers. */
    public static final long MAX_TAR_HEADERS = 1L << 20;

    /** Memory for an unpacker's dictionary, in KiB; the largest that xz uses by itself is 65 MiB. */
    public static final int MAX_DICTIONARY_KIB = 128 << 10;

    private ArchiveLimits() {}
}
