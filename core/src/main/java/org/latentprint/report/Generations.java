package org.latentprint.report;

import java.util.List;
import java.util.Optional;

/**
 * The table of generations.
 *
 * @param rows in the order of the walk
 */
public record Generations(Capped<Row> rows) {

    /**
     * One generation.
     *
     * @param id its number in the case
     * @param modified time of its item, ISO 8601 in UTC, where there is one
     * @param plausible whether that time may be charted
     * @param state of its item in the exhibit's file system where it is not live, with what is known of it
     * @param declared what the file declares where it names no program
     * @param preview the positive prompt cut to one line; empty where none is recorded
     * @param parameters seed, steps, sampler and so on, of those recorded
     * @param resources models and LoRAs
     * @param inputs pictures, films and sounds fed in
     * @param inferences fields that are inferred, with the rule
     * @param ground where it was read
     * @param details what stands under the fold
     */
    public record Row(
            long id,
            EvidenceText exhibit,
            EvidenceText item,
            Optional<String> modified,
            boolean plausible,
            Optional<EvidenceText> state,
            EvidenceText generator,
            Optional<EvidenceText> variant,
            Optional<EvidenceText> version,
            Optional<EvidenceText> task,
            Optional<Declared> declared,
            Optional<EvidenceText> preview,
            List<Parameter> parameters,
            Few<Resource> resources,
            Few<Pair> inputs,
            EvidenceText grade,
            Few<Pair> inferences,
            Ground ground,
            Details details) {
        public Row {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * What stands under the fold.
     *
     * @param texts prompts and their parts, in full
     * @param passes runs of a sampler, each as one line
     * @param settings what else is recorded, as JSON
     * @param furtherGrounds other blocks that added to the generation
     * @param unknown node types and keys that the reader did not know
     */
    public record Details(
            List<FullText> texts,
            Few<Pass> passes,
            Optional<EvidenceText> settings,
            Few<Ground> furtherGrounds,
            Few<EvidenceText> unknown) {
        public Details {
            texts = List.copyOf(texts);
        }

        /** Says whether there is anything to unfold. */
        public boolean isEmpty() {
            return texts.isEmpty()
                    && passes.isEmpty()
                    && settings.isEmpty()
                    && furtherGrounds.isEmpty()
                    && unknown.isEmpty();
        }
    }

    /** A mark, the field that holds it, and its value as recorded. */
    public record Declared(EvidenceText mark, EvidenceText field, EvidenceText value) {}

    /** A name of this program's own and a value of the evidence. */
    public record Parameter(String name, EvidenceText value) {}

    /** Two values of the evidence that belong together, such as a role and a name. */
    public record Pair(EvidenceText left, EvidenceText right) {}

    /** A model or LoRA that a generation names. */
    public record Resource(
            EvidenceText kind, Optional<EvidenceText> name, Optional<String> weight, Optional<EvidenceText> hashes) {}

    /** One run of a sampler. */
    public record Pass(EvidenceText node, Optional<EvidenceText> nodeClass, List<Parameter> parameters) {
        public Pass {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * A text in full.
     *
     * @param name of this program's own, such as "Positive prompt"
     * @param encoder where the text went, where that is recorded
     * @param text its beginning or all; empty where the report's bound for full texts was reached before it
     * @param characters that the text has in the evidence
     */
    public record FullText(String name, Optional<EvidenceText> encoder, Optional<EvidenceText> text, long characters) {}

    /** The first of a generation's parts of one sort, and how many there are. */
    public record Few<T>(List<T> first, long total) {
        public Few {
            first = List.copyOf(first);
        }

        /** Says whether there is none. */
        public boolean isEmpty() {
            return first.isEmpty();
        }

        /** Returns how many are not printed. */
        public long more() {
            return total - first.size();
        }
    }
}
