package org.latentprint.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Origin;

/**
 * The form in which blocks are given to a reader of generators: a first line, a line with the media type, and for each block a
 * line {@code === container key} with its text below, or {@code --- container key} for a block without text. A block's origin is
 * the place of its text in this form.
 */
final class BlockText {
    private static final String FIRST_LINE = "blocks 1\n";
    private static final String WITH_TEXT = "=== ";
    private static final String WITHOUT_TEXT = "--- ";

    private BlockText() {}

    /** Returns the item that the bytes describe; empty where they are not in this form. */
    static Optional<ItemMetadata> parse(String item, byte[] bytes) {
        // One character for each byte, so that places in the text are places in the bytes.
        String form = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!form.startsWith(FIRST_LINE)) {
            return Optional.empty();
        }
        int at = lineEnd(form, FIRST_LINE.length());
        String mediaType = form.substring(FIRST_LINE.length(), at);
        List<MetadataBlock> blocks = new ArrayList<>();
        while (at + 1 < form.length()) {
            int headEnd = lineEnd(form, at + 1);
            String head = form.substring(at + 1, headEnd);
            int end = blockEnd(form, headEnd);
            int from = Math.min(headEnd + 1, end);
            String[] names =
                    head.substring(Math.min(WITH_TEXT.length(), head.length())).split(" ", 2);
            blocks.add(new MetadataBlock(
                    utf8(names[0].getBytes(StandardCharsets.ISO_8859_1)),
                    names.length == 2 ? utf8(names[1].getBytes(StandardCharsets.ISO_8859_1)) : "",
                    new Origin(item, from, end - from, "00", "blocks/1"),
                    MetadataBlock.Crc.NONE,
                    Optional.of(head)
                            .filter(line -> !line.startsWith(WITHOUT_TEXT))
                            .map(line -> utf8(Arrays.copyOfRange(bytes, from, end))),
                    Optional.of("utf-8"),
                    Optional.empty()));
            at = end;
        }
        return Optional.of(new ItemMetadata(
                item,
                Optional.of(mediaType).filter(type -> !type.isEmpty()),
                8,
                8,
                blocks,
                Optional.empty(),
                List.of()));
    }

    private static int lineEnd(String form, int from) {
        int end = form.indexOf('\n', from);
        return end < 0 ? form.length() : end;
    }

    /** Returns where a block ends: before the line that begins the next, or before the last line end. */
    private static int blockEnd(String form, int from) {
        int end = form.endsWith("\n") ? form.length() - 1 : form.length();
        for (String head : List.of(WITH_TEXT, WITHOUT_TEXT)) {
            int next = form.indexOf('\n' + head, from);
            end = next < 0 ? end : Math.min(end, next);
        }
        return Math.max(from, end);
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
