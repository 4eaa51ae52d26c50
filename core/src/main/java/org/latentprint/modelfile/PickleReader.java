package org.latentprint.modelfile;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.latentprint.evidence.EvidenceBytes;

/** Reads pickles that stand in no zip: plain ones and torch's form before 1.6 (torch/serialization.py: _legacy_load). */
public final class PickleReader implements ModelFileReader {
    private static final Set<String> ENDINGS = Set.of("pkl", "pickle", "pt", "pth", "bin", "ckpt", "p", "dat");
    private static final Set<String> SURE_ENDINGS = Set.of("pkl", "pickle", "pt", "pth", "ckpt");

    /** Opcodes with which pickles of protocols 0 and 1 begin; these have no magic number. */
    private static final String TEXT_STARTS = "(cdlIFSVN}])\u0089";

    /** Bytes of pickles before any raw data. */
    private static final long MAX_LENGTH = 64L << 20;

    private static final int LEGACY_PICKLES = 5;
    private static final int HIGHEST_PROTOCOL = 5;

    @Override
    public String id() {
        return "pickle/1";
    }

    @Override
    public boolean recognise(byte[] head, String name, long size) {
        if (head.length < 2) {
            return false;
        }
        String ending = ModelFileReaders.ending(name);
        boolean protocol = (head[0] & 0xff) == 0x80 && head[1] >= 0 && head[1] <= HIGHEST_PROTOCOL;
        if (protocol) {
            return ENDINGS.contains(ending)
                    || PickleScan.legacy(head)
                    || (head[1] >= 4 && (head[2 % head.length] & 0xff) == 0x95);
        }
        boolean json = head.length > 8 && head[8] == '{' && head[7] == 0;
        return SURE_ENDINGS.contains(ending)
                && !json
                && !SqliteTable.begins(head)
                && TEXT_STARTS.indexOf(head[0] & 0xff) >= 0;
    }

    @Override
    public Optional<ModelHead> read(EvidenceBytes bytes, String name) throws IOException {
        byte[] first = new byte[16];
        first = Arrays.copyOf(first, bytes.read(0, first, 0, first.length));
        boolean legacy = PickleScan.legacy(first);
        ModelHead head = new ModelHead(id(), legacy ? "pickle-legacy" : "pickle");
        PickleScan scan = new PickleScan(head);
        EvidenceStream stream = new EvidenceStream(bytes, 0, MAX_LENGTH);
        scan.read(stream, legacy ? LEGACY_PICKLES : Integer.MAX_VALUE, legacy);
        head.range(0, Math.max(1, stream.position()));
        scan.finish();
        return Optional.of(head);
    }
}
