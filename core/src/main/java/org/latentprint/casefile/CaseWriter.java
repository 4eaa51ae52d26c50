package org.latentprint.casefile;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.latentprint.generator.Generation;

/**
 * Writes the findings of one scan, in the order of the walk, in batches: each batch is in the case as a whole or not at
 * all. Used by one thread.
 */
public final class CaseWriter implements AutoCloseable {
    /** So many items share a commit: below, commits cost time; above, an interrupted scan loses more. */
    private static final int BATCH_ITEMS = 2_000;

    /** Items of many gigabytes come in slowly; so long may findings stay out of the case. */
    private static final Duration BATCH_TIME = Duration.ofSeconds(10);

    private final CaseDatabase database;
    private final ScanStart start;
    private final ItemRows items;
    private final GenerationRows generations;
    private final CredentialRows credentials;
    private long nextItem;
    private long nextGeneration;
    private int inBatch;
    private long batchBegun;
    private boolean failed;

    private CaseWriter(CaseDatabase database, ScanStart start) throws CaseException, SQLException {
        this.database = database;
        this.start = start;
        this.nextItem = database.number("SELECT coalesce(max(item_id), 0) + 1 FROM item");
        this.nextGeneration = database.number("SELECT coalesce(max(generation_id), 0) + 1 FROM generation");
        this.items = new ItemRows(database.connection());
        this.generations = new GenerationRows(database.connection());
        this.credentials = new CredentialRows(database.connection());
    }

    /**
     * Notes the scan in the case and makes its writer. A scan of this exhibit that was interrupted is gone on with; one in
     * triage is completed by one in full.
     *
     * @throws CaseException where the exhibit is in the case as a whole already, or was begun by another version, in another
     *     profile or on another kind of source
     */
    public static CaseWriter begin(CaseDatabase database, ScanRun run) throws CaseException {
        ScanStart start = ScanStart.begin(database, run);
        try {
            return new CaseWriter(database, start);
        } catch (SQLException failure) {
            throw CaseException.of("the case's database cannot be written", failure);
        }
    }

    /** Returns where the scan starts. */
    public ScanStart start() {
        return start;
    }

    /**
     * Adds what one item gave.
     *
     * @throws CaseException where the case cannot be written; what was committed before stays
     */
    public void add(ItemFindings findings) throws CaseException {
        if (inBatch == 0) {
            database.execute("BEGIN TRANSACTION");
            batchBegun = System.nanoTime();
        }
        try {
            long itemId = nextItem++;
            items.add(itemId, start.exhibitId(), findings);
            if (findings.metadata().isPresent()) {
                credentials.add(itemId, findings.metadata().get());
            }
            int ordinal = 0;
            for (Generation generation : findings.generations()) {
                generations.add(nextGeneration++, itemId, ordinal++, generation);
            }
        } catch (SQLException failure) {
            failed = true;
            throw CaseException.of("the findings of " + findings.item().path() + " could not be written", failure);
        }
        inBatch++;
        if (inBatch >= BATCH_ITEMS || System.nanoTime() - batchBegun > BATCH_TIME.toNanos()) {
            commit();
        }
    }

    /**
     * Notes that the scan came to its end.
     *
     * @param seen items
     * @param bytesRead of all items
     * @param ended in UTC
     */
    public void finish(long seen, long bytesRead, Instant ended) throws CaseException {
        commit();
        Optional<Integer> replaced = start.replaces();
        database.transaction(() -> {
            if (replaced.isPresent()) {
                ExhibitRows.drop(database, replaced.get());
            }
            database.execute(
                    "UPDATE scan_run SET ended = ?, items_seen = ?, bytes_read = ? WHERE run_id = ?",
                    utc(ended),
                    seen,
                    bytesRead,
                    start.runId());
        });
        // A transaction of its own: the name is free only when the exhibit that had it is gone.
        database.execute(
                "UPDATE exhibit SET reference = replace(reference, ?, '') WHERE exhibit_id = ? AND contains(reference, ?)",
                ScanStart.COMPLETING,
                start.exhibitId(),
                ScanStart.COMPLETING);
    }

    private void commit() throws CaseException {
        if (inBatch == 0) {
            return;
        }
        try {
            items.flush();
            generations.flush();
            credentials.flush();
        } catch (SQLException failure) {
            failed = true;
            throw CaseException.of("a batch of findings could not be written", failure);
        }
        database.execute("COMMIT");
        inBatch = 0;
    }

    /** Keeps what was added, unless writing failed; so an interrupted scan leaves all items up to one, and none after. */
    @Override
    public void close() throws CaseException {
        try {
            if (!failed) {
                commit();
            }
        } finally {
            closeTables();
        }
    }

    private void closeTables() throws CaseException {
        try {
            if (inBatch > 0) {
                database.execute("ROLLBACK");
            }
            items.close();
            generations.close();
            credentials.close();
        } catch (SQLException failure) {
            throw CaseException.of("the case's tables could not be closed", failure);
        }
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
