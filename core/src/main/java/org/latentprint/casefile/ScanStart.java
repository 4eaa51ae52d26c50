package org.latentprint.casefile;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Where a scan starts in its exhibit: at the beginning, or behind the items that an interrupted scan has left in the case.
 *
 * @param exhibitId of the exhibit's rows
 * @param runId of this run
 * @param itemsDone so many items of the walk are in the case; members of archives are not counted
 * @param lastPath of the last of them
 * @param done what was counted of them
 * @param replaces the exhibit whose rows this scan replaces at its end: the same evidence, read in triage before
 */
public record ScanStart(
        int exhibitId,
        int runId,
        long itemsDone,
        Optional<String> lastPath,
        ScanCounts done,
        Optional<Integer> replaces) {

    /** Where a scan starts that has no case. */
    public static final ScanStart BEGINNING =
            new ScanStart(0, 0, 0, Optional.empty(), ScanCounts.NONE, Optional.empty());

    /** Stands behind the reference of an exhibit that is read in full until this scan has come to its end. */
    static final String COMPLETING = " (full scan under way)";

    private record Before(int exhibitId, String profile, String sourceKind, String toolVersion, boolean ended) {}

    /** Says whether the scan goes on with what another left. */
    public boolean resumes() {
        return itemsDone > 0;
    }

    /** Says whether an item's path may be that of the last item that is there. */
    public boolean isLast(String path) {
        return lastPath.isEmpty() || lastPath.get().equals(SafeText.of(path));
    }

    /**
     * Finds where the scan starts, and notes its run in the case.
     *
     * @throws CaseException where the exhibit is in the case as a whole already, or was begun in another way
     */
    static ScanStart begin(CaseDatabase database, ScanRun run) throws CaseException {
        String reference = SafeText.of(run.exhibit());
        Optional<Before> staged = before(database, reference + COMPLETING);
        Optional<Before> named = before(database, reference);
        if (staged.isPresent() && run.profile() == Profile.FULL) {
            requireSame(run, staged.get());
            return resume(database, run, staged.get().exhibitId(), named.map(Before::exhibitId));
        }
        if (named.isEmpty()) {
            return atBeginning(database, run, reference, Optional.empty());
        }
        Before found = named.get();
        if (!found.ended()) {
            requireSame(run, found);
            return resume(database, run, found.exhibitId(), Optional.empty());
        }
        if (found.profile().equals(Profile.TRIAGE.word()) && run.profile() == Profile.FULL) {
            return atBeginning(database, run, reference + COMPLETING, Optional.of(found.exhibitId()));
        }
        throw new CaseException("the exhibit " + run.exhibit()
                + " is in this case already; scan it into a new case, or give another exhibit reference");
    }

    /** Says whether an exhibit is in the case as a whole, from that place and in that profile. */
    public static boolean isComplete(CaseDatabase database, String exhibit, String location, Profile profile)
            throws CaseException {
        return database.number("""
                        SELECT count(*) FROM exhibit JOIN scan_run r USING (exhibit_id)
                        WHERE reference = ? AND source_location = ? AND profile = ? AND ended IS NOT NULL""", SafeText.of(exhibit), SafeText.of(location), profile.word()) > 0;
    }

    private static Optional<Before> before(CaseDatabase database, String reference) throws CaseException {
        return database
                .query(
                        """
                        SELECT e.exhibit_id, r.profile, e.source_kind, r.tool_version, r.ended IS NOT NULL
                        FROM exhibit e JOIN scan_run r USING (exhibit_id) WHERE e.reference = ?
                        ORDER BY r.run_id DESC LIMIT 1""",
                        row -> new Before(
                                row.getInt(1), row.getString(2), row.getString(3), row.getString(4), row.getBoolean(5)),
                        reference)
                .stream()
                .findFirst();
    }

    /** Another version or profile would give other findings for the rest than for the beginning. */
    private static void requireSame(ScanRun run, Before found) throws CaseException {
        if (!found.profile().equals(run.profile().word())) {
            throw new CaseException("the scan of " + run.exhibit() + " was interrupted in profile " + found.profile()
                    + "; go on with --profile " + found.profile() + ", or scan it into a new case");
        }
        if (!found.toolVersion().equals(run.toolVersion())) {
            throw new CaseException("the scan of " + run.exhibit() + " was begun by version " + found.toolVersion()
                    + ", this is " + run.toolVersion() + "; go on with that version, or scan it into a new case");
        }
        if (!found.sourceKind().equals(run.sourceKind())) {
            throw new CaseException("the scan of " + run.exhibit() + " was begun on a " + found.sourceKind()
                    + ", this is a " + run.sourceKind() + "; give the same source, or scan it into a new case");
        }
    }

    private static ScanStart atBeginning(
            CaseDatabase database, ScanRun run, String reference, Optional<Integer> replaces) throws CaseException {
        int exhibitId = (int) database.number("SELECT coalesce(max(exhibit_id), 0) + 1 FROM exhibit");
        int runId = nextRun(database);
        database.transaction(() -> {
            database.execute("INSERT INTO exhibit VALUES (?, ?, ?)", exhibitId, reference, run.sourceKind());
            note(database, run, exhibitId, runId);
        });
        return new ScanStart(exhibitId, runId, 0, Optional.empty(), ScanCounts.NONE, replaces);
    }

    private static ScanStart resume(CaseDatabase database, ScanRun run, int exhibitId, Optional<Integer> replaces)
            throws CaseException {
        int runId = nextRun(database);
        database.transaction(() -> {
            ExhibitRows.dropMembersOfUnfinishedArchive(database, exhibitId);
            note(database, run, exhibitId, runId);
        });
        List<String> last = database.query(
                "SELECT path FROM item WHERE exhibit_id = ? AND archive IS NULL ORDER BY item_id DESC LIMIT 1",
                row -> row.getString(1),
                exhibitId);
        long items = database.number("SELECT count(*) FROM item WHERE exhibit_id = ? AND archive IS NULL", exhibitId);
        return new ScanStart(
                exhibitId, runId, items, last.stream().findFirst(), ExhibitRows.count(database, exhibitId), replaces);
    }

    private static int nextRun(CaseDatabase database) throws CaseException {
        return (int) database.number("SELECT coalesce(max(run_id), 0) + 1 FROM scan_run");
    }

    private static void note(CaseDatabase database, ScanRun run, int exhibitId, int runId) throws CaseException {
        database.execute(
                "INSERT INTO scan_run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)",
                runId,
                exhibitId,
                SafeText.of(run.sourceLocation()),
                run.profile().word(),
                run.threads(),
                run.toolVersion(),
                SafeText.of(run.commandLine()),
                run.environment(),
                LocalDateTime.ofInstant(run.started(), ZoneOffset.UTC));
    }
}
