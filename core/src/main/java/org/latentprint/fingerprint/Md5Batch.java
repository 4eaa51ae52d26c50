package org.latentprint.fingerprint;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** Deals messages of different lengths out to the lanes: whichever lane has ended takes the next, the longest first. */
final class Md5Batch {
    /** A padded message ends with a byte of 0x80 and its length in bits (RFC 1321, sections 3.1 and 3.2). */
    private static final int LENGTH_BYTES = 8;

    private final List<byte[]> messages;
    private final byte[][] digests;
    private final Md5Lanes lanes = new Md5Lanes();
    private final Lane[] running = new Lane[Md5Lanes.lanes()];
    private final byte[][] sources = new byte[running.length][];
    private final int[] offsets = new int[running.length];
    private final Deque<Integer> waiting;

    private Md5Batch(List<byte[]> messages) {
        this.messages = messages;
        this.digests = new byte[messages.size()][];
        this.waiting = new ArrayDeque<>(IntStream.range(0, messages.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer message) -> messages.get(message).length)
                        .reversed())
                .toList());
        Arrays.setAll(running, number -> new Lane());
    }

    /** Returns the MD5 of each message, in the same order. */
    static byte[][] digest(List<byte[]> messages) {
        Md5Batch batch = new Md5Batch(messages);
        while (batch.step()) {
            // Each step ends at least one message's beginning or end.
        }
        return batch.digests;
    }

    /** Digests as many blocks as the lane with the fewest has left; returns whether there were any. */
    private boolean step() {
        int blocks = Integer.MAX_VALUE;
        int busy = -1;
        for (int lane = 0; lane < running.length; lane++) {
            if (running[lane].isIdle() && !waiting.isEmpty()) {
                running[lane].take(waiting.remove());
                lanes.begin(lane);
            }
            if (!running[lane].isIdle()) {
                busy = lane;
                blocks = Math.min(blocks, running[lane].blocks);
            }
        }
        if (busy < 0) {
            return false;
        }
        for (int lane = 0; lane < running.length; lane++) {
            // A lane without a message goes along with another's bytes, and nobody asks for its result.
            Lane read = running[lane].isIdle() ? running[busy] : running[lane];
            sources[lane] = read.source;
            offsets[lane] = read.offset;
        }
        lanes.digest(sources, offsets, blocks);
        for (int lane = 0; lane < running.length; lane++) {
            running[lane].advance(lane, blocks);
        }
        return true;
    }

    /** Where one lane is in its message: in its whole blocks, or in its padded end. */
    private final class Lane {
        private static final int NONE = -1;
        private int message = NONE;
        private byte[] source = new byte[0];
        private int offset;
        private int blocks;
        private boolean atEnd;

        boolean isIdle() {
            return message == NONE;
        }

        void take(int next) {
            message = next;
            source = messages.get(next);
            offset = 0;
            blocks = source.length / Md5Lanes.BLOCK;
            atEnd = false;
            if (blocks == 0) {
                end();
            }
        }

        void advance(int lane, int count) {
            if (isIdle()) {
                return;
            }
            offset += count * Md5Lanes.BLOCK;
            blocks -= count;
            if (blocks == 0 && !atEnd) {
                end();
            } else if (blocks == 0) {
                digests[message] = lanes.result(lane);
                message = NONE;
            }
        }

        private void end() {
            byte[] whole = messages.get(message);
            int rest = whole.length % Md5Lanes.BLOCK;
            blocks = rest + 1 + LENGTH_BYTES <= Md5Lanes.BLOCK ? 1 : 2;
            byte[] padded = Arrays.copyOf(
                    Arrays.copyOfRange(whole, whole.length - rest, whole.length), blocks * Md5Lanes.BLOCK);
            padded[rest] = (byte) 0x80;
            long bits = 8L * whole.length;
            for (int at = 0; at < LENGTH_BYTES; at++) {
                padded[padded.length - LENGTH_BYTES + at] = (byte) (bits >>> (8 * at));
            }
            source = padded;
            offset = 0;
            atEnd = true;
        }
    }
}
