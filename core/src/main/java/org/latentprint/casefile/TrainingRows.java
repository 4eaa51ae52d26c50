package org.latentprint.casefile;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.duckdb.DuckDBConnection;
import org.latentprint.evidence.Origin;
import org.latentprint.modelfile.TrainingRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes the rows of {@code training} and of the tables below it. */
final class TrainingRows implements AutoCloseable {
    /** A record may list thousands of tags, and ten epochs of a run the same ones; these show what was trained. */
    static final int MAX_TAGS = 1_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Where trainers write their own version: kohya-ss/sd-scripts {@code train_network.py}, Nerogar/OneTrainer. */
    private static final List<String> VERSIONS = List.of("ss_sd_scripts_commit_hash", "ot_revision");

    private final RowAppender records;
    private final RowAppender baseHashes;
    private final RowAppender parents;
    private final RowAppender datasets;
    private final RowAppender tags;

    TrainingRows(DuckDBConnection connection) throws SQLException {
        records = new RowAppender(connection, "training");
        baseHashes = new RowAppender(connection, "training_base_hash");
        parents = new RowAppender(connection, "training_parent");
        datasets = new RowAppender(connection, "training_dataset");
        tags = new RowAppender(connection, "training_tag");
    }

    void add(long itemId, TrainingRecord training, Origin origin) throws SQLException {
        records.row()
                .number(itemId)
                .text(training.trainer())
                .text(version(training.settings()))
                .text(training.outputName())
                .text(training.sessionId())
                .time(training.started())
                .time(training.finished())
                .text(training.steps())
                .text(training.epochs())
                .number(pictures(training.folders()))
                .number(training.imagesTimesRepeats().map(OptionalLong::of).orElse(OptionalLong.empty()))
                .text(training.baseModel())
                .text(training.baseModelVersion())
                .text(
                        training.mergedFrom().isEmpty()
                                ? Optional.<String>empty()
                                : Optional.of(String.join("\n", training.mergedFrom())))
                .text(training.comment())
                .number((long) training.tags().size())
                .text(JSON.writeValueAsString(training.settings()))
                .number(origin.offset())
                .number(origin.length())
                .text(origin.sha256())
                .text(origin.reader())
                .end();
        for (Map.Entry<String, String> hash : training.baseModelHashes().entrySet()) {
            baseHashes
                    .row()
                    .number(itemId)
                    .text(ModelRows.hashKind(hash.getKey()))
                    .text(hash.getValue())
                    .end();
        }
        for (Map.Entry<String, String> parent : training.parents().entrySet()) {
            parents.row()
                    .number(itemId)
                    .text(parent.getKey())
                    .text(Optional.of(parent.getValue()).filter(name -> !name.isEmpty()))
                    .end();
        }
        addDatasets(itemId, training.folders());
        addTags(itemId, training.tags());
    }

    private static Optional<String> version(Map<String, String> settings) {
        for (String key : VERSIONS) {
            String value = settings.get(key);
            if (value != null) {
                return Optional.of(value);
            }
        }
        // ostris/ai-toolkit, toolkit/metadata.py
        try {
            JsonNode version =
                    JSON.readTree(settings.getOrDefault("software", "{}")).path("version");
            return version.isString() ? Optional.of(version.stringValue()) : Optional.empty();
        } catch (JacksonException otherText) {
            return Optional.empty();
        }
    }

    /** Regularisation pictures are not what was trained, and do not count. */
    private static OptionalLong pictures(List<TrainingRecord.Folder> folders) {
        return folders.stream()
                .filter(folder -> !folder.regularisation())
                .flatMap(folder -> folder.images().stream())
                .mapToLong(Long::longValue)
                .reduce(Long::sum);
    }

    private void addDatasets(long itemId, List<TrainingRecord.Folder> folders) throws SQLException {
        int ordinal = 0;
        for (TrainingRecord.Folder folder : folders) {
            datasets.row()
                    .number(itemId)
                    .number(ordinal++)
                    .text(folder.name())
                    .number(folder.repeats().map(OptionalLong::of).orElse(OptionalLong.empty()))
                    .number(folder.images().map(OptionalLong::of).orElse(OptionalLong.empty()))
                    .flag(folder.regularisation())
                    .end();
        }
    }

    private void addTags(long itemId, List<TrainingRecord.Tag> found) throws SQLException {
        int ordinal = 0;
        for (TrainingRecord.Tag tag : found.subList(0, Math.min(MAX_TAGS, found.size()))) {
            tags.row()
                    .number(itemId)
                    .number(ordinal++)
                    .text(tag.text())
                    .number(tag.count())
                    .end();
        }
    }

    void flush() throws SQLException {
        records.flush();
        baseHashes.flush();
        parents.flush();
        datasets.flush();
        tags.flush();
    }

    @Override
    public void close() throws SQLException {
        records.close();
        baseHashes.close();
        parents.close();
        datasets.close();
        tags.close();
    }
}
