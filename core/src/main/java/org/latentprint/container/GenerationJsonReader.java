package org.latentprint.container;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads JSON files in which programs keep what they also write into pictures: ComfyUI's saved workflows (the editor's
 * {@code last_node_id}; in API form {@code class_type}), SwarmUI's {@code .swarm.json} beside a picture (beside a model it
 * holds the model's own description, and is left alone), side files and settings of Easy Diffusion, Fooocus-MRE, Draw Things,
 * WanGP, mflux, FramePack Studio, FastSD CPU, Deforum and Stable UI; and those in which programs keep what they were given to do: WanGP's
 * saved queues, FaceFusion's jobs, the history in a document of Krita's AI plug-in. The whole file is one block, with the key
 * the program uses inside a picture. Such a file is a recipe: it says what was set up, not that a picture came of it; its media type tells
 * it from pictures.
 */
final class GenerationJsonReader implements ContainerReader {
    private static final String ID = "generation-json/3";

    /** Workflows of several megabytes exist. */
    private static final int MAX_SIZE = 16 << 20;

    /** How a saved queue of WanGP begins ({@code wgp.py}, {@code _save_queue_to_zip}): a list of numbered tasks. */
    private static final Pattern QUEUE =
            Pattern.compile("\\[\\s{0,40}\\{\\s{0,40}\"id\"\\s?:\\s?\\d{1,18},\\s{0,40}\"params\"\\s?:\\s?\\{");

    /** The first that fits counts. */
    private static final List<Telling> TELLING = List.of(
            new Telling("parameters", "sui_image_params"),
            new Telling("workflow", "last_node_id"),
            new Telling("prompt", "class_type"),
            new Telling("parameters", "use_stable_diffusion_model"),
            new Telling("parameters", "num_inference_steps"),
            new Telling("parameters", "Stable Diffusion model"),
            new Telling("Comment", "base_clip_skip"),
            new Telling("UserComment", "c", "uc", "sampler", "seed"),
            new Telling("parameters", "mflux_version"),
            new Telling("parameters", "latent_window_size"),
            new Telling("parameters", "lcm_model_id", "inference_steps"),
            new Telling("parameters", "image_prompt_type"),
            new Telling("settings", "use_init", "W", "H"),
            new Telling("parameters", "workerName", "modelName", "sampler_name"),
            new Telling("job", "date_created", "date_updated", "steps", "args"),
            new Telling("history", "workspace", "fixed_seed"));

    /**
     * What tells a kind of file.
     *
     * @param key that the block gets
     * @param members whose names stand in quotes within the first bytes
     */
    private record Telling(String key, List<String> members) {
        Telling(String key, String... members) {
            this(key, Arrays.stream(members).map(name -> '"' + name + '"').toList());
        }
    }

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
        byte[] all = bytes.readExactly(0, size);
        if (JsonRun.end(all, opening(all)) < 0) {
            sink.problem(Problem.at(Category.MALFORMED, ID, "the JSON does not end, or has control characters", size));
        }
        DecodedText text = TextDecoder.utf8OrLatin1(all);
        key.ifPresent(name -> sink.block("json/" + name, name, 0, size, MetadataBlock.Crc.NONE, Optional.of(text)));
    }

    private static int opening(byte[] all) {
        int at = 0;
        while (at < all.length && all[at] != '{' && all[at] != '[') {
            at++;
        }
        return at;
    }

    private static Optional<String> key(byte[] head) {
        return TextHead.of(head).map(String::stripLeading).flatMap(text -> switch (first(text)) {
            case '{' ->
                TELLING.stream()
                        .filter(kind -> kind.members().stream().allMatch(text::contains))
                        .map(Telling::key)
                        .findFirst();
            case '[' -> Optional.of("queue").filter(key -> QUEUE.matcher(text).lookingAt());
            default -> Optional.empty();
        });
    }

    private static char first(String text) {
        return text.isEmpty() ? 0 : text.charAt(0);
    }
}
