package org.latentprint.modelfile;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.Blake3;
import org.latentprint.evidence.ProcessorVectors;

/**
 * Computes BLAKE3 of models, in the lanes of the processor's vectors where this process has them, else with the library. Both give
 * the same; the lanes must show that before they are used and at the end of each file. Serves all threads.
 */
final class Blake3Digester {
    /** For so much the library takes several times as long as Java does to compile the lanes. */
    static final long WORTH_PREPARING = 256L << 20;

    private static final int TRIAL_BYTES = (300 << 10) + 7;

    /** Java compiles the lanes within some hundred rounds; where it never does, they are not used. */
    private static final int MAX_WARM_UP_ROUNDS = 2_000;

    private final AtomicReference<State> state;
    private final Supplier<Running> lanes;
    private volatile Trial trial = Trial.none();

    private enum State {
        UNTRIED,
        BEING_PREPARED,
        READY,
        UNUSABLE
    }

    /** A digest to which bytes are added. */
    interface Running {
        void update(byte[] bytes, int offset, int length);

        /** Returns the 32 bytes; to be called once. */
        byte[] digest();
    }

    Blake3Digester() {
        this(Blake3Tree::new, ProcessorVectors.areHere());
    }

    /** Makes one with other lanes, which a test may have fail. */
    Blake3Digester(Supplier<Running> lanes, boolean usable) {
        this.lanes = lanes;
        this.state = new AtomicReference<>(usable ? State.UNTRIED : State.UNUSABLE);
    }

    /**
     * Begins the digest of a file. The first long one waits until Java has compiled the lanes; others that begin meanwhile
     * take the library.
     *
     * @param size of the file, in bytes
     */
    Running begin(long size) {
        if (size >= WORTH_PREPARING && state.compareAndSet(State.UNTRIED, State.BEING_PREPARED)) {
            state.set(prepare() ? State.READY : State.UNUSABLE);
        }
        return state.get() == State.READY ? new Checked(lanes.get()) : new InLibrary();
    }

    /** Says whether files that begin from now on are digested in the lanes. */
    boolean isReady() {
        return state.get() == State.READY;
    }

    /** Bytes, and what the library gives for them; made only when the lanes are tried, since it takes a while. */
    private static final class Trial {
        private final byte[] bytes;
        private final byte[] expected;

        private Trial(byte[] bytes, byte[] expected) {
            this.bytes = bytes;
            this.expected = expected;
        }

        static Trial none() {
            return new Trial(new byte[0], new byte[0]);
        }

        static Trial make() {
            // More than one group of the tree, and a last chunk that is not whole.
            byte[] bytes = new byte[TRIAL_BYTES];
            new Random(1).nextBytes(bytes);
            return new Trial(bytes, Blake3Digester.digest(new InLibrary(), bytes));
        }

        boolean agrees(Running running) {
            return Arrays.equals(Blake3Digester.digest(running, bytes), expected);
        }
    }

    private boolean prepare() {
        trial = Trial.make();
        for (int round = 0; round < MAX_WARM_UP_ROUNDS; round++) {
            long start = System.nanoTime();
            boolean agrees = trial.agrees(lanes.get());
            long took = System.nanoTime() - start;
            if (!agrees) {
                return false;
            }
            start = System.nanoTime();
            trial.agrees(new InLibrary());
            if (2 * took < System.nanoTime() - start) {
                return true;
            }
        }
        return false;
    }

    private static byte[] digest(Running running, byte[] bytes) {
        running.update(bytes, 0, bytes.length);
        return running.digest();
    }

    private static final class InLibrary implements Running {
        private final Blake3 blake = Blake3.initHash();

        @Override
        public void update(byte[] bytes, int offset, int length) {
            blake.update(bytes, offset, length);
        }

        @Override
        public byte[] digest() {
            return blake.doFinalize(32);
        }
    }

    /** An incubating module may have faults, and Java may compile it anew at any time. */
    private final class Checked implements Running {
        private final Running running;

        Checked(Running running) {
            this.running = running;
        }

        @Override
        public void update(byte[] bytes, int offset, int length) {
            running.update(bytes, offset, length);
        }

        @Override
        public byte[] digest() {
            byte[] digest = running.digest();
            if (!trial.agrees(lanes.get())) {
                state.set(State.UNUSABLE);
                throw new IllegalStateException(
                        "BLAKE3 in the processor's vectors and the library's differ, so no BLAKE3 of this scan can be relied"
                                + " on; scan into a new case with -D" + ProcessorVectors.PROPERTY
                                + "=false in LATENTPRINT_JAVA_OPTIONS");
            }
            return digest;
        }
    }
}
