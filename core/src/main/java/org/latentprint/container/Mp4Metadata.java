package org.latentprint.container;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.Mp4Boxes.Box;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/** Reads the places in a film where programs leave words: {@code meta} and {@code udta}. */
final class Mp4Metadata {
    /** No text is longer than what an item's texts may have together. */
    private static final long MAX_READ = MetadataExtractor.MAX_TEXT;

    /** User texts of 3GPP: version and flags, a language, a text. Source: 3GPP TS 26.244, section 8. */
    private static final Set<String> PHONE_TEXTS = Set.of("titl", "dscp", "auth", "cprt", "perf", "gnre", "albm");

    /** Before an ID3 tag: version, flags and a language. Source: the ID32 box of mp4ra.org. */
    private static final int ID3_PREFIX = 6;

    /** A text in a box that is none of the standards is read up to this; longer ones are no prompt or graph. */
    private static final int MAX_FOREIGN_TEXT = 16 << 20;

    /** From here on a language code is letters, and the text Unicode; below it is one of the old Macintosh. */
    private static final int FIRST_LETTER_LANGUAGE = 0x400;

    private final EvidenceBytes bytes;
    private final ByteWindow window;
    private final Mp4Boxes boxes;
    private final BlockSink sink;

    Mp4Metadata(EvidenceBytes bytes, ByteWindow window, Mp4Boxes boxes, BlockSink sink) {
        this.bytes = bytes;
        this.window = window;
        this.boxes = boxes;
        this.sink = sink;
    }

    /** Reads a meta box: an item list whose items have codes, or numbers of the names that a list of keys gives. */
    void meta(Box meta) throws IOException {
        // ISO puts version and flags first, QuickTime does not.
        boolean plain = meta.length() >= 8 && window.code(meta.start() + 4).equals("hdlr");
        Box content = plain ? meta : meta.from(4);
        Mp4ItemList items = new Mp4ItemList(window, boxes, this);
        List<Box> children = new ArrayList<>();
        boxes.forEach(content, children::add);
        for (Box box : children) {
            items.findKeys(box);
        }
        for (Box box : children) {
            switch (box.type()) {
                case "ilst" -> items.read(box);
                case "uuid" -> listed("mp4/uuid", "", box);
                case "xml " -> text("mp4/xml", "", box.from(4));
                case "ID32" ->
                    new Id3Tag(bytes, window, Mp4Reader.ID, sink)
                            .read(Math.min(box.end(), box.start() + ID3_PREFIX), box.end());
                default -> {}
            }
        }
    }

    /** Reads user data of QuickTime, 3GPP and MP4. */
    void userData(Box userData) throws IOException {
        boxes.forEach(userData, box -> {
            if (box.type().equals("meta")) {
                meta(box);
            } else if (!box.isWhole() || box.length() == 0) {
                return;
            } else if (box.type().equals("XMP_")) {
                xmp(box);
            } else if (box.type().charAt(0) == '\u00A9') {
                internationalTexts(box);
            } else if (PHONE_TEXTS.contains(box.type()) && box.length() > 6) {
                text("mp4/udta", box.type(), box.from(6));
            } else if (box.type().equals("name")) {
                text("mp4/udta", box.type(), box);
            } else {
                foreign("mp4/udta", box.type(), box);
            }
        });
    }

    /** Reads texts that each have a 16-bit length and a language before them. */
    private void internationalTexts(Box box) throws IOException {
        if (box.length() > 16 && window.code(box.start() + 4).equals("data")) {
            // Some writers put an item of an item list here.
            boxes.forEach(box, data -> {
                if (data.type().equals("data") && data.isWhole()) {
                    text("mp4/udta", box.type(), data.from(8));
                }
            });
            return;
        }
        long position = box.start();
        while (box.end() - position >= 4) {
            int length = window.u16(position);
            int language = window.u16(position + 2);
            long start = position + 4;
            long left = box.end() - start;
            boolean wrapped = position == box.start() && left > 0xFFFF && (left & 0xFFFF) == length;
            if (wrapped) {
                // FFmpeg cuts the length of a longer text to 16 bits and writes the text whole.
                Optional<DecodedText> whole = read(start, left)
                        .map(text -> new DecodedText(
                                text.text(),
                                text.encoding(),
                                Optional.of("the text states " + length + " bytes, the low 16 bits of its length "
                                        + left + "; it fills its box")));
                sink.block("mp4/udta", box.type(), start, left, Crc.NONE, whole);
                return;
            }
            if (length > left) {
                problem(
                        Category.MALFORMED,
                        "text " + box.type() + " states " + length + " bytes, there are " + left,
                        position);
                return;
            }
            if (length == 0 && language == 0) {
                return;
            }
            block("mp4/udta", box.type(), start, length, language < FIRST_LETTER_LANGUAGE);
            position = start + length;
        }
    }

    private void block(String container, String key, long start, long length, boolean oldMacintosh) throws IOException {
        Optional<DecodedText> text = read(start, length);
        // A text of the old Macintosh that is no UTF-8 has characters this version has no table for.
        sink.block(
                container,
                key,
                start,
                length,
                Crc.NONE,
                text.filter(decoded -> !oldMacintosh || !decoded.encoding().equals("latin-1")));
    }

    /** Takes an XMP packet. */
    void xmp(Box box) throws IOException {
        text("mp4/xmp", "", box);
    }

    /** Takes a box's content as text. */
    void text(String container, String key, Box box) throws IOException {
        if (box.isWhole()) {
            sink.block(container, key, box.start(), box.length(), Crc.NONE, read(box.start(), box.length()));
        }
    }

    /** Takes a value that is text only if it can be nothing else. */
    void plainText(String container, String key, Box box) throws IOException {
        Optional<DecodedText> text = box.length() > MAX_READ
                ? Optional.empty()
                : TextDecoder.plainText(bytes.readExactly(box.start(), (int) box.length()));
        sink.block(container, key, box.start(), box.length(), Crc.NONE, text);
    }

    /** Takes a box whose kind is not known: its text where it begins like JSON or XML and is nothing but text. */
    void foreign(String container, String key, Box box) throws IOException {
        if (!box.isWhole() || box.length() < 2 || box.length() > MAX_FOREIGN_TEXT) {
            listed(container, key, box);
            return;
        }
        int first = window.u8(box.start());
        if (first == '{' || first == '[' || first == '<') {
            plainText(container, key, box);
        } else {
            listed(container, key, box);
        }
    }

    /** Takes a text in UTF-16, high byte first. */
    void wideText(String container, String key, Box box) throws IOException {
        Optional<DecodedText> text = box.length() > MAX_READ
                ? Optional.empty()
                : Optional.of(
                        WideText.decode(bytes.readExactly(box.start(), (int) box.length()), ByteOrder.BIG_ENDIAN));
        sink.block(container, key, box.start(), box.length(), Crc.NONE, text);
    }

    /** Lists a box without reading it. */
    void listed(String container, String key, Box box) {
        if (box.isWhole()) {
            sink.block(container, key, box.start(), box.length(), Crc.NONE, Optional.empty());
        }
    }

    /** Reads a short text, such as a key's name. */
    String name(long start, long length) throws IOException {
        return TextDecoder.utf8OrLatin1(bytes.readExactly(start, (int) length)).text();
    }

    void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, Mp4Reader.ID, message, offset));
    }

    private Optional<DecodedText> read(long start, long length) throws IOException {
        if (length > MAX_READ) {
            problem(Category.LIMIT, "a text of " + length + " bytes; up to " + MAX_READ + " are read", start);
            return Optional.empty();
        }
        return Optional.of(
                TextDecoder.byMark(TextDecoder.withoutTrailingZeros(bytes.readExactly(start, (int) length))));
    }
}
