package org.latentprint.modelfile;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;

/** Reads the pickles in torch's zip form, since 1.6 (torch/serialization.py: _save). A zip without a pickle is no model. */
public final class TorchZipReader implements ModelFileReader {
    /** Bytes of all unpacked pickles of a file; the largest seen has 2 MB. */
    private static final long MAX_UNPACKED = 32L << 20;

    /** The opcode that gives the protocol's number (Python: Lib/pickle.py). */
    private static final int PROTO = 0x80;

    private static final int HIGHEST_PROTOCOL = 5;

    /** A model has one; archives of several are rare. */
    private static final int MAX_PICKLES = 20;

    @Override
    public String id() {
        return "torch-zip/1";
    }

    @Override
    public boolean recognise(byte[] head, String name, long size) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
    }

    @Override
    public Optional<ModelHead> read(EvidenceBytes bytes, String name) throws IOException {
        List<ZipDirectory.Entry> entries = ZipDirectory.read(bytes);
        List<ZipDirectory.Entry> pickles = pickles(bytes, entries);
        if (pickles.isEmpty()) {
            return Optional.empty();
        }
        boolean torch = pickles.stream().anyMatch(entry -> entry.name().endsWith("/data.pkl"));
        ModelHead head = new ModelHead(id(), torch ? "pickle-zip" : "zip");
        long storages = entries.stream()
                .filter(entry -> entry.name().matches(".*/data/\\d+"))
                .count();
        head.formatFacts().put("pickle.storages", Long.toString(storages));
        if (entries.stream().anyMatch(entry -> entry.name().contains("/code/"))) {
            head.formatFacts().put("pickle.torchscript", "true");
        }
        PickleScan scan = new PickleScan(head);
        Budget budget = new Budget();
        for (ZipDirectory.Entry entry : pickles) {
            if (entry.equals(pickles.getFirst())) {
                head.range(entry.dataOffset(), Math.clamp(entry.stored(), 0, bytes.size() - entry.dataOffset()));
            }
            if (!entry.encrypted()) {
                readEntry(bytes, entry, scan, head, budget);
            } else if (begins(bytes, entry)) {
                // Loaders that do not look at the mark load it.
                head.problem(
                        Problem.Category.MISMATCH,
                        "the entry " + entry.name() + " is marked as encrypted, and is not",
                        entry.dataOffset());
                readEntry(bytes, entry, scan, head, budget);
            } else {
                String why = "the entry " + entry.name() + " is encrypted";
                head.problem(Problem.Category.UNSUPPORTED, why, entry.dataOffset());
                scan.unread(why);
            }
        }
        scan.finish();
        return Optional.of(head);
    }

    /** Returns the entries that are pickles: by their names, and in a small zip without such names by how they begin. */
    private static List<ZipDirectory.Entry> pickles(EvidenceBytes bytes, List<ZipDirectory.Entry> entries)
            throws IOException {
        List<ZipDirectory.Entry> named = entries.stream()
                .filter(entry -> entry.name().endsWith(".pkl") || entry.name().endsWith(".pickle"))
                .limit(MAX_PICKLES)
                .toList();
        if (!named.isEmpty() || entries.size() > MAX_PICKLES) {
            return named;
        }
        List<ZipDirectory.Entry> begun = new ArrayList<>();
        for (ZipDirectory.Entry entry : entries) {
            if (begins(bytes, entry)) {
                begun.add(entry);
            }
        }
        return begun;
    }

    /** Says whether an entry's content begins as a pickle of a protocol with a number does. */
    private static boolean begins(EvidenceBytes bytes, ZipDirectory.Entry entry) throws IOException {
        byte[] start = entry.beginning(bytes, 2);
        return start.length == 2 && (start[0] & 0xff) == PROTO && start[1] >= 0 && start[1] <= HIGHEST_PROTOCOL;
    }

    private static void readEntry(
            EvidenceBytes bytes, ZipDirectory.Entry entry, PickleScan scan, ModelHead head, Budget budget)
            throws IOException {
        Inflater inflater = new Inflater(true);
        try (InputStream stream = new Limited(entry.open(bytes, inflater), budget)) {
            scan.read(stream, Integer.MAX_VALUE, true);
        } catch (ZipException broken) {
            head.malformed(
                    "the entry " + entry.name() + " cannot be unpacked: " + broken.getMessage(), entry.dataOffset());
        } finally {
            inflater.end();
        }
    }

    /** What may still be unpacked of one file. */
    private static final class Budget {
        private long left = MAX_UNPACKED;

        void take(int count) throws EOFException {
            left -= count;
            if (left < 0) {
                throw new PickleMachine.Broken("more than " + MAX_UNPACKED + " bytes unpacked; the rest was not read");
            }
        }
    }

    /** Ends a stream that unpacks to more than any real one. */
    private static final class Limited extends InputStream {
        private final InputStream in;
        private final Budget budget;

        Limited(InputStream in, Budget budget) {
            this.in = new BufferedInputStream(in, 1 << 14);
            this.budget = budget;
        }

        @Override
        public int read() throws IOException {
            budget.take(1);
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            budget.take(Math.max(0, read));
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
