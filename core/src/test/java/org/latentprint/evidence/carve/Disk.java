package org.latentprint.evidence.carve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.ForwardingBytes;

/** An image of random bytes, into which a test puts files, and what the carver makes of it. */
final class Disk implements CarvedSink {
    static final int SECTOR = 512;

    private final byte[] bytes;
    private final List<CarvedItem> items = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    Disk(int size, long seed) {
        bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
    }

    /** Puts a file there, and zeros up to the end of its last sector, as file systems do. */
    Disk put(int offset, byte[] file) {
        System.arraycopy(file, 0, bytes, offset, file.length);
        int end = offset + file.length;
        Arrays.fill(bytes, end, Math.min(bytes.length, (end + SECTOR - 1) / SECTOR * SECTOR), (byte) 0);
        return this;
    }

    /** Puts bytes there, and nothing behind them. */
    Disk putOnly(int offset, byte[] file) {
        System.arraycopy(file, 0, bytes, offset, file.length);
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns its bytes; counts how many of them are read. */
    EvidenceBytes counted(AtomicLong read) {
        return new ForwardingBytes(HeapBytes.wrap(bytes)) {
            @Override
            public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
                read.addAndGet(length);
                return super.read(offset, target, targetOffset, length);
            }
        };
    }

    /** Carves all of it. */
    Disk carve() {
        return carve(List.of(new ByteRange(0, bytes.length)));
    }

    Disk carve(List<ByteRange> ranges) {
        return carve(HeapBytes.wrap(bytes), ranges, 2);
    }

    Disk carve(EvidenceBytes image, List<ByteRange> ranges, int threads) {
        items.clear();
        unreadable.clear();
        try {
            Carver.carve(image, ranges, this, threads);
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
        return this;
    }

    List<CarvedItem> items() {
        return items;
    }

    List<String> unreadable() {
        return unreadable;
    }

    /** Returns an item's bytes. */
    byte[] content(CarvedItem item) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (ByteRange run : item.runs()) {
            content.write(bytes, (int) run.offset(), (int) run.length());
        }
        return content.toByteArray();
    }

    @Override
    public void item(CarvedItem item) {
        items.add(item);
    }

    @Override
    public void unreadable(long offset, long length, String message) {
        unreadable.add(offset + "+" + length + " " + message);
    }

    /** The disk with ranges that cannot be read. */
    EvidenceBytes failingAt(List<ByteRange> bad) {
        return new ForwardingBytes(HeapBytes.wrap(bytes)) {
            @Override
            public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
                for (ByteRange range : bad) {
                    if (offset < range.end() && offset + length > range.offset()) {
                        throw new IOException("a bad sector");
                    }
                }
                return super.read(offset, target, targetOffset, length);
            }
        };
    }
}
