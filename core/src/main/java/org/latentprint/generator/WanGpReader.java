package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import tools.jackson.databind.JsonNode;

/**
 * WanGP ({@code deepbeepmeep/Wan2GP}): one JSON object whose {@code type} names the program, in an MP4's {@code ©cmt}, a
 * Matroska {@code COMMENT} ({@code shared/utils/video_metadata.py}), a PNG text {@code comment} or the user comment of JPEG and
 * WebP ({@code shared/utils/audio_video.py}), and in settings files ({@code wgp.py}, {@code prepare_inputs_dict}). These leave
 * out the names of what was fed in; letters say which kinds there were. Where it was told to, the program puts the start, end
 * and reference pictures themselves into the film: see {@link WanGpPictures}. A saved queue ({@code _save_queue_to_zip}:
 * {@code queue.json} in a zip beside the files fed in) names them all; its tasks need not have run.
 *
 * <p>Untested ground: no file of the program was at hand.
 */
final class WanGpReader implements GeneratorReader {
    private static final String ID = "wangp/1";
    private static final String NAME = "WanGP";

    /** The key under which the container reader gives a saved queue. */
    private static final String QUEUE = "json/queue";

    /** A queue of a night has some dozens. */
    private static final int MAX_TASKS = 1_000;

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
            if (block.container().equals(QUEUE)) {
                readQueue(block, generations, claimed, problems);
                continue;
            }
            Optional<JsonNode> json = block.text()
                    .filter(text -> text.contains(NAME))
                    .flatMap(GeneratorJson::object)
                    .filter(WanGpReader::isOurs);
            if (json.isPresent()) {
                GenerationBuilder builder = start(block);
                WanGpSettings.fill(new JsonRecord(json.orElseThrow()), Optional.of(metadata), builder);
                claimed.add(block);
                WanGpPictures.add(metadata, ID, builder).forEach(claimed::add);
                generations.add(builder.build());
            }
        }
        return new Reading(generations, claimed, problems);
    }

    private static boolean isOurs(JsonNode json) {
        return GeneratorJson.text(json, "type")
                .filter(type -> type.contains(NAME))
                .isPresent();
    }

    private static void readQueue(
            MetadataBlock block, List<Generation> generations, List<MetadataBlock> claimed, List<Problem> problems) {
        List<JsonNode> tasks = new ArrayList<>();
        GeneratorJson.array(block.textOrEmpty())
                .ifPresent(array -> array.valueStream()
                        .filter(task -> task.path("params").isObject()
                                && task.path("params").has("model_type"))
                        .limit(MAX_TASKS + 1L)
                        .forEach(tasks::add));
        if (tasks.size() > MAX_TASKS) {
            problems.add(Problem.at(
                    Category.LIMIT,
                    ID,
                    "more than " + MAX_TASKS + " tasks in one queue; the rest was not read",
                    block.origin().offset()));
        }
        for (JsonNode task : tasks.subList(0, Math.min(MAX_TASKS, tasks.size()))) {
            GenerationBuilder builder =
                    start(block).variant(Optional.of("saved queue")).inferred("generator", "form of the queue's list");
            GeneratorJson.text(task, "id").ifPresent(number -> builder.setting("task_id", number));
            WanGpSettings.fill(new JsonRecord(task.path("params")), Optional.empty(), builder);
            generations.add(builder.build());
        }
        if (!tasks.isEmpty()) {
            claimed.add(block);
        }
    }

    private static GenerationBuilder start(MetadataBlock block) {
        GenerationBuilder builder = Generation.builder(NAME, block.origin().readBy(ID));
        return block.repaired().isPresent() ? builder.grade(Grade.DERIVED) : builder;
    }
}
