package org.latentprint.casefile;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.duckdb.DuckDBConnection;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.ByteRun;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.ItemTime;
import org.latentprint.evidence.Problem;
import org.latentprint.fingerprint.Digests;

/** Writes the rows of {@code item}, {@code metadata_block} and {@code problem}. */
final class ItemRows implements AutoCloseable {
    /** Of a block that no reader explains, this much shows an examiner what it is; the file holds the rest. */
    static final int MAX_UNCLAIMED_TEXT = 16_384;

    private final RowAppender items;
    private final RowAppender blocks;
    private final RowAppender problems;
    private final RowAppender times;
    private final RowAppender runs;

    ItemRows(DuckDBConnection connection) throws SQLException {
        items = new RowAppender(connection, "item");
        blocks = new RowAppender(connection, "metadata_block");
        problems = new RowAppender(connection, "problem");
        times = new RowAppender(connection, "item_time");
        runs = new RowAppender(connection, "item_run");
    }

    void add(long itemId, int exhibitId, ItemFindings findings) throws SQLException {
        addItem(itemId, exhibitId, findings);
        if (findings.metadata().isPresent()) {
            addBlocks(itemId, findings.metadata().get().blocks(), new HashSet<>(findings.unclaimed()));
        }
        addProblems(itemId, 0, findings.problems());
        addFurtherTimes(itemId, findings.item().times());
        addRuns(itemId, findings.runs());
    }

    void addProblems(long itemId, int first, List<Problem> found) throws SQLException {
        int ordinal = first;
        for (Problem problem : found) {
            problems.row()
                    .number(itemId)
                    .number(ordinal++)
                    .text(problem.category().word())
                    .flag(problem.category().lossy())
                    .text(problem.reader())
                    .text(problem.message())
                    .number(problem.offset())
                    .end();
        }
    }

    private void addItem(long itemId, int exhibitId, ItemFindings findings) throws SQLException {
        ItemRef item = findings.item();
        Optional<ItemMetadata> metadata = findings.metadata();
        Optional<ItemMetadata.Trailing> trailing = metadata.flatMap(ItemMetadata::trailing);
        Optional<Digests> digests = findings.digests();
        items.row()
                .number(itemId)
                .number(exhibitId)
                .text(item.path())
                .text(item.name())
                .text(item.stream())
                .text(item.kind().name().toLowerCase(Locale.ROOT))
                .text(item.allocation().name().toLowerCase(Locale.ROOT))
                .number(item.size())
                .text(item.linkTarget())
                .text(item.archive())
                .text(item.address())
                .text(item.note())
                .time(time(item, ItemTime.Kind.MODIFIED))
                .time(time(item, ItemTime.Kind.ACCESSED))
                .time(time(item, ItemTime.Kind.CHANGED))
                .time(time(item, ItemTime.Kind.BORN))
                .text(item.times().stream().map(ItemTime::basis).findFirst())
                .text(findings.outcome().word())
                .text(findings.reason())
                .text(metadata.flatMap(ItemMetadata::mediaType))
                .flag(findings.typeMismatch())
                .number(metadata.map(ItemMetadata::width).filter(pixels -> pixels > 0))
                .number(metadata.map(ItemMetadata::height).filter(pixels -> pixels > 0));
        if (trailing.isPresent()) {
            items.number(trailing.get().offset()).number(trailing.get().length());
        } else {
            items.none().none();
        }
        items.text(digests.map(Digests::md5))
                .text(digests.map(Digests::sha1))
                .text(digests.map(Digests::sha256))
                .end();
    }

    private void addBlocks(long itemId, List<MetadataBlock> found, Set<MetadataBlock> unclaimed) throws SQLException {
        int ordinal = 0;
        for (MetadataBlock block : found) {
            boolean claimed = !unclaimed.contains(block);
            blocks.row()
                    .number(itemId)
                    .number(ordinal++)
                    .text(block.container())
                    .text(block.key())
                    .text(block.crc().name().toLowerCase(Locale.ROOT))
                    .text(block.encoding())
                    .text(block.repaired())
                    .flag(claimed)
                    .text(block.text().filter(text -> !claimed).map(text -> SafeText.cut(text, MAX_UNCLAIMED_TEXT)));
            if (block.text().isPresent()) {
                blocks.number((long) block.text().get().length());
            } else {
                blocks.none();
            }
            blocks.number(block.origin().offset())
                    .number(block.origin().length())
                    .text(block.origin().sha256())
                    .text(block.origin().reader())
                    .end();
        }
    }

    /** Those that have no column of their own in the item's row: of another basis, or when it was deleted. */
    private void addFurtherTimes(long itemId, List<ItemTime> found) throws SQLException {
        for (ItemTime time : found) {
            boolean other = !time.basis().equals(found.getFirst().basis());
            if (other || time.kind() == ItemTime.Kind.DELETED) {
                times.row()
                        .number(itemId)
                        .text(time.kind().name().toLowerCase(Locale.ROOT))
                        .time(Optional.of(time.time()))
                        .text(time.basis())
                        .end();
            }
        }
    }

    private void addRuns(long itemId, List<ByteRun> found) throws SQLException {
        int ordinal = 0;
        for (ByteRun run : found) {
            runs.row()
                    .number(itemId)
                    .number(ordinal++)
                    .number(run.offset())
                    .number(run.imageOffset())
                    .number(run.length())
                    .text(run.content().name().toLowerCase(Locale.ROOT))
                    .end();
        }
    }

    private static Optional<Instant> time(ItemRef item, ItemTime.Kind kind) {
        return item.times().stream()
                .filter(time -> time.kind() == kind
                        && time.basis().equals(item.times().getFirst().basis()))
                .map(ItemTime::time)
                .findFirst();
    }

    void flush() throws SQLException {
        items.flush();
        blocks.flush();
        problems.flush();
        times.flush();
        runs.flush();
    }

    @Override
    public void close() throws SQLException {
        items.close();
        blocks.close();
        problems.close();
        times.close();
        runs.close();
    }
}
