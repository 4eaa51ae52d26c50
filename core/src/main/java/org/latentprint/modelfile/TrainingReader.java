package org.latentprint.modelfile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads how a model was trained or merged from its metadata (kohya-ss/sd-scripts: train_network.py; ostris/ai-toolkit:
 * toolkit/metadata.py; Nerogar/OneTrainer: DtypeModelSaverMixin.py; A1111: modules/extras.py).
 */
final class TrainingReader {
    private static final int MAX_TAGS = 5_000;
    private static final int MAX_SETTING = 4_000;

    /** Values that Python writes where there is none. */
    private static final List<String> NONE = List.of("None", "", "NOFILE", "IsADirectory");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(50).build())
                    .build())
            .build();

    private final Map<String, String> metadata;

    private TrainingReader(Map<String, String> metadata) {
        this.metadata = metadata;
    }

    static Optional<TrainingRecord> read(Map<String, String> metadata) {
        boolean trained = metadata.keySet().stream()
                .anyMatch(key -> key.startsWith("ss_")
                        || key.startsWith("ot_")
                        || key.startsWith("sd_merge_")
                        || key.equals("training_info")
                        || key.equals("modelspec.merged_from")
                        || key.equals("sd_checkpoint_name")
                        || key.equals("lora_adapter_metadata"));
        return trained ? Optional.of(new TrainingReader(metadata).record()) : Optional.empty();
    }

    private TrainingRecord record() {
        JsonNode info = json("training_info");
        JsonNode config = json("ot_config");
        Map<String, String> baseHashes = new LinkedHashMap<>();
        text("ss_new_sd_model_hash").ifPresent(hash -> baseHashes.put("sha256", hash));
        text("ss_sd_model_hash").ifPresent(hash -> baseHashes.put("autoV1", hash));
        text("sd_checkpoint").ifPresent(hash -> baseHashes.put("autoV2", hash));
        return new TrainingRecord(
                trainer(),
                text("ss_output_name").or(() -> text("name")),
                text("ss_session_id"),
                instant("ss_training_started_at"),
                instant("ss_training_finished_at"),
                text("ss_sd_model_name")
                        .or(() -> text("sd_checkpoint_name"))
                        .or(() -> field(config, "base_model_name")),
                baseHashes,
                text("ss_base_model_version"),
                text("ss_num_train_images").filter(TrainingReader::whole).map(Long::valueOf),
                text("ss_num_epochs").or(() -> field(config, "epochs")).or(() -> field(info, "epoch")),
                text("ss_steps").or(() -> field(info, "step")).or(() -> text("step")),
                folders(),
                tags(),
                mergedFrom(),
                text("ss_training_comment"),
                settings());
    }

    private Optional<String> trainer() {
        Optional<String> software = field(json("software"), "name");
        if (software.isPresent()) {
            return software;
        }
        if (metadata.containsKey("ot_revision") || metadata.containsKey("ot_config")) {
            return Optional.of("OneTrainer");
        }
        String module = metadata.getOrDefault("ss_network_module", "");
        if (module.matches("networks\\.lora_(wan|framepack|flux_kontext|qwen_image|hv.*|hunyuan.*|zimage|kandinsky.*)")
                || (module.equals("networks.lora")
                        && metadata.getOrDefault("ss_base_model_version", "").matches("wan.*|hunyuan_video.*"))) {
            return Optional.of("musubi-tuner");
        }
        return metadata.containsKey("ss_sd_scripts_commit_hash") ? Optional.of("kohya sd-scripts") : Optional.empty();
    }

    private List<TrainingRecord.Folder> folders() {
        List<TrainingRecord.Folder> folders = new ArrayList<>();
        add(folders, json("ss_dataset_dirs"), false);
        add(folders, json("ss_reg_dataset_dirs"), true);
        return folders;
    }

    private static void add(List<TrainingRecord.Folder> folders, JsonNode directories, boolean regularisation) {
        directories
                .propertyStream()
                .limit(MAX_TAGS)
                .forEach(entry -> folders.add(new TrainingRecord.Folder(
                        entry.getKey(),
                        field(entry.getValue(), "n_repeats")
                                .filter(TrainingReader::whole)
                                .map(Long::valueOf),
                        field(entry.getValue(), "img_count")
                                .filter(TrainingReader::whole)
                                .map(Long::valueOf),
                        regularisation)));
    }

    private List<TrainingRecord.Tag> tags() {
        Map<String, Long> counts = new TreeMap<>();
        for (JsonNode folder : json("ss_tag_frequency")) {
            folder.propertyStream()
                    .filter(entry -> entry.getValue().isIntegralNumber()
                            && entry.getValue().canConvertToInt())
                    .forEach(entry -> counts.merge(
                            entry.getKey().strip(), entry.getValue().asLong(), Long::sum));
        }
        return counts.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Long> entry) -> -entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .limit(MAX_TAGS)
                .map(entry -> new TrainingRecord.Tag(entry.getKey(), entry.getValue()))
                .toList();
    }

    private List<String> mergedFrom() {
        List<String> names = new ArrayList<>();
        for (JsonNode parent : json("sd_merge_models")) {
            field(parent, "name").ifPresent(names::add);
        }
        text("modelspec.merged_from").ifPresent(list -> names.addAll(List.of(list.split(",\\s*"))));
        return names.stream().distinct().sorted().toList();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        metadata.forEach((key, value) -> {
            boolean known = key.startsWith("ss_")
                    || key.startsWith("ot_")
                    || key.startsWith("sd_merge_recipe")
                    || key.equals("software");
            boolean large =
                    key.equals("ss_tag_frequency") || key.equals("ss_dataset_dirs") || value.length() > MAX_SETTING;
            if (known && !large && !NONE.contains(value)) {
                settings.put(key, value);
            }
        });
        return settings;
    }

    private Optional<Instant> instant(String key) {
        return text(key)
                .filter(text -> text.matches("\\d{9,10}(\\.\\d{1,9})?"))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text.replaceFirst("\\..*", ""))));
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(metadata.get(key)).filter(value -> !NONE.contains(value));
    }

    private JsonNode json(String key) {
        try {
            return JSON.readTree(metadata.getOrDefault(key, "{}"));
        } catch (JacksonException broken) {
            return JSON.createObjectNode();
        }
    }

    private static Optional<String> field(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isString() || value.isNumber() ? Optional.of(value.asString()) : Optional.empty();
    }

    private static boolean whole(String text) {
        return text.matches("\\d{1,15}");
    }
}
