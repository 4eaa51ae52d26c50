package org.latentprint.generator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.latentprint.container.ItemMetadata;
import org.latentprint.generator.infotext.HashKinds;
import tools.jackson.databind.JsonNode;

/**
 * Deforum, which makes films from prompts by frame, a start picture or a film ({@code deforum/sd-webui-deforum},
 * {@code save_settings_from_animation_run} in {@code scripts/deforum_helpers/settings.py}): a file {@code ..._settings.txt}
 * beside the frames, one JSON object with the arguments of {@code args.py}. An input's name counts as fed in where the switch
 * that goes with it is on; the names of others are what the page showed, often the program's own examples, and stay settings.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class DeforumReader extends ProgramRecordReader {
    private static final String OFF = "None";

    /** Keyframes with a prompt or a picture; a film has some dozens. */
    private static final int MAX_FRAMES = 1_000;

    /** The program's form shows five. */
    private static final int MAX_CONTROLS = 10;

    /** Settings by which the film that the animation starts from is used without being the start of every frame. */
    private static final Set<String> HYBRID = Set.of("hybrid_composite", "hybrid_motion");

    DeforumReader() {
        super("deforum/1", "Deforum");
    }

    @Override
    boolean promises(String text) {
        return text.contains("\"animation_mode\"");
    }

    @Override
    boolean isOurs(JsonNode json) {
        return json.has("animation_mode")
                && json.has("use_init")
                && json.path("prompts").isObject();
    }

    @Override
    void fill(JsonRecord record, GenerationBuilder builder, ItemMetadata metadata) {
        builder.version(record.name("deforum_git_commit_id"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler"))
                .scheduler(record.name("scheduler"))
                .width(record.positive("W"))
                .height(record.positive("H"));
        prompts(record, builder);
        Optional<String> model = record.name("sd_model_name");
        Map<String, String> hashes =
                record.name("sd_model_hash").map(HashKinds::of).orElse(Map.of());
        if (model.isPresent() || !hashes.isEmpty()) {
            builder.model(new NamedModel("checkpoint", model, hashes));
        }
        boolean start = isOn(record, "use_init") && input(record, "init_image", "init", builder);
        boolean film = usesFilm(record) && input(record, "video_init_path", "video", builder);
        if (isOn(record, "use_mask")) {
            input(record, "mask_file", "mask", builder);
        }
        if (isOn(record, "use_mask_video")) {
            input(record, "video_mask_path", "mask", builder);
        }
        if (isOn(record, "use_looper")) {
            start |= keyPictures(record, builder);
        }
        if (record.text("color_coherence").filter("Image"::equals).isPresent()) {
            input(record, "color_coherence_image_path", "reference", builder);
        }
        if (record.text("add_soundtrack").filter("File"::equals).isPresent()) {
            input(record, "soundtrack_path", "audio", builder);
        }
        controls(record, builder);
        builder.task(Optional.of(film ? Task.VID2VID : start ? Task.IMG2VID : Task.TXT2VID))
                .inferred("task", "the switches of start picture and start film");
        record.keepRest(builder);
        for (String field : new String[] {"use_init", "use_mask", "use_mask_video", "use_looper", "animation_mode"}) {
            builder.setting(field, record.node(field).asString(""));
        }
    }

    private static void prompts(JsonRecord record, GenerationBuilder builder) {
        Stream<Map.Entry<String, JsonNode>> frames = record.node("prompts").properties().stream()
                .filter(frame -> frame.getValue().isString());
        builder.first(frames, MAX_FRAMES, "prompts of frames")
                .forEach(frame -> builder.positivePart(new PromptPart(
                        "frame " + frame.getKey(), frame.getValue().stringValue())));
        builder.positivePrompt(record.node("prompts")
                        .valueStream()
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .findFirst())
                .negativePrompt(record.text("negative_prompts"));
        record.name("positive_prompts").ifPresent(text -> builder.positivePart(new PromptPart("every frame", text)));
    }

    private static boolean usesFilm(JsonRecord record) {
        return record.text("animation_mode").filter("Video Input"::equals).isPresent()
                || isOn(record, "hybrid_generate_inputframes")
                || HYBRID.stream().anyMatch(field -> isOn(record, field))
                || HYBRID.stream()
                        .anyMatch(field -> record.text(field)
                                .filter(value -> !value.equals(OFF) && !value.isBlank())
                                .isPresent());
    }

    /** The pictures between which the film passes: a JSON text with one for each key frame. */
    private static boolean keyPictures(JsonRecord record, GenerationBuilder builder) {
        return record.text("init_images").flatMap(GeneratorJson::object).stream()
                        .flatMap(frames -> builder.first(frames.valueStream(), MAX_FRAMES, "start pictures").stream())
                        .flatMap(name -> InputNames.of(name).stream())
                        .peek(name -> builder.input(new InputMedia("init", name)))
                        .count()
                > 0;
    }

    private static void controls(JsonRecord record, GenerationBuilder builder) {
        for (int number = 1; number <= MAX_CONTROLS; number++) {
            String prefix = "cn_" + number + "_";
            if (isOn(record, prefix + "enabled")) {
                input(record, prefix + "vid_path", "control", builder);
                input(record, prefix + "mask_vid_path", "mask", builder);
                record.name(prefix + "model").ifPresent(name -> builder.model(NamedModel.named("controlnet", name)));
            }
        }
    }

    private static boolean input(JsonRecord record, String field, String role, GenerationBuilder builder) {
        Optional<String> name = record.name(field).flatMap(EmbeddedData::name);
        name.ifPresent(text -> builder.input(new InputMedia(role, text)));
        return name.isPresent();
    }

    private static boolean isOn(JsonRecord record, String field) {
        return record.node(field).asString("").equalsIgnoreCase("true");
    }
}
