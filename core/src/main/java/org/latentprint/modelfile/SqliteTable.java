package org.latentprint.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.evidence.EvidenceBytes;

/**
 * The rows of one table of an SQLite database, page by page and without the large values in them: a store of tensors has
 * gigabytes, of which names and shapes are a few hundred kilobytes. A library would want a file of its own to open, and would
 * write beside it. Text is read as UTF-8; a log beside the database (WAL) is not looked at.
 *
 * <p>Source: SQLite, "Database File Format" (sqlite.org/fileformat2.html), sections 1.3, 1.6, 2.1 and 2.6.
 */
final class SqliteTable {
    private static final String MAGIC = "SQLite format 3\0";
    private static final int FILE_HEADER = 100;
    private static final int PAGE_SIZE = 16;
    private static final int WRITE_VERSION = 18;
    private static final int WITH_LOG = 2;
    private static final int RESERVED = 20;
    private static final int LARGEST_PAGE = 1 << 16;
    private static final int SMALLEST_PAGE = 512;

    private static final int TABLE_INTERIOR = 5;
    private static final int TABLE_LEAF = 13;
    private static final int LEAF_HEADER = 8;
    private static final int INTERIOR_HEADER = 12;

    /** SQLite itself goes no deeper (btreeInt.h, BTCURSOR_MAX_DEPTH). */
    private static final int MAX_DEPTH = 20;

    /** A page holds several rows without their values: more than a store with the most tensors that are read. */
    static final int MAX_PAGES = 100_000;

    /** Bytes of a row that are kept; names and shapes of tensors take some hundred, and stand before the values. */
    private static final int MAX_KEPT = 480;

    private final EvidenceBytes bytes;
    private final int pageSize;
    private final int usable;
    private final boolean logged;
    private final Set<Long> seen = new HashSet<>();
    private int most = MAX_KEPT;
    private long end;

    /** A bound was reached: what was read is right, and not all. */
    static final class TooLarge extends EOFException {
        private static final long serialVersionUID = 1;

        TooLarge(String message) {
            super(message);
        }
    }

    /** Takes rows, in the order of their numbers. */
    interface Rows {
        /**
         * Takes one.
         *
         * @return whether more are wanted
         */
        boolean take(SqliteRow row) throws IOException;
    }

    private SqliteTable(EvidenceBytes bytes, int pageSize, int usable, boolean logged) {
        this.bytes = bytes;
        this.pageSize = pageSize;
        this.usable = usable;
        this.logged = logged;
    }

    /** Says whether bytes begin as such a database does. */
    static boolean begins(byte[] head) {
        return head.length >= MAGIC.length()
                && new String(head, 0, MAGIC.length(), StandardCharsets.ISO_8859_1).equals(MAGIC);
    }

    /**
     * Looks at the database's header.
     *
     * @throws EOFException where the database is damaged or ends early
     */
    static SqliteTable open(EvidenceBytes bytes) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(bytes.readExactly(0, FILE_HEADER));
        int stated = Short.toUnsignedInt(header.getShort(PAGE_SIZE));
        int pageSize = stated == 1 ? LARGEST_PAGE : stated;
        int reserved = Byte.toUnsignedInt(header.get(RESERVED));
        if (Integer.bitCount(pageSize) != 1 || pageSize < SMALLEST_PAGE || pageSize - reserved < 480) {
            throw new EOFException("pages of " + pageSize + " bytes, " + reserved + " of them reserved, do not exist");
        }
        return new SqliteTable(bytes, pageSize, pageSize - reserved, header.get(WRITE_VERSION) == WITH_LOG);
    }

    int pageSize() {
        return pageSize;
    }

    /** Says whether what was written last may stand in a log beside the database instead. */
    boolean logged() {
        return logged;
    }

    /** Returns where the last of the pages ends that were read, in bytes. */
    long end() {
        return end;
    }

    /**
     * Returns what made a table.
     *
     * @return number of its first page and the statement that made it; empty where there is no such table
     */
    Optional<Definition> table(String name) throws IOException {
        List<Definition> found = new ArrayList<>();
        rows(1, row -> {
            if (row.text(0).equals("table") && row.text(1).equals(name)) {
                found.add(new Definition(row.number(3), row.text(4)));
            }
            return found.isEmpty();
        });
        return found.stream().findFirst();
    }

    /**
     * A table.
     *
     * @param root number of its first page
     * @param statement that made it
     */
    record Definition(long root, String statement) {}

    /** Goes through a table, of whose rows the first bytes are enough. */
    void rows(long root, Rows rows) throws IOException {
        rows(root, MAX_KEPT, rows);
    }

    /**
     * Goes through a table.
     *
     * @param root number of its first page
     * @param kept bytes of a row that are kept
     * @throws TooLarge where it has more pages than are read
     * @throws EOFException where the database is damaged or ends early
     */
    void rows(long root, int kept, Rows rows) throws IOException {
        seen.clear();
        most = kept;
        rows(root, rows, 0);
    }

    private boolean rows(long number, Rows rows, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new EOFException("the tree of pages is deeper than " + MAX_DEPTH);
        }
        ByteBuffer page = page(number);
        int start = number == 1 ? FILE_HEADER : 0;
        int kind = page.get(start);
        int count = Short.toUnsignedInt(page.getShort(start + 3));
        int pointers = start + (kind == TABLE_LEAF ? LEAF_HEADER : INTERIOR_HEADER);
        if ((kind != TABLE_LEAF && kind != TABLE_INTERIOR) || pointers + 2 * count > usable) {
            throw new EOFException("page " + number + " is none of a table");
        }
        for (int cell = 0; cell < count; cell++) {
            int at = Short.toUnsignedInt(page.getShort(pointers + 2 * cell));
            if (at + Integer.BYTES > usable) {
                throw new EOFException("a row of page " + number + " begins behind its end");
            }
            boolean goesOn = kind == TABLE_LEAF
                    ? rows.take(row(page, at, number))
                    : rows(Integer.toUnsignedLong(page.getInt(at)), rows, depth + 1);
            if (!goesOn) {
                return false;
            }
        }
        return kind == TABLE_LEAF || rows(Integer.toUnsignedLong(page.getInt(start + 8)), rows, depth + 1);
    }

    private ByteBuffer page(long number) throws IOException {
        if (seen.size() >= MAX_PAGES) {
            throw new TooLarge("the table has more than " + MAX_PAGES + " pages; the rest was not read");
        }
        if (number < 1 || !seen.add(number)) {
            throw new EOFException("page " + number + " stands twice in the tree of pages, or cannot be");
        }
        if (number * pageSize > bytes.size()) {
            throw new EOFException("page " + number + " lies behind the end of the file: bytes are missing");
        }
        end = Math.max(end, number * pageSize);
        return ByteBuffer.wrap(bytes.readExactly((number - 1) * pageSize, pageSize));
    }

    /** Reads a row's beginning, which may go on in other pages. */
    private SqliteRow row(ByteBuffer page, int at, long number) throws IOException {
        page.position(at).limit(usable);
        long length = SqliteRow.variable(page);
        SqliteRow.variable(page);
        int local = local(length);
        if (length < 0 || page.remaining() < local) {
            throw new EOFException("a row of page " + number + " has " + length + " bytes, and its page ends before");
        }
        byte[] kept = new byte[(int) Math.min(length, most)];
        int have = Math.min(local, kept.length);
        page.get(kept, 0, have);
        if (have < kept.length) {
            page.limit(usable).position(page.position() - have + local);
            if (page.remaining() < Integer.BYTES) {
                throw new EOFException("a row of page " + number + " does not say where it goes on");
            }
            overflow(Integer.toUnsignedLong(page.getInt()), kept, have);
        }
        page.clear();
        return SqliteRow.of(kept, length);
    }

    private void overflow(long first, byte[] kept, int from) throws IOException {
        long next = first;
        int have = from;
        while (have < kept.length) {
            ByteBuffer page = page(next);
            next = Integer.toUnsignedLong(page.getInt());
            int piece = Math.min(kept.length - have, usable - Integer.BYTES);
            page.get(kept, have, piece);
            have += piece;
        }
    }

    /** Returns how many bytes of a row stand in its own page (section 1.6, "B-tree Cell Format"). */
    private int local(long length) {
        int most = usable - 35;
        if (length <= most) {
            return (int) length;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        long rest = least + (length - least) % (usable - 4);
        return (int) (rest <= most ? rest : least);
    }
}
