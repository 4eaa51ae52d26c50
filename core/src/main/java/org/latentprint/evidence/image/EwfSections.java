package org.latentprint.evidence.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Adler32;
import org.latentprint.evidence.EvidenceBytes;

/**
 * The sections of one file of an image of the Expert Witness format: a chain, whose last one says that another file follows, or
 * that the image is done. The format's second version (Ex01) is not looked at.
 *
 * <p>Source: libyal/libewf, {@code documentation/Expert Witness Compression Format (EWF).asciidoc}, file header and section
 * descriptor.
 *
 * @param list of them, in the chain's order, as far as it holds
 * @param broken how the chain breaks, in words; empty where it does not
 */
record EwfSections(List<Section> list, Optional<String> broken) {
    private static final byte[] SIGNATURE = {'E', 'V', 'F', 9, 13, 10, (byte) 0xff, 0};
    private static final int HEADER = 13;
    private static final int DESCRIPTOR = 76;
    private static final int TYPE = 16;
    private static final Set<String> TABLES = Set.of("table", "table2");

    /** What a table begins with: how many chunks it lists, and the offset from which theirs count. */
    static final int TABLE = 24;

    static final String FOLLOWED = "next";
    static final String DONE = "done";

    /** A file of a terabyte has some ten thousand sections. */
    private static final int MAX_SECTIONS = 1_000_000;

    EwfSections {
        list = List.copyOf(list);
    }

    /**
     * One section.
     *
     * @param type such as {@code table}
     * @param position of its descriptor in the file
     * @param end where the next one begins; of the last one its own position
     */
    record Section(String type, long position, long end) {
        /** Returns where its data begin, behind the descriptor. */
        long data() {
            return position + DESCRIPTOR;
        }
    }

    /**
     * Follows the chain.
     *
     * @param bytes of the file
     * @return empty where it is no file of this format's first version
     */
    static Optional<EwfSections> of(EvidenceBytes bytes) {
        List<Section> sections = new ArrayList<>();
        Optional<String> broken = Optional.empty();
        try {
            if (bytes.size() < HEADER || !Arrays.equals(bytes.readExactly(0, SIGNATURE.length), SIGNATURE)) {
                return Optional.empty();
            }
            long position = HEADER;
            while (broken.isEmpty() && (sections.isEmpty() || !isLast(sections.getLast()))) {
                broken = follow(bytes, position, sections);
                position = sections.isEmpty() ? position : sections.getLast().end;
            }
        } catch (IOException unreadable) {
            broken = Optional.of("it cannot be read: " + unreadable.getMessage());
        }
        return Optional.of(new EwfSections(sections, broken));
    }

    private static boolean isLast(Section section) {
        return section.type.equals(FOLLOWED) || section.type.equals(DONE);
    }

    /** Returns how the chain breaks at this section. */
    private static Optional<String> follow(EvidenceBytes bytes, long position, List<Section> sections)
            throws IOException {
        if (sections.size() >= MAX_SECTIONS) {
            return Optional.of("it has more than " + MAX_SECTIONS + " sections");
        }
        if (position > bytes.size() - DESCRIPTOR) {
            return Optional.of("it has " + bytes.size() + " bytes, and a section at " + position);
        }
        byte[] descriptor = bytes.readExactly(position, DESCRIPTOR);
        if (!sumIsRight(descriptor)) {
            return Optional.of("the checksum over the section at " + position + " is wrong");
        }
        String type = new String(descriptor, 0, TYPE, StandardCharsets.ISO_8859_1).replaceFirst("\0.*", "");
        Section section = new Section(type, position, littleEndian(descriptor).getLong(TYPE));
        sections.add(section);
        if (isLast(section)) {
            return Optional.empty();
        }
        if (TABLES.contains(type) && !sumIsRight(bytes.readExactly(section.data(), TABLE))) {
            return Optional.of("the checksum over the table at " + position + " is wrong");
        }
        return section.end > position ? Optional.empty() : Optional.of("the section at " + position + " leads nowhere");
    }

    /** Says whether bytes end with their own Adler-32. */
    static boolean sumIsRight(byte[] bytes) {
        return sumIsRight(bytes, bytes.length);
    }

    /** As {@link #sumIsRight(byte[])}, of the first {@code length} bytes. */
    static boolean sumIsRight(byte[] bytes, int length) {
        int summed = length - Integer.BYTES;
        Adler32 sum = new Adler32();
        sum.update(bytes, 0, summed);
        return (int) sum.getValue() == littleEndian(bytes).getInt(summed);
    }

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
