package org.latentprint.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.latentprint.container.Mp4Boxes.Box;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads the item list ({@code ilst}) of one meta box. An item is named by a code such as {@code ©cmt}, by the free-form pair
 * of mean and name, or by its number in the list of keys beside it.
 */
final class Mp4ItemList {
    /** ComfyUI's film savers write a handful. */
    private static final int MAX_KEYS = 10_000;

    /** The longest key seen has some dozens of bytes. */
    private static final int MAX_NAME = 4096;

    private static final int KEY_HEADER = 8;
    /** Kind of value and locale before a data box's value. */
    private static final int DATA_HEADER = 8;

    /** A picture is longer, and so many bytes tell that it is none of text. */
    private static final int PICTURE_HEAD = 4;

    private static final long PNG_START = 0x89504E47L;
    private static final long JPEG_START = 0xFFD8FFL;

    private static final int KIND_UNSPECIFIED = 0;
    private static final int KIND_UTF8 = 1;
    private static final int KIND_UTF16 = 2;

    private final ByteWindow window;
    private final Mp4Boxes boxes;
    private final Mp4Metadata metadata;
    private final List<String> keys = new ArrayList<>();
    private boolean keyed;

    Mp4ItemList(ByteWindow window, Mp4Boxes boxes, Mp4Metadata metadata) {
        this.window = window;
        this.boxes = boxes;
        this.metadata = metadata;
    }

    /** Takes the list of keys, if the box is one; it may stand before or behind the items. */
    void findKeys(Box box) throws IOException {
        if (!box.type().equals("keys") || keyed) {
            return;
        }
        keyed = true;
        long position = box.start() + 8;
        while (box.end() - position >= KEY_HEADER && keys.size() < MAX_KEYS) {
            long size = window.u32(position);
            if (size < KEY_HEADER || size > box.end() - position || size > MAX_NAME) {
                metadata.problem(Category.MALFORMED, "a key's name of " + size + " bytes", position);
                return;
            }
            keys.add(metadata.name(position + KEY_HEADER, size - KEY_HEADER));
            position += size;
        }
    }

    /** Reads the items. */
    void read(Box list) throws IOException {
        boxes.forEach(list, this::item);
    }

    private void item(Box item) throws IOException {
        if (keyed) {
            String key = item.number() >= 1 && item.number() <= keys.size()
                    ? keys.get((int) item.number() - 1)
                    : "#" + item.number();
            values("mp4/mdta", key, item);
        } else if (item.type().equals("----")) {
            values("mp4/ilst", freeformName(item), item);
        } else {
            values("mp4/ilst", item.type(), item);
        }
    }

    private String freeformName(Box item) throws IOException {
        List<String> names = new ArrayList<>();
        boxes.forEach(item, box -> {
            if (box.type().equals("name") && box.isWhole() && box.length() >= 4 && box.length() <= MAX_NAME) {
                names.add(metadata.name(box.start() + 4, box.length() - 4));
            }
        });
        return names.isEmpty() ? "----" : names.getFirst();
    }

    /** Says whether a value begins as a picture: some libraries write pictures into free-form items and call them text. */
    private boolean isPicture(Box value) throws IOException {
        if (value.length() < PICTURE_HEAD) {
            return false;
        }
        long start = window.u32(value.start());
        return start == PNG_START || start >> 8 == JPEG_START;
    }

    private void values(String container, String key, Box item) throws IOException {
        boxes.forEach(item, box -> {
            if (!box.type().equals("data") || !box.isWhole() || box.length() < DATA_HEADER) {
                return;
            }
            int kind = (int) window.u32(box.start());
            Box value = box.from(DATA_HEADER);
            switch (kind) {
                case KIND_UTF8 -> {
                    if (isPicture(value)) {
                        metadata.listed(container, key, value);
                    } else {
                        metadata.text(container, key, value);
                    }
                }
                case KIND_UTF16 -> metadata.wideText(container, key, value);
                case KIND_UNSPECIFIED -> metadata.plainText(container, key, value);
                default -> metadata.listed(container, key, value);
            }
        });
    }
}
