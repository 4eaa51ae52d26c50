package org.latentprint.modelfile;

import java.util.Arrays;

/**
 * BLAKE3 of bytes that come piece by piece, computed in the lanes of the processor's vectors. Not for several threads.
 *
 * <p>Source: the BLAKE3 paper, section 2.1, and {@code reference_impl/reference_impl.rs} of BLAKE3-team/BLAKE3. To be loaded
 * only where the module {@code jdk.incubator.vector} is.
 */
final class Blake3Tree implements Blake3Digester.Running {
    /** So many chunks make a whole tree of their own, of this height; they fit into a core's own cache. */
    private static final int HEIGHT = 8;

    private static final int GROUP = 1 << HEIGHT;
    private static final int GROUP_BYTES = GROUP * Blake3Lanes.CHUNK;

    /** A file has at most 2^63 bytes, so 2^53 chunks: the stack holds a node of each height. */
    private static final int MAX_HEIGHT = 54;

    private final Blake3Lanes lanes = new Blake3Lanes();
    private final int[] values = new int[GROUP * Blake3Lanes.VALUE];

    /** Nodes that wait for their neighbour on the right, from the highest to the lowest. */
    private final int[] waiting = new int[(MAX_HEIGHT + 1) * Blake3Lanes.VALUE];

    private int waitingCount;
    private long chunks;

    /** What is digested only when more comes: the last chunk's block may be the root. */
    private final byte[] pending = new byte[GROUP_BYTES];

    private int pendingBytes;

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (pendingBytes == GROUP_BYTES) {
                addGroup(pending, 0);
                pendingBytes = 0;
            }
            if (pendingBytes == 0 && end - at > GROUP_BYTES) {
                addGroup(bytes, at);
                at += GROUP_BYTES;
            } else {
                int taken = Math.min(end - at, GROUP_BYTES - pendingBytes);
                System.arraycopy(bytes, at, pending, pendingBytes, taken);
                pendingBytes += taken;
                at += taken;
            }
        }
    }

    @Override
    public byte[] digest() {
        int last = Math.max(0, pendingBytes - 1) / Blake3Lanes.CHUNK;
        computeChunks(pending, 0, last);
        for (int chunk = 0; chunk < last; chunk++) {
            push(values, chunk * Blake3Lanes.VALUE, 0);
        }
        int[] value = lastChunk(last * Blake3Lanes.CHUNK);
        while (waitingCount > 0) {
            waitingCount--;
            byte[] block = new byte[Blake3Lanes.BLOCK];
            write(waiting, waitingCount * Blake3Lanes.VALUE, block, 0);
            write(value, 0, block, Blake3Lanes.BLOCK / 2);
            Blake3Lanes.begin(value, 0);
            lanes.block(
                    value,
                    block,
                    0,
                    Blake3Lanes.BLOCK,
                    Blake3Lanes.PARENT | (waitingCount == 0 ? Blake3Lanes.ROOT : 0));
        }
        byte[] digest = new byte[Blake3Lanes.VALUE * Integer.BYTES];
        write(value, 0, digest, 0);
        return digest;
    }

    /** Returns the value of the chunk that is not followed by another, which is the root where it is the only one. */
    private int[] lastChunk(int from) {
        int[] value = new int[Blake3Lanes.VALUE];
        Blake3Lanes.begin(value, 0);
        int at = from;
        do {
            int length = Math.min(Blake3Lanes.BLOCK, pendingBytes - at);
            int flags = at == from ? Blake3Lanes.CHUNK_START : 0;
            if (at + length == pendingBytes) {
                flags |= Blake3Lanes.CHUNK_END | (waitingCount == 0 ? Blake3Lanes.ROOT : 0);
            }
            byte[] block = Arrays.copyOf(Arrays.copyOfRange(pending, at, at + length), Blake3Lanes.BLOCK);
            lanes.block(value, block, chunks, length, flags);
            at += length;
        } while (at < pendingBytes);
        return value;
    }

    private void addGroup(byte[] bytes, int offset) {
        computeChunks(bytes, offset, GROUP);
        for (int nodes = GROUP; nodes > 1; nodes /= 2) {
            for (int parent = 0; parent < nodes / 2; parent += Blake3Lanes.lanes()) {
                int count = Math.min(Blake3Lanes.lanes(), nodes / 2 - parent);
                lanes.parents(values, 2 * parent * Blake3Lanes.VALUE, count, values, parent * Blake3Lanes.VALUE);
            }
        }
        push(values, 0, HEIGHT);
    }

    private void computeChunks(byte[] bytes, int offset, int count) {
        for (int chunk = 0; chunk < count; chunk += Blake3Lanes.lanes()) {
            lanes.chunks(
                    bytes,
                    offset + chunk * Blake3Lanes.CHUNK,
                    chunks + chunk,
                    Math.min(Blake3Lanes.lanes(), count - chunk),
                    values,
                    chunk * Blake3Lanes.VALUE);
        }
    }

    /** Adds a whole tree of a height, and joins it with those of the same height on its left. */
    private void push(int[] from, int at, int height) {
        System.arraycopy(from, at, waiting, waitingCount * Blake3Lanes.VALUE, Blake3Lanes.VALUE);
        waitingCount++;
        chunks += 1L << height;
        for (long trees = chunks >>> height; (trees & 1) == 0; trees >>>= 1) {
            waitingCount--;
            int left = (waitingCount - 1) * Blake3Lanes.VALUE;
            lanes.parents(waiting, left, 1, waiting, left);
        }
    }

    private static void write(int[] value, int at, byte[] target, int targetAt) {
        for (int word = 0; word < Blake3Lanes.VALUE; word++) {
            for (int part = 0; part < Integer.BYTES; part++) {
                target[targetAt + Integer.BYTES * word + part] = (byte) (value[at + word] >>> (Byte.SIZE * part));
            }
        }
    }
}
