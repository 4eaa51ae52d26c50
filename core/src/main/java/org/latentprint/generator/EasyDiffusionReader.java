package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Origin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Easy Diffusion ({@code ui/easydiffusion/utils/save_utils.py} and sdkit's {@code save_images}): in PNG one text chunk for
 * each setting, elsewhere one JSON object. The keys are the request's ({@code num_inference_steps}); early versions wrote the
 * words of the page ({@code Stable Diffusion model}).
 */
final class EasyDiffusionReader implements GeneratorReader {
    private static final String ID = "easy-diffusion/1";
    private static final String NAME = "Easy Diffusion";
    private static final Set<String> OWN_FIELD = Set.of(
            "prompt",
            "negative_prompt",
            "seed",
            "num_inference_steps",
            "guidance_scale",
            "sampler_name",
            "scheduler_name",
            "width",
            "height");
    private static final Map<String, String> PAGE_WORDS = Map.ofEntries(
            Map.entry("steps", "num_inference_steps"),
            Map.entry("sampler", "sampler_name"),
            Map.entry("stable_diffusion_model", "use_stable_diffusion_model"),
            Map.entry("vae_model", "use_vae_model"),
            Map.entry("lora_model", "use_lora_model"),
            Map.entry("lora_strength", "lora_alpha"),
            Map.entry("hypernetwork_model", "use_hypernetwork_model"),
            Map.entry("controlnet_model", "use_controlnet_model"),
            Map.entry("embedding_models", "use_embeddings_model"));
    private static final Set<String> TELLING =
            Set.of("use_stable_diffusion_model", "num_inference_steps", "sampler_name");
    private static final Pattern SETTING_KEY = Pattern.compile("[a-z][a-z0-9_]{1,60}");
    private static final int MAX_LORAS = 100;

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
            Optional<JsonNode> json = block.text()
                    .filter(text -> text.contains("num_inference_steps") || text.contains("Stable Diffusion model"))
                    .flatMap(GeneratorJson::object)
                    .map(EasyDiffusionReader::normal)
                    .filter(EasyDiffusionReader::isOurs);
            if (json.isPresent()) {
                generations.add(generation(json.orElseThrow(), block.origin().readBy(ID))
                        .build());
                claimed.add(block);
            } else if (block.container().startsWith("png/")
                    && block.text().isPresent()
                    && SETTING_KEY.matcher(block.key()).matches()) {
                chunks.putIfAbsent(block.key(), block);
            }
        }
        if (generations.isEmpty() && chunks.keySet().containsAll(TELLING)) {
            readChunks(chunks, generations, claimed);
        }
        return Reading.of(generations, claimed);
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
        json.properties().forEach(field -> {
            String key = field.getKey().toLowerCase(Locale.ROOT).replace(' ', '_');
            result.set(PAGE_WORDS.getOrDefault(key, key), field.getValue());
        });
        return result;
    }

    private static GenerationBuilder generation(JsonNode json, Origin origin) {
        GenerationBuilder builder = Generation.builder(NAME, origin)
                .positivePrompt(GeneratorJson.text(json, "prompt"))
                .negativePrompt(GeneratorJson.text(json, "negative_prompt"))
                .seed(GeneratorJson.text(json, "seed").filter(seed -> seed.matches("-?\\d{1,20}")))
                .steps(GeneratorJson.positive(json, "num_inference_steps"))
                .sampler(named(json, "sampler_name"))
                .scheduler(named(json, "scheduler_name"))
                .cfgScale(GeneratorJson.decimal(json, "guidance_scale"))
                .width(GeneratorJson.positive(json, "width"))
                .height(GeneratorJson.positive(json, "height"));
        model(json, "use_stable_diffusion_model", "checkpoint", builder);
        model(json, "use_vae_model", "vae", builder);
        model(json, "use_controlnet_model", "controlnet", builder);
        model(json, "use_hypernetwork_model", "hypernetwork", builder);
        model(json, "use_text_encoder_model", "text-encoder", builder);
        list(json, "use_embeddings_model").forEach(name -> builder.model(NamedModel.named("embedding", name)));
        List<String> loras = list(json, "use_lora_model");
        List<String> weights = list(json, "lora_alpha");
        IntStream.range(0, Math.min(MAX_LORAS, loras.size()))
                .forEach(index -> builder.lora(new NamedLora(
                        Optional.of(loras.get(index)),
                        index < weights.size() && weights.get(index).matches("-?\\d{1,4}(\\.\\d{1,20})?")
                                ? Optional.of(new BigDecimal(weights.get(index)))
                                : Optional.empty(),
                        Map.of())));
        json.properties().stream()
                .filter(field -> !OWN_FIELD.contains(field.getKey()))
                .filter(field ->
                        field.getValue().isValueNode() && !field.getValue().isNull())
                .forEach(field ->
                        builder.setting(field.getKey(), field.getValue().asString()));
        return builder;
    }

    private static void model(JsonNode json, String field, String kind, GenerationBuilder builder) {
        named(json, field).ifPresent(name -> builder.model(NamedModel.named(kind, name)));
    }

    /** Returns a name; the program writes {@code None} where there is none. */
    private static Optional<String> named(JsonNode json, String field) {
        return GeneratorJson.text(json, field).filter(name -> !name.isBlank() && !name.equals("None"));
    }

    /** Returns the entries of a JSON list, of Python's writing of one, or the one value. */
    private static List<String> list(JsonNode json, String field) {
        JsonNode value = json.path(field);
        List<String> entries = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(entry -> entries.add(entry.asString()));
        } else {
            named(json, field).ifPresent(text -> {
                boolean python = text.startsWith("[") && text.endsWith("]");
                for (String entry :
                        python ? text.substring(1, text.length() - 1).split(",") : new String[] {text}) {
                    entries.add(entry.strip().replaceAll("^['\"]|['\"]$", ""));
                }
            });
        }
        return entries.stream()
                .filter(entry -> !entry.isBlank() && !entry.equals("None"))
                .toList();
    }
}
