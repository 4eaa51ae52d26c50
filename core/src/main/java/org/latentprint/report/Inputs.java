package org.latentprint.report;

import java.util.List;

/**
 * The pictures, films and sounds that generations name as fed in.
 *
 * @param names one row for each name and role
 */
public record Inputs(Capped<Input> names) {

    /**
     * One name in one role.
     *
     * @param generations how many generations name it
     * @param namedBy the first of those generations
     * @param links the first items on the exhibits that it may be
     * @param linkTotal how many such items there are
     */
    public record Input(
            EvidenceText name,
            EvidenceText role,
            long generations,
            List<NamedBy> namedBy,
            List<Linked> links,
            long linkTotal) {
        public Input {
            namedBy = List.copyOf(namedBy);
            links = List.copyOf(links);
        }
    }

    /** A generation that names the input; {@code listed} says whether the table of generations prints it. */
    public record NamedBy(long generation, boolean listed, EvidenceText exhibit, EvidenceText item, Ground ground) {}

    /** An item that the input may be, with the rule that joined the two. */
    public record Linked(EvidenceText exhibit, EvidenceText item, EvidenceText grade, EvidenceText rule) {}
}
