package org.latentprint.evidence.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.lzma.LZMACompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.z.ZCompressorInputStream;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.ItemTime;
import org.latentprint.evidence.MemberPath;

/** Opens a compressed file: as a tar where its content begins like one, else as the one file it holds. */
final class CompressedEntries {
    /** A tar's first record says what it is. */
    private static final int HEAD = 512;

    private static final Map<ArchiveFormat, List<String>> ENDINGS = Map.of(
            ArchiveFormat.GZIP, List.of(".gz", ".gzip", ".z"),
            ArchiveFormat.BZIP2, List.of(".bz2", ".bz"),
            ArchiveFormat.XZ, List.of(".xz"),
            ArchiveFormat.LZMA, List.of(".lzma"),
            ArchiveFormat.LZ4, List.of(".lz4"),
            ArchiveFormat.COMPRESS, List.of(".z"));

    private CompressedEntries() {}

    /**
     * Opens a compressed file.
     *
     * @param itemName name of the file, whose ending is left off for its content's name
     * @param budget takes the headers of a tar
     */
    static EntryReader open(EvidenceBytes bytes, ArchiveFormat format, String itemName, ExpansionBudget budget)
            throws IOException {
        InputStream unpacked = unpack(new EvidenceInputStream(bytes), format);
        Beginning beginning = Beginning.of(unpacked);
        InputStream whole = beginning.before(unpacked);
        if (beginning.bytes.length == HEAD
                && ArchiveFormat.recognise(beginning.bytes).equals(Optional.of(ArchiveFormat.TAR))) {
            return TarEntries.packed(whole, budget);
        }
        EntryTimes times = new EntryTimes();
        byte[] name = withoutEnding(itemName, format);
        if (unpacked instanceof GzipCompressorInputStream gzip) {
            times.add(
                    ItemTime.Kind.MODIFIED,
                    Optional.ofNullable(gzip.getMetaData().getModificationInstant())
                            .map(FileTime::from));
            String recorded = gzip.getMetaData().getFileName();
            name = recorded == null || recorded.isEmpty() ? name : recorded.getBytes(StandardCharsets.ISO_8859_1);
        }
        return new SingleEntry(whole, MemberPath.name(name), times.list());
    }

    private static InputStream unpack(InputStream packed, ArchiveFormat format) throws IOException {
        return switch (format) {
            case GZIP ->
                GzipCompressorInputStream.builder()
                        .setInputStream(packed)
                        .setDecompressConcatenated(true)
                        .setFileNameCharset(StandardCharsets.ISO_8859_1)
                        .get();
            case BZIP2 -> new BZip2CompressorInputStream(packed, true);
            case XZ ->
                XZCompressorInputStream.builder()
                        .setInputStream(packed)
                        .setDecompressConcatenated(true)
                        .setMemoryLimitKiB(ArchiveLimits.MAX_DICTIONARY_KIB)
                        .get();
            case LZMA ->
                LZMACompressorInputStream.builder()
                        .setInputStream(packed)
                        .setMemoryLimitKiB(ArchiveLimits.MAX_DICTIONARY_KIB)
                        .get();
            case LZ4 -> new FramedLZ4CompressorInputStream(packed, true);
            case COMPRESS -> new ZCompressorInputStream(packed, ArchiveLimits.MAX_DICTIONARY_KIB);
            case ZIP, SEVEN_ZIP, TAR, ZSTANDARD, RAR -> throw new IllegalArgumentException("not a stream: " + format);
        };
    }

    private static byte[] withoutEnding(String itemName, ArchiveFormat format) {
        String lower = itemName.toLowerCase(Locale.ROOT);
        String name = ENDINGS.getOrDefault(format, List.of()).stream()
                .filter(ending -> lower.endsWith(ending) && lower.length() > ending.length())
                .findFirst()
                .map(ending -> itemName.substring(0, itemName.length() - ending.length()))
                .orElse("content");
        return EntryNames.bytes(name);
    }

    /** The first unpacked bytes, and the damage that came behind them, which is met again where the content is read. */
    private static final class Beginning {
        private final byte[] bytes;
        private final Optional<IOException> damage;

        private Beginning(byte[] bytes, Optional<IOException> damage) {
            this.bytes = bytes;
            this.damage = damage;
        }

        static Beginning of(InputStream input) {
            byte[] head = new byte[HEAD];
            int length = 0;
            try {
                for (int read = 0; read >= 0 && length < HEAD; length += Math.max(0, read)) {
                    read = input.read(head, length, HEAD - length);
                }
                return new Beginning(Arrays.copyOf(head, length), Optional.empty());
            } catch (IOException damaged) {
                return new Beginning(Arrays.copyOf(head, length), Optional.of(damaged));
            }
        }

        InputStream before(InputStream rest) {
            InputStream then = damage.isPresent() ? new Damaged(damage.get()) : rest;
            return new SequenceInputStream(new ByteArrayInputStream(bytes), then);
        }
    }

    /** Meets the same damage at every read. */
    private static final class Damaged extends InputStream {
        private final IOException damage;

        Damaged(IOException damage) {
            this.damage = damage;
        }

        @Override
        public int read() throws IOException {
            throw damage;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw damage;
        }
    }
}
