package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads 3D scenes in glTF, as JSON or in binary chunks (GLB): what they say of their making, and a list of chunks that are no
 * scene and no mesh. Source: glTF 2.0, section GLB File Format. A scene in JSON is known where its asset stands among the
 * first bytes.
 */
public final class GltfReader implements ContainerReader {
    private static final String ID = "gltf/1";

    private static final byte[] MAGIC = "glTF".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;
    private static final int FILE_HEADER = 12;
    private static final int CHUNK_HEADER = 8;

    /** A scene has two chunks; extensions may add some. */
    private static final int MAX_CHUNKS = 1_000;

    /** No text is longer than what an item's texts may have together. */
    private static final long MAX_READ = MetadataExtractor.MAX_TEXT;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        if (isBinary(head)) {
            return Optional.of("model/gltf-binary");
        }
        boolean mayBeScene = TextHead.of(head)
                .map(String::stripLeading)
                .filter(text -> text.startsWith("{") && text.contains("\"asset\"") && text.contains("\"version\""))
                .isPresent();
        return mayBeScene && GltfAsset.begins(head) ? Optional.of("model/gltf+json") : Optional.empty();
    }

    private static boolean isBinary(byte[] head) {
        return head.length >= FILE_HEADER
                && head[0] == MAGIC[0]
                && head[1] == MAGIC[1]
                && head[2] == MAGIC[2]
                && head[3] == MAGIC[3];
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        ByteWindow window = new ByteWindow(bytes);
        if (window.has(0, MAGIC)) {
            new Walk(bytes, window, sink).run();
        } else if (bytes.size() > MAX_READ) {
            sink.problem(Problem.of(
                    Category.LIMIT, ID, "a scene of " + bytes.size() + " bytes; up to " + MAX_READ + " are read"));
        } else {
            new GltfAsset(ID, bytes.readExactly(0, (int) bytes.size()), 0, sink).read();
        }
    }

    /** One walk over one file's chunks. */
    private record Walk(EvidenceBytes bytes, ByteWindow window, BlockSink sink) {

        void run() throws IOException {
            if (window.u32LowFirst(4) != VERSION) {
                problem(Category.UNSUPPORTED, "GLB of version " + window.u32LowFirst(4) + " is not read", 4);
                return;
            }
            long end = window.u32LowFirst(8);
            if (end > bytes.size()) {
                problem(Category.MALFORMED, "the file states " + end + " bytes and has " + bytes.size(), 8);
                end = bytes.size();
            } else if (end < bytes.size() && end >= FILE_HEADER) {
                sink.trailing(end, bytes.size() - end);
            }
            long position = FILE_HEADER;
            for (int count = 0; end - position >= CHUNK_HEADER; count++) {
                if (count == MAX_CHUNKS) {
                    problem(Category.LIMIT, "more than " + MAX_CHUNKS + " chunks; the rest was not read", position);
                    return;
                }
                long length = window.u32LowFirst(position);
                long start = position + CHUNK_HEADER;
                if (length > end - start) {
                    problem(
                            Category.MALFORMED,
                            "a chunk states " + length + " bytes, there are " + (end - start),
                            position);
                    return;
                }
                chunk(window.code(position + 4), start, length);
                position = start + length;
            }
        }

        private void chunk(String type, long start, long length) throws IOException {
            if (type.equals("JSON") && length <= MAX_READ) {
                new GltfAsset(ID, bytes.readExactly(start, (int) length), start, sink).read();
            } else if (!type.equals("BIN\0")) {
                if (type.equals("JSON")) {
                    problem(Category.LIMIT, "a scene of " + length + " bytes; up to " + MAX_READ + " are read", start);
                }
                boolean readable = type.chars().allMatch(each -> each >= ' ' && each < 0x7F);
                sink.block("gltf/chunk", readable ? type.strip() : "", start, length, Crc.NONE, Optional.empty());
            }
        }

        private void problem(Category category, String message, long offset) {
            sink.problem(Problem.at(category, ID, message, offset));
        }
    }
}
