package org.latentprint.modelfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.latentprint.evidence.Problem;

/**
 * What a reader takes from the head of a model file, before anything is concluded from it. Built by one reader call and then
 * only read.
 */
public final class ModelHead {
    private final String reader;
    private final String container;
    private final List<TensorInfo> tensors = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, String> formatFacts = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private long offset;
    private long length;
    private OptionalLong dataStart = OptionalLong.empty();
    private OptionalLong legacyShorterBy = OptionalLong.empty();
    private Optional<PickleFacts> pickle = Optional.empty();
    private Optional<TrainingRecord> training = Optional.empty();
    private Optional<KnownTables.Entry> table = Optional.empty();
    private Optional<String> digest = Optional.empty();

    /** Problems of one file beyond this number say nothing new. */
    private static final int MAX_PROBLEMS = 50;

    ModelHead(String reader, String container) {
        this.reader = reader;
        this.container = container;
    }

    /** Returns name and version of the reader. */
    public String reader() {
        return reader;
    }

    /** Returns the container's word, such as {@code safetensors} or {@code pickle-zip}. */
    public String container() {
        return container;
    }

    /** Returns the tensors; of a known table they cannot be changed. */
    List<TensorInfo> tensors() {
        return table.map(known -> known.table().tensors()).orElse(tensors);
    }

    /** Returns the table that the tensors stand in, where what follows from it need not be concluded again. */
    Optional<KnownTables.Entry> table() {
        return table;
    }

    void table(KnownTables.Entry known) {
        table = Optional.of(known);
    }

    /** Returns the SHA-256 of the head's range, where the reader computed it from what it had read. */
    Optional<String> digest() {
        return digest;
    }

    void digest(String sha256) {
        digest = Optional.of(sha256);
    }

    /** Returns what the writer put into the head, key to text, in the order of the file. */
    Map<String, String> metadata() {
        return metadata;
    }

    /** Returns what the container itself says, such as its version. */
    Map<String, String> formatFacts() {
        return formatFacts;
    }

    List<Problem> problems() {
        return problems;
    }

    long offset() {
        return offset;
    }

    long length() {
        return length;
    }

    /** Returns where the tensor data begin, for the hash over them. */
    OptionalLong dataStart() {
        return dataStart;
    }

    /** Returns how many bytes longer the file is than its {@link LegacyCopy}, where that can be told. */
    OptionalLong legacyShorterBy() {
        return legacyShorterBy;
    }

    void legacyShorterBy(OptionalLong bytes) {
        legacyShorterBy = bytes;
    }

    Optional<PickleFacts> pickle() {
        return pickle;
    }

    void range(long from, long bytes) {
        offset = from;
        length = bytes;
    }

    void dataFrom(long start) {
        dataStart = OptionalLong.of(start);
    }

    /** Returns the training that the reader itself found; what most models record is read from their metadata. */
    Optional<TrainingRecord> training() {
        return training;
    }

    void training(TrainingRecord record) {
        training = Optional.of(record);
    }

    void pickle(PickleFacts facts) {
        pickle = Optional.of(facts);
    }

    void problem(Problem.Category category, String message, long at) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(Problem.at(category, reader, message, at));
        }
    }

    void malformed(String message, long at) {
        problem(Problem.Category.MALFORMED, message, at);
    }
}
