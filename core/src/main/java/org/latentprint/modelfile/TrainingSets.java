package org.latentprint.modelfile;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;

/**
 * The training sets a model's metadata name: folders, and how often which tag stood beside their images (kohya-ss/sd-scripts:
 * train_network.py; Nerogar/OneTrainer: modules/util/config/ConceptConfig.py).
 */
final class TrainingSets {
    /** Tags that are kept, the most frequent first. */
    static final int MAX_TAGS = 5_000;

    /** Different tags that are counted; whole captions of large trainings reach some 50,000. */
    private static final int MAX_COUNTED = 100_000;

    private final Map<String, String> metadata;

    TrainingSets(Map<String, String> metadata) {
        this.metadata = metadata;
    }

    private JsonNode json(String key) {
        return BoundedJson.tree(metadata.getOrDefault(key, "{}"));
    }

    List<TrainingRecord.Folder> folders() {
        List<TrainingRecord.Folder> folders = new ArrayList<>();
        directories(folders, json("ss_dataset_dirs"), false);
        directories(folders, json("ss_reg_dataset_dirs"), true);
        if (folders.isEmpty()) {
            subsets(folders, json("ss_datasets"));
        }
        concepts(folders, json("ot_config").path("concepts"));
        return folders;
    }

    private static void directories(List<TrainingRecord.Folder> folders, JsonNode directories, boolean regularisation) {
        directories
                .propertyStream()
                .limit(MAX_TAGS)
                .forEach(entry -> folders.add(new TrainingRecord.Folder(
                        entry.getKey(),
                        whole(entry.getValue(), "n_repeats"),
                        whole(entry.getValue(), "img_count"),
                        regularisation)));
    }

    /** A dataset file's folders: kohya lists them by subset. */
    private static void subsets(List<TrainingRecord.Folder> folders, JsonNode datasets) {
        for (JsonNode dataset : datasets) {
            for (JsonNode subset : dataset.path("subsets")) {
                BoundedJson.field(subset, "image_dir")
                        .or(() -> BoundedJson.field(subset, "metadata_file"))
                        .filter(name -> folders.size() < MAX_TAGS)
                        .ifPresent(name -> folders.add(new TrainingRecord.Folder(
                                baseName(name),
                                whole(subset, "num_repeats"),
                                whole(subset, "img_count"),
                                subset.path("is_reg").asBoolean(false))));
            }
        }
    }

    /** OneTrainer's concepts, where the whole configuration was kept; a balancing of another kind is no repeat. */
    private static void concepts(List<TrainingRecord.Folder> folders, JsonNode concepts) {
        for (JsonNode concept : concepts) {
            boolean repeats = BoundedJson.field(concept, "balancing_strategy")
                    .orElse("REPEATS")
                    .equals("REPEATS");
            boolean used = concept.path("enabled").asBoolean(true)
                    && !concept.path("validation_concept").asBoolean(false);
            BoundedJson.field(concept, "path")
                    .map(TrainingSets::baseName)
                    .filter(name -> used && !name.isEmpty() && folders.size() < MAX_TAGS)
                    .ifPresent(name -> folders.add(new TrainingRecord.Folder(
                            name, repeats ? whole(concept, "balancing") : Optional.empty(), Optional.empty(), false)));
        }
    }

    /** Returns the last part of a path of any system. */
    static String baseName(String path) {
        String slashes = path.replace('\\', '/');
        String trimmed = slashes.endsWith("/") ? slashes.substring(0, slashes.length() - 1) : slashes;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    private static Optional<Long> whole(JsonNode object, String field) {
        return BoundedJson.field(object, field)
                .map(text -> text.endsWith(".0") ? text.substring(0, text.length() - 2) : text)
                .filter(text -> text.matches("\\d{1,15}"))
                .map(Long::valueOf);
    }

    /** Returns the tags over all folders, most frequent first; read as a stream, since the text can have megabytes. */
    List<TrainingRecord.Tag> tags() {
        Map<String, Long> counts = new TreeMap<>();
        count(metadata.getOrDefault("ss_tag_frequency", "{}"), counts);
        if (counts.isEmpty()) {
            for (JsonNode dataset : json("ss_datasets")) {
                count(dataset.path("tag_frequency").toString(), counts);
            }
        }
        return counts.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Long> entry) -> -entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .limit(MAX_TAGS)
                .map(entry -> new TrainingRecord.Tag(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static void count(String text, Map<String, Long> counts) {
        try (JsonParser json = BoundedJson.FACTORY.createParser(ObjectReadContext.empty(), new StringReader(text))) {
            int depth = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 2
                        && token == JsonToken.VALUE_NUMBER_INT
                        && json.getNumberType() == JsonParser.NumberType.INT) {
                    String tag =
                            json.currentName() == null ? "" : json.currentName().strip();
                    if (counts.size() < MAX_COUNTED || counts.containsKey(tag)) {
                        counts.merge(tag, json.getLongValue(), Long::sum);
                    }
                }
            }
        } catch (JacksonException broken) {
            // Folders that stand before the break were counted; the whole is then said nowhere to be complete.
            counts.clear();
        }
    }
}
