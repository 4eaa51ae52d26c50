package org.latentprint.modelfile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Reads how a model was trained or merged from its metadata (kohya-ss/sd-scripts: train_network.py; ostris/ai-toolkit:
 * toolkit/metadata.py; Nerogar/OneTrainer: DtypeModelSaverMixin.py; A1111: modules/extras.py).
 */
final class TrainingReader {
    /** Characters of one setting; the longer ones are lists that are read elsewhere. */
    private static final int MAX_SETTING = 4_000;

    /** Models of a merge, with all ancestors; recipes of many merges have some hundred. */
    private static final int MAX_PARENTS = 1_000;

    /** Values that Python writes where there is none. */
    private static final List<String> NONE = List.of("None", "", "NOFILE", "IsADirectory");

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
                        || key.equals("lycoris_config")
                        || key.equals("trained_words")
                        || key.equals("modelspec.merged_from")
                        || key.equals("sd_checkpoint_name")
                        || key.equals("lora_adapter_metadata"));
        return trained ? Optional.of(new TrainingReader(metadata).record()) : Optional.empty();
    }

    private TrainingRecord record() {
        TrainingSets sets = new TrainingSets(metadata);
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
                        .or(() -> BoundedJson.field(config, "base_model_name")),
                baseHashes,
                text("ss_base_model_version"),
                text("ss_num_train_images").filter(TrainingReader::whole).map(Long::valueOf),
                text("ss_num_epochs")
                        .or(() -> BoundedJson.field(config, "epochs"))
                        .or(() -> BoundedJson.field(info, "epoch")),
                text("ss_steps").or(() -> BoundedJson.field(info, "step")).or(() -> text("step")),
                sets.folders(),
                triggerWordsOnly() ? List.of() : sets.tags(),
                mergedFrom(),
                text("ss_training_comment").or(() -> text("modelspec.comment")),
                settings(),
                trainerVersion(),
                triggerWords(sets),
                parents());
    }

    private Optional<String> trainer() {
        Optional<String> software = BoundedJson.field(json("software"), "name");
        if (software.isPresent()) {
            return software;
        }
        if (metadata.containsKey("ot_revision") || metadata.containsKey("ot_config")) {
            return Optional.of("OneTrainer");
        }
        String module = metadata.getOrDefault("ss_network_module", "");
        if (module.matches(
                        "networks\\.lora_(wan|framepack|flux_kontext|flux_2.*|krea2|ideogram4|qwen_image|hv.*|hunyuan.*|zimage|kandinsky.*)")
                || (module.equals("networks.lora")
                        && metadata.getOrDefault("ss_base_model_version", "").matches("wan.*|hunyuan_video.*"))) {
            return Optional.of("musubi-tuner");
        }
        if (metadata.containsKey("ss_sd_scripts_commit_hash")) {
            return Optional.of("kohya sd-scripts");
        }
        return simpleTuner() ? Optional.of("SimpleTuner") : Optional.empty();
    }

    /**
     * SimpleTuner names itself nowhere; no other trainer seen writes these keys of its own beside a specification of a model
     * in diffusers' form (helpers/training/save_hooks.py).
     */
    private boolean simpleTuner() {
        return metadata.containsKey("modelspec.sai_model_spec")
                && metadata.getOrDefault("modelspec.implementation", "").equals("diffusers")
                && (metadata.containsKey("trained_words") || metadata.containsKey("lycoris_config"))
                && !metadata.containsKey("ss_network_module");
    }

    /** ai-toolkit writes the trigger word where others write how often each tag occurs (toolkit/metadata.py). */
    private boolean triggerWordsOnly() {
        return trainer().filter("ai-toolkit"::equals).isPresent();
    }

    private List<String> triggerWords(TrainingSets sets) {
        List<String> words = new ArrayList<>();
        text("modelspec.trigger_phrase").ifPresent(words::add);
        // SimpleTuner joins the prompts of its data sets with commas, which a prompt can hold, too.
        text("trained_words").ifPresent(words::add);
        if (triggerWordsOnly()) {
            sets.tags().forEach(tag -> words.add(tag.text()));
        }
        return words.stream().distinct().toList();
    }

    private Optional<String> trainerVersion() {
        return BoundedJson.field(json("software"), "version")
                .or(() -> text("ot_revision"))
                .or(() -> text("ss_sd_scripts_commit_hash"));
    }

    private List<String> mergedFrom() {
        List<String> names = new ArrayList<>();
        for (JsonNode parent : json("sd_merge_models")) {
            BoundedJson.field(parent, "name")
                    .filter(name -> names.size() < MAX_PARENTS)
                    .ifPresent(names::add);
        }
        text("modelspec.merged_from").ifPresent(list -> names.addAll(List.of(list.split(",\\s*"))));
        return names.stream().distinct().sorted().toList();
    }

    /** The hashes under which the recipe names the parents; Forge wrote hashes of names for half a year. */
    private Map<String, String> parents() {
        Map<String, String> parents = new TreeMap<>();
        json("sd_merge_models")
                .propertyStream()
                .limit(MAX_PARENTS)
                .filter(entry -> entry.getKey().matches("[0-9a-fA-F]{64}"))
                .forEach(entry -> parents.put(
                        entry.getKey().toLowerCase(Locale.ROOT),
                        BoundedJson.field(entry.getValue(), "name").orElse("")));
        return parents;
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
        return BoundedJson.tree(metadata.getOrDefault(key, "{}"));
    }

    private static boolean whole(String text) {
        return text.matches("\\d{1,15}");
    }
}
