package org.latentprint.container.c2pa;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The boxes of a file of the ISO base media file format, as far as a hash's exclusions ask for them. Used by one thread, for
 * one item. Source: ISO 14496-12, section 4.2; C2PA Technical Specification 2.x, "Hash Computation" of the BMFF-based hash.
 */
final class BmffTree {
    private static final int HEADER = 8;
    private static final int LONG_HEADER = 16;
    private static final int VERSION_AND_FLAGS = 4;

    /** A fragmented film of two hours has some thousand fragments of four boxes. */
    private static final int MAX_BOXES = 200_000;

    private final ItemBytes item;
    private final List<BmffBox> roots;
    private final Map<Long, List<BmffBox>> children = new HashMap<>();
    private int boxes;

    /**
     * Reads the outermost boxes.
     *
     * @throws IOException where the item cannot be read or has more boxes than are read
     */
    BmffTree(ItemBytes item) throws IOException {
        this.item = item;
        this.roots = boxes(0, item.size());
    }

    List<BmffBox> roots() {
        return roots;
    }

    /** Returns the outermost boxes of that type. */
    List<BmffBox> roots(String type) {
        return roots.stream().filter(box -> box.type().equals(type)).toList();
    }

    /** Returns the boxes within a box; a box without any gives what its bytes happen to look like, and harms nothing. */
    List<BmffBox> children(BmffBox box) throws IOException {
        List<BmffBox> known = children.get(box.start());
        if (known == null) {
            long from = box.content() + (box.type().equals("meta") && hasVersion(box) ? VERSION_AND_FLAGS : 0);
            known = boxes(from, box.end());
            children.put(box.start(), known);
        }
        return known;
    }

    /** In ISO files a {@code meta} box has version and flags before its children, in QuickTime's own it has not. */
    private boolean hasVersion(BmffBox box) throws IOException {
        if (box.end() - box.content() < HEADER) {
            return true;
        }
        long first = item.u32(box.content());
        String type = item.code(box.content() + 4);
        boolean child = first > 0
                && first <= box.end() - box.content()
                && type.chars().allMatch(letter -> letter >= ' ' && letter < 0x7F);
        return !child;
    }

    private List<BmffBox> boxes(long from, long limit) throws IOException {
        List<BmffBox> found = new ArrayList<>();
        long at = from;
        while (limit - at >= HEADER) {
            if (++boxes > MAX_BOXES) {
                throw new IOException("the item has more than " + MAX_BOXES + " boxes");
            }
            long length = item.u32(at);
            int header = HEADER;
            if (length == 1 && limit - at >= LONG_HEADER) {
                length = item.u64(at + HEADER);
                header = LONG_HEADER;
            } else if (length == 0) {
                length = limit - at;
            }
            if (length < header) {
                return found;
            }
            // A box that is cut off ends where the bytes do; its hash will not be the stated one.
            long end = length > limit - at ? limit : at + length;
            found.add(new BmffBox(item.code(at + 4), at, at + header, end));
            at = end;
        }
        return found;
    }
}
