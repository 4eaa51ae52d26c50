package org.latentprint.evidence.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Adler32;
import org.latentprint.evidence.FileBytes;
import org.latentprint.evidence.ReadBuffers;

/**
 * Looks whether the files of an image of the Expert Witness format are whole, and whether all of them are there. The library
 * reads what there is of a disk, and of the rest says only that it cannot be read.
 *
 * <p>Source: libyal/libewf, {@code documentation/Expert Witness Compression Format (EWF).asciidoc}, file header and section
 * descriptor. Each file is a chain of sections, whose last one says that another file follows, or that the image is done. The
 * format's second version (Ex01) is not looked at.
 */
final class EwfSegments {
    private static final byte[] SIGNATURE = {'E', 'V', 'F', 9, 13, 10, (byte) 0xff, 0};
    private static final int HEADER = 13;
    private static final int DESCRIPTOR = 76;
    private static final int TYPE = 16;

    /** What a table begins with: how many chunks it lists, and the offset from which theirs count. */
    private static final int TABLE = 24;

    private static final Set<String> TABLES = Set.of("table", "table2");
    private static final String FOLLOWED = "next";
    private static final String DONE = "done";

    /** A file of a terabyte has some ten thousand sections. */
    private static final int MAX_SECTIONS = 1_000_000;

    private EwfSegments() {}

    /**
     * Looks at the files of an image.
     *
     * @param files in their order, as far as they were found
     * @return what is missing, in words; empty where nothing is
     */
    static Optional<String> missing(List<Path> files) {
        for (Path file : files) {
            Optional<String> why = missing(file, file.equals(files.getLast()));
            if (why.isPresent()) {
                return why;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> missing(Path file, boolean last) {
        String name = String.valueOf(file.getFileName());
        try (FileBytes bytes = FileBytes.open(file.toRealPath(), new ReadBuffers())) {
            if (bytes.size() < HEADER || !Arrays.equals(bytes.readExactly(0, SIGNATURE.length), SIGNATURE)) {
                return Optional.empty();
            }
            String end = end(bytes);
            if (end.equals(FOLLOWED) && last) {
                return Optional.of("the image goes on behind " + name
                        + ", and the file that follows is not there: what lies in it and in later ones cannot be read");
            }
            return end.equals(FOLLOWED) || end.equals(DONE)
                    ? Optional.empty()
                    : Optional.of(name + " of the image ends early, or is damaged: " + end
                            + "; bytes of the disk may be missing, or stand in another place");
        } catch (IOException failure) {
            return Optional.of(name + " of the image could not be looked at: " + failure.getMessage());
        }
    }

    /** Returns the type of the last section, or how the chain breaks. */
    private static String end(FileBytes bytes) throws IOException {
        long position = HEADER;
        for (int section = 0; section < MAX_SECTIONS; section++) {
            if (position > bytes.size() - DESCRIPTOR) {
                return "it has " + bytes.size() + " bytes, and a section at " + position;
            }
            byte[] descriptor = bytes.readExactly(position, DESCRIPTOR);
            if (!sumIsRight(descriptor)) {
                return "the checksum over the section at " + position + " is wrong";
            }
            String type = new String(descriptor, 0, TYPE, StandardCharsets.ISO_8859_1).replaceFirst("\0.*", "");
            if (type.equals(FOLLOWED) || type.equals(DONE)) {
                return type;
            }
            if (TABLES.contains(type) && !sumIsRight(bytes.readExactly(position + DESCRIPTOR, TABLE))) {
                return "the checksum over the table at " + position + " is wrong";
            }
            long next = littleEndian(descriptor).getLong(TYPE);
            if (next <= position) {
                return "the section at " + position + " leads nowhere";
            }
            position = next;
        }
        return "it has more than " + MAX_SECTIONS + " sections";
    }

    /** Says whether bytes end with their own Adler-32. */
    private static boolean sumIsRight(byte[] bytes) {
        int summed = bytes.length - Integer.BYTES;
        Adler32 sum = new Adler32();
        sum.update(bytes, 0, summed);
        return (int) sum.getValue() == littleEndian(bytes).getInt(summed);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
