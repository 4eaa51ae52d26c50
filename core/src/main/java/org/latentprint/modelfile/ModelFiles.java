package org.latentprint.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;

/** Runs the reader that knows a model file, and concludes what the file is. */
public final class ModelFiles {
    private static final String ID = "modelfile/1";

    private static final List<String> CLAIMS = List.of(
            "modelspec.architecture",
            "modelspec.title",
            "modelspec.author",
            "modelspec.date",
            "modelspec.description",
            "modelspec.prediction_type",
            "modelspec.license",
            "modelspec.trigger_phrase",
            "ss_base_model_version",
            "general.architecture",
            "general.name",
            "general.type",
            "general.basename",
            "general.finetune",
            "general.quantized_by",
            "general.source.url",
            "general.base_model.0.name",
            "general.base_model.0.repo_url",
            "modelspec.implementation",
            "modelspec.tags",
            "modelspec.merged_from",
            "modelspec.usage_hint",
            "modelspec.resolution",
            "modelspec.comment",
            "ssmd_author",
            "ssmd_display_name",
            "ssmd_keywords",
            "ssmd_source",
            "model_version",
            "name",
            "format");

    /** How huggingface_hub's {@code serialization/_base.py} names one of several files of a model. */
    private static final Pattern SHARD = Pattern.compile("-(\\d{5}-of-(?!00001\\.)\\d{5})\\.");

    private final List<ModelFileReader> readers;
    private final Blake3Digester blakes = new Blake3Digester();

    /** Makes what reads model files one after another or in several threads, and what it concludes from equal tables once. */
    public ModelFiles() {
        this(new KnownTables());
    }

    ModelFiles(KnownTables known) {
        readers = ModelFileReaders.all(known);
    }

    /**
     * Reads an item as a model file.
     *
     * @param item path of the item within its source
     * @param bytes the item's bytes
     * @param whole whether hashes that need all bytes are wanted
     * @return empty where it is none; never throws for what the bytes hold
     * @throws IOException where bytes cannot be read
     */
    public Optional<ModelFile> read(String item, EvidenceBytes bytes, boolean whole) throws IOException {
        String name = item.substring(item.lastIndexOf('/') + 1);
        Optional<ModelHead> head = Optional.empty();
        byte[] first = new byte[(int) Math.min(ModelFileReaders.HEAD_LENGTH, bytes.size())];
        first = Arrays.copyOf(first, bytes.read(0, first, 0, first.length));
        for (ModelFileReader reader : readers) {
            if (reader.recognise(first, name, bytes.size())) {
                head = readHead(reader, bytes, name);
                if (head.isPresent()) {
                    break;
                }
            }
        }
        Optional<Blake3Digester> blake = whole ? Optional.of(blakes) : Optional.empty();
        return head.isEmpty() ? Optional.empty() : Optional.of(conclude(item, name, bytes, head.get(), blake));
    }

    static Optional<ModelHead> readHead(ModelFileReader reader, EvidenceBytes bytes, String name) throws IOException {
        try {
            return reader.read(bytes, name);
        } catch (EOFException end) {
            return Optional.of(failed(reader, Problem.Category.MALFORMED, "reading ended early: " + end.getMessage()));
        } catch (RuntimeException | StackOverflowError failure) {
            return Optional.of(failed(reader, Problem.Category.READER_FAILED, "the reader failed: " + failure));
        }
    }

    private static ModelHead failed(ModelFileReader reader, Problem.Category category, String message) {
        ModelHead head = new ModelHead(reader.id(), reader.id().replaceFirst("/.*", ""));
        head.problem(category, message, 0);
        return head;
    }

    private static ModelFile conclude(
            String item, String name, EvidenceBytes bytes, ModelHead head, Optional<Blake3Digester> blake)
            throws IOException {
        Matcher shard = SHARD.matcher(name);
        boolean piece = shard.find();
        ModelClassifier.Result result = piece ? ModelClassifier.piece(head) : ModelClassifier.classify(head);
        ModelIdentity identity = result.identity();
        if (!identity.known()
                && head.pickle().isPresent()
                && head.tensors().isEmpty()
                && head.problems().isEmpty()) {
            identity = identity.as("pickle", List.of());
        }
        boolean sideFile = head.container().equals(SideFileReader.CONTAINER);
        if (sideFile) {
            identity = identity.as(SideFileReader.CONTAINER, List.of());
        }
        // What a side file claims of a model's hashes are claims: the model may be elsewhere, or gone.
        Map<String, String> hashes = sideFile ? Map.of() : ModelHashes.of(bytes, name, head, blake);
        Map<String, String> facts = new LinkedHashMap<>(head.formatFacts());
        if (piece) {
            facts.put("shard", shard.group(1));
        }
        facts.putAll(HubCache.facts(item));
        facts.putAll(Thumbnails.facts(head.metadata()));
        List<Problem> problems = new ArrayList<>(head.problems());
        ModelClassifier.conflict(identity, head.metadata())
                .ifPresent(words -> problems.add(Problem.of(Problem.Category.MISMATCH, ID, words)));
        ModelCounts.conflict(head).ifPresent(words -> problems.add(Problem.of(Problem.Category.MISMATCH, ID, words)));
        String claimed = hashes.getOrDefault("sshsModelHash", "");
        String computed = hashes.getOrDefault("tensorSha256", claimed);
        if (!claimed.isEmpty() && hashes.containsKey("tensorSha256")) {
            facts.put("claimedTensorHashMatches", Boolean.toString(claimed.equals(computed)));
        }
        if (!claimed.equals(computed) && !claimed.isEmpty()) {
            problems.add(Problem.of(
                    Problem.Category.MISMATCH, ID, "sshs_model_hash claims another hash than that of the tensor data"));
        }
        String legacy = hashes.getOrDefault("addnetLegacyHash", "");
        if (legacy.equals(hashes.getOrDefault("sshsLegacyHash", "none"))) {
            // Where they differ, the trainer may have written with another version of the format's library.
            facts.put("claimedLegacyHashMatches", "true");
        }
        long length = Math.min(head.length(), bytes.size() - Math.min(bytes.size(), head.offset()));
        String digest =
                head.digest().isPresent() ? head.digest().get() : ModelHashes.range(bytes, head.offset(), length);
        Origin origin = new Origin(item, head.offset(), length, digest, head.reader());
        return new ModelFile(
                head.container(),
                status(head),
                identity,
                result.adapter(),
                head.table().map(known -> known.structure().weights()).orElseGet(() -> ModelCounts.of(head)),
                hashes,
                sideFile ? head.metadata() : claims(head.metadata()),
                facts,
                head.pickle(),
                sideFile ? head.training() : head.training().or(() -> TrainingReader.read(head.metadata())),
                result.telling(),
                origin,
                problems);
    }

    private static ModelFile.Status status(ModelHead head) {
        List<Problem> malformed = head.problems().stream()
                .filter(problem -> problem.category() == Problem.Category.MALFORMED)
                .toList();
        if (malformed.isEmpty()) {
            boolean tolerated =
                    head.container().equals("safetensors") && !head.problems().isEmpty();
            return tolerated ? ModelFile.Status.TOLERATED : ModelFile.Status.OK;
        }
        boolean cut = malformed.stream().allMatch(problem -> problem.message().contains("bytes are missing"));
        return cut ? ModelFile.Status.TRUNCATED : ModelFile.Status.MALFORMED;
    }

    private static Map<String, String> claims(Map<String, String> metadata) {
        Map<String, String> claims = new LinkedHashMap<>();
        for (String key : CLAIMS) {
            String value = metadata.get(key);
            if (value != null) {
                claims.put(key, value);
            }
        }
        return claims;
    }
}
