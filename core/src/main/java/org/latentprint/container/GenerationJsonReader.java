package org.latentprint.container;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads JSON files in which programs keep what they also write into pictures: ComfyUI's saved workflows (the editor's
 * {@code last_node_id}; in API form {@code class_type}), SwarmUI's {@code .swarm.json} beside a picture (beside a model it
 * holds the model's own description, and is left alone), Easy Diffusion's and Fooocus-MRE's side files. The whole
 * file is one block, with the key the program uses inside a picture. Such a file is a recipe: it says what was set up, not
 * that a picture came of it; its media type tells it from pictures.
 */
final class GenerationJsonReader implements ContainerReader {
    private static final String ID = "generation-json/2";

    /** Workflows of several megabytes exist. */
    private static final int MAX_SIZE = 16 << 20;

    /** A telling member's name within the first bytes, and the key it stands for; the first that fits counts. */
    private static final Map<String, String> KEYS = keys();

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        return key(head).map(key -> "application/json");
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        if (bytes.size() > MAX_SIZE) {
            sink.problem(Problem.of(
                    Category.LIMIT, ID, "a JSON file of " + bytes.size() + " bytes; up to " + MAX_SIZE + " are read"));
            return;
        }
        int size = (int) bytes.size();
        Optional<String> key = key(bytes.readExactly(0, Math.min(size, ContainerReaders.HEAD_LENGTH)));
        DecodedText text = TextDecoder.utf8OrLatin1(bytes.readExactly(0, size));
        if (!text.text().stripTrailing().endsWith("}")) {
            sink.problem(Problem.at(Category.MALFORMED, ID, "the JSON ends early", size));
        }
        key.ifPresent(name -> sink.block("json/" + name, name, 0, size, MetadataBlock.Crc.NONE, Optional.of(text)));
    }

    private static Optional<String> key(byte[] head) {
        return TextHead.of(head)
                .filter(text -> text.stripLeading().startsWith("{"))
                .flatMap(text -> KEYS.entrySet().stream()
                        .filter(entry -> text.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("\"sui_image_params\"", "parameters");
        keys.put("\"last_node_id\"", "workflow");
        keys.put("\"class_type\"", "prompt");
        keys.put("\"use_stable_diffusion_model\"", "parameters");
        keys.put("\"num_inference_steps\"", "parameters");
        keys.put("\"Stable Diffusion model\"", "parameters");
        keys.put("\"base_clip_skip\"", "Comment");
        return keys;
    }
}
