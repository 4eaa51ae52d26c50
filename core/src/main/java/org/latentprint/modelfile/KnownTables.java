package org.latentprint.modelfile;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tensor tables that were read lately. Thousands of models on an exhibit have one of a few dozen tables, byte for byte:
 * what is concluded from a table alone is concluded once. A table counts as known only where all its bytes are equal. What is
 * given for a known table is what reading it anew would give, so that the order of reading changes nothing. Threads may share one.
 */
final class KnownTables {
    /** Bytes of a header that is kept; the largest of one network seen has some 600 KB. */
    private static final int MAX_HEADER = 1 << 20;

    /** Bytes of all headers that are kept, some sixty of an ordinary size; what is concluded takes three times as much. */
    private static final int MAX_ALL = 8 << 20;

    /** How many places of a table are looked at to find one that may be equal. */
    private static final int PROBES = 64;

    /** A table by its length and a few of its bytes. */
    private record Key(int length, int probe) {}

    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private int total;

    /**
     * A known table.
     *
     * @param sha256 of all bytes up to its end, where these are equal, too
     */
    record Hit(Entry entry, Optional<String> sha256) {}

    /** A header that was read, from the file's first byte, with what its table says. */
    static final class Entry {
        private final byte[] header;
        private final int tableFrom;
        private final SafetensorsTable table;
        private final String sha256;
        private volatile Optional<ModelClassifier.Structure> structure = Optional.empty();

        Entry(byte[] header, int tableFrom, SafetensorsTable table, String sha256) {
            this.header = header;
            this.tableFrom = tableFrom;
            this.table = table;
            this.sha256 = sha256;
        }

        SafetensorsTable table() {
            return table;
        }

        /** Returns what follows from the table; two threads that ask at once conclude the same. */
        ModelClassifier.Structure structure() {
            Optional<ModelClassifier.Structure> known = structure;
            if (known.isEmpty()) {
                known = Optional.of(ModelClassifier.structure(table.tensors()));
                structure = known;
            }
            return known.get();
        }

        private Optional<Hit> compare(byte[] other, int from) {
            if (Arrays.equals(header, other)) {
                return Optional.of(new Hit(this, Optional.of(sha256)));
            }
            return Arrays.equals(header, tableFrom, header.length, other, from, other.length)
                    ? Optional.of(new Hit(this, Optional.empty()))
                    : Optional.empty();
        }
    }

    /** Returns what is known of the table that begins at the offset given and ends with the header. */
    Optional<Hit> find(byte[] header, int from) {
        Optional<Entry> entry;
        synchronized (this) {
            entry = Optional.ofNullable(entries.get(key(header, from)));
        }
        return entry.flatMap(known -> known.compare(header, from));
    }

    /** Keeps what was read; of tables of one key the last, and of all those that were asked for last. */
    synchronized void keep(Entry entry) {
        if (entry.header.length > MAX_HEADER) {
            return;
        }
        Optional.ofNullable(entries.put(key(entry.header, entry.tableFrom), entry))
                .ifPresent(before -> total -= before.header.length);
        total += entry.header.length;
        Iterator<Entry> oldest = entries.values().iterator();
        while (total > MAX_ALL && oldest.hasNext()) {
            total -= oldest.next().header.length;
            oldest.remove();
        }
    }

    private static Key key(byte[] header, int from) {
        int length = header.length - from;
        int probe = 0;
        for (int i = 0; i < PROBES; i++) {
            probe = 31 * probe + (length == 0 ? 0 : header[from + (int) ((long) i * length / PROBES)]);
        }
        return new Key(length, probe);
    }
}
