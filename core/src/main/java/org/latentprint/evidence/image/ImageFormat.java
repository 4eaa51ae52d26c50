package org.latentprint.evidence.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.latentprint.evidence.FileBytes;
import org.latentprint.evidence.ReadBuffers;

/** Formats of disk images, by the bytes that mark them. */
enum ImageFormat {
    RAW,
    EWF,
    QCOW,
    VHD,
    VMDK,
    /** Ex01, EnCase's logical evidence files, AFF and AFF4: containers that no library at hand reads. */
    UNSUPPORTED;

    /** A raw image has no mark of its own; the endings that imaging programs give them. */
    private static final Set<String> RAW_ENDINGS = Set.of("dd", "raw", "img", "ima", "iso", "001", "000");

    /** Reaches the mark of ISO 9660, the farthest. */
    private static final int HEAD = 33_000;

    private static final int FOOTER = 512;

    /**
     * Returns the format of a file.
     *
     * @return empty where it is no disk image
     * @throws IOException where it cannot be read
     */
    static Optional<ImageFormat> of(Path file) throws IOException {
        try (FileBytes bytes = FileBytes.open(file, new ReadBuffers())) {
            String head = read(bytes, 0, HEAD);
            String footer = read(bytes, Math.max(0, bytes.size() - FOOTER), FOOTER);
            return byMark(head, footer, String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT));
        }
    }

    private static Optional<ImageFormat> byMark(String head, String footer, String name) {
        if (head.startsWith("EVF\t\r\n\u00FF\0")) {
            return Optional.of(EWF);
        }
        if (head.startsWith("QFI\u00FB")) {
            return Optional.of(QCOW);
        }
        if (head.startsWith("vhdxfile") || head.startsWith("conectix") || footer.startsWith("conectix")) {
            return Optional.of(VHD);
        }
        if (head.startsWith("KDMV") || head.startsWith("COWD") || head.startsWith("# Disk DescriptorFile")) {
            return Optional.of(VMDK);
        }
        if (head.startsWith("EVF2\r\n\u0081")
                || head.startsWith("LVF\t\r\n\u00FF\0")
                || head.startsWith("LEF2\r\n\u0081")
                || head.startsWith("AFF10\r\n")
                || (head.startsWith("PK\3\4") && name.endsWith(".aff4"))) {
            return Optional.of(UNSUPPORTED);
        }
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return RAW_ENDINGS.contains(ending) || looksLikeDisk(head) ? Optional.of(RAW) : Optional.empty();
    }

    /** Looks for the marks of volume tables and file systems; each stands at a place where other files have no such text. */
    private static boolean looksLikeDisk(String head) {
        boolean bootable = head.startsWith("U\u00AA", 510);
        return head.startsWith("EFI PART", 512)
                || (bootable && (isPartitionTable(head) || hasBootSector(head)))
                || head.startsWith("CD001", 32_769)
                || (head.startsWith("S\u00EF", 1080) && !head.startsWith("\0\0\0\0", 1024))
                || head.startsWith("H+\0\4", 1024)
                || head.startsWith("HX\0\5", 1024)
                || head.startsWith("NXSB", 32);
    }

    /** The four entries begin with 0 or 80 hex, and one of them is used. */
    private static boolean isPartitionTable(String head) {
        boolean used = false;
        for (int entry = 446; entry < 510; entry += 16) {
            char active = head.charAt(entry);
            if (active != 0 && active != 0x80) {
                return false;
            }
            used |= head.charAt(entry + 4) != 0;
        }
        return used;
    }

    private static boolean hasBootSector(String head) {
        return head.startsWith("NTFS    ", 3)
                || head.startsWith("EXFAT   ", 3)
                || head.startsWith("-FVE-FS-", 3)
                || head.startsWith("FAT", 54)
                || head.startsWith("FAT32   ", 82);
    }

    private static String read(FileBytes bytes, long offset, int length) throws IOException {
        byte[] target = new byte[length];
        int read = bytes.read(offset, target, 0, length);
        return new String(target, 0, read, StandardCharsets.ISO_8859_1);
    }
}
