package org.latentprint.report;

import java.util.List;
import java.util.Optional;

/**
 * What the first page counts.
 *
 * @param exhibits counts of each exhibit, by reference
 * @param total their sum
 * @param skipped reasons of the skipped items
 * @param failed categories of the failed items
 * @param began start of the first run, UTC, ISO 8601
 * @param ended end of the last run, UTC, ISO 8601; empty where a run has none
 * @param runs the scans, in their order
 * @param results at a glance
 * @param images what is known of disk images
 */
public record Overview(
        List<ExhibitCounts> exhibits,
        ExhibitCounts total,
        List<Reason> skipped,
        List<Reason> failed,
        Optional<String> began,
        Optional<String> ended,
        List<Run> runs,
        Results results,
        Images images) {
    public Overview {
        exhibits = List.copyOf(exhibits);
        skipped = List.copyOf(skipped);
        failed = List.copyOf(failed);
        runs = List.copyOf(runs);
    }

    /**
     * Items of one exhibit: seen = read + skipped + failed.
     *
     * @param reference of the exhibit
     * @param sourceKind such as {@code folder}
     * @param locations paths of the source, as given
     * @param seen items listed
     * @param read items whose bytes were read
     * @param skipped items listed and not read
     * @param failed items that could not be read
     * @param bytes size of all items seen
     * @param bytesUnread size of the items that were skipped or failed
     * @param generations found in the items read
     */
    public record ExhibitCounts(
            EvidenceText reference,
            EvidenceText sourceKind,
            EvidenceText locations,
            long seen,
            long read,
            long skipped,
            long failed,
            long bytes,
            long bytesUnread,
            long generations) {

        /** Says whether the counts add up. */
        public boolean addsUp() {
            return seen == read + skipped + failed;
        }
    }

    /** How many items were skipped or failed for one reason. */
    public record Reason(EvidenceText reason, long items) {}

    /**
     * One run of the scanner.
     *
     * @param started UTC, ISO 8601
     * @param ended UTC, ISO 8601; empty where the run was ended from outside
     * @param environment of the machine, as recorded when the run began
     */
    public record Run(
            EvidenceText exhibit,
            EvidenceText location,
            EvidenceText profile,
            long threads,
            EvidenceText toolVersion,
            EvidenceText commandLine,
            String started,
            Optional<String> ended,
            EvidenceText environment) {}

    /**
     * The numbers of the results. Names are counted as recorded: two spellings count as two.
     *
     * @param generators programs that generations name
     * @param declared those of the generations that name no program and only declare an AI source
     * @param trainingFolders on the exhibits that hold pictures and bear a name that a training record names
     * @param trainingFolderPictures that lie in them
     */
    public record Results(
            long inputNames,
            long linkedInputItems,
            long trainingFolders,
            long trainingFolderPictures,
            long generations,
            long itemsWithGenerations,
            long generators,
            long declared,
            long models,
            long loras,
            long modelFiles,
            long itemsWithProblems) {}
}
