package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads safetensors files that hold a latent, a picture or film before it is decoded, and beside it how it was made: the object
 * {@code __metadata__} at the begin of the header with a prompt, a seed and a number of steps ({@code save_latent} in {@code
 * kohya-ss/musubi-tuner}). Models with such a header are left to the readers of models. Source: the format's own description
 * ({@code huggingface/safetensors}, README): eight bytes with the header's length, low byte first, then JSON.
 */
final class LatentFileReader implements ContainerReader {
    private static final String ID = "latent-file/1";
    private static final int LENGTH = 8;

    /** Prompts are short; the format itself allows a hundred megabytes, for thousands of tensors. */
    private static final int MAX_HEADER = 1 << 20;

    private static final byte[] START = "{\"__metadata__\":{".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> TELLING = List.of("\"prompt\"", "\"seeds\"", "\"infer_steps\"", "\"latent\":");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        int end = LENGTH + START.length;
        if (head.length < end || !Arrays.equals(head, LENGTH, end, START, 0, START.length)) {
            return Optional.empty();
        }
        // A prompt may fill the head; then what the record begins with has to do.
        String text = new String(head, LENGTH, head.length - LENGTH, StandardCharsets.ISO_8859_1);
        long told = TELLING.stream().filter(text::contains).count();
        boolean all = told == TELLING.size();
        boolean cut = head.length == ContainerReaders.HEAD_LENGTH && told >= 2 && text.contains(TELLING.getFirst());
        return all || cut ? Optional.of("application/x-safetensors") : Optional.empty();
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        long length = new ByteWindow(bytes).u32LowFirst(0);
        int size = (int) Math.min(Math.min(length, MAX_HEADER), bytes.size() - LENGTH);
        byte[] header = bytes.readExactly(LENGTH, size);
        int open = START.length - 1;
        int end = JsonRun.end(header, open);
        if (end < 0) {
            sink.problem(Problem.at(
                    length > MAX_HEADER ? Category.LIMIT : Category.MALFORMED,
                    ID,
                    "the record of a latent does not end within the first " + size + " bytes of its header",
                    LENGTH));
            return;
        }
        String text = new String(header, StandardCharsets.UTF_8);
        if (TELLING.stream().allMatch(text::contains)) {
            sink.block(
                    "safetensors/metadata",
                    "latent",
                    (long) LENGTH + open,
                    (long) end - open,
                    MetadataBlock.Crc.NONE,
                    Optional.of(TextDecoder.utf8OrLatin1(Arrays.copyOfRange(header, open, end))));
        }
    }
}
