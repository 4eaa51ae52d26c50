package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import tools.jackson.databind.JsonNode;

/**
 * FaceFusion's job files ({@code facefusion/facefusion}, {@code facefusion/jobs/job_manager.py}; the arguments of a step are
 * those that {@code program.py} registers): a list of steps, each with the pictures of faces or sounds it takes
 * ({@code source_paths}), the picture or film it changes ({@code target_path}) and where the result goes
 * ({@code output_path}). The program writes nothing into the results themselves. The step's status says whether it ran.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class FaceFusionReader implements GeneratorReader {
    private static final String ID = "facefusion/1";
    private static final String NAME = "FaceFusion";
    private static final int MAX_STEPS = 1_000;

    /** Models that find faces or their parts; the others of the arguments change the picture. */
    private static final List<String> DETECTORS =
            List.of("face_detector_model", "face_landmarker_model", "face_occluder_model", "face_parser_model");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<Generation> generations = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (MetadataBlock block : metadata.blocks()) {
            Optional<JsonNode> json = block.text()
                    .filter(text -> text.contains("\"date_created\"") && text.contains("\"target_path\""))
                    .flatMap(GeneratorJson::object)
                    .filter(job -> job.has("version")
                            && job.has("date_created")
                            && job.path("steps").isArray());
            if (json.isEmpty()) {
                continue;
            }
            List<JsonNode> steps = json.orElseThrow()
                    .path("steps")
                    .valueStream()
                    .filter(step -> step.path("args").has("target_path"))
                    .limit(MAX_STEPS + 1L)
                    .toList();
            if (steps.size() > MAX_STEPS) {
                problems.add(Problem.at(
                        Category.LIMIT,
                        ID,
                        "more than " + MAX_STEPS + " steps in one job; the rest was not read",
                        block.origin().offset()));
            }
            for (int index = 0; index < Math.min(MAX_STEPS, steps.size()); index++) {
                generations.add(generation(json.orElseThrow(), steps.get(index), index, block));
            }
            if (!steps.isEmpty()) {
                claimed.add(block);
            }
        }
        return new Reading(generations, claimed, problems);
    }

    private static Generation generation(JsonNode job, JsonNode step, int index, MetadataBlock block) {
        JsonRecord arguments = new JsonRecord(step.path("args"));
        GenerationBuilder builder = Generation.builder(NAME, block.origin().readBy(ID))
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
        step.path("args").properties().stream()
                .map(Map.Entry::getKey)
                .filter(field -> field.endsWith("_model"))
                .limit(MAX_STEPS)
                .forEach(field -> arguments
                        .name(field)
                        .ifPresent(name -> builder.model(
                                NamedModel.named(DETECTORS.contains(field) ? "detector" : "model", name))));
        arguments.keepRest(builder);
        return builder.build();
    }
}
