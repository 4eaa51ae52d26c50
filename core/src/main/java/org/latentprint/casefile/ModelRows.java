package org.latentprint.casefile;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.duckdb.DuckDBConnection;
import org.latentprint.modelfile.Adapter;
import org.latentprint.modelfile.ModelFile;
import org.latentprint.modelfile.ModelIdentity;
import org.latentprint.modelfile.ModelWeights;
import org.latentprint.modelfile.PickleFacts;
import tools.jackson.databind.json.JsonMapper;

/** Writes the rows of {@code model_file} and of the tables below it; of its training record, {@link TrainingRows} does. */
final class ModelRows implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RowAppender models;
    private final RowAppender hashes;
    private final RowAppender dangers;
    private final TrainingRows training;

    ModelRows(DuckDBConnection connection) throws SQLException {
        models = new RowAppender(connection, "model_file");
        hashes = new RowAppender(connection, "model_hash");
        dangers = new RowAppender(connection, "model_danger");
        training = new TrainingRows(connection);
    }

    /**
     * Adds a model.
     *
     * @param itemId of the file; of a folder, that of the index in it
     * @param folder path of the folder that is the model as a whole
     */
    void add(long itemId, Optional<String> folder, ModelFile model) throws SQLException {
        models.row()
                .number(itemId)
                .text(folder)
                .text(model.container())
                .text(model.status().word())
                .text(model.identity().kind())
                .text(asserted(model.identity()))
                .text(lines(model.identity().candidates()))
                .text(model.identity().variant())
                .text(lines(model.identity().components()))
                .text(model.identity().encoder());
        addAdapter(model.adapter());
        addWeights(model.weights());
        models.text(JSON.writeValueAsString(model.claims()))
                .text(JSON.writeValueAsString(model.formatFacts()))
                .text(lines(model.telling()))
                .text(model.pickle().map(ModelRows::verdict))
                .number(model.pickle()
                        .map(pickle -> pickle.dangerous().size() + (pickle.unresolved() ? 1 : 0))
                        .orElse(0)
                        .intValue())
                .number(model.origin().offset())
                .number(model.origin().length())
                .text(model.origin().sha256())
                .text(model.origin().reader())
                .end();
        addHashes(itemId, model.hashes());
        if (model.pickle().isPresent()) {
            addDangers(itemId, model.pickle().get());
        }
        if (model.training().isPresent()) {
            training.add(itemId, model.training().get(), model.origin());
        }
    }

    /** The case asserts no architecture that others share, also where the structure names a family by its first member. */
    private static Optional<String> asserted(ModelIdentity identity) {
        return identity.architecture().filter(name -> identity.candidates().size() < 2);
    }

    private void addAdapter(Optional<Adapter> adapter) throws SQLException {
        models.text(adapter.map(Adapter::algorithm))
                .text(adapter.flatMap(Adapter::keyFormat))
                .number(adapter.map(Adapter::rankLow).orElse(OptionalLong.empty()))
                .number(adapter.map(Adapter::rankHigh).orElse(OptionalLong.empty()))
                .text(adapter.flatMap(Adapter::alpha))
                .text(adapter.map(Adapter::targets).flatMap(ModelRows::lines));
    }

    private void addWeights(Optional<ModelWeights> weights) throws SQLException {
        models.text(weights.flatMap(ModelWeights::precision)).text(weights.flatMap(ModelWeights::quantisation));
        if (weights.isPresent()) {
            models.number(weights.get().tensors())
                    .number(weights.get().elements())
                    .number(weights.get().parameters());
        } else {
            models.none().none().none();
        }
    }

    private void addHashes(long itemId, Map<String, String> found) throws SQLException {
        for (Map.Entry<String, String> hash : found.entrySet()) {
            hashes.row()
                    .number(itemId)
                    .text(hashKind(hash.getKey()))
                    .text(hash.getValue())
                    .end();
        }
    }

    /** The case writes hash kinds as its columns: {@code autoV1} is {@code autov1}, {@code nameSha256} {@code name_sha256}. */
    static String hashKind(String kind) {
        return kind.replaceAll("([a-z])([A-Z][a-z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private void addDangers(long itemId, PickleFacts pickle) throws SQLException {
        int ordinal = 0;
        for (String dangerous : pickle.dangerous()) {
            addDanger(itemId, ordinal++, "dangerous", dangerous);
        }
        if (pickle.unresolved()) {
            addDanger(itemId, ordinal++, "unresolved", "an import whose name the pickle hides");
        }
        for (String unusual : pickle.unusual()) {
            addDanger(itemId, ordinal++, "unusual", unusual);
        }
    }

    private void addDanger(long itemId, int ordinal, String verdict, String imported) throws SQLException {
        dangers.row()
                .number(itemId)
                .number(ordinal)
                .text(verdict)
                .text(imported)
                .end();
    }

    private static String verdict(PickleFacts pickle) {
        return pickle.danger()
                .map(danger -> danger ? "dangerous" : "not dangerous")
                .orElse("not decided");
    }

    private static Optional<String> lines(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", values));
    }

    void flush() throws SQLException {
        models.flush();
        hashes.flush();
        dangers.flush();
        training.flush();
    }

    @Override
    public void close() throws SQLException {
        models.close();
        hashes.close();
        dangers.close();
        training.close();
    }
}
