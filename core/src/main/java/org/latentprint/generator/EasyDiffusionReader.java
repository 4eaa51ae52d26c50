package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Origin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Easy Diffusion ({@code ui/easydiffusion/utils/save_utils.py}, and {@code save_dicts} in sdkit's {@code sdkit/utils/file_utils.py}):
 * in PNG one text chunk for each setting, elsewhere one JSON object, beside the picture JSON or text. The keys are the
 * request's ({@code num_inference_steps}), or, where its user also chose text files, the words of the page ({@code Steps}). The page
 * lets its user save a task as JSON, with all that was asked for within {@code reqBody}, the input pictures included
 * ({@code ui/media/js/dnd.js}).
 */
final class EasyDiffusionReader implements GeneratorReader {
    private static final String ID = "easy-diffusion/2";
    private static final String NAME = "Easy Diffusion";
    private static final Set<String> TELLING =
            Set.of("use_stable_diffusion_model", "num_inference_steps", "sampler_name");

    /** The words of the page to the request's keys. */
    private static final Map<String, String> KEYS = EasyDiffusionText.WORDS.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    /** Keys that a record may have beside those that have words. */
    private static final Set<String> FURTHER_KEYS =
            Set.of("scheduler_name", "use_text_encoder_model", "use_embeddings_model", "control_alpha");

    private static final Map<String, String> PICTURES =
            Map.of("init_image", "init", "mask", "mask", "control_image", "control");

    /** LoRAs of one picture; real ones have a few. */
    private static final int MAX_ENTRIES = 100;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<Generation> generations = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        Map<String, MetadataBlock> chunks = new LinkedHashMap<>();
        for (MetadataBlock block : metadata.blocks()) {
            Optional<JsonNode> settings = block.text().flatMap(EasyDiffusionReader::settings);
            String key = KEYS.getOrDefault(block.key(), block.key());
            if (settings.isPresent()) {
                generations.add(
                        generation(settings.orElseThrow(), block.origin().readBy(ID))
                                .build());
                claimed.add(block);
            } else if (block.container().startsWith("png/") && block.text().isPresent() && isKnown(key)) {
                chunks.putIfAbsent(key, block);
            }
        }
        if (generations.isEmpty() && chunks.keySet().containsAll(TELLING)) {
            readChunks(chunks, generations, claimed);
        }
        return Reading.of(generations, claimed);
    }

    private static boolean isKnown(String key) {
        return EasyDiffusionText.WORDS.containsKey(key) || FURTHER_KEYS.contains(key) || PICTURES.containsKey(key);
    }

    /** Returns the settings of a whole record, with the request's keys; empty where the text is none. */
    private static Optional<JsonNode> settings(String text) {
        if (text.contains("num_inference_steps") || text.contains("Stable Diffusion model\"")) {
            return GeneratorJson.object(text)
                    .map(json -> json.path("reqBody").isObject() ? json.path("reqBody") : json)
                    .map(EasyDiffusionReader::normal)
                    .filter(EasyDiffusionReader::isOurs);
        }
        return text.contains("Stable Diffusion model:")
                ? EasyDiffusionText.parse(text).map(JsonNode.class::cast).filter(EasyDiffusionReader::isOurs)
                : Optional.empty();
    }

    private static void readChunks(
            Map<String, MetadataBlock> chunks, List<Generation> generations, List<MetadataBlock> claimed) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        chunks.forEach((key, block) -> json.put(key, block.textOrEmpty()));
        MetadataBlock first = chunks.values().iterator().next();
        GenerationBuilder builder = generation(json, first.origin().readBy(ID));
        chunks.values().forEach(block -> builder.alsoFrom(block.origin().readBy(ID)));
        generations.add(builder.build());
        claimed.addAll(chunks.values());
    }

    private static boolean isOurs(JsonNode json) {
        return TELLING.stream().allMatch(json::has);
    }

    private static JsonNode normal(JsonNode json) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        json.properties()
                .forEach(field -> result.set(KEYS.getOrDefault(field.getKey(), field.getKey()), field.getValue()));
        return result;
    }

    private static GenerationBuilder generation(JsonNode json, Origin origin) {
        JsonRecord record = new JsonRecord(json);
        GenerationBuilder builder = Generation.builder(NAME, origin)
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negative_prompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("num_inference_steps"))
                .sampler(record.name("sampler_name"))
                .scheduler(record.name("scheduler_name"))
                .cfgScale(record.decimal("guidance_scale"))
                .width(record.positive("width"))
                .height(record.positive("height"));
        model(record, "use_stable_diffusion_model", "checkpoint", builder);
        model(record, "use_vae_model", "vae", builder);
        model(record, "use_controlnet_model", "controlnet", builder);
        model(record, "use_hypernetwork_model", "hypernetwork", builder);
        list(record.node("use_text_encoder_model"))
                .forEach(name -> builder.model(NamedModel.named("text-encoder", name)));
        for (String field : new String[] {"use_embedding_models", "use_embeddings_model"}) {
            list(record.node(field)).forEach(name -> builder.model(NamedModel.named("embedding", name)));
        }
        loras(record, builder);
        for (String field : new String[] {"init_image", "mask", "control_image"}) {
            record.name(field)
                    .flatMap(EmbeddedData::name)
                    .ifPresent(name -> builder.input(new InputMedia(PICTURES.getOrDefault(field, "input"), name)));
        }
        record.keepRest(builder);
        return builder;
    }

    private static void model(JsonRecord record, String field, String kind, GenerationBuilder builder) {
        record.name(field).ifPresent(name -> builder.model(NamedModel.named(kind, name)));
    }

    /** Names and strengths of equal number; in text files they are joined by commas. */
    private static void loras(JsonRecord record, GenerationBuilder builder) {
        List<String> names = list(record.node("use_lora_model"));
        List<String> weights = list(record.node("lora_alpha"));
        if (names.size() == 1 && weights.size() == 1) {
            List<String> apart = List.of(names.getFirst().split(", ", -1));
            List<String> strengths = List.of(weights.getFirst().split(", ", -1));
            if (apart.size() > 1 && apart.size() == strengths.size()) {
                names = apart;
                weights = strengths;
            }
        }
        List<String> found = names;
        List<String> strengths = weights;
        builder.first(IntStream.range(0, found.size()).boxed(), MAX_ENTRIES, "LoRAs")
                .forEach(index -> builder.lora(new NamedLora(
                        Optional.of(found.get(index)),
                        index < strengths.size() && strengths.get(index).matches("-?\\d{1,4}(\\.\\d{1,20})?")
                                ? Optional.of(new BigDecimal(strengths.get(index)))
                                : Optional.empty(),
                        Map.of())));
    }

    /** Returns the entries of a JSON list, of Python's writing of one, or the one value; {@code None} is none. */
    private static List<String> list(JsonNode value) {
        List<String> entries = new ArrayList<>();
        if (value.isArray()) {
            value.valueStream().forEach(entry -> entries.add(entry.asString("")));
        } else if (value.isString() || value.isNumber()) {
            String text = value.asString();
            boolean python = text.startsWith("[") && text.endsWith("]");
            for (String entry : python ? text.substring(1, text.length() - 1).split(",", -1) : new String[] {text}) {
                entries.add(entry.strip().replaceAll("^['\"]|['\"]$", ""));
            }
        }
        return entries.stream()
                .filter(entry -> !entry.isBlank() && !entry.equals("None"))
                .toList();
    }
}
