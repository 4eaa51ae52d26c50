package org.latentprint.evidence.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The archive and compression formats this version knows by their first bytes. Sources: APPNOTE.TXT (zip), 7zFormat.txt,
 * POSIX ustar, RFC 1952 (gzip), the xz file format 1.2.0, RFC 8878 (Zstandard), the header rules of XZ Utils for lzma; for
 * LZ4 frames and the files of compress, what Commons Compress reads in {@code FramedLZ4CompressorInputStream} and {@code
 * ZCompressorInputStream}.
 */
public enum ArchiveFormat {
    ZIP("application/zip", true),
    SEVEN_ZIP("application/x-7z-compressed", true),
    TAR("application/x-tar", true),
    GZIP("application/gzip", true),
    BZIP2("application/x-bzip2", true),
    XZ("application/x-xz", true),
    LZMA("application/x-lzma", true),
    LZ4("application/x-lz4", true),
    COMPRESS("application/x-compress", true),
    /** Needs a native library, or one that reads memory unchecked, which no evidence is given to. */
    ZSTANDARD("application/zstd", false),
    /** The licence of the only readers forbids what an open program allows. */
    RAR("application/vnd.rar", false);

    private static final int TAR_MAGIC = 257;
    private static final int LZMA_HEADER = 13;

    /** XZ Utils takes no file for lzma that states more. */
    private static final long LZMA_MAX_SIZE = 1L << 38;

    private final String mediaType;
    private final boolean opened;

    ArchiveFormat(String mediaType, boolean opened) {
        this.mediaType = mediaType;
        this.opened = opened;
    }

    /** Returns the format's media type. */
    public String mediaType() {
        return mediaType;
    }

    /** Says whether this version looks inside. */
    public boolean opened() {
        return opened;
    }

    /** Returns the format of that media type. */
    public static Optional<ArchiveFormat> ofMediaType(String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equals(mediaType))
                .findFirst();
    }

    /**
     * Returns the format by an item's first bytes.
     *
     * @param head 512 bytes are enough
     */
    public static Optional<ArchiveFormat> recognise(byte[] head) {
        if (head.length < 6) {
            return Optional.empty();
        }
        return switch (head[0]) {
            case 'P' ->
                given(ZIP, starts(head, "PK\3\4") || starts(head, "PK\5\6\0\0") || starts(head, "PK\7\b" + "PK\3\4"));
            case '7' -> given(SEVEN_ZIP, starts(head, "7z\u00bc\u00af'\34"));
            case 0x1F -> given(GZIP, starts(head, "\37\u008b\b")).or(() -> given(COMPRESS, isCompress(head)));
            case 4 -> given(LZ4, isLz4(head)).or(() -> tar(head));
            case 'B' -> given(BZIP2, isBzip2(head)).or(() -> tar(head));
            case (byte) 0xFD -> given(XZ, starts(head, "\u00fd7zXZ\0"));
            case 0x5D -> given(LZMA, isLzma(head)).or(() -> tar(head));
            case 0x28 -> given(ZSTANDARD, starts(head, "(\u00b5/\u00fd"));
            case 'R' -> given(RAR, starts(head, "Rar!\32\7")).or(() -> tar(head));
            default -> tar(head);
        };
    }

    private static Optional<ArchiveFormat> given(ArchiveFormat format, boolean fits) {
        return fits ? Optional.of(format) : Optional.empty();
    }

    private static Optional<ArchiveFormat> tar(byte[] head) {
        return given(TAR, head.length >= 512 && matches(head, TAR_MAGIC, "ustar"));
    }

    private static boolean isBzip2(byte[] head) {
        return starts(head, "BZh")
                && head[3] >= '1'
                && head[3] <= '9'
                && (matches(head, 4, "1AY&SY") || matches(head, 4, "\27rE8P\u0090"));
    }

    /** Behind the mark: how wide codes grow, and a first code that must be a plain byte, for no other is known yet. */
    private static boolean isCompress(byte[] head) {
        int widest = head[2] & 0x1F;
        return starts(head, "\37\u009d") && (head[2] & 0x60) == 0 && widest >= 9 && widest <= 16 && (head[4] & 1) == 0;
    }

    /** Behind the mark: the version, and bits that must be zero. */
    private static boolean isLz4(byte[] head) {
        return starts(head, "\4\"M\30") && (head[4] & 0xC2) == 0x40 && (head[5] & 0x8F) == 0;
    }

    /** The format has no mark of its own: properties, size of the dictionary and size of the content must make sense. */
    private static boolean isLzma(byte[] head) {
        if (head.length < LZMA_HEADER || head[1] != 0) {
            return false;
        }
        long dictionary = 0;
        for (int i = 4; i > 0; i--) {
            dictionary = dictionary << 8 | (head[i] & 0xFF);
        }
        long size = 0;
        for (int i = LZMA_HEADER - 1; i > 4; i--) {
            size = size << 8 | (head[i] & 0xFF);
        }
        long lowest = Long.lowestOneBit(dictionary);
        boolean plausible = dictionary >= 1 << 16 && (dictionary == lowest || dictionary == 3 * lowest);
        return plausible && (size == -1 || (size > 0 && size < LZMA_MAX_SIZE));
    }

    private static boolean starts(byte[] head, String mark) {
        return matches(head, 0, mark);
    }

    private static boolean matches(byte[] head, int offset, String mark) {
        byte[] expected = mark.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= offset + expected.length
                && Arrays.equals(head, offset, offset + expected.length, expected, 0, expected.length);
    }
}
