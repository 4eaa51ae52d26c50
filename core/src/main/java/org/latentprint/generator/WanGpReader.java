package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
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
final class WanGpReader extends BlockReader {
    private static final String NAME = "WanGP";

    /** The key under which the container reader gives a saved queue. */
    private static final String QUEUE = "json/queue";

    WanGpReader() {
        super("wangp/1");
    }

    @Override
    Reading read(MetadataBlock block, ItemMetadata metadata) {
        if (block.container().equals(QUEUE)) {
            return queue(block);
        }
        return block.text()
                .filter(text -> text.contains(NAME))
                .flatMap(GeneratorJson::object)
                .filter(WanGpReader::isOurs)
                .map(json -> settings(json, block, metadata))
                .orElse(Reading.NONE);
    }

    private static boolean isOurs(JsonNode json) {
        return GeneratorJson.text(json, "type")
                .filter(type -> type.contains(NAME))
                .isPresent();
    }

    private Reading settings(JsonNode json, MetadataBlock block, ItemMetadata metadata) {
        GenerationBuilder builder = start(NAME, block);
        WanGpSettings.fill(new JsonRecord(json), Optional.of(metadata), builder);
        List<MetadataBlock> claimed = new ArrayList<>(List.of(block));
        claimed.addAll(WanGpPictures.add(metadata, id(), builder));
        return Reading.of(List.of(builder.build()), claimed);
    }

    private Reading queue(MetadataBlock block) {
        return GeneratorJson.array(block.textOrEmpty())
                .map(array -> each(
                        block,
                        array.valueStream()
                                .filter(task -> task.path("params").isObject()
                                        && task.path("params").has("model_type")),
                        "tasks in one queue",
                        (task, place) -> queued(task, block)))
                .orElse(Reading.NONE);
    }

    private Generation queued(JsonNode task, MetadataBlock block) {
        GenerationBuilder builder = start(NAME, block)
                .variant(Optional.of("saved queue"))
                .inferred("generator", "form of the queue's list");
        GeneratorJson.text(task, "id").ifPresent(number -> builder.setting("task_id", number));
        WanGpSettings.fill(new JsonRecord(task.path("params")), Optional.empty(), builder);
        return builder.build();
    }
}
