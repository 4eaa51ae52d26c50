package org.latentprint.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.latentprint.container.Mp4Boxes.Box;

/**
 * Finds the size of a picture file's main picture among its properties: that of the primary item ({@code pitm}, {@code ipma}),
 * else the largest. Source: ISO/IEC 23008-12, sections 6.5.3 and 9.3.
 */
final class HeifSize {
    /** As many properties as an association can name; a picture made of tiles has some dozen. */
    private static final int MAX_PROPERTIES = 1 << 15;

    /** A size before a rotation, as {@code ispe} states it. */
    record Size(int width, int height) {
        long area() {
            return (long) width * height;
        }
    }

    private final ByteWindow window;
    private final Mp4Boxes boxes;
    private final Map<Integer, Size> sizes = new LinkedHashMap<>();
    private final List<Box> associations = new ArrayList<>();
    private OptionalLong primary = OptionalLong.empty();
    private int properties;

    HeifSize(ByteWindow window, Mp4Boxes boxes) {
        this.window = window;
        this.boxes = boxes;
    }

    /** Takes a {@code pitm} box. */
    void readPrimary(Box box) throws IOException {
        int version = box.length() >= 6 ? window.u8(box.start()) : 0;
        if (box.length() >= (version == 0 ? 6 : 8)) {
            primary = OptionalLong.of(version == 0 ? window.u16(box.start() + 4) : window.u32(box.start() + 4));
        }
    }

    /** Takes an {@code iprp} box. */
    void readProperties(Box box) throws IOException {
        boxes.forEach(box, child -> {
            if (child.type().equals("ipco")) {
                boxes.forEach(child, this::property);
            } else if (child.type().equals("ipma") && child.isWhole() && child.length() >= 8) {
                associations.add(child);
            }
        });
    }

    private void property(Box box) throws IOException {
        if (properties++ < MAX_PROPERTIES && box.type().equals("ispe") && box.isWhole() && box.length() >= 12) {
            long width = window.u32(box.start() + 4);
            long height = window.u32(box.start() + 8);
            if (width > 0 && height > 0 && width <= Integer.MAX_VALUE && height <= Integer.MAX_VALUE) {
                sizes.put(properties, new Size((int) width, (int) height));
            }
        }
    }

    /** Returns the main picture's size; empty where the file states none. */
    Optional<Size> size() throws IOException {
        for (Box box : associations) {
            Optional<Size> stated = ofPrimary(box);
            if (stated.isPresent()) {
                return stated;
            }
        }
        Optional<Size> largest = Optional.empty();
        for (Size size : sizes.values()) {
            if (size.area() > largest.map(Size::area).orElse(0L)) {
                largest = Optional.of(size);
            }
        }
        return largest;
    }

    private Optional<Size> ofPrimary(Box box) throws IOException {
        if (primary.isEmpty()) {
            return Optional.empty();
        }
        int numberSize = window.u8(box.start()) == 0 ? 2 : 4;
        int indexSize = (window.u8(box.start() + 3) & 1) == 0 ? 1 : 2;
        long count = Math.min(window.u32(box.start() + 4), HeifItems.MAX_ITEMS);
        long at = box.start() + 8;
        for (long i = 0; i < count && box.end() - at > numberSize; i++) {
            long item = numberSize == 2 ? window.u16(at) : window.u32(at);
            int indices = window.u8(at + numberSize);
            at += numberSize + 1;
            if (box.end() - at < (long) indices * indexSize) {
                return Optional.empty();
            }
            if (item == primary.getAsLong()) {
                for (int k = 0; k < indices; k++) {
                    long place = at + (long) k * indexSize;
                    // The highest bit says whether the property must be understood.
                    int index = indexSize == 1 ? window.u8(place) & 0x7F : window.u16(place) & 0x7FFF;
                    if (sizes.containsKey(index)) {
                        return Optional.ofNullable(sizes.get(index));
                    }
                }
            }
            at += (long) indices * indexSize;
        }
        return Optional.empty();
    }
}
