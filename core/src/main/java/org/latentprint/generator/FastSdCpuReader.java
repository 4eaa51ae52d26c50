package org.latentprint.generator;

import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import tools.jackson.databind.JsonNode;

/**
 * FastSD CPU ({@code rupeshs/fastsdcpu}, {@code src/backend/image_saver.py} and {@code models/lcmdiffusion_setting.py}): a JSON
 * file beside the pictures of one run, which have its name with a number. The start picture is left out on purpose; the task
 * says that there was one. The recorded seed is the run's where {@code use_seed} is on; else it is what the page showed.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class FastSdCpuReader extends ProgramRecordReader {
    private static final String MODEL = "lcm_model_id";

    FastSdCpuReader() {
        super("fastsdcpu/1", "FastSD CPU");
    }

    @Override
    boolean promises(String text) {
        return text.contains(MODEL);
    }

    @Override
    boolean isOurs(JsonNode json) {
        return json.has(MODEL) && json.has("prompt") && json.has("inference_steps");
    }

    @Override
    void fill(JsonRecord record, GenerationBuilder builder, ItemMetadata metadata) {
        builder.inferred("generator", "keys of the record that FastSD CPU writes; no program is named")
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negative_prompt"))
                .steps(record.positive("inference_steps"))
                .cfgScale(record.decimal("guidance_scale"))
                .width(record.positive("image_width"))
                .height(record.positive("image_height"))
                .task(record.name("diffusion_task").flatMap(FastSdCpuReader::task));
        if (isOn(record, "use_seed")) {
            builder.seed(record.seed("seed"));
        }
        models(record, builder);
        record.keepRest(builder);
    }

    /** Of the models that the record lists, the switches say which one ran. */
    private static void models(JsonRecord record, GenerationBuilder builder) {
        JsonNode lora = record.node("lcm_lora");
        Optional<String> model = record.name(MODEL);
        Optional<String> openVino = record.name("openvino_lcm_model_id");
        if (isOn(record, "use_openvino")) {
            model = openVino;
        } else if (isOn(record, "use_lcm_lora")) {
            model = GeneratorJson.text(lora, "base_model_id").filter(name -> !name.isBlank());
            GeneratorJson.text(lora, "lcm_lora_id")
                    .filter(name -> !name.isBlank())
                    .ifPresent(name -> builder.lora(new NamedLora(Optional.of(name), Optional.empty(), Map.of())));
        }
        model.ifPresent(name -> builder.model(NamedModel.named("diffusion-model", name)));
    }

    private static Optional<Task> task(String word) {
        return switch (word) {
            case "text_to_image" -> Optional.of(Task.TXT2IMG);
            case "image_to_image" -> Optional.of(Task.IMG2IMG);
            default -> Optional.empty();
        };
    }

    private static boolean isOn(JsonRecord record, String field) {
        return record.node(field).asString("").equals("true");
    }
}
