package org.latentprint.evidence.image.sleuthkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.latentprint.evidence.ItemTime;

/** The times that a file system keeps of a file, each with its basis named. Zero is no time. */
final class FileTimes {
    /** A second has no more; damage may say so. */
    private static final int MAX_NANOSECONDS = 999_999_999;

    private final Struct metadata;
    private final List<ItemTime> times = new ArrayList<>();

    private FileTimes(Struct metadata) {
        this.metadata = metadata;
    }

    static List<ItemTime> of(Struct metadata, FileSystemType type) {
        FileTimes all = new FileTimes(metadata);
        String basis = type.timeBasis();
        all.add(ItemTime.Kind.MODIFIED, "mtime", basis);
        if (type.datesChanges()) {
            all.add(ItemTime.Kind.CHANGED, "ctime", basis);
        }
        all.add(ItemTime.Kind.ACCESSED, "atime", basis);
        all.add(ItemTime.Kind.BORN, "crtime", basis);
        switch (type) {
            case EXT -> all.add(ItemTime.Kind.DELETED, "time2.ext2.dtime", basis);
            case NTFS -> {
                String names = "NTFS $FILE_NAME";
                all.add(ItemTime.Kind.MODIFIED, "time2.ntfs.fn_mtime", names);
                all.add(ItemTime.Kind.CHANGED, "time2.ntfs.fn_ctime", names);
                all.add(ItemTime.Kind.ACCESSED, "time2.ntfs.fn_atime", names);
                all.add(ItemTime.Kind.BORN, "time2.ntfs.fn_crtime", names);
            }
            case FAT, EXFAT, HFS, APFS, ISO9660, OTHER -> {
                // no further times
            }
        }
        return all.times;
    }

    private void add(ItemTime.Kind kind, String field, String basis) {
        long seconds = metadata.int64(field);
        int nanoseconds = metadata.int32(field + "_nano");
        if (seconds != 0 && seconds > Instant.MIN.getEpochSecond() && seconds < Instant.MAX.getEpochSecond()) {
            times.add(new ItemTime(
                    kind, Instant.ofEpochSecond(seconds, Math.clamp(nanoseconds, 0, MAX_NANOSECONDS)), basis));
        }
    }
}
