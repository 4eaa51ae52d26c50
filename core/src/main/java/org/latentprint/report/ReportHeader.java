package org.latentprint.report;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the report states that is not in the evidence: what the examiner typed in, and what did the work.
 *
 * @param particulars what the examiner typed in
 * @param tool the program and the machine it ran on
 * @param readers all readers of this version, also those that found nothing
 * @param settings full settings of the work, name to value
 * @param commandLine as it was typed
 * @param auditHash hash of the audit log's last line, lower-case hex; empty where there is no log
 * @param issued when the report was written, UTC
 */
public record ReportHeader(
        Particulars particulars,
        Tool tool,
        List<Reader> readers,
        SortedMap<String, String> settings,
        String commandLine,
        Optional<String> auditHash,
        Instant issued) {

    public ReportHeader {
        readers = List.copyOf(readers);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /**
     * What a laboratory must state and no program can know. An empty text is printed as "not given".
     *
     * @param caseNumber the laboratory's number of the case
     * @param exhibits exhibit references, with the exhibits' description and condition where wanted
     * @param examiner who did the work
     * @param laboratory name of the laboratory
     * @param address address of the laboratory, or where the work was done
     * @param customer for whom
     * @param authority purpose of the work, or the authority for it
     * @param received when the exhibits were received
     * @param authorisedBy who authorised the report
     * @param deviations additions to, deviations and exclusions from the laboratory's method
     */
    public record Particulars(
            String caseNumber,
            List<String> exhibits,
            String examiner,
            String laboratory,
            String address,
            String customer,
            String authority,
            String received,
            String authorisedBy,
            String deviations) {
        public Particulars {
            exhibits = List.copyOf(exhibits);
        }

        /** Returns particulars of which nothing is given. */
        public static Particulars none() {
            return new Particulars("", List.of(), "", "", "", "", "", "", "", "");
        }
    }

    /**
     * The program and the machine.
     *
     * @param name of the program
     * @param version of the program
     * @param commit of the source it was built from
     * @param programSha256 digest of the program file, lower-case hex; may be empty
     * @param java version and vendor
     * @param operatingSystem name, version and architecture
     * @param clockZone time zone of the machine's clock
     */
    public record Tool(
            String name,
            String version,
            String commit,
            String programSha256,
            String java,
            String operatingSystem,
            String clockZone) {}

    /**
     * One reader of this version.
     *
     * @param kind what it reads: {@code container}, {@code generator} or {@code Content Credentials}
     * @param name name and version, as findings name it, such as {@code a1111/1}
     */
    public record Reader(String kind, String name) {}
}
