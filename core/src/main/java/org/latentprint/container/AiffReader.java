package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ChunkWalk.Chunk;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads AIFF and AIFF-C: name, author, copyright, annotations, comments, an ID3 tag, XMP; the sound is stepped over. Source: Apple,
 * Audio Interchange File Format 1.3. XMP in an application chunk was held against no file.
 */
public final class AiffReader implements ContainerReader {
    private static final String ID = "aiff/1";
    private static final int FIRST_CHUNK = 12;

    /** Before each comment: its time, the place it is on, its length. */
    private static final int COMMENT_HEADER = 8;

    private static final Set<String> FORMS = Set.of("AIFF", "AIFC");

    /** Chunks of the standard that hold no metadata of programs. */
    private static final Set<String> STRUCTURE = Set.of("COMM", "SSND", "FVER", "MARK", "INST", "AESD", "CHAN", "FLLR");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        boolean aiff = head.length >= FIRST_CHUNK && code(head, 0).equals("FORM") && FORMS.contains(code(head, 8));
        return aiff ? Optional.of("audio/aiff") : Optional.empty();
    }

    private static String code(byte[] head, int at) {
        return new String(head, at, 4, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        new Walk(bytes, sink).run();
    }

    /** One walk over one item's chunks. */
    private static final class Walk {
        private final EvidenceBytes bytes;
        private final BlockSink sink;
        private final ByteWindow window;
        private final ChunkWalk chunks;

        Walk(EvidenceBytes bytes, BlockSink sink) {
            this.bytes = bytes;
            this.sink = sink;
            this.window = new ByteWindow(bytes);
            this.chunks = new ChunkWalk(window, false, "aiff", ID, sink);
        }

        void run() throws IOException {
            long end = ChunkWalk.HEADER_LENGTH + chunks.u32(4);
            if (end < FIRST_CHUNK || end > bytes.size()) {
                chunks.problem(Category.MALFORMED, "the file states " + end + " bytes and has " + bytes.size(), 4);
                end = bytes.size();
            }
            chunks.forEach(FIRST_CHUNK, end, type -> Optional.empty(), this::chunk);
            if (end < bytes.size()) {
                sink.trailing(end, bytes.size() - end);
            }
        }

        private void chunk(Chunk chunk) throws IOException {
            switch (chunk.type()) {
                case "NAME", "AUTH", "(c) ", "ANNO" ->
                    chunks.text("text", chunk.type().strip(), chunk);
                case "COMT" -> comments(chunk);
                case "ID3 ", "id3 " -> {
                    long read = new Id3Tag(bytes, window, ID, sink).read(chunk.start(), chunk.end());
                    if (read == chunk.start()) {
                        chunks.listed(chunk);
                    }
                }
                case "APPL" -> application(chunk);
                default -> {
                    if (!STRUCTURE.contains(chunk.type())) {
                        chunks.listed(chunk);
                    }
                }
            }
        }

        private void application(Chunk chunk) throws IOException {
            if (chunk.isWhole()
                    && chunk.length() > 4
                    && window.code(chunk.start()).equals("XMP ")) {
                chunks.text("xmp", "", chunk.start() + 4, chunk.length() - 4);
            } else {
                chunks.listed(chunk);
            }
        }

        private void comments(Chunk chunk) throws IOException {
            if (chunk.length() < 2) {
                return;
            }
            int count = window.u16(chunk.start());
            long position = chunk.start() + 2;
            for (int i = 0; i < count; i++) {
                if (chunk.end() - position < COMMENT_HEADER) {
                    chunks.problem(Category.MALFORMED, count + " comments are stated, " + i + " are there", position);
                    return;
                }
                int length = window.u16(position + 6);
                position += COMMENT_HEADER;
                if (length > chunk.end() - position) {
                    chunks.problem(Category.MALFORMED, "a comment does not fit its chunk", position);
                    return;
                }
                chunks.text("comment", "", position, length);
                position += length + length % 2;
            }
        }
    }
}
