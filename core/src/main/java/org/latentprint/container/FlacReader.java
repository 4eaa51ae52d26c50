package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads FLAC: comments, pictures, application data; and tags of other formats before and behind. ComfyUI's SaveAudio writes
 * its graphs as comments ({@code comfy_extras/nodes_audio.py}, {@code comfy_api/latest/_ui.py}) through FFmpeg. A file that
 * begins with an ID3 tag is begun by {@link Mp3Reader}. Source: RFC 9639.
 */
public final class FlacReader implements ContainerReader {
    static final String ID = "flac/1";
    static final String MEDIA_TYPE = "audio/flac";

    private static final byte[] MAGIC = "fLaC".getBytes(StandardCharsets.US_ASCII);

    /** Files have about ten; a picture book some hundred. */
    private static final int MAX_BLOCKS = 10_000;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        boolean flac = head.length >= MAGIC.length && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        return flac ? Optional.of(MEDIA_TYPE) : Optional.empty();
    }

    /** Says whether a stream begins at that offset. */
    static boolean isAt(long offset, ByteWindow window) throws IOException {
        return window.has(offset, MAGIC);
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        readFrom(0, bytes, sink);
    }

    /** Reads the blocks of the stream that begins at that offset, and the tags at the item's end. */
    static void readFrom(long start, EvidenceBytes bytes, BlockSink sink) throws IOException {
        ByteWindow window = new ByteWindow(bytes);
        FlacBlocks blocks = new FlacBlocks("flac", ID, sink);
        long position = start + MAGIC.length;
        boolean last = false;
        for (int count = 0; !last; count++) {
            long left = window.size() - position;
            if (count == MAX_BLOCKS) {
                problem(sink, Category.LIMIT, "more than " + MAX_BLOCKS + " blocks; the rest was not read", position);
                return;
            }
            if (left < FlacBlocks.HEADER_LENGTH) {
                problem(sink, Category.MALFORMED, "the file ends before its last metadata block", position);
                return;
            }
            last = window.u8(position) >= 0x80;
            int kind = window.u8(position) & 0x7F;
            int length = (int) (window.u32(position) & 0xFF_FFFF);
            position += FlacBlocks.HEADER_LENGTH;
            if (length > left - FlacBlocks.HEADER_LENGTH) {
                problem(
                        sink,
                        Category.MALFORMED,
                        "a metadata block states " + length + " bytes, there are " + (left - FlacBlocks.HEADER_LENGTH),
                        position);
                return;
            }
            blocks.block(kind, PlacedBytes.at(bytes.readExactly(position, length), position), 0, Crc.NONE);
            position += length;
        }
        new AudioTail(bytes, window, ID, sink).read(position);
    }

    private static void problem(BlockSink sink, Category category, String message, long offset) {
        sink.problem(Problem.at(category, ID, message, offset));
    }
}
