package org.latentprint.container;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ExifEntry.Directory;
import org.latentprint.container.ExifRepair.Run;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads an EXIF block into one metadata block for each tag that holds text, or bytes an examiner should know of, and one that
 * lists its numbers. Where an entry states a place that cannot be right, the text is looked for in the block and marked as
 * repaired.
 */
final class ExifReader {
    /** Numbers and flags are shorter; a text or a hidden payload is not. */
    private static final int LISTED_FROM = 16;

    /** Values that share no bytes are never longer together than their block; a few tags of one text are. */
    private static final long SHARING = 4;

    private final String container;
    private final String reader;
    private final Crc crc;
    private final BlockSink sink;
    private final ExifFigures figures = new ExifFigures();
    private long taken;

    /**
     * Makes a reader for one EXIF block.
     *
     * @param container such as {@code jpeg/exif}
     * @param reader id of the container reader
     * @param crc of the chunk that holds the block, if its format keeps one
     */
    ExifReader(String container, String reader, Crc crc, BlockSink sink) {
        this.container = container;
        this.reader = reader;
        this.crc = crc;
        this.sink = sink;
    }

    /**
     * Reads the block.
     *
     * @param block its bytes, from the TIFF header or from a short prefix before it
     * @param fileOffset where the block's first byte stands in the item
     */
    void read(byte[] block, long fileOffset) {
        Optional<ExifDirectories> directories = directories(block, fileOffset);
        List<ExifEntry> entries = directories.map(ExifDirectories::entries).orElse(List.of());
        ByteOrder order = directories.map(ExifDirectories::order).orElse(ByteOrder.BIG_ENDIAN);
        ExifRepair repair = ExifRepair.of(block, entries);
        Map<ExifEntry, Run> repaired = repair.repaired();
        Set<String> places = new HashSet<>();
        for (ExifEntry entry : entries) {
            Run run = repaired.getOrDefault(entry, Run.NONE);
            if (run.isNone()) {
                readAsStated(block, fileOffset, entry, order, places);
            } else {
                emit(block, fileOffset, entry, run.start(), run.end() - run.start(), order, Optional.of(run.reason()));
            }
        }
        listFigures(block, fileOffset);
        if (entries.isEmpty()) {
            for (Run run : repair.runs()) {
                byte[] value = Arrays.copyOfRange(block, run.start(), run.end());
                DecodedText text = TextDecoder.utf8OrLatin1(value);
                sink.block(
                        container,
                        "",
                        fileOffset + run.start(),
                        value.length,
                        crc,
                        Optional.of(new DecodedText(
                                text.text(),
                                text.encoding(),
                                Optional.of("no EXIF directory could be read; the text was found in its bytes"))));
            }
        }
    }

    /**
     * Reads the block without looking elsewhere for texts whose stated place is wrong, for a block that may be cut, where a
     * text found elsewhere could be the beginning of another.
     *
     * @param block and {@code fileOffset}: see {@link #read}
     */
    void readAsStated(byte[] block, long fileOffset) {
        Set<String> places = new HashSet<>();
        directories(block, fileOffset)
                .ifPresent(found -> found.entries()
                        .forEach(entry -> readAsStated(block, fileOffset, entry, found.order(), places)));
        listFigures(block, fileOffset);
    }

    private void listFigures(byte[] block, long fileOffset) {
        figures.text()
                .ifPresent(text ->
                        sink.block(container, ExifFigures.KEY, fileOffset, block.length, crc, Optional.of(text)));
    }

    private Optional<ExifDirectories> directories(byte[] block, long fileOffset) {
        Optional<ExifDirectories> directories =
                ExifDirectories.of(block, (message, at) -> malformed(message, fileOffset + at));
        if (directories.isEmpty()) {
            malformed("EXIF without its header (II or MM)", fileOffset);
        }
        return directories;
    }

    private void readAsStated(byte[] block, long fileOffset, ExifEntry entry, ByteOrder order, Set<String> places) {
        if (!entry.fits(block.length)) {
            malformed(
                    "EXIF tag " + entry.name() + " states " + entry.length() + " bytes at " + entry.offset()
                            + "; the block has " + block.length,
                    fileOffset);
        } else if (places.add(entry.tag() + ":" + entry.directory() + ":" + entry.offset() + ":" + entry.length())) {
            emit(block, fileOffset, entry, (int) entry.offset(), (int) entry.length(), order, Optional.empty());
        }
    }

    private void emit(
            byte[] block,
            long fileOffset,
            ExifEntry entry,
            int start,
            int length,
            ByteOrder order,
            Optional<String> repaired) {
        long bound = SHARING * block.length;
        if (taken + length > bound) {
            sink.problem(Problem.at(
                    Category.LIMIT,
                    reader,
                    "EXIF tag " + entry.name() + " of " + length + " bytes was not read: values that share bytes, "
                            + (bound - taken) + " were left to read",
                    fileOffset));
            return;
        }
        taken += length;
        byte[] value = Arrays.copyOfRange(block, start, start + length);
        Optional<DecodedText> text = text(entry, value, order)
                .map(decoded ->
                        repaired.isEmpty() ? decoded : new DecodedText(decoded.text(), decoded.encoding(), repaired));
        boolean listed = entry.directory() == Directory.GPS
                || ExifTags.isBinary(entry.tag())
                || (length >= LISTED_FROM && entry.isBytes() && !ExifTags.isBookkeeping(entry.tag()));
        if (text.isPresent() || listed) {
            sink.block(container + entry.directory().suffix(), entry.name(), fileOffset + start, length, crc, text);
        }
        if (text.isEmpty() && !ExifTags.isBinary(entry.tag())) {
            figures.add(entry, value, order);
        }
    }

    private Optional<DecodedText> text(ExifEntry entry, byte[] value, ByteOrder order) {
        int tag = entry.tag();
        if (!entry.isBytes() || ExifTags.isBinary(tag) || ExifTags.isBookkeeping(tag)) {
            return Optional.empty();
        }
        if (tag == ExifTags.USER_COMMENT) {
            return UserComment.decode(value, order);
        }
        if (ExifTags.isWindowsText(tag)) {
            return Optional.of(WideText.decode(value, ByteOrder.LITTLE_ENDIAN));
        }
        return switch (entry.type()) {
            case ExifEntry.ASCII, ExifEntry.UTF8 -> Optional.of(strings(value));
            default -> value.length > ExifEntry.INLINE ? TextDecoder.plainText(value) : Optional.empty();
        };
    }

    /** Decodes one or several texts, each ended by a zero; several become lines. */
    private static DecodedText strings(byte[] value) {
        DecodedText decoded = TextDecoder.utf8OrLatin1(TextDecoder.withoutTrailingZeros(value));
        return DecodedText.of(decoded.text().replace('\0', '\n'), decoded.encoding());
    }

    private void malformed(String message, long offset) {
        sink.problem(Problem.at(Category.MALFORMED, reader, message, offset));
    }
}
