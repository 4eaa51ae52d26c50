package org.latentprint.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Joins the APP13 segments of one JPEG over which Photoshop's resources run; one that is too long for a segment goes on in
 * the next. Source: ExifTool ({@code ExifTool.pm}, APP13).
 */
final class PhotoshopSegments {
    /** Thumbnails and a long caption make some hundred thousand. */
    private static final int MAX_LENGTH = 16 << 20;

    /** Of 64 KiB each. */
    private static final int MAX_SEGMENTS = MAX_LENGTH >> 16;

    private final EvidenceBytes bytes;
    private final BlockSink sink;
    private final List<ByteRange> segments = new ArrayList<>();
    private boolean full;

    PhotoshopSegments(EvidenceBytes bytes, BlockSink sink) {
        this.bytes = bytes;
        this.sink = sink;
    }

    /** Takes a segment's bytes behind its identifier. */
    void segment(long offset, int length) {
        if (segments.size() < MAX_SEGMENTS) {
            segments.add(new ByteRange(offset, length));
        } else if (!full) {
            full = true;
            sink.problem(Problem.at(
                    Category.LIMIT,
                    JpegReader.ID,
                    "more than " + MAX_SEGMENTS + " segments of Photoshop; the rest was not read",
                    offset));
        }
    }

    /** Reads what the segments hold together; called when the file was read. */
    void read() throws IOException {
        if (segments.isEmpty()) {
            return;
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (ByteRange segment : segments) {
            joined.writeBytes(bytes.readExactly(segment.offset(), (int) segment.length()));
        }
        new PhotoshopResources("jpeg", JpegReader.ID, Crc.NONE, new JoinedSink(sink, segments))
                .read(joined.toByteArray(), 0);
    }
}
