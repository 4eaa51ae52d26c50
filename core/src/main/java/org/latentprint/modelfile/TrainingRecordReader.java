package org.latentprint.modelfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import tools.jackson.databind.JsonNode;

/**
 * Reads a training's record that stands alone, as JSON: what is left of a model in free space, or was copied out of one. It
 * holds kohya's keys itself, or as the metadata of a safetensors head without its length (kohya-ss/sd-scripts:
 * {@code train_network.py}; huggingface/safetensors: README.md).
 */
final class TrainingRecordReader implements ModelFileReader {
    private static final String METADATA = "__metadata__";

    /** A record with long lists of tags; more than a tree is made of is not read. */
    private static final int MAX_SIZE = BoundedJson.MAX_LENGTH;

    /** A single key may stand in other files. */
    private static final int LEAST_KEYS = 2;

    private static final Pattern START = Pattern.compile("^\\s*\\{[\\s\\S]*\"ss_[a-z][\\s\\S]*\"ss_[a-z]");

    @Override
    public String id() {
        return "training-record/1";
    }

    @Override
    public boolean recognise(byte[] head, String name, long size) {
        return ModelFileReaders.ending(name).equals("json")
                && START.matcher(new String(head, StandardCharsets.UTF_8)).find();
    }

    @Override
    public Optional<ModelHead> read(EvidenceBytes bytes, String name) throws IOException {
        ModelHead head = new ModelHead(id(), SideFileReader.CONTAINER);
        head.range(0, Math.min(bytes.size(), MAX_SIZE));
        if (bytes.size() > MAX_SIZE) {
            head.problem(
                    Problem.Category.LIMIT,
                    "what looks like a training's record has " + bytes.size() + " bytes; at most " + MAX_SIZE
                            + " are read",
                    0);
            return Optional.of(head);
        }
        JsonNode json = BoundedJson.tree(new String(bytes.readExactly(0, (int) bytes.size()), StandardCharsets.UTF_8));
        JsonNode record = json.path(METADATA).isObject() ? json.path(METADATA) : json;
        Map<String, String> metadata = new LinkedHashMap<>();
        record.propertyStream()
                .filter(entry -> entry.getValue().isString())
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString()));
        if (metadata.keySet().stream().filter(key -> key.startsWith("ss_")).count() < LEAST_KEYS) {
            return Optional.empty();
        }
        head.formatFacts().put(SideFileReader.FACT, "training-record");
        head.metadata().putAll(metadata);
        TrainingReader.read(metadata).ifPresent(head::training);
        return Optional.of(head);
    }
}
