package org.latentprint.report;

import java.util.Optional;

/**
 * Where files were downloaded from, as the marks that Windows keeps with them state it.
 *
 * @param rows one for each mark; those of files with findings first
 */
public record Downloads(Capped<Download> rows) {
    /**
     * One mark.
     *
     * @param exhibit reference of the exhibit
     * @param mark path of the mark
     * @param file path of the file that it is of; empty where no such file was seen
     * @param grade how certain it is that the mark is of that file
     * @param rule by which the two were joined
     * @param zone number of the zone, such as 3 for the internet; empty where not stated
     * @param address from where the file was loaded; empty where not stated
     * @param referrer the page that led there; empty where not stated
     */
    public record Download(
            EvidenceText exhibit,
            EvidenceText mark,
            Optional<EvidenceText> file,
            Optional<EvidenceText> grade,
            Optional<EvidenceText> rule,
            Optional<Line> zone,
            Optional<Line> address,
            Optional<Line> referrer) {}

    /** What one line of a mark states, and the bytes of that value. */
    public record Line(EvidenceText text, Ground ground) {}
}
