package org.latentprint.container;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads TIFF, BigTIFF and the raw pictures built like them: the tags of the first two directories, EXIF and GPS, XMP, IPTC
 * and Photoshop's resources. Source: TIFF 6.0; XMP part 3, section 1.1.3.
 */
public final class TiffReader implements ContainerReader {
    private static final String ID = "tiff/2";

    private static final int HEADER_LENGTH = 8;
    private static final long CLASSIC_LOW_FIRST = 0x49492A00L;
    private static final long CLASSIC_HIGH_FIRST = 0x4D4D002AL;
    private static final long BIG_LOW_FIRST = 0x49492B00L;
    private static final long BIG_HIGH_FIRST = 0x4D4D002BL;
    private static final Set<Long> MARKS = Set.of(CLASSIC_LOW_FIRST, CLASSIC_HIGH_FIRST, BIG_LOW_FIRST, BIG_HIGH_FIRST);

    /** Bytes that an offset has in BigTIFF; the header says it, and no other number is defined. */
    private static final int WIDE_OFFSET = 8;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        if (head.length < HEADER_LENGTH) {
            return Optional.empty();
        }
        long mark = (head[0] & 0xFFL) << 24 | (head[1] & 0xFFL) << 16 | (head[2] & 0xFFL) << 8 | (head[3] & 0xFFL);
        return MARKS.contains(mark) ? Optional.of("image/tiff") : Optional.empty();
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        ByteWindow window = new ByteWindow(bytes);
        long mark = window.u32(0);
        boolean big = mark == BIG_LOW_FIRST || mark == BIG_HIGH_FIRST;
        boolean lowFirst = mark == CLASSIC_LOW_FIRST || mark == BIG_LOW_FIRST;
        if (big && window.u8(lowFirst ? 4 : 5) != WIDE_OFFSET) {
            sink.problem(Problem.at(
                    Category.UNSUPPORTED,
                    ID,
                    "BigTIFF with offsets of " + window.u8(lowFirst ? 4 : 5) + " bytes is not read",
                    4));
            return;
        }
        new TiffDirectories(window, ID, lowFirst, big, sink).read();
    }
}
