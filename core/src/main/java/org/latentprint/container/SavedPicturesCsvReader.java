package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads AUTOMATIC1111's {@code log/images/log.csv} ({@code modules/ui_common.py}): a row for each picture that its user saved
 * with the button. Each row is a block of its own; its key is the line of the column names.
 */
final class SavedPicturesCsvReader implements ContainerReader {
    /** The columns of all versions begin like this. */
    static final String COLUMNS = "prompt,seed,width,height,sampler,cfgs,steps,filename,negative_prompt";

    private static final String ID = "saved-pictures-csv/2";

    /** More than what an item may have of blocks, at a thousand bytes each. */
    private static final int MAX_SIZE = 32 << 20;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        return TextHead.of(head).filter(text -> text.startsWith(COLUMNS)).map(text -> "text/csv");
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        int size = (int) Math.min(bytes.size(), MAX_SIZE);
        if (bytes.size() > MAX_SIZE) {
            sink.problem(Problem.at(
                    Category.LIMIT, ID, bytes.size() + " bytes; the first " + MAX_SIZE + " are read", MAX_SIZE));
        }
        byte[] all = bytes.readExactly(0, size);
        int start = 0;
        Optional<String> columns = Optional.empty();
        while (start < size) {
            int end = rowEnd(all, start);
            int textEnd = end > start && all[end - 1] == '\r' ? end - 1 : end;
            byte[] row = Arrays.copyOfRange(all, start, textEnd);
            if (columns.isEmpty()) {
                String names = new String(row, StandardCharsets.UTF_8);
                columns = Optional.of(names.startsWith("\uFEFF") ? names.substring(1) : names);
            } else if (row.length > 0) {
                sink.block(
                        "csv/a1111-log",
                        columns.get(),
                        start,
                        row.length,
                        MetadataBlock.Crc.NONE,
                        Optional.of(TextDecoder.utf8OrLatin1(row)));
            }
            if (end == size) {
                sink.problem(Problem.at(Category.MALFORMED, ID, "the last row has no line end; it may be cut", start));
            }
            start = end + 1;
        }
    }

    /** A line end inside quotes belongs to the cell. */
    private static int rowEnd(byte[] all, int start) {
        boolean quoted = false;
        for (int i = start; i < all.length; i++) {
            if (all[i] == '"') {
                quoted = !quoted;
            } else if (all[i] == '\n' && !quoted) {
                return i;
            }
        }
        return all.length;
    }
}
