package org.latentprint.container;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ExifRepair.Run;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads an EXIF block into one metadata block for each tag that holds text, or bytes an examiner should know of. Where an
 * entry states a place that cannot be right, the text is looked for in the block and marked as repaired.
 */
final class ExifReader {
    private final String container;
    private final String reader;
    private final Crc crc;
    private final BlockSink sink;

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
        ExifValues values = values(block);
        ExifRepair repair = ExifRepair.of(block, entries);
        Map<ExifEntry, Run> repaired = repair.repaired();
        Set<String> places = new HashSet<>();
        for (ExifEntry entry : entries) {
            Run run = repaired.getOrDefault(entry, Run.NONE);
            if (run.isNone()) {
                readAsStated(values, block, fileOffset, entry, order, places);
            } else {
                ExifEntry found = new ExifEntry(
                        entry.directory(), entry.tag(), entry.type(), run.start(), run.end() - run.start());
                give(values, block, fileOffset, found, order, Optional.of(run.reason()));
            }
        }
        values.giveFigures(fileOffset, block.length);
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

    private Optional<ExifDirectories> directories(byte[] block, long fileOffset) {
        Optional<ExifDirectories> directories =
                ExifDirectories.of(block, (message, at) -> malformed(message, fileOffset + at));
        if (directories.isEmpty()) {
            malformed("EXIF without its header (II or MM)", fileOffset);
        }
        return directories;
    }

    private void readAsStated(
            ExifValues values, byte[] block, long fileOffset, ExifEntry entry, ByteOrder order, Set<String> places) {
        if (!entry.fits(block.length)) {
            malformed(
                    "EXIF tag " + entry.name() + " states " + entry.length() + " bytes at " + entry.offset()
                            + "; the block has " + block.length,
                    fileOffset);
        } else if (places.add(entry.tag() + ":" + entry.directory() + ":" + entry.offset() + ":" + entry.length())) {
            give(values, block, fileOffset, entry, order, Optional.empty());
        }
    }

    private static void give(
            ExifValues values,
            byte[] block,
            long fileOffset,
            ExifEntry entry,
            ByteOrder order,
            Optional<String> repaired) {
        if (values.take(entry, fileOffset)) {
            int start = (int) entry.offset();
            byte[] value = Arrays.copyOfRange(block, start, start + (int) entry.length());
            values.give(entry, value, fileOffset + start, order, repaired);
        }
    }

    private ExifValues values(byte[] block) {
        return new ExifValues(container, reader, crc, sink, block.length);
    }

    private void malformed(String message, long offset) {
        sink.problem(Problem.at(Category.MALFORMED, reader, message, offset));
    }
}
