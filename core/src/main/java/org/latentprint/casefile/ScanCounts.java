package org.latentprint.casefile;

import org.latentprint.modelfile.ModelFile;

/**
 * What became of the items; the parts add up to {@code seen}.
 *
 * @param seen items of the walk
 * @param read items whose bytes were read
 * @param skipped items that were listed only
 * @param failed items that could not be read
 * @param generations found
 * @param modelFiles found; a folder that is a model as a whole counts once more than its files
 * @param problems of all items
 * @param bytes of the items that were read
 */
public record ScanCounts(
        long seen, long read, long skipped, long failed, long generations, long modelFiles, long problems, long bytes) {
    public static final ScanCounts NONE = new ScanCounts(0, 0, 0, 0, 0, 0, 0, 0);

    public ScanCounts {
        if (seen != read + skipped + failed) {
            throw new IllegalStateException(
                    "items do not add up: " + seen + " seen, " + read + " + " + skipped + " + " + failed);
        }
    }

    /** Returns the counts with one item more. */
    public ScanCounts with(ItemFindings findings) {
        ItemFindings.Outcome outcome = findings.outcome();
        boolean wasRead = outcome == ItemFindings.Outcome.READ;
        return new ScanCounts(
                seen + 1,
                read + (wasRead ? 1 : 0),
                skipped + (outcome == ItemFindings.Outcome.SKIPPED ? 1 : 0),
                failed + (outcome == ItemFindings.Outcome.FAILED ? 1 : 0),
                generations + findings.generations().size(),
                modelFiles + (findings.modelFile().filter(ModelFile::isModel).isPresent() ? 1 : 0),
                problems + findings.problems().size(),
                bytes + (wasRead ? findings.item().size() : 0));
    }

    /** Returns the counts with a folder more that is a model as a whole. */
    public ScanCounts withFolder(ModelFile model) {
        return new ScanCounts(
                seen,
                read,
                skipped,
                failed,
                generations,
                modelFiles + 1,
                problems + model.problems().size(),
                bytes);
    }
}
