package org.latentprint.evidence.archive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.X000A_NTFS;
import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipExtraField;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.ItemTime;
import org.latentprint.evidence.MemberPath;

/** What a zip states of one member. Its DOS time is left out: it is local, of an unknown zone. */
final class ZipEntryFacts {
    /** The library unpacks these with another library, which is not part of this program. */
    private static final Set<Integer> WITHOUT_UNPACKER =
            Set.of(ZipMethod.ZSTD.getCode(), ZipMethod.ZSTD_DEPRECATED.getCode());

    private ZipEntryFacts() {}

    /**
     * Makes an entry.
     *
     * @param readable whether the library knows how to unpack it
     * @param place of a member that is not packed
     */
    static Entry entry(
            ZipArchiveEntry zip,
            boolean readable,
            OptionalLong place,
            Optional<String> linkTarget,
            Entry.Content content) {
        return new Entry(
                MemberPath.name(name(zip)),
                // A name that ends like a folder's does not hide what has content.
                zip.isDirectory() && zip.getSize() <= 0,
                zip.isUnixSymlink() ? ItemRef.Kind.LINK : ItemRef.Kind.FILE,
                zip.getSize() < 0 ? OptionalLong.empty() : OptionalLong.of(zip.getSize()),
                times(zip),
                linkTarget,
                place,
                zip.getCrc() < 0 ? OptionalLong.empty() : OptionalLong.of(zip.getCrc()),
                unread(zip, readable),
                content);
    }

    /** The bytes as they stand; Windows' programs of old wrote backslashes, which no name there can hold. */
    static byte[] name(ZipArchiveEntry zip) {
        byte[] raw = zip.getRawName();
        if (raw == null) {
            return EntryNames.bytes(zip.getName());
        }
        String bytes = new String(raw, StandardCharsets.ISO_8859_1);
        return zip.getPlatform() == ZipArchiveEntry.PLATFORM_FAT && bytes.indexOf('/') < 0
                ? bytes.replace('\\', '/').getBytes(StandardCharsets.ISO_8859_1)
                : raw;
    }

    private static List<ItemTime> times(ZipArchiveEntry zip) {
        EntryTimes times = new EntryTimes();
        for (ZipExtraField field : zip.getExtraFields()) {
            if (field instanceof X000A_NTFS ntfs) {
                times.add(ItemTime.Kind.MODIFIED, Optional.ofNullable(ntfs.getModifyFileTime()))
                        .add(ItemTime.Kind.ACCESSED, Optional.ofNullable(ntfs.getAccessFileTime()))
                        .add(ItemTime.Kind.BORN, Optional.ofNullable(ntfs.getCreateFileTime()));
            }
        }
        for (ZipExtraField field : zip.getExtraFields()) {
            if (field instanceof X5455_ExtendedTimestamp unix) {
                times.add(ItemTime.Kind.MODIFIED, Optional.ofNullable(unix.getModifyFileTime()))
                        .add(ItemTime.Kind.ACCESSED, Optional.ofNullable(unix.getAccessFileTime()))
                        .add(ItemTime.Kind.BORN, Optional.ofNullable(unix.getCreateFileTime()));
            }
        }
        return times.list();
    }

    private static Optional<Entry.Unread> unread(ZipArchiveEntry zip, boolean readable) {
        if (zip.getGeneralPurposeBit().usesEncryption()) {
            return Optional.of(new Entry.Unread("encrypted", false));
        }
        if (readable && !WITHOUT_UNPACKER.contains(zip.getMethod())) {
            return Optional.empty();
        }
        ZipMethod method = ZipMethod.getMethodByCode(zip.getMethod());
        return Optional.of(new Entry.Unread(
                "packed by a method this version does not read: " + zip.getMethod()
                        + (method == null ? "" : " (" + method + ")"),
                true));
    }
}
