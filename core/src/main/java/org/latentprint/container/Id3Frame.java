package org.latentprint.container;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * One frame of an ID3v2 tag. Texts are given value by value: a text with a name of its own ({@code TXXX}, {@code COMM},
 * {@code USLT}) under that name, others under the frame's code. Manifest stores are those that c2pa-rs takes in
 * {@code id3_helper.rs}. Sources: see {@link Id3Tag}.
 */
final class Id3Frame {
    /** Codes of 2.2 whose content is read here, and what they are called since. */
    private static final Map<String, String> OLD_CODES = Map.of(
            "TXX", "TXXX", "COM", "COMM", "ULT", "USLT", "GEO", "GEOB", "PIC", "APIC", "WXX", "WXXX", "UFI", "UFID");

    private static final Set<String> STORE_TYPES = Set.of("application/c2pa", "application/x-c2pa-manifest-store");

    /** A manifest store in more pieces than this is none that a program wrote. */
    private static final int MAX_PIECES = 100_000;

    private static final int LANGUAGE_LENGTH = 3;
    private static final int CHAPTER_TIMES = 16;

    private final String id;
    private final String kind;
    private final PlacedBytes tag;
    private final int start;
    private final int end;
    private final Optional<String> repaired;
    private final String reader;
    private final BlockSink sink;

    /**
     * Makes a frame.
     *
     * @param id as written
     * @param tag holds its content from {@code start} to {@code end}
     * @param repaired what was wrong with its size
     */
    Id3Frame(String id, PlacedBytes tag, int start, int end, Optional<String> repaired, String reader, BlockSink sink) {
        this.id = id;
        this.kind = OLD_CODES.getOrDefault(id, id);
        this.tag = tag;
        this.start = start;
        this.end = end;
        this.repaired = repaired;
        this.reader = reader;
        this.sink = sink;
    }

    /** Says whether a frame's code stands at that index: capitals and digits, and a capital first. */
    static boolean isId(PlacedBytes tag, int at, int length) {
        if (tag.length() - at < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int each = tag.u8(at + i);
            boolean capital = each >= 'A' && each <= 'Z';
            if (!capital && (i == 0 || each < '0' || each > '9')) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the frame's content as it was before it was packed; empty, with the frame listed, where that cannot be had.
     *
     * @param format the frame's second byte of flags
     * @param unsynchronised whether the tag says so of all its frames
     */
    Optional<PlacedBytes> content(int version, int format, boolean unsynchronised, BoundedInflater inflater) {
        boolean old = version == 3;
        boolean compressed = (format & (old ? 0x80 : 0x08)) != 0;
        boolean encrypted = (format & (old ? 0x40 : 0x04)) != 0;
        boolean grouped = (format & (old ? 0x20 : 0x40)) != 0;
        boolean measured = old ? compressed : (format & 0x01) != 0;
        int from = start + (grouped ? 1 : 0) + (encrypted ? 1 : 0) + (measured ? 4 : 0);
        if (version == 2) {
            from = start;
        }
        if (version > 2 && (encrypted || from > end)) {
            problem(
                    encrypted ? Category.UNSUPPORTED : Category.MALFORMED,
                    encrypted ? "frame " + id + " is encrypted" : "frame " + id + " ends within its own header");
            listed("");
            return Optional.empty();
        }
        PlacedBytes content = tag.part(from, end);
        if (version == 4 && (unsynchronised || (format & 0x02) != 0)) {
            Optional<PlacedBytes> whole = content.withoutUnsynchronisation();
            if (whole.isEmpty()) {
                return lost(Category.LIMIT, "more than " + PlacedBytes.MAX_RUNS + " fillers of unsynchronisation");
            }
            content = whole.get();
        }
        if (version == 2 || !compressed) {
            return Optional.of(content);
        }
        return switch (inflater.inflate(content.bytes(0, content.length()), 0)) {
            case BoundedInflater.Inflated inflated ->
                Optional.of(PlacedBytes.unplaced(inflated.bytes(), tag.offset(start), tag.span(start, end)));
            case BoundedInflater.TooLarge tooLarge -> lost(Category.LIMIT, tooLarge.reason());
            case BoundedInflater.Broken broken -> lost(Category.MALFORMED, broken.reason());
        };
    }

    private Optional<PlacedBytes> lost(Category category, String reason) {
        problem(category, "frame " + id + ": " + reason);
        listed("");
        return Optional.empty();
    }

    /** Takes what the frame holds. */
    void read(PlacedBytes content) {
        if (kind.equals("PRIV") || kind.equals("UFID")) {
            owned(content);
        } else if (kind.equals("WXXX")) {
            named(content, 1, false);
        } else if (kind.startsWith("W")) {
            value("id3/" + id, id, content, 0, content.length(), TextDecoder.utf8OrLatin1(trimmed(content, 0)));
        } else if (kind.equals("TXXX")) {
            named(content, 1, true);
        } else if (kind.equals("COMM") || kind.equals("USLT")) {
            named(content, 1 + LANGUAGE_LENGTH, true);
        } else if (kind.startsWith("T")) {
            Id3Text.encoding(content)
                    .ifPresentOrElse(text -> values(id, content, text, 1), () -> unknownEncoding(content));
        } else if (kind.equals("GEOB")) {
            object(content);
        } else if (kind.equals("APIC")) {
            picture(content);
        } else {
            listed("");
        }
    }

    /** Returns where in a chapter the frames begin that describe it; -1 in any other frame. */
    int chapterFrames(PlacedBytes content) {
        if (!kind.equals("CHAP") || !content.isPlaced()) {
            return -1;
        }
        int name = content.indexOf(0, 0);
        return name >= 0 && content.length() - name > CHAPTER_TIMES ? name + 1 + CHAPTER_TIMES : -1;
    }

    /** Takes a text with a name before it, and an encoding before that. */
    private void named(PlacedBytes content, int from, boolean encoded) {
        Optional<Id3Text> encoding = Id3Text.encoding(content);
        if (encoding.isEmpty() || content.length() < from) {
            unknownEncoding(content);
            return;
        }
        Id3Text text = encoding.get();
        int nameEnd = text.end(from);
        String name = text.decode(from, nameEnd).text();
        int value = Math.min(content.length(), nameEnd + text.width());
        if (nameEnd >= content.length()) {
            problem(Category.MALFORMED, "frame " + id + " has no zero behind its name");
            listed("");
        } else if (encoded) {
            values(name, content, text, value);
        } else {
            value(
                    "id3/" + id,
                    name,
                    content,
                    value,
                    content.length(),
                    TextDecoder.utf8OrLatin1(trimmed(content, value)));
        }
    }

    /** Takes the values from that index on, which have zeros between them. */
    private void values(String key, PlacedBytes content, Id3Text text, int from) {
        if (!content.isPlaced()) {
            // All values come from the same packed bytes: one block for them.
            DecodedText all = text.decode(from, content.length());
            String lines = TextDecoder.withoutTrailingZeros(all.text()).replace('\0', '\n');
            DecodedText joined = new DecodedText(lines, all.encoding(), all.repaired());
            value("id3/" + id, key, content, from, content.length(), joined);
            return;
        }
        int position = from;
        do {
            int valueEnd = text.end(position);
            boolean only = position == from;
            if (only || valueEnd > position) {
                value("id3/" + id, key, content, position, valueEnd, text.decode(position, valueEnd));
            }
            position = valueEnd + text.width();
        } while (position < content.length());
    }

    private void owned(PlacedBytes content) {
        int ownerEnd = content.indexOf(0, 0);
        if (ownerEnd < 0) {
            listed("");
            return;
        }
        String owner = TextDecoder.utf8OrLatin1(content.bytes(0, ownerEnd)).text();
        if (kind.equals("PRIV") && owner.equals("XMP")) {
            int packet = ownerEnd + 1;
            value("id3/xmp", "", content, packet, content.length(), TextDecoder.byMark(trimmed(content, packet)));
        } else {
            listed(owner);
        }
    }

    private void picture(PlacedBytes content) {
        Optional<Id3Text> encoding = Id3Text.encoding(content);
        // 2.2 has three letters for the media type, later versions a text that ends with a zero.
        int typeEnd = id.equals("PIC") ? 3 : content.indexOf(0, 1);
        if (encoding.isEmpty() || typeEnd < 0 || content.length() < typeEnd + 2) {
            listed("");
            return;
        }
        int from = typeEnd + 2;
        Id3Text text = encoding.get();
        listed(text.decode(from, text.end(from)).text());
    }

    private void object(PlacedBytes content) {
        Optional<Id3Text> encoding = Id3Text.encoding(content);
        int typeEnd = content.indexOf(0, 1);
        if (encoding.isEmpty() || typeEnd < 0) {
            listed("");
            return;
        }
        Id3Text text = encoding.get();
        String type = TextDecoder.utf8OrLatin1(content.bytes(1, typeEnd)).text();
        int nameEnd = text.end(typeEnd + 1);
        int description = Math.min(content.length(), nameEnd + text.width());
        int data = text.end(description) + text.width();
        listed(text.decode(typeEnd + 1, nameEnd).text());
        if (!STORE_TYPES.contains(type) || data >= content.length()) {
            return;
        }
        List<ByteRange> pieces = content.isPlaced() ? content.ranges(data, content.length()) : List.of();
        if (pieces.isEmpty() || pieces.size() > MAX_PIECES) {
            problem(Category.UNSUPPORTED, "a manifest store that is packed or lies in too many pieces was not read");
        } else {
            sink.manifestStore(pieces);
        }
    }

    private void unknownEncoding(PlacedBytes content) {
        if (content.length() > 0) {
            problem(Category.MALFORMED, "frame " + id + " has no encoding that is known");
        }
        listed("");
    }

    private static byte[] trimmed(PlacedBytes content, int from) {
        return TextDecoder.withoutTrailingZeros(content.bytes(from, content.length()));
    }

    private void value(String container, String key, PlacedBytes content, int from, int to, DecodedText text) {
        Optional<String> mended = text.repaired().or(() -> repaired);
        sink.block(
                container,
                key,
                content.offset(from),
                content.span(from, to),
                Crc.NONE,
                Optional.of(new DecodedText(text.text(), text.encoding(), mended)));
    }

    private void listed(String key) {
        sink.block("id3/" + id, key, tag.offset(start), tag.span(start, end), Crc.NONE, Optional.empty());
    }

    private void problem(Category category, String message) {
        sink.problem(Problem.at(category, reader, message, tag.offset(start)));
    }
}
