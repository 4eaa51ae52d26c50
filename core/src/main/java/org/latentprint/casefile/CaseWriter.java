package org.latentprint.casefile;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.latentprint.generator.Generation;
import org.latentprint.modelfile.ModelFile;

/**
 * Writes the findings of one scan, in the order of the walk, in batches: each batch is in the case as a whole or not at
 * all. Used by one thread.
 */
public final class CaseWriter implements AutoCloseable {
    /** So many items share a commit: below, commits cost time; above, an interrupted scan loses more. */
    private static final int BATCH_ITEMS = 2_000;

    private final CaseDatabase database;
    private final int exhibitId;
    private final int runId;
    private final ItemRows items;
    private final GenerationRows generations;
    private final CredentialRows credentials;
    private final ModelRows models;
    private final RowAppender captions;
    private long nextItem;
    private long nextGeneration;
    private int inBatch;
    private boolean failed;

    private CaseWriter(CaseDatabase database, int exhibitId, int runId) throws CaseException, SQLException {
        this.database = database;
        this.exhibitId = exhibitId;
        this.runId = runId;
        this.nextItem = database.number("SELECT coalesce(max(item_id), 0) + 1 FROM item");
        this.nextGeneration = database.number("SELECT coalesce(max(generation_id), 0) + 1 FROM generation");
        this.items = new ItemRows(database.connection());
        this.generations = new GenerationRows(database.connection());
        this.credentials = new CredentialRows(database.connection());
        this.models = new ModelRows(database.connection());
        this.captions = new RowAppender(database.connection(), "caption_tag");
    }

    /**
     * Notes the scan in the case and makes its writer.
     *
     * @throws CaseException where the exhibit is in the case already
     */
    public static CaseWriter begin(CaseDatabase database, ScanRun run) throws CaseException {
        if (database.number("SELECT count(*) FROM exhibit WHERE reference = ?", run.exhibit()) > 0) {
            throw new CaseException("the exhibit " + run.exhibit()
                    + " is in this case already; scan it into a new case, or give another exhibit reference");
        }
        int exhibitId = (int) database.number("SELECT coalesce(max(exhibit_id), 0) + 1 FROM exhibit");
        int runId = (int) database.number("SELECT coalesce(max(run_id), 0) + 1 FROM scan_run");
        database.transaction(() -> {
            database.execute(
                    "INSERT INTO exhibit VALUES (?, ?, ?)", exhibitId, SafeText.of(run.exhibit()), run.sourceKind());
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
                    utc(run.started()));
        });
        try {
            return new CaseWriter(database, exhibitId, runId);
        } catch (SQLException failure) {
            throw CaseException.of("the case's database cannot be written", failure);
        }
    }

    /**
     * Adds what one item gave.
     *
     * @throws CaseException where the case cannot be written; what was committed before stays
     */
    public void add(ItemFindings findings) throws CaseException {
        beginBatch();
        try {
            long itemId = nextItem++;
            items.add(itemId, exhibitId, findings);
            if (findings.metadata().isPresent()) {
                credentials.add(itemId, findings.metadata().get());
            }
            if (findings.modelFile().isPresent()) {
                models.add(itemId, Optional.empty(), findings.modelFile().get());
            }
            int ordinal = 0;
            for (Generation generation : findings.generations()) {
                generations.add(nextGeneration++, itemId, ordinal++, generation);
            }
        } catch (SQLException failure) {
            failed = true;
            throw CaseException.of("the findings of " + findings.item().path() + " could not be written", failure);
        }
        endOne();
    }

    /**
     * Adds a folder that is a model as a whole. Its row stands with the index in it that lists its parts.
     *
     * @param itemId of the index
     * @param folder its path
     * @throws CaseException where the case cannot be written
     */
    public void addFolder(long itemId, String folder, ModelFile model) throws CaseException {
        // The index may have problems of its own, which have to be in the tables to be counted.
        commit();
        int nextProblem = (int) database.number("SELECT count(*) FROM problem WHERE item_id = ?", itemId);
        beginBatch();
        try {
            models.add(itemId, Optional.of(folder), model);
            items.addProblems(itemId, nextProblem, model.problems());
        } catch (SQLException failure) {
            failed = true;
            throw CaseException.of("the model " + folder + " could not be written", failure);
        }
        endOne();
    }

    /**
     * Adds the tags of a caption.
     *
     * @param itemId of the text file
     * @throws CaseException where the case cannot be written
     */
    public void addCaption(long itemId, List<String> tags) throws CaseException {
        beginBatch();
        try {
            int ordinal = 0;
            for (String tag : tags) {
                captions.row().number(itemId).number(ordinal++).text(tag).end();
            }
        } catch (SQLException failure) {
            failed = true;
            throw CaseException.of("a caption could not be written", failure);
        }
        endOne();
    }

    private void beginBatch() throws CaseException {
        if (inBatch == 0) {
            database.execute("BEGIN TRANSACTION");
        }
    }

    private void endOne() throws CaseException {
        inBatch++;
        if (inBatch >= BATCH_ITEMS) {
            commit();
        }
    }

    /** Returns the number by which the case knows the exhibit that is being written. */
    public int exhibitId() {
        return exhibitId;
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
        database.execute(
                "UPDATE scan_run SET ended = ?, items_seen = ?, bytes_read = ? WHERE run_id = ?",
                utc(ended),
                seen,
                bytesRead,
                runId);
    }

    /**
     * Puts what was added into the tables, where queries see it.
     *
     * @throws CaseException where the case cannot be written
     */
    public void commit() throws CaseException {
        if (inBatch == 0) {
            return;
        }
        try {
            items.flush();
            generations.flush();
            credentials.flush();
            models.flush();
            captions.flush();
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
            models.close();
            captions.close();
        } catch (SQLException failure) {
            throw CaseException.of("the case's tables could not be closed", failure);
        }
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
