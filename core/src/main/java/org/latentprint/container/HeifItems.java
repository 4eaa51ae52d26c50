package org.latentprint.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.Mp4Boxes.Box;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * The items of one picture file: what each is ({@code iinf}) and where its bytes stand ({@code iloc}). Source: ISO/IEC
 * 14496-12, sections 8.11.3 and 8.11.6.
 */
final class HeifItems {
    /** As many as a number of 16 bits can tell apart; a picture made of tiles has some hundred. */
    static final int MAX_ITEMS = 1 << 16;

    /** Kept of one item; real ones have one, or one for each layer of the picture. */
    static final int MAX_EXTENTS = 16;

    /** Read of an item's name or type; real ones are some dozen characters. */
    private static final int MAX_NAME = 1024;

    /** Bytes that a description has before its name, by its version. */
    private static final int[] LEAST_INFO = {8, 8, 12, 14};

    /**
     * An item.
     *
     * @param number its own
     * @param type four characters, such as {@code Exif}
     * @param mediaType of an item of type {@code mime}; empty for others
     * @param isPlain whether its bytes stand as they are, neither encrypted nor compressed
     */
    record Item(long number, String type, String mediaType, boolean isPlain) {}

    /** A run of bytes as the file states it; a length of 0 means up to the end. Nothing about it is trusted yet. */
    record Extent(long offset, long length) {}

    /**
     * Where an item's bytes stand.
     *
     * @param method 0 for offsets in the file, 1 in the {@code idat} box, 2 in another item
     * @param isHere whether it is in this file
     * @param count of runs stated
     * @param extents the first of them
     */
    record Place(int method, boolean isHere, int count, List<Extent> extents) {}

    private final ByteWindow window;
    private final Mp4Boxes boxes;
    private final BlockSink sink;
    private final Map<Long, Item> items = new LinkedHashMap<>();
    private final Map<Long, Place> places = new LinkedHashMap<>();

    HeifItems(ByteWindow window, Mp4Boxes boxes, BlockSink sink) {
        this.window = window;
        this.boxes = boxes;
        this.sink = sink;
    }

    /** Returns the items in the order of the file; of two with one number the first. */
    List<Item> items() {
        return List.copyOf(items.values());
    }

    /** Returns where that item stands; empty where the file does not say. */
    Optional<Place> place(Item item) {
        return Optional.ofNullable(places.get(item.number()));
    }

    /** Takes an {@code iinf} box. */
    void readInfos(Box box) throws IOException {
        if (box.length() < 8) {
            return;
        }
        int header = window.u8(box.start()) == 0 ? 6 : 8;
        boxes.forEach(box.from(header), info -> {
            if (info.type().equals("infe") && info.isWhole() && info.length() > 0) {
                readInfo(info);
            }
        });
    }

    private void readInfo(Box info) throws IOException {
        int version = window.u8(info.start());
        if (version > 3 || info.length() < LEAST_INFO[version]) {
            problem(Category.UNSUPPORTED, "an item described in version " + version, info.start());
            return;
        }
        Fields fields = new Fields(window, info.start() + 4, info.end());
        long number = fields.number(version < 3 ? 2 : 4);
        boolean isProtected = fields.number(2) != 0;
        String type = version >= 2 ? fields.code() : "mime";
        fields.text(MAX_NAME);
        boolean mime = type.equals("mime");
        String mediaType = mime ? fields.text(MAX_NAME) : "";
        boolean encoded = mime && !fields.text(MAX_NAME).isEmpty();
        // How many there can be is bounded by the number of boxes.
        items.putIfAbsent(number, new Item(number, type, mediaType, !isProtected && !encoded));
    }

    /** Takes an {@code iloc} box. */
    void readPlaces(Box box) throws IOException {
        if (box.length() < 8) {
            problem(Category.MALFORMED, "an iloc box of " + box.length() + " bytes", box.start());
            return;
        }
        int version = window.u8(box.start());
        int sizes = window.u16(box.start() + 4);
        int offsetSize = sizes >> 12;
        int lengthSize = sizes >> 8 & 0xF;
        int baseSize = sizes >> 4 & 0xF;
        int indexSize = version == 0 ? 0 : sizes & 0xF;
        if (version > 2) {
            problem(Category.UNSUPPORTED, "places of items in version " + version, box.start());
            return;
        }
        for (int size : new int[] {offsetSize, lengthSize, baseSize, indexSize}) {
            if (size != 0 && size != 4 && size != 8) {
                problem(Category.MALFORMED, "places of items with numbers of " + size + " bytes", box.start());
                return;
            }
        }
        int numberSize = version < 2 ? 2 : 4;
        int methodSize = version == 0 ? 0 : 2;
        Fields fields = new Fields(window, box.start() + 6, box.end());
        if (fields.left() < numberSize) {
            return;
        }
        long count = fields.number(numberSize);
        for (long i = 0; i < count; i++) {
            if (i == MAX_ITEMS) {
                problem(Category.LIMIT, count + " items; the first " + MAX_ITEMS + " are read", box.start());
                return;
            }
            if (fields.left() < numberSize + methodSize + 2 + baseSize + 2) {
                problem(Category.MALFORMED, "iloc states " + count + " items and ends after " + i, box.start());
                return;
            }
            long number = fields.number(numberSize);
            int method = (int) fields.number(methodSize) & 0xF;
            boolean here = fields.number(2) == 0;
            long base = fields.number(baseSize);
            int extentCount = (int) fields.number(2);
            long extentSize = (long) indexSize + offsetSize + lengthSize;
            if (fields.left() < extentCount * extentSize) {
                problem(Category.MALFORMED, "iloc ends within item " + number, box.start());
                return;
            }
            List<Extent> extents = new ArrayList<>();
            for (int e = 0; e < Math.min(extentCount, MAX_EXTENTS); e++) {
                fields.skip(indexSize);
                long offset = fields.number(offsetSize);
                extents.add(new Extent(sum(base, offset), fields.number(lengthSize)));
            }
            fields.skip((extentCount - extents.size()) * extentSize);
            places.putIfAbsent(number, new Place(method, here, extentCount, List.copyOf(extents)));
        }
    }

    /** Adds what the file states without passing the largest number; a negative one is none that a file could have. */
    private static long sum(long base, long offset) {
        return base < 0 || offset < 0 || base > Long.MAX_VALUE - offset ? -1 : base + offset;
    }

    private void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, AvifReader.ID, message, offset));
    }

    /** Reads fields one behind the other; asks of its user to look at {@link #left} first. */
    private static final class Fields {
        private final ByteWindow window;
        private final long end;
        private long at;

        Fields(ByteWindow window, long start, long end) {
            this.window = window;
            this.at = start;
            this.end = end;
        }

        long left() {
            return end - at;
        }

        void skip(long count) {
            at += count;
        }

        long number(int size) throws IOException {
            long value = switch (size) {
                case 0 -> 0;
                case 2 -> window.u16(at);
                case 4 -> window.u32(at);
                case 8 -> window.u64(at);
                default -> throw new IllegalArgumentException("no number has " + size + " bytes");
            };
            at += size;
            return value;
        }

        String code() throws IOException {
            String code = window.code(at);
            at += 4;
            return code;
        }

        /** Returns a text up to its zero or the end of the box. */
        String text(int longest) throws IOException {
            StringBuilder text = new StringBuilder();
            while (at < end && text.length() < longest) {
                int each = window.u8(at++);
                if (each == 0) {
                    break;
                }
                text.append((char) each);
            }
            return text.toString();
        }
    }
}
