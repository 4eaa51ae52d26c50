package org.latentprint.casefile;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.ImageCheck;
import org.latentprint.generator.Generation;
import org.latentprint.modelfile.ModelFile;

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
    private final ModelRows models;
    private final RowAppender captions;
    private long nextItem;
    private long nextGeneration;
    private int inBatch;
    private long batchBegun;
    private boolean failed;
    private boolean completing;

    private CaseWriter(CaseDatabase database, ScanStart start) throws CaseException, SQLException {
        this.database = database;
        this.start = start;
        this.nextItem = database.number("SELECT coalesce(max(item_id), 0) + 1 FROM item");
        this.nextGeneration = database.number("SELECT coalesce(max(generation_id), 0) + 1 FROM generation");
        this.items = new ItemRows(database.connection());
        this.generations = new GenerationRows(database.connection());
        this.credentials = new CredentialRows(database.connection());
        this.models = new ModelRows(database.connection());
        this.captions = new RowAppender(database.connection(), "caption_tag");
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
        beginBatch();
        try {
            long itemId = nextItem++;
            items.add(itemId, start.exhibitId(), findings);
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
     * Adds a folder that is a model as a whole, after {@link #beginCompletion}. Its row stands with the index in it that lists
     * its parts.
     *
     * @param itemId of the index
     * @param folder its path
     * @throws CaseException where the case cannot be written
     */
    public void addFolder(long itemId, String folder, ModelFile model) throws CaseException {
        if (!completing) {
            throw new IllegalStateException("problems of the index can be counted only when they are in the tables");
        }
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

    /**
     * Adds what the check of the exhibit's image gave, after {@link #beginCompletion}.
     *
     * @throws CaseException where the case cannot be written
     */
    public void addImageCheck(ImageCheck check) throws CaseException {
        beginBatch();
        for (ImageCheck.Hash hash : check.hashes()) {
            database.execute(
                    "INSERT INTO image_hash VALUES (?, ?, ?, nullif(?, ''), ?)",
                    start.exhibitId(),
                    hash.algorithm(),
                    hash.stored(),
                    hash.computed(),
                    hash.verdict());
        }
        int ordinal = 0;
        for (ImageCheck.Range range : check.ranges()) {
            database.execute(
                    "INSERT INTO image_range VALUES (?, ?, ?, ?, ?)",
                    start.exhibitId(),
                    ordinal++,
                    range.offset(),
                    range.length(),
                    range.reason());
        }
        endOne();
    }

    private void beginBatch() throws CaseException {
        if (inBatch == 0) {
            database.execute("BEGIN TRANSACTION");
            batchBegun = System.nanoTime();
        }
    }

    private void endOne() throws CaseException {
        inBatch++;
        if (completing) {
            return;
        }
        if (inBatch >= BATCH_ITEMS || System.nanoTime() - batchBegun > BATCH_TIME.toNanos()) {
            commit();
        }
    }

    /** Returns the number by which the case knows the exhibit that is being written. */
    public int exhibitId() {
        return start.exhibitId();
    }

    /**
     * Puts all items into the tables, where queries see them, and begins what is found of them together. From here on all is
     * kept with {@link #finish}, or nothing: a scan that is gone on with does it anew.
     *
     * @throws CaseException where the case cannot be written
     */
    public void beginCompletion() throws CaseException {
        commit();
        completing = true;
    }

    /**
     * Notes that the scan came to its end.
     *
     * @param seen items
     * @param bytesRead of all items
     * @param ended in UTC
     */
    public void finish(long seen, long bytesRead, Instant ended) throws CaseException {
        beginBatch();
        inBatch++;
        flush();
        if (start.replaces().isPresent()) {
            ExhibitRows.drop(database, start.replaces().get());
        }
        database.execute(
                "UPDATE scan_run SET ended = ?, items_seen = ?, bytes_read = ? WHERE run_id = ?",
                utc(ended),
                seen,
                bytesRead,
                start.runId());
        database.execute("COMMIT");
        inBatch = 0;
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
        flush();
        database.execute("COMMIT");
        inBatch = 0;
    }

    private void flush() throws CaseException {
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
    }

    /** Keeps what was added, unless writing failed; so an interrupted scan leaves all items up to one, and none after. */
    @Override
    public void close() throws CaseException {
        try {
            if (!failed && !completing) {
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
