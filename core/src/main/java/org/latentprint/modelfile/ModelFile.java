package org.latentprint.modelfile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;

/**
 * What one model file, or one folder that is a model as a whole, is.
 *
 * @param container its format by content, such as {@code safetensors}
 * @param status what is to be said of its form
 * @param identity what its structure says it is
 * @param adapter for a LoRA and its relatives
 * @param weights empty where no tensor is listed
 * @param hashes by which programs and sites name it: kind to value; claims have kinds of their own
 * @param claims what its metadata say it is; never mixed with the structure
 * @param formatFacts what the container says, such as {@code gguf.version}
 * @param pickle what its pickles import
 * @param training how it was trained, as it records
 * @param telling of an unknown model, the most frequent tensor patterns with a shape, to search for
 * @param origin the bytes of its head
 * @param problems what is wrong with it, and where metadata and structure disagree
 */
public record ModelFile(
        String container,
        Status status,
        ModelIdentity identity,
        Optional<Adapter> adapter,
        Optional<ModelWeights> weights,
        Map<String, String> hashes,
        Map<String, String> claims,
        Map<String, String> formatFacts,
        Optional<PickleFacts> pickle,
        Optional<TrainingRecord> training,
        List<String> telling,
        Origin origin,
        List<Problem> problems) {
    public ModelFile {
        hashes = ordered(hashes);
        claims = ordered(claims);
        formatFacts = ordered(formatFacts);
        telling = List.copyOf(telling);
        problems = List.copyOf(problems);
    }

    /** Says whether this is a model; a file beside one only tells of it. */
    public boolean isModel() {
        return !container.equals(SideFileReader.CONTAINER);
    }

    /** Returns the same without the hashes that were computed of its bytes, for a file of which only a beginning was read. */
    public ModelFile withoutContentHashes() {
        Map<String, String> kept = new LinkedHashMap<>(hashes);
        kept.keySet().retainAll(java.util.Set.of("nameSha256", "sshsModelHash", "sshsLegacyHash", "modelspecSha256"));
        return new ModelFile(
                container,
                status,
                identity,
                adapter,
                weights,
                kept,
                claims,
                formatFacts,
                pickle,
                training,
                telling,
                origin,
                problems);
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** What is to be said of a model file's form. */
    public enum Status {
        OK,
        /** The head is whole, and data that it lists are missing. */
        TRUNCATED,
        /** It breaks a rule of its format and can be read all the same. */
        TOLERATED,
        /** It breaks the rules of its format. */
        MALFORMED;

        /** Returns the word used in reports, such as {@code truncated}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
