package org.latentprint.container;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads BMP: the size, and what stands behind the picture; the format has no place for metadata. Source: Microsoft,
 * BITMAPFILEHEADER, BITMAPINFOHEADER and BITMAPV5HEADER; ExifTool ({@code BMP.pm}) for the headers of OS/2.
 */
public final class BmpReader implements ContainerReader {
    private static final String ID = "bmp/1";

    private static final int FILE_HEADER = 14;
    private static final int CORE_HEADER = 12;
    private static final int INFO_HEADER = 40;
    private static final int OS2_HEADER = 64;
    private static final int V5_HEADER = 124;

    private static final Set<Integer> HEADERS =
            Set.of(CORE_HEADER, 16, INFO_HEADER, 52, 56, OS2_HEADER, 108, V5_HEADER);
    private static final Set<Integer> DEPTHS = Set.of(0, 1, 2, 4, 8, 16, 24, 32);

    private static final int UNPACKED = 0;
    private static final int UNPACKED_WITH_MASKS = 3;
    private static final int UNPACKED_WITH_ALPHA_MASK = 6;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        if (head.length < FILE_HEADER + CORE_HEADER || head[0] != 'B' || head[1] != 'M') {
            return Optional.empty();
        }
        long header = u32(head, FILE_HEADER);
        if (header > V5_HEADER || !HEADERS.contains((int) header)) {
            return Optional.empty();
        }
        int planesAt = FILE_HEADER + (header == CORE_HEADER ? 8 : 12);
        boolean fits =
                head.length >= planesAt + 4 && u16(head, planesAt) == 1 && DEPTHS.contains(u16(head, planesAt + 2));
        return fits ? Optional.of("image/bmp") : Optional.empty();
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        byte[] head = bytes.readExactly(0, (int) Math.min(bytes.size(), FILE_HEADER + V5_HEADER));
        boolean core = u32(head, FILE_HEADER) == CORE_HEADER;
        long width = core ? u16(head, 18) : (int) u32(head, 18);
        // A negative height says that the rows run from the top.
        long height = core ? u16(head, 20) : Math.abs((long) (int) u32(head, 22));
        if (width <= 0 || height == 0 || height > Integer.MAX_VALUE) {
            sink.problem(Problem.at(Category.MALFORMED, ID, "a size of " + width + " x " + height + " pixels", 18));
            return;
        }
        sink.pixels((int) width, (int) height);
        OptionalLong pixelsEnd = pixelsEnd(head, core, width, height);
        long stated = u32(head, 2);
        if (pixelsEnd.isPresent() && pixelsEnd.getAsLong() > bytes.size()) {
            sink.problem(Problem.at(Category.MALFORMED, ID, "the pixels end behind the end of the file", bytes.size()));
            return;
        }
        if (stated > bytes.size()) {
            sink.problem(Problem.at(
                    Category.MALFORMED, ID, "the file states " + stated + " bytes and has " + bytes.size(), 2));
            stated = 0;
        }
        // The stated size is often left wrong; what stands within it belongs to the picture all the same.
        long end = Math.max(Math.max(pixelsEnd.orElse(0), profileEnd(head)), stated);
        if (end > 0 && end < bytes.size()) {
            sink.trailing(end, bytes.size() - end);
        }
    }

    /** Returns where the pixels end; empty where they are packed and their length is not stated. */
    private static OptionalLong pixelsEnd(byte[] head, boolean core, long width, long height) {
        long start = u32(head, 10);
        int depth = u16(head, core ? 24 : 28);
        boolean info = !core && head.length >= FILE_HEADER + INFO_HEADER;
        long header = u32(head, FILE_HEADER);
        long coding = info && header >= INFO_HEADER ? u32(head, 30) : UNPACKED;
        boolean masks = coding == UNPACKED_WITH_MASKS || coding == UNPACKED_WITH_ALPHA_MASK;
        if (depth > 0 && (coding == UNPACKED || (masks && header != OS2_HEADER))) {
            long row = (width * depth + 31) / 32 * 4;
            // A row and a height of 31 bits each could pass the largest number.
            return OptionalLong.of(row > Integer.MAX_VALUE ? Long.MAX_VALUE : start + row * height);
        }
        long length = info ? u32(head, 34) : 0;
        return length == 0 ? OptionalLong.empty() : OptionalLong.of(start + length);
    }

    /** Returns where an embedded colour profile ends; 0 where there is none. */
    private static long profileEnd(byte[] head) {
        if (u32(head, FILE_HEADER) != V5_HEADER || head.length < FILE_HEADER + V5_HEADER) {
            return 0;
        }
        long length = u32(head, 130);
        return length == 0 ? 0 : FILE_HEADER + u32(head, 126) + length;
    }

    private static int u16(byte[] data, int at) {
        return (data[at] & 0xFF) | (data[at + 1] & 0xFF) << 8;
    }

    private static long u32(byte[] data, int at) {
        return u16(data, at) | (long) u16(data, at + 2) << 16;
    }
}
