package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import tools.jackson.databind.JsonNode;

/**
 * FramePack's surroundings, which make films out of a start picture. {@code lllyasviel/FramePack} itself writes no metadata.
 * FramePack Studio ({@code FP-Studio/framepack-studio}, {@code modules/pipelines/metadata_utils.py}) writes a JSON file and
 * puts the same into a PNG, one text chunk for each setting: that PNG is no result, but the program's copy of the start
 * picture (or of the last frame of a film). FramePack-eichi ({@code eichi_utils/png_metadata.py}) writes prompt, seed and
 * section as text chunks. None of them names itself.
 *
 * <p>Untested ground: no file of the programs was at hand.
 */
final class FramePackReader extends BlockReader {
    private static final String NAME = "FramePack";
    private static final Set<String> STUDIO = Set.of("latent_window_size", "model_type", "prompt", "seed");
    private static final Set<String> STUDIO_KEYS = Set.of(
            "app_version",
            "prompt",
            "negative_prompt",
            "seed",
            "steps",
            "cfg",
            "gs",
            "rs",
            "latent_type",
            "timestamp",
            "resolutionW",
            "resolutionH",
            "model_type",
            "generation_type",
            "has_input_image",
            "input_image_path",
            "total_second_length",
            "blend_sections",
            "latent_window_size",
            "num_cleaned_frames",
            "end_frame_strength",
            "end_frame_image_path",
            "end_frame_used",
            "input_video",
            "video_path",
            "x_param",
            "y_param",
            "x_values",
            "y_values",
            "combine_with_source",
            "use_teacache",
            "teacache_num_steps",
            "teacache_rel_l1_thresh",
            "use_magcache",
            "magcache_threshold",
            "magcache_max_consecutive_skips",
            "magcache_retention_ratio");
    private static final Set<String> EICHI_KEYS =
            Set.of("prompt", "seed", "section_prompt", "section_number", "parameters");

    /** Films with more than a dozen are rare. */
    private static final int MAX_LORAS = 200;

    FramePackReader() {
        super("framepack/1");
    }

    @Override
    Reading read(MetadataBlock block, ItemMetadata metadata) {
        return block.text()
                .filter(text -> text.contains("latent_window_size"))
                .flatMap(GeneratorJson::object)
                .filter(object -> STUDIO.stream().allMatch(object::has))
                .map(json -> {
                    GenerationBuilder builder = start(NAME, block);
                    studio(new JsonRecord(json), builder);
                    return Reading.of(List.of(builder.build()), List.of(block));
                })
                .orElse(Reading.NONE);
    }

    /** Reads the text chunks, which have one setting each. */
    @Override
    Reading together(ItemMetadata metadata) {
        PngRecord all = PngRecord.of(metadata, "");
        if (all.has(STUDIO)) {
            PngRecord chunks = all.only(STUDIO_KEYS);
            GenerationBuilder builder = chunks.start(NAME, id());
            JsonRecord record = chunks.record();
            carrier(record, metadata, builder);
            studio(record, builder);
            return Reading.of(List.of(builder.build()), chunks.blocks());
        }
        boolean eichi = all.has(Set.of("prompt", "seed", "parameters"))
                && (all.has(Set.of("section_number")) || all.has(Set.of("section_prompt")));
        return eichi ? eichi(all.only(EICHI_KEYS)) : Reading.NONE;
    }

    private Reading eichi(PngRecord chunks) {
        JsonRecord record = chunks.record();
        record.text("parameters");
        GenerationBuilder builder = chunks.start(NAME, id())
                .variant(Optional.of("eichi"))
                .inferred("generator", "keys of FramePack-eichi's text; no program is named")
                .positivePrompt(record.text("prompt"))
                .seed(record.seed("seed"));
        record.text("section_prompt").ifPresent(text -> builder.positivePart(new PromptPart("section", text)));
        record.keepRest(builder);
        return Reading.of(List.of(builder.build()), chunks.blocks());
    }

    private static void studio(JsonRecord record, GenerationBuilder builder) {
        builder.variant(Optional.of("FramePack Studio"))
                .inferred("generator", "keys of FramePack Studio's record; no program is named")
                .version(record.name("app_version"))
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negative_prompt").filter(text -> !text.equals("None")))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .cfgScale(record.decimal("cfg"));
        named(record, "input_image_path", "init", builder);
        named(record, "end_frame_image_path", "end", builder);
        if (record.name("video_path").isPresent()) {
            named(record, "video_path", "video", builder);
            record.text("input_video");
        } else {
            named(record, "input_video", "video", builder);
        }
        builder.first(record.node("loras").properties().stream(), MAX_LORAS, "LoRAs")
                .forEach(lora -> {
                    Optional<BigDecimal> weight =
                            GeneratorJson.number(lora.getValue().asString(""));
                    builder.lora(new NamedLora(Optional.of(lora.getKey()), weight, Map.of()));
                });
        task(record, builder);
        record.keepRest(builder);
    }

    private static void named(JsonRecord record, String field, String role, GenerationBuilder builder) {
        record.name(field).flatMap(EmbeddedData::name).ifPresent(name -> builder.input(new InputMedia(role, name)));
    }

    private static void task(JsonRecord record, GenerationBuilder builder) {
        if (record.name("model_type").filter(type -> type.startsWith("Video")).isPresent()) {
            builder.task(Optional.of(Task.VID2VID)).inferred("task", "model_type names a film as the start");
        } else if (isTrue(record) || record.name("input_image_path").isPresent()) {
            builder.task(Optional.of(Task.IMG2VID)).inferred("task", "a start picture is recorded");
        }
        record.name("model_type").ifPresent(type -> builder.setting("model_type", type));
    }

    /** Says that the PNG itself shows the start picture, which the program wrote this text into. */
    private static void carrier(JsonRecord record, ItemMetadata metadata, GenerationBuilder builder) {
        if (isTrue(record)) {
            String item = metadata.item();
            builder.input(new InputMedia("init", item.substring(item.lastIndexOf('/') + 1)))
                    .inferred(
                            "inputs",
                            "FramePack Studio writes this text into its copy of the start picture: this file shows it");
        }
    }

    private static boolean isTrue(JsonRecord record) {
        JsonNode value = record.node("has_input_image");
        return value.asString("").equalsIgnoreCase("true");
    }
}
