package org.latentprint.generator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.generator.infotext.HashKinds;
import tools.jackson.databind.JsonNode;

/**
 * Pages on Hugging Face that draw with SDXL models, by the script {@code app.py} of Animagine XL's page and those copied from
 * it: a JSON object in PNG {@code parameters} with {@code resolution}, {@code use_upscaler} and the names of diffusers'
 * arguments. Versions of it record the model as text, as an object or not at all, and a LoRA as {@code use_lora}. The script
 * runs elsewhere, too, and names no place. Also read by enslo/sd-metadata ({@code src/parsers/hf-space.ts}). No original file
 * was at hand.
 */
final class HuggingFaceSpaceReader extends BlockReader {
    private static final Pattern RESOLUTION = Pattern.compile("(\\d{1,6})\\s{0,4}x\\s{0,4}(\\d{1,6})");

    HuggingFaceSpaceReader() {
        super("hugging-face-space/1");
    }

    @Override
    Reading read(MetadataBlock block, ItemMetadata metadata) {
        return block.text()
                .filter(text -> text.contains("\"resolution\"") && text.contains("num_inference_steps"))
                .flatMap(GeneratorJson::object)
                .filter(HuggingFaceSpaceReader::isOurs)
                .map(json -> Reading.of(List.of(generation(json, block)), List.of(block)))
                .orElse(Reading.NONE);
    }

    private static boolean isOurs(JsonNode json) {
        return json.path("prompt").isString()
                && json.path("resolution").isString()
                && json.has("num_inference_steps")
                && (json.has("use_upscaler") || json.has("Model"));
    }

    private Generation generation(JsonNode json, MetadataBlock block) {
        JsonRecord record = new JsonRecord(json);
        GenerationBuilder builder = start("Hugging Face Space", block)
                .inferred("generator", "keys of the script that pages on Hugging Face use; it names no program")
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negative_prompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("num_inference_steps"))
                .sampler(record.name("sampler"))
                .cfgScale(record.decimal("guidance_scale"));
        record.text("resolution")
                .map(RESOLUTION::matcher)
                .filter(Matcher::matches)
                .ifPresent(size -> builder.width(side(size.group(1))).height(side(size.group(2))));
        model(record, builder);
        JsonNode lora = record.node("use_lora");
        GeneratorJson.text(lora, "selected_lora")
                .ifPresent(name -> builder.lora(
                        new NamedLora(Optional.of(name), GeneratorJson.decimal(lora, "multiplier"), Map.of())));
        record.keepRest(builder);
        return builder.build();
    }

    private static Optional<Integer> side(String digits) {
        return Optional.of(Integer.valueOf(digits)).filter(side -> side > 0);
    }

    private static void model(JsonRecord record, GenerationBuilder builder) {
        JsonNode model = record.node("Model");
        Optional<String> name =
                model.isString() ? Optional.of(model.stringValue()) : GeneratorJson.text(model, "Model");
        Optional<String> hash = record.text("Model hash").or(() -> GeneratorJson.text(model, "Model hash"));
        if (name.isPresent() || hash.isPresent()) {
            builder.model(new NamedModel(
                    "checkpoint",
                    name.filter(text -> !text.isBlank()),
                    hash.map(HashKinds::of).orElse(Map.of())));
        }
    }
}
