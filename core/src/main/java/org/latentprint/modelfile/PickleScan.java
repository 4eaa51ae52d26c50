package org.latentprint.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.latentprint.evidence.Problem;

/** Reads the pickles of one file, one after another, and notes imports, tensors and danger in its head. */
final class PickleScan {
    /** Torch's old form has five; further ones in a row are scanned, too, up to here. */
    private static final int MAX_PICKLES = 64;

    /** The magic number with which torch's old form begins (torch/serialization.py). */
    private static final int LEGACY_MAGIC_LENGTH = 10;

    private final ModelHead head;
    private final SortedSet<String> globals = new TreeSet<>();
    private final SortedSet<String> following = new TreeSet<>();
    private boolean unresolved;
    private Optional<String> error = Optional.empty();
    private int count;

    PickleScan(ModelHead head) {
        this.head = head;
    }

    /**
     * Reads pickles until the stream ends or something stands there that is no pickle.
     *
     * @param most how many to read at most: torch's old form has raw numbers after its fifth
     * @param together whether one loader reads them all, as it does in torch's old form
     */
    void read(InputStream stream, int most, boolean together) throws IOException {
        PickleInput in = new PickleInput(stream);
        TorchTensors tensors = new TorchTensors(head);
        for (int i = 0; i < Math.min(most, MAX_PICKLES); i++) {
            SortedSet<String> imports = together || i == 0 ? globals : following;
            PickleMachine machine = new PickleMachine(in, imports);
            long before = in.position();
            int known = imports.size();
            try {
                PickleValue value = machine.run();
                count++;
                tensors.collect(value);
            } catch (EOFException broken) {
                unresolved |= machine.unresolved();
                boolean nothingMore = i > 0 && imports.size() == known;
                if (!nothingMore) {
                    error = Optional.of(String.valueOf(broken.getMessage()));
                    head.problem(
                            broken instanceof PickleMachine.Broken
                                            && String.valueOf(broken.getMessage())
                                                    .startsWith("more")
                                    ? Problem.Category.LIMIT
                                    : Problem.Category.MALFORMED,
                            "the pickle breaks off: " + broken.getMessage(),
                            before);
                }
                return;
            }
            unresolved |= machine.unresolved();
        }
    }

    /** Notes that a pickle was not read: that nothing dangerous was met does not say then that there is none. */
    void unread(String why) {
        error = error.or(() -> Optional.of(why));
    }

    /** Writes the verdict into the head. */
    void finish() {
        following.removeAll(globals);
        PickleFacts facts = PickleDanger.judge(globals, following, unresolved, error);
        head.pickle(facts);
        head.formatFacts().put("pickle.count", Integer.toString(count));
        if (!facts.dangerous().isEmpty()) {
            head.problem(
                    Problem.Category.MISMATCH,
                    "loading this file would import what can run code or reach files and network: "
                            + String.join(
                                    ", ", facts.dangerous().stream().limit(20).toList()),
                    head.offset());
        }
        if (unresolved) {
            head.problem(Problem.Category.MISMATCH, "the pickle imports something whose name it hides", head.offset());
        }
    }

    static boolean legacy(byte[] first) {
        byte[] magic = {(byte) 0x8a, 0x0a, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8};
        for (int i = 0; i < LEGACY_MAGIC_LENGTH; i++) {
            if (first.length < 2 + LEGACY_MAGIC_LENGTH || first[i + 2] != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
