package org.latentprint.generator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import tools.jackson.databind.JsonNode;

/**
 * FaceFusion's job files ({@code facefusion/facefusion}, {@code facefusion/jobs/job_manager.py}; the arguments of a step are
 * those that {@code program.py} registers): a list of steps, each with the pictures of faces or sounds it takes
 * ({@code source_paths}), the picture or film it changes ({@code target_path}) and where the result goes
 * ({@code output_path}). The program writes nothing into the results themselves. The step's status says whether it ran.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class FaceFusionReader extends BlockReader {
    private static final String NAME = "FaceFusion";

    /** Over all steps of a job; each names a dozen. */
    private static final int MAX_MODELS = 1_000;

    /** Models that find faces or their parts; the others of the arguments change the picture. */
    private static final List<String> DETECTORS =
            List.of("face_detector_model", "face_landmarker_model", "face_occluder_model", "face_parser_model");

    FaceFusionReader() {
        super("facefusion/1");
    }

    @Override
    Reading read(MetadataBlock block, ItemMetadata metadata) {
        return block.text()
                .filter(text -> text.contains("\"date_created\"") && text.contains("\"target_path\""))
                .flatMap(GeneratorJson::object)
                .filter(job -> job.has("version")
                        && job.has("date_created")
                        && job.path("steps").isArray())
                .map(job -> each(
                        block,
                        job.path("steps")
                                .valueStream()
                                .filter(step -> step.path("args").has("target_path")),
                        "steps in one job",
                        (step, place) -> generation(job, step, place, block)))
                .orElse(Reading.NONE);
    }

    private Generation generation(JsonNode job, JsonNode step, int index, MetadataBlock block) {
        JsonRecord arguments = new JsonRecord(step.path("args"));
        GenerationBuilder builder = start(NAME, block)
                .inferred("generator", "form of the job file; no program is named")
                .task(Optional.of(Task.PROCESSED));
        builder.setting("step", Integer.toString(index + 1));
        for (String field : List.of("date_created", "date_updated")) {
            GeneratorJson.text(job, field).ifPresent(date -> builder.setting(field, date));
        }
        GeneratorJson.text(step, "status").ifPresent(status -> builder.setting("status", status));
        InputNames.add(builder, "reference", arguments.node("source_paths"));
        InputNames.add(builder, "reference", arguments.node("source_path"));
        InputNames.of(arguments.node("target_path"))
                .forEach(name -> builder.input(new InputMedia(InputNames.isFilm(name) ? "video" : "init", name)));
        arguments.name("output_path").ifPresent(name -> builder.setting("describes", name));
        Stream<String> models = step.path("args").properties().stream()
                .map(Map.Entry::getKey)
                .filter(field -> field.endsWith("_model"));
        builder.first(models, MAX_MODELS, "models")
                .forEach(field -> arguments
                        .name(field)
                        .ifPresent(name -> builder.model(
                                NamedModel.named(DETECTORS.contains(field) ? "detector" : "model", name))));
        arguments.keepRest(builder);
        return builder.build();
    }
}
