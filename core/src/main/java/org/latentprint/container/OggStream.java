package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * The header packets of one stream in an Ogg file: the first names the coding, the second holds the comments, and with FLAC
 * further ones other metadata blocks. Sources: the Vorbis I and Theora specifications; RFC 7845 (Opus); RFC 9639
 * (FLAC); the Speex manual. Vorbis and Opus were held against another reader, the others against no file.
 */
final class OggStream {
    /** No text is longer than what an item's texts may have together. */
    private static final long MAX_PACKET = MetadataExtractor.MAX_TEXT;

    /** Of FLAC, whose last block says that it is; other codings have two that matter. */
    private static final int MAX_PACKETS = 1000;

    private static final int THEORA_SIZE = 14;

    /** How the streams of one coding begin. */
    private enum Coding {
        VORBIS("\1vorbis", "\3vorbis"),
        OPUS("OpusHead", "OpusTags"),
        THEORA("\u0080theora", "\u0081theora"),
        SPEEX("Speex   ", ""),
        FLAC("\u007FFLAC", ""),
        /** Named by nothing that is known here. */
        OTHER("", "");

        private final String first;
        private final String comments;

        Coding(String first, String comments) {
            this.first = first;
            this.comments = comments;
        }
    }

    private final EvidenceBytes bytes;
    private final String reader;
    private final BlockSink sink;
    private final List<ByteRange> packet = new ArrayList<>();
    private Coding coding = Coding.OTHER;
    private boolean checksumsFit = true;
    private int packets;
    private boolean done;

    OggStream(EvidenceBytes bytes, String reader, BlockSink sink) {
        this.bytes = bytes;
        this.reader = reader;
        this.sink = sink;
    }

    /** Says whether all that is read of the stream has come. */
    boolean isDone() {
        return done;
    }

    /** Takes a page of the stream. */
    void page(OggPages.Page page, boolean checksumFits) throws IOException {
        if (packet.isEmpty() == page.continues()) {
            problem(Category.MALFORMED, "a page is missing before this one", page.start());
            done = true;
            return;
        }
        checksumsFit &= checksumFits;
        long position = page.content();
        for (int i = 0; i < page.packets().size() && !done; i++) {
            long length = Math.min(page.packets().get(i), page.end() - position);
            packet.add(new ByteRange(position, length));
            position += length;
            boolean goesOn = i == page.packets().size() - 1 && !page.ends();
            if (!goesOn || !page.isWhole()) {
                packet(page.start());
                packet.clear();
                checksumsFit = checksumFits;
            }
        }
        done |= !page.isWhole();
    }

    /** Reads what came of a packet that the file's end cuts. */
    void end(long offset) throws IOException {
        if (!done && !packet.isEmpty()) {
            problem(Category.MALFORMED, "the file ends within a packet of headers", offset);
            packet(offset);
        }
        done = true;
    }

    private void packet(long offset) throws IOException {
        packets++;
        if (packets > MAX_PACKETS) {
            problem(Category.LIMIT, "more than " + MAX_PACKETS + " packets of headers; the rest was not read", offset);
            done = true;
            return;
        }
        long length = packet.stream().mapToLong(ByteRange::length).sum();
        if (length > MAX_PACKET) {
            problem(Category.LIMIT, "a packet of " + length + " bytes; up to " + MAX_PACKET + " are read", offset);
            done = true;
            return;
        }
        PlacedBytes content = PlacedBytes.read(bytes, packet);
        Crc crc = checksumsFit ? Crc.OK : Crc.WRONG;
        if (packets == 1) {
            identify(content);
        } else if (coding == Coding.FLAC) {
            flacBlock(content, crc);
        } else {
            comments(content, crc);
        }
    }

    private void identify(PlacedBytes content) {
        for (Coding each : Coding.values()) {
            if (coding == Coding.OTHER && begins(content, each.first)) {
                coding = each;
            }
        }
        done = coding == Coding.OTHER;
        if (coding == Coding.THEORA && content.length() >= THEORA_SIZE + 6) {
            int width = (int) (content.u32(THEORA_SIZE) >> 8);
            int height = (int) (content.u32(THEORA_SIZE + 2) & 0xFF_FFFF);
            if (width > 0 && height > 0) {
                sink.pixels(width, height);
            }
        }
    }

    private void flacBlock(PlacedBytes content, Crc crc) {
        if (content.length() < FlacBlocks.HEADER_LENGTH) {
            done = true;
            return;
        }
        long length = content.u32(0) & 0xFF_FFFF;
        done = content.u8(0) >= 0x80;
        if (length != content.length() - FlacBlocks.HEADER_LENGTH) {
            problem(
                    Category.MALFORMED,
                    "a metadata block states " + length + " bytes, its packet has "
                            + (content.length() - FlacBlocks.HEADER_LENGTH),
                    content.offset(0));
            done = true;
        }
        int kind = content.u8(0) & 0x7F;
        boolean comments = kind == FlacBlocks.COMMENTS;
        if (comments || length <= content.length() - FlacBlocks.HEADER_LENGTH) {
            new FlacBlocks("ogg", reader, sink).block(kind, content, FlacBlocks.HEADER_LENGTH, crc);
        }
    }

    private void comments(PlacedBytes content, Crc crc) {
        done = true;
        if (begins(content, coding.comments)) {
            new VorbisComments("ogg", reader, crc, sink).read(content, coding.comments.length());
        } else {
            problem(Category.MALFORMED, "the stream's second packet holds no comments", content.offset(0));
        }
    }

    private static boolean begins(PlacedBytes content, String mark) {
        byte[] expected = mark.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < expected.length; i++) {
            if (i >= content.length() || content.u8(i) != (expected[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private void problem(Category category, String message, long offset) {
        sink.problem(Problem.at(category, reader, message, offset));
    }
}
