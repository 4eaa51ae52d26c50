package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The entries of Fooocus' {@code log.html} ({@code modules/private_logger.py}; the keys are those of {@code
 * modules/async_worker.py}, early versions wrote the words of the page). Each speaks of the picture that the setting {@code describes}
 * names, whether or not it still exists.
 *
 * <p>Untested ground: written without a page of the program at hand.
 */
final class FooocusLogReader implements GeneratorReader {
    private static final String ID = "fooocus-log/1";
    private static final Pattern SIZE = Pattern.compile("\\(?(\\d{1,6}), ?(\\d{1,6})\\)?");
    private static final Pattern LORA = Pattern.compile("(?s)(.*\\S)\\s*:\\s*(-?\\d{1,4}(?:\\.\\d{1,20})?)");
    private static final Pattern LORA_KEY = Pattern.compile("lora_(combined_)?\\d{1,3}");
    private static final Set<String> OWN_FIELD = Set.of(
            "prompt",
            "negative_prompt",
            "seed",
            "steps",
            "sampler",
            "scheduler",
            "guidance_scale",
            "resolution",
            "base_model",
            "refiner_model",
            "vae",
            "version");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<Generation> generations = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        Optional<MetadataBlock> image = Optional.empty();
        for (MetadataBlock block : metadata.blocks()) {
            if (!block.container().equals("html/fooocus-log")) {
                continue;
            }
            if (block.key().equals("image")) {
                image = Optional.of(block);
                continue;
            }
            Optional<JsonNode> json = GeneratorJson.object(block.textOrEmpty()).map(FooocusLogReader::normal);
            if (json.isPresent() && json.get().has("prompt")) {
                GenerationBuilder builder = generation(
                        json.get(), Generation.builder("Fooocus", block.origin().readBy(ID)));
                image.ifPresent(named -> {
                    builder.setting("describes", named.textOrEmpty())
                            .alsoFrom(named.origin().readBy(ID));
                    claimed.add(named);
                });
                generations.add(builder.build());
                claimed.add(block);
            }
            image = Optional.empty();
        }
        return Reading.of(generations, claimed);
    }

    private static GenerationBuilder generation(JsonNode json, GenerationBuilder builder) {
        builder.positivePrompt(GeneratorJson.text(json, "prompt"))
                .negativePrompt(GeneratorJson.text(json, "negative_prompt"))
                .seed(GeneratorJson.text(json, "seed").filter(seed -> seed.matches("-?\\d{1,20}")))
                .steps(GeneratorJson.positive(json, "steps"))
                .sampler(GeneratorJson.text(json, "sampler"))
                .scheduler(GeneratorJson.text(json, "scheduler"))
                .cfgScale(GeneratorJson.decimal(json, "guidance_scale"))
                .version(GeneratorJson.text(json, "version"));
        GeneratorJson.text(json, "resolution")
                .map(SIZE::matcher)
                .filter(Matcher::matches)
                .ifPresent(size -> builder.width(
                                Optional.of(Integer.valueOf(size.group(1))).filter(pixels -> pixels > 0))
                        .height(Optional.of(Integer.valueOf(size.group(2))).filter(pixels -> pixels > 0)));
        model(json, "base_model", "checkpoint", builder);
        model(json, "refiner_model", "checkpoint", builder);
        model(json, "vae", "vae", builder);
        json.properties().forEach(field -> {
            String value = field.getValue().isValueNode() ? field.getValue().asString() : "";
            Matcher lora = LORA.matcher(value);
            if (LORA_KEY.matcher(field.getKey()).matches() && lora.matches()) {
                builder.lora(new NamedLora(
                        Optional.of(lora.group(1)), Optional.of(new BigDecimal(lora.group(2))), Map.of()));
            } else if (!OWN_FIELD.contains(field.getKey()) && !value.isEmpty()) {
                builder.setting(field.getKey(), value);
            }
        });
        return builder;
    }

    /** The program writes {@code None}, and {@code Default (model)} for the VAE inside the model, where no file is named. */
    private static void model(JsonNode json, String field, String kind, GenerationBuilder builder) {
        GeneratorJson.text(json, field)
                .filter(name -> !name.isBlank() && !name.equals("None") && !name.equals("Default (model)"))
                .ifPresent(name -> builder.model(NamedModel.named(kind, name)));
    }

    private static JsonNode normal(JsonNode json) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        json.properties()
                .forEach(field ->
                        result.set(field.getKey().toLowerCase(Locale.ROOT).replace(' ', '_'), field.getValue()));
        return result;
    }
}
