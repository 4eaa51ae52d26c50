package org.latentprint.generator;

import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import tools.jackson.databind.JsonNode;

/**
 * Artroom ({@code ArtroomAI/artroom-local}, the settings that its {@code stable_diffusion.py} puts into EXIF;
 * {@code src/interfaces/imageMetadata.d.ts}): one JSON object with {@code text_prompts}, {@code ckpt} and the like. It leaves
 * out start picture and mask.
 *
 * <p>Untested ground: no file of the program was at hand; {@code strength} is written with and without a start picture.
 */
final class ArtroomReader extends ProgramRecordReader {
    /** Pictures with more than a dozen are rare. */
    private static final int MAX_LORAS = 200;

    ArtroomReader() {
        super("artroom/1", "Artroom");
    }

    @Override
    boolean promises(String text) {
        return text.contains("\"text_prompts\"") && text.contains("\"ckpt\"");
    }

    @Override
    boolean isOurs(JsonNode json) {
        return json.path("text_prompts").isString() && json.has("ckpt") && json.has("cfg_scale");
    }

    @Override
    void fill(JsonRecord record, GenerationBuilder builder, ItemMetadata metadata) {
        builder.inferred("generator", "keys of the record that Artroom writes; no program is named")
                .positivePrompt(record.text("text_prompts"))
                .negativePrompt(record.text("negative_prompts"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler"))
                .cfgScale(record.decimal("cfg_scale"))
                .width(record.positive("width"))
                .height(record.positive("height"));
        record.name("ckpt").ifPresent(name -> builder.model(NamedModel.named("checkpoint", name)));
        record.name("vae").ifPresent(name -> builder.model(NamedModel.named("vae", name)));
        record.name("controlnet")
                .filter(name -> !name.equals("none"))
                .ifPresent(name -> builder.model(NamedModel.named("controlnet", name)));
        builder.first(record.node("loras").valueStream(), MAX_LORAS, "LoRAs").forEach(lora -> {
            Optional<String> name = GeneratorJson.text(lora, "name").filter(text -> !text.isBlank());
            if (name.isPresent()) {
                builder.lora(new NamedLora(name, GeneratorJson.decimal(lora, "weight"), Map.of()));
            }
        });
        record.keepRest(builder);
    }
}
