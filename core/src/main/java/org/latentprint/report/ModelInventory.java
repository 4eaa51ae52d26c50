package org.latentprint.report;

import java.util.List;
import java.util.Optional;

/**
 * The model files of the case, what they record of their training, and how they meet with what generations name.
 *
 * @param files model files
 * @param folders folders that are a model as a whole, counted beside the files in them
 * @param withoutContentHash files of which no hash of all bytes was computed
 * @param models all that are no adapters
 * @param adapters LoRAs and their relatives
 * @param runs training and merge records; the files of one run are one row
 * @param dangers files whose pickles import what can run code
 * @param absent models that generations name, without a model file of that hash or name
 * @param unnamed model files that no generation names
 * @param toldOf files that programs leave beside models, without such a model
 */
public record ModelInventory(
        long files,
        long folders,
        long withoutContentHash,
        Capped<Present> models,
        Capped<Present> adapters,
        Capped<Run> runs,
        Capped<Danger> dangers,
        Capped<Absent> absent,
        Capped<Unnamed> unnamed,
        Capped<ToldOf> toldOf) {

    /** Says whether there is no model file. */
    public boolean isEmpty() {
        return files + folders == 0;
    }

    /**
     * A model file.
     *
     * @param item path of the file, or of the folder that is the model
     * @param kind by structure
     * @param architecture by structure; empty where it does not decide
     * @param candidates models that share the structure
     * @param facts further ones
     * @param claim what its metadata say it is
     * @param byHash generations that name it with a hash that agrees
     * @param byName generations that name it without
     */
    public record Present(
            EvidenceText exhibit,
            EvidenceText item,
            boolean folder,
            EvidenceText kind,
            Optional<EvidenceText> architecture,
            Optional<EvidenceText> candidates,
            List<Generations.Parameter> facts,
            Optional<EvidenceText> claim,
            long byHash,
            long byName,
            Ground ground) {
        public Present {
            facts = List.copyOf(facts);
        }
    }

    /**
     * A run of a trainer.
     *
     * @param item the file that was saved last
     * @param files how many files record this run
     * @param facts what the record says
     * @param folders name, and how many pictures and repeats
     * @param tags most frequent first
     */
    public record Run(
            EvidenceText exhibit,
            EvidenceText item,
            long files,
            List<Generations.Parameter> facts,
            Generations.Few<Generations.Pair> folders,
            Generations.Few<Generations.Pair> tags,
            Ground ground) {
        public Run {
            facts = List.copyOf(facts);
        }
    }

    /**
     * A file with a pickle that must not be loaded.
     *
     * @param dangerous whether it imports what can run code; if not, reading ended early before that was decided
     * @param imports verdict and name
     */
    public record Danger(
            EvidenceText exhibit,
            EvidenceText item,
            boolean dangerous,
            Generations.Few<Generations.Pair> imports,
            Ground ground) {}

    /** A named model without a file; the same name with other hashes is another row. */
    public record Absent(
            EvidenceText kind,
            Optional<EvidenceText> name,
            Optional<EvidenceText> hashes,
            long generations,
            long items) {}

    /** A model file that nothing names. */
    public record Unnamed(
            EvidenceText exhibit, EvidenceText item, EvidenceText kind, Optional<EvidenceText> architecture) {}

    /**
     * A file that was left beside a model which is not there, or bears another name now.
     *
     * @param form whose form it has
     * @param claims what it says, as JSON
     */
    public record ToldOf(
            EvidenceText exhibit, EvidenceText item, Optional<EvidenceText> form, EvidenceText claims, Ground ground) {}
}
