package org.latentprint.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            "name",
            "format");

    private ModelFiles() {}

    /**
     * Reads an item as a model file.
     *
     * @param item path of the item within its source
     * @param bytes the item's bytes
     * @param whole whether hashes that need all bytes are wanted
     * @return empty where it is none; never throws for what the bytes hold
     * @throws IOException where bytes cannot be read
     */
    public static Optional<ModelFile> read(String item, EvidenceBytes bytes, boolean whole) throws IOException {
        String name = item.substring(item.lastIndexOf('/') + 1);
        Optional<ModelHead> head = Optional.empty();
        byte[] first = new byte[(int) Math.min(ModelFileReaders.HEAD_LENGTH, bytes.size())];
        first = Arrays.copyOf(first, bytes.read(0, first, 0, first.length));
        for (ModelFileReader reader : ModelFileReaders.ALL) {
            if (reader.recognise(first, name, bytes.size())) {
                head = readHead(reader, bytes, name);
                if (head.isPresent()) {
                    break;
                }
            }
        }
        return head.isEmpty() ? Optional.empty() : Optional.of(conclude(item, name, bytes, head.get(), whole));
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

    private static ModelFile conclude(String item, String name, EvidenceBytes bytes, ModelHead head, boolean whole)
            throws IOException {
        ModelClassifier.Result result = ModelClassifier.classify(head);
        ModelIdentity identity = result.identity();
        if (!identity.known() && head.pickle().isPresent() && head.problems().isEmpty()) {
            identity = identity.as("pickle", List.of());
        }
        Map<String, String> hashes = ModelHashes.of(bytes, name, head, whole);
        List<Problem> problems = new ArrayList<>(head.problems());
        conflict(identity, head).ifPresent(problems::add);
        String claimed = hashes.getOrDefault("sshsModelHash", "");
        String computed = hashes.getOrDefault("tensorSha256", claimed);
        if (!claimed.equals(computed) && !claimed.isEmpty()) {
            problems.add(Problem.of(
                    Problem.Category.MISMATCH, ID, "sshs_model_hash claims another hash than that of the tensor data"));
        }
        long length = Math.min(head.length(), bytes.size() - Math.min(bytes.size(), head.offset()));
        Origin origin =
                new Origin(item, head.offset(), length, ModelHashes.range(bytes, head.offset(), length), head.reader());
        return new ModelFile(
                head.container(),
                status(head),
                identity,
                result.adapter(),
                ModelCounts.of(head),
                hashes,
                claims(head.metadata()),
                head.formatFacts(),
                head.pickle(),
                TrainingReader.read(head.metadata()),
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

    /** Compares the families that kohya's and ModelSpec's words name with the structure. */
    private static Optional<Problem> conflict(ModelIdentity identity, ModelHead head) {
        String claim = head.metadata()
                .getOrDefault("modelspec.architecture", head.metadata().getOrDefault("ss_base_model_version", ""));
        String family = claim.startsWith("stable-diffusion-xl") || claim.startsWith("sdxl")
                ? "sdxl"
                : claim.startsWith("stable-diffusion-v1") || claim.equals("sd_v1")
                        ? "sd1"
                        : claim.startsWith("stable-diffusion-v2") || claim.startsWith("sd_v2")
                                ? "sd2"
                                : claim.toLowerCase(java.util.Locale.ROOT).matches("flux[-.]?1.*") ? "flux1" : "";
        String structure = identity.architecture().orElse("");
        return family.isEmpty() || structure.isEmpty() || structure.startsWith(family)
                ? Optional.empty()
                : Optional.of(Problem.of(
                        Problem.Category.MISMATCH,
                        ID,
                        "the metadata claim " + claim + ", the structure is that of " + structure));
    }
}
