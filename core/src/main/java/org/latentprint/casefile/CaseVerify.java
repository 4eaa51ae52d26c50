package org.latentprint.casefile;

import java.io.IOException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.latentprint.evidence.BeatingSource;
import org.latentprint.evidence.ByteRun;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.RunBytes;
import org.latentprint.evidence.archive.MemberSource;
import org.latentprint.fingerprint.DigestComputer;
import org.latentprint.fingerprint.Digests;

/**
 * Checks a case: the chain of its audit log, and every origin against the bytes of the evidence. Each item is opened once.
 */
public final class CaseVerify {
    /** Beyond this number of differences the case and the evidence do not belong together, which the first ones show. */
    public static final int MAX_DIFFERENCES = 1_000;

    private static final int BUFFER = 1 << 16;

    private static final String ORIGINS = """
            WITH runs AS (
                SELECT item_run.item_id, string_agg(concat_ws(' ', item_offset, image_offset, length, content), ','
                    ORDER BY ordinal) AS places
                FROM item_run JOIN item USING (item_id) WHERE exhibit_id = ? GROUP BY item_run.item_id
            )
            SELECT item.path, item.item_id, origins.origin_offset, origins.origin_length, origins.origin_sha256,
                item.md5, item.sha1, item.sha256, item.size, item.address, runs.places
            FROM item LEFT JOIN runs ON runs.item_id = item.item_id JOIN (
                SELECT item_id, origin_offset, origin_length, origin_sha256 FROM metadata_block
                UNION SELECT item_id, origin_offset, origin_length, origin_sha256 FROM generation
                UNION SELECT generation.item_id, further.origin_offset, further.origin_length, further.origin_sha256
                    FROM generation_origin AS further JOIN generation USING (generation_id)
                UNION SELECT item_id, origin_offset, origin_length, origin_sha256 FROM model_file
                UNION SELECT item_id, origin_offset, origin_length, origin_sha256 FROM training
            ) AS origins ON origins.item_id = item.item_id
            WHERE item.exhibit_id = ?
            UNION ALL
            SELECT path, item_id, NULL, NULL, NULL, md5, sha1, sha256, size, address, places
            FROM item LEFT JOIN runs USING (item_id) WHERE exhibit_id = ? AND sha256 IS NOT NULL
            ORDER BY 2, 3 NULLS FIRST, 4, 5
            """;

    private final boolean wholeItems;
    private final Watcher watcher;
    private final List<Difference> differences = new ArrayList<>();
    private long differenceCount;
    private long originsChecked;
    private long itemsChecked;

    private CaseVerify(boolean wholeItems, Watcher watcher) {
        this.wholeItems = wholeItems;
        this.watcher = watcher;
    }

    /** Is told what a check does, by the thread that does it: it may be in an item that it never leaves. */
    public interface Watcher {
        /** Takes nothing. */
        Watcher NONE = new Watcher() {
            @Override
            public void begins(String exhibit, String item) {}

            @Override
            public void moves() {}

            @Override
            public void ends() {}

            @Override
            public void differs(Difference difference) {}
        };

        /**
         * An item is opened.
         *
         * @param exhibit reference of the source
         * @param item path within the source
         */
        void begins(String exhibit, String item);

        /** Bytes of it were read. */
        void moves();

        /** It was checked. */
        void ends();

        /** Something in it does not agree. */
        void differs(Difference difference);
    }

    /**
     * Something that does not agree.
     *
     * @param exhibit reference of the source
     * @param item path within the source
     * @param what does not agree, in words
     */
    public record Difference(String exhibit, String item, String what) {}

    /**
     * What a check gave.
     *
     * @param audit state of the chain
     * @param originsChecked distinct ranges of bytes that were read again
     * @param itemsChecked items whose digests were computed again
     * @param differenceCount how many things do not agree
     * @param differences the first {@link #MAX_DIFFERENCES} of them, in the order of the items
     * @param unchecked exhibits that no source was given for
     */
    public record Result(
            AuditLog.Verdict audit,
            long originsChecked,
            long itemsChecked,
            long differenceCount,
            List<Difference> differences,
            List<String> unchecked) {
        public Result {
            differences = List.copyOf(differences);
            unchecked = List.copyOf(unchecked);
        }

        /** Says whether everything was checked and agrees. */
        public boolean agrees() {
            return audit.intact() && differenceCount == 0 && unchecked.isEmpty();
        }
    }

    /** Returns exhibit references, each with the place of its source when it was scanned last. */
    public static Map<String, String> sourceLocations(CaseDatabase database) throws CaseException {
        Map<String, String> locations = new TreeMap<>();
        database.forEach(
                "SELECT reference, source_location FROM exhibit JOIN scan_run USING (exhibit_id) ORDER BY run_id",
                row -> locations.put(row.getString(1), row.getString(2)));
        return locations;
    }

    /**
     * Checks a case and notes it in the audit log.
     *
     * @param caseFolder the case
     * @param sources exhibit reference to evidence; exhibits without one are reported as unchecked
     * @param wholeItems whether to compute the digests of whole items again, too, which reads all of the evidence
     * @param watcher is told what the check does
     * @throws CaseException where the case cannot be read
     * @throws IOException where the audit log cannot be read or written
     */
    public static Result run(
            CaseFolder caseFolder, Map<String, EvidenceSource> sources, boolean wholeItems, Watcher watcher)
            throws CaseException, IOException {
        AuditLog.Verdict audit = caseFolder.verifyAudit();
        CaseVerify verify = new CaseVerify(wholeItems, watcher);
        List<String> unchecked = new ArrayList<>();
        for (Exhibit exhibit : caseFolder
                .database()
                .query(
                        "SELECT exhibit_id, reference FROM exhibit ORDER BY exhibit_id",
                        row -> new Exhibit(row.getInt(1), row.getString(2)))) {
            EvidenceSource given = sources.get(exhibit.reference);
            if (given != null) {
                // Members of archives are opened again by their paths.
                try (MemberSource source = new MemberSource(new BeatingSource(given, watcher::moves))) {
                    verify.check(caseFolder.database(), exhibit, source);
                }
            } else {
                unchecked.add(exhibit.reference);
            }
        }
        Result result = new Result(
                audit,
                verify.originsChecked,
                verify.itemsChecked,
                verify.differenceCount,
                verify.differences,
                unchecked);
        TreeMap<String, Object> details = new TreeMap<>();
        details.put("audit_intact", audit.intact());
        details.put("origins_checked", result.originsChecked());
        details.put("items_checked", result.itemsChecked());
        details.put("differences", result.differenceCount());
        details.put("unchecked_exhibits", unchecked);
        caseFolder.audit().append("verify", details);
        return result;
    }

    private record Exhibit(int id, String reference) {}

    private record Range(long offset, long length, String sha256) {}

    /** What the case says of one item. */
    private record Claims(
            String path,
            long itemId,
            long size,
            Optional<String> address,
            List<ByteRun> runs,
            Optional<Digests> digests,
            List<Range> ranges) {}

    private void check(CaseDatabase database, Exhibit exhibit, EvidenceSource source) throws CaseException {
        List<Claims> current = new ArrayList<>();
        database.forEach(
                ORIGINS,
                row -> {
                    if (current.isEmpty() || current.getFirst().itemId != row.getLong(2)) {
                        current.forEach(claims -> checkItem(exhibit, source, claims));
                        current.clear();
                        current.add(claims(row));
                    }
                    Range range = new Range(row.getLong(3), row.getLong(4), String.valueOf(row.getString(5)));
                    if (row.getString(5) != null) {
                        current.getFirst().ranges.add(range);
                    }
                },
                exhibit.id,
                exhibit.id,
                exhibit.id);
        current.forEach(claims -> checkItem(exhibit, source, claims));
    }

    private static Claims claims(ResultSet row) throws SQLException {
        Optional<Digests> digests = row.getString(8) == null
                ? Optional.empty()
                : Optional.of(new Digests(row.getString(6), row.getString(7), row.getString(8)));
        return new Claims(
                row.getString(1),
                row.getLong(2),
                row.getLong(9),
                Optional.ofNullable(row.getString(10)),
                runs(row.getString(11)),
                digests,
                new ArrayList<>());
    }

    private void checkItem(Exhibit exhibit, EvidenceSource source, Claims claims) {
        if (claims.ranges.isEmpty() && !wholeItems) {
            return;
        }
        watcher.begins(exhibit.reference, claims.path);
        try (EvidenceBytes bytes = open(source, claims)) {
            for (Range range : claims.ranges) {
                originsChecked++;
                String found = digest(bytes, range);
                if (!found.equals(range.sha256)) {
                    differ(
                            exhibit,
                            claims,
                            "bytes " + range.offset + " + " + range.length + " have SHA-256 " + found
                                    + ", the case has " + range.sha256);
                }
            }
            if (wholeItems && claims.digests.isPresent()) {
                itemsChecked++;
                Digests found = DigestComputer.compute(bytes);
                if (!found.equals(claims.digests.get())) {
                    differ(
                            exhibit,
                            claims,
                            "the item has SHA-256 " + found.sha256() + ", the case has "
                                    + claims.digests.get().sha256());
                }
            }
        } catch (IOException failure) {
            differ(exhibit, claims, "cannot be read: " + failure);
        } finally {
            watcher.ends();
        }
    }

    /** Of an image, the bytes are read where the case says that they lie in it, as {@code dd} would. */
    private static EvidenceBytes open(EvidenceSource source, Claims claims) throws IOException {
        Optional<EvidenceBytes> image = source.image();
        return image.isPresent() && !claims.runs.isEmpty()
                ? new RunBytes(image.get(), claims.runs, claims.size)
                : source.open(ItemRef.again(claims.path, claims.size, claims.address));
    }

    private static List<ByteRun> runs(@Nullable String places) {
        List<ByteRun> runs = new ArrayList<>();
        if (places != null) {
            for (String place : places.split(",", -1)) {
                String[] parts = place.split(" ", 4);
                runs.add(new ByteRun(
                        Long.parseLong(parts[0]),
                        Long.parseLong(parts[1]),
                        Long.parseLong(parts[2]),
                        ByteRun.Content.valueOf(parts[3].toUpperCase(Locale.ROOT))));
            }
        }
        return runs;
    }

    private void differ(Exhibit exhibit, Claims claims, String what) {
        Difference difference = new Difference(exhibit.reference, claims.path, what);
        differenceCount++;
        if (differences.size() < MAX_DIFFERENCES) {
            differences.add(difference);
        }
        watcher.differs(difference);
    }

    private static String digest(EvidenceBytes bytes, Range range) throws IOException {
        MessageDigest sha256 = Sha256.start();
        byte[] buffer = new byte[Math.clamp(range.length, 1, BUFFER)];
        long end = Math.addExact(range.offset, range.length);
        for (long position = range.offset; position < end; ) {
            int read = bytes.read(position, buffer, 0, (int) Math.min(buffer.length, end - position));
            if (read <= 0) {
                throw new IOException("the item ends at " + position + ", inside a range that ends at " + end);
            }
            sha256.update(buffer, 0, read);
            position += read;
        }
        return Sha256.end(sha256);
    }
}
