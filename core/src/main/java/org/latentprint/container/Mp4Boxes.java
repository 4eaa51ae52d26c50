package org.latentprint.container;

import java.io.IOException;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/** Walks the boxes of one film, level by level, and counts them. */
final class Mp4Boxes {
    /** A fragmented film has some ten thousand. */
    private static final int MAX_BOXES = 100_000;

    private static final int HEADER_LENGTH = 8;
    private static final int WIDE_HEADER_LENGTH = 16;

    /**
     * A box.
     *
     * @param type four characters
     * @param number the same four bytes as a number
     * @param start of its content in the item
     * @param end of its content, never behind the end of the box around it or of the item
     * @param isWhole whether it ends where it says; what is cut has no value of its own, but may hold whole boxes
     */
    record Box(String type, long number, long start, long end, boolean isWhole) {

        /** Returns how many bytes of content are there. */
        long length() {
            return end - start;
        }

        /** Returns the same box with its content less the given number of first bytes. */
        Box from(int skipped) {
            return new Box(type, number, Math.min(end, start + skipped), end, isWhole);
        }
    }

    /** Takes the boxes of a level in their order. */
    @FunctionalInterface
    interface Visitor {
        void visit(Box box) throws IOException;
    }

    private final ByteWindow window;
    private final String reader;
    private final BlockSink sink;
    private int count;

    Mp4Boxes(ByteWindow window, String reader, BlockSink sink) {
        this.window = window;
        this.reader = reader;
        this.sink = sink;
    }

    /** Visits the boxes directly within that box. */
    void forEach(Box parent, Visitor visitor) throws IOException {
        forEach(parent.start(), parent.end(), visitor);
    }

    /** Visits the boxes directly within that range, up to the first that breaks the rules. */
    void forEach(long start, long end, Visitor visitor) throws IOException {
        boolean topLevel = end == window.size() && start == 0;
        long position = start;
        while (end - position >= HEADER_LENGTH) {
            if (++count > MAX_BOXES) {
                if (count == MAX_BOXES + 1) {
                    problem(Category.LIMIT, "more than " + MAX_BOXES + " boxes; the rest was not read", position);
                }
                return;
            }
            long number = window.u32(position + 4);
            String type = window.code(position + 4);
            long size = window.u32(position);
            int header = HEADER_LENGTH;
            if (size == 1 && end - position >= WIDE_HEADER_LENGTH) {
                size = window.u64(position + HEADER_LENGTH);
                header = WIDE_HEADER_LENGTH;
            } else if (size == 0 && topLevel) {
                size = end - position;
            } else if (size == 0) {
                // A zero ends a list of user data in QuickTime.
                return;
            }
            boolean readable = type.chars().allMatch(each -> each >= ' ' && each != 0x7F);
            if (size < header || (topLevel && !readable)) {
                notBox(position, end, topLevel);
                return;
            }
            long boxEnd = size > end - position ? end : position + size;
            boolean whole = size <= end - position;
            if (!whole) {
                problem(
                        Category.MALFORMED,
                        "box " + shown(type) + " states " + size + " bytes, there are " + (end - position),
                        position);
            }
            visitor.visit(new Box(type, number, position + header, boxEnd, whole));
            position = boxEnd;
        }
        if (topLevel && position < end) {
            notBox(position, end, true);
        }
    }

    private void notBox(long position, long end, boolean topLevel) {
        if (topLevel) {
            sink.trailing(position, end - position);
        } else {
            problem(Category.MALFORMED, "bytes that are no box", position);
        }
    }

    private static String shown(String type) {
        return type.chars().allMatch(each -> each >= ' ' && each != 0x7F) ? type : "without a name";
    }

    private void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, reader, message, offset));
    }
}
