package org.latentprint.evidence.carve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JPEG's frame header (ITU-T T.81, B.2.2).
 *
 * @param sequential whether its scans hold all values of a block, in Huffman codes
 * @param needsHuffman whether its scans need Huffman tables
 */
record JpegFrame(boolean sequential, boolean needsHuffman, int width, int height, List<Component> components) {
    private static final int BASELINE = 0xC0;
    private static final int EXTENDED = 0xC1;
    private static final int LOSSLESS = 0xC3;
    private static final int FIRST_ARITHMETIC = 0xC8;
    /** What a scan may have, and no program writes more into a frame. */
    private static final int MOST_COMPONENTS = 4;

    /** A component, with its blocks across and down in a unit. */
    record Component(int id, int across, int down) {
        boolean isPossible() {
            return across >= 1 && across <= 4 && down >= 1 && down <= 4;
        }
    }

    /** Says whether the marker begins a frame header. */
    static boolean isFrame(int marker) {
        return marker >= BASELINE && marker <= 0xCF && marker != 0xC4 && marker != FIRST_ARITHMETIC && marker != 0xCC;
    }

    /** Returns the header whose data are at that place; empty where its numbers do not agree. */
    static Optional<JpegFrame> read(SpaceReader in, int marker, long data, int length) throws IOException {
        if (length < 9) {
            return Optional.empty();
        }
        int precision = in.u8(data);
        int height = in.u16(data + 1);
        int width = in.u16(data + 3);
        int count = in.u8(data + 5);
        boolean holds = (precision == 8 || precision == 12 || (precision >= 2 && precision <= 16 && marker == LOSSLESS))
                && width > 0
                && count >= 1
                && count <= MOST_COMPONENTS
                && length == 6 + 3 * count;
        List<Component> components = new ArrayList<>();
        for (int i = 0; holds && i < count; i++) {
            int sampling = in.u8(data + 7 + 3L * i);
            components.add(new Component(in.u8(data + 6 + 3L * i), sampling >> 4, sampling & 15));
            holds = components.getLast().isPossible() && in.u8(data + 8 + 3L * i) <= 3;
        }
        // Where the height follows behind the scan, the number of blocks is not known yet.
        boolean sequential = (marker == BASELINE || marker == EXTENDED) && height > 0;
        return holds
                ? Optional.of(new JpegFrame(sequential, marker < FIRST_ARITHMETIC, width, height, components))
                : Optional.empty();
    }

    Optional<Component> component(int id) {
        return components.stream().filter(each -> each.id() == id).findFirst();
    }

    /** Returns how many units a scan has: blocks of the component where it is alone, or groups of blocks of all. */
    long units(Component component, boolean alone) {
        int across = components.stream().mapToInt(Component::across).max().orElse(1);
        int down = components.stream().mapToInt(Component::down).max().orElse(1);
        return alone
                ? blocks(width, component.across(), across) * blocks(height, component.down(), down)
                : groups(width, across) * groups(height, down);
    }

    /** A component has its share of the frame's samples, rounded up (A.1.1). */
    private static long blocks(int pixels, int share, int of) {
        return ((long) (pixels * share + of - 1) / of + 7) / 8;
    }

    private static long groups(int pixels, int blocks) {
        return (pixels + 8L * blocks - 1) / (8L * blocks);
    }
}
