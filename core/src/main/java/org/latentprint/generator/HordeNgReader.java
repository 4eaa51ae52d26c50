package org.latentprint.generator;

import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import tools.jackson.databind.JsonNode;

/**
 * HordeNG, a page for the AI Horde ({@code RikudouSage/HordeNG}, {@code generate-image.component.ts} and {@code
 * types/db/generation-options.ts}): one JSON object that names the program in {@code generator}, as the PNG text {@code
 * generationMetadata}; in JPEG as EXIF {@code ImageDescription}, as a public reader of such files shows it. LoRAs are recorded by
 * their numbers on Civitai. The model is what the Horde calls it; {@code worker} is the machine of the Horde that ran it.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class HordeNgReader extends ProgramRecordReader {
    private static final String NAME = "HordeNG";

    /** The page takes five. */
    private static final int MAX_LORAS = 100;

    HordeNgReader() {
        super("hordeng/1", NAME);
    }

    @Override
    boolean promises(String text) {
        return text.contains('"' + NAME);
    }

    @Override
    boolean isOurs(JsonNode json) {
        return json.path("generator").asString("").startsWith(NAME) && json.has("prompt");
    }

    @Override
    void fill(JsonRecord record, GenerationBuilder builder, ItemMetadata metadata) {
        builder.positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negativePrompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler"))
                .cfgScale(record.decimal("cfgScale"))
                .width(record.positive("width"))
                .height(record.positive("height"));
        record.name("model").ifPresent(name -> builder.model(NamedModel.named("checkpoint", name)));
        builder.first(record.node("loraList").valueStream(), MAX_LORAS, "LoRAs").forEach(lora -> lora(lora, builder));
        record.keepRest(builder);
    }

    private static void lora(JsonNode lora, GenerationBuilder builder) {
        Optional<String> number = GeneratorJson.text(lora, "id").filter(id -> id.matches("\\d{1,12}"));
        boolean version = lora.path("isVersionId").asBoolean(false);
        number.ifPresent(id -> builder.lora(new NamedLora(
                Optional.empty(),
                GeneratorJson.decimal(lora, "strengthModel"),
                Map.of(),
                Map.of(version ? "civitai_version_id" : "civitai_model_id", id))));
    }
}
