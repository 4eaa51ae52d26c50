package org.latentprint.container;

import java.io.IOException;
import java.util.Optional;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/** Walks the elements of one EBML file, level by level, and counts them. Source: RFC 8794. */
final class EbmlElements {
    /** A live recording of some hours, whose clusters state no size, has a few hundred thousand. */
    private static final int MAX_ELEMENTS = 1_000_000;

    /** Matroska's default (RFC 8794, EBMLMaxIDLength). */
    private static final int MAX_ID_LENGTH = 4;

    /** Matroska's default (RFC 8794, EBMLMaxSizeLength). */
    private static final int MAX_SIZE_LENGTH = 8;

    /**
     * An element.
     *
     * @param id number with its length mark, as specifications write it
     * @param start of its content in the item
     * @param end of its content, never behind the end of the element around it or of the item
     * @param isWhole whether it ends where it says
     * @param isSized whether it states a size; a recording that could not be sent back to its start does not
     */
    record Element(long id, long start, long end, boolean isWhole, boolean isSized) {

        /** Returns how many bytes of content are there. */
        long length() {
            return end - start;
        }
    }

    /** Takes the elements of a level in their order. */
    @FunctionalInterface
    interface Visitor {
        void visit(Element element) throws IOException;
    }

    private record VariableLength(long value, int length) {}

    private final ByteWindow window;
    private final String reader;
    private final BlockSink sink;
    private int count;

    EbmlElements(ByteWindow window, String reader, BlockSink sink) {
        this.window = window;
        this.reader = reader;
        this.sink = sink;
    }

    /**
     * Visits the elements directly within that one, up to the first that breaks the rules. An element without a size is
     * stepped into instead of over, so that what it holds is visited as if it stood beside it.
     */
    void forEach(Element parent, Visitor visitor) throws IOException {
        long position = parent.start();
        while (position < parent.end()) {
            Optional<Element> next = at(position, parent.end());
            if (next.isEmpty()) {
                return;
            }
            Element element = next.get();
            if (element.isSized()) {
                visitor.visit(element);
                position = element.end();
            } else {
                position = element.start();
            }
        }
    }

    /**
     * Reads the element at that offset.
     *
     * @param end of the range it must lie in
     * @return empty where there is none, or where the bound on their number is reached; a problem says so
     */
    Optional<Element> at(long position, long end) throws IOException {
        if (++count > MAX_ELEMENTS) {
            if (count == MAX_ELEMENTS + 1) {
                problem(Category.LIMIT, "more than " + MAX_ELEMENTS + " elements; the rest was not read", position);
            }
            return Optional.empty();
        }
        Optional<VariableLength> id = number(position, end, MAX_ID_LENGTH);
        Optional<VariableLength> size =
                id.isEmpty() ? Optional.empty() : number(position + id.get().length(), end, MAX_SIZE_LENGTH);
        if (id.isEmpty() || size.isEmpty()) {
            problem(Category.MALFORMED, "bytes that are no element", position);
            return Optional.empty();
        }
        int sizeLength = size.get().length();
        long mark = 1L << (7 * sizeLength);
        long stated = size.get().value() - mark;
        long start = position + id.get().length() + sizeLength;
        boolean sized = stated != mark - 1;
        long left = end - start;
        boolean whole = sized && stated <= left;
        if (sized && !whole) {
            problem(
                    Category.MALFORMED,
                    "element " + Long.toHexString(id.get().value()) + " states " + stated + " bytes, there are " + left,
                    position);
        }
        return Optional.of(new Element(id.get().value(), start, whole ? start + stated : end, whole, sized));
    }

    /** Reads a number whose first byte tells its length by the zeros before its first one. The mark stays in it. */
    private Optional<VariableLength> number(long position, long end, int maxLength) throws IOException {
        if (position >= end) {
            return Optional.empty();
        }
        int first = window.u8(position);
        int length = Integer.numberOfLeadingZeros(first) - 23;
        if (length > maxLength || length > end - position) {
            return Optional.empty();
        }
        long value = first;
        for (int i = 1; i < length; i++) {
            value = value << 8 | window.u8(position + i);
        }
        return Optional.of(new VariableLength(value, length));
    }

    private void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, reader, message, offset));
    }
}
