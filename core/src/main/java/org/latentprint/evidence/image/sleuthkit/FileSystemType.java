package org.latentprint.evidence.image.sleuthkit;

/** Kinds of file systems, as far as they are read differently. The numbers are those of {@code TSK_FS_TYPE_ENUM}. */
public enum FileSystemType {
    NTFS(0x1, "NTFS $STANDARD_INFORMATION", true),
    /** Before FAT: exFAT's number is one of FAT's group. */
    EXFAT(0xA, "exFAT folder entry, local time as if UTC", false),
    FAT(0xE, "FAT folder entry, local time as if UTC", false),
    EXT(0x2180, "ext inode", true),
    ISO9660(0x800, "ISO 9660 folder entry", false),
    HFS(0x9000, "HFS+ catalogue", true),
    APFS(0x10000, "APFS inode", true),
    OTHER(0, "file system", true);

    private final int numbers;
    private final String timeBasis;
    private final boolean datesChanges;

    FileSystemType(int numbers, String timeBasis, boolean datesChanges) {
        this.numbers = numbers;
        this.timeBasis = timeBasis;
        this.datesChanges = datesChanges;
    }

    static FileSystemType of(int number) {
        if (number == EXFAT.numbers) {
            return EXFAT;
        }
        for (FileSystemType type : values()) {
            if (type != EXFAT && (type.numbers & number) != 0) {
                return type;
            }
        }
        return OTHER;
    }

    String timeBasis() {
        return timeBasis;
    }

    /** Returns how many bytes the metadata of a file take at least; the library counts FAT's by the folder entries that fit. */
    int leastMetadata() {
        return switch (this) {
            case EXT -> 128;
            case NTFS -> 1_024;
            case FAT, EXFAT, ISO9660, HFS, APFS, OTHER -> 32;
        };
    }

    /** Says whether it keeps the time of the last change of a file's metadata. */
    boolean datesChanges() {
        return datesChanges;
    }

    /** Says whether a file may have several contents, each with a name. */
    public boolean hasStreams() {
        return this == NTFS || this == HFS || this == APFS;
    }

    /** Says whether each file has a main content, which may be empty. Of an empty one on APFS the library gives none. */
    public boolean everyFileHasContent() {
        return this != NTFS && this != HFS;
    }

    /** Says whether the library's search for files that no folder names is to be trusted. On exFAT it makes up files. */
    public boolean findsOrphans() {
        return this != EXFAT;
    }
}
