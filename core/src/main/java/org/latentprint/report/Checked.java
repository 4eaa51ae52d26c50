package org.latentprint.report;

import java.util.List;

/**
 * What was looked for, with and without result, by name: the absence of a section must not read as the absence of a finding.
 *
 * @param readers each reader with its counts
 */
public record Checked(List<Reader> readers) {
    public Checked {
        readers = List.copyOf(readers);
    }

    /** One reader; a container reader finds blocks, a generator reader finds generations. */
    public record Reader(EvidenceText kind, EvidenceText name, long findings, long problems) {}

    /** Returns the readers of one kind that found nothing. */
    public List<EvidenceText> withoutResult() {
        return readers.stream()
                .filter(reader -> reader.findings() == 0)
                .map(Reader::name)
                .toList();
    }
}
