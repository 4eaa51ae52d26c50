package org.latentprint.evidence.carve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks through one window of the space for places worth a closer look: the first bytes of files where sectors begin, and four
 * names anywhere, by the pair of letters in each that a {@link PairFinder} finds.
 */
final class WindowScan {
    /** Owned by one window: with what is read beyond it, one read of the image, and within the second cache of a processor. */
    static final int WINDOW = 7 * (32 << 10);

    /** File systems put the first byte of a file at the beginning of a sector. */
    static final int SECTOR = 512;

    /** Read beyond what a window owns, since names cross its end. */
    private static final int OVERLAP = 32;

    /** Where reading fails, it is tried again in pieces of this size, that of a chunk in an E01. */
    private static final int RETRY = 32 << 10;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] CLASS_TYPE = latin1("\"class_type\"");
    private static final byte[] WIDGETS = latin1("\"widgets_values\"");
    private static final byte[] TRAINING = latin1("\"ss_t");
    private static final byte[] STEPS = latin1("Steps: ");

    /** A chunk of 64 MiB or more holds no text that is read. */
    private static final int LENGTH_BITS = 0xFC;

    private static final int FIRST_CAPACITY = 256;

    private final FreeSpace space;
    private final PairFinder pairs = PairFinder.quickest();
    private final byte[] bytes;
    private long[] hits = new long[FIRST_CAPACITY];
    private int count;

    /** What a window holds: hits in the order of their places, and what could not be read. */
    @SuppressWarnings("ArrayRecordComponent") // Made once for each window and looked at once.
    record Found(long[] hits, List<Unread> unread) {}

    /** A range of the image that could not be read. */
    record Unread(long offset, long length, String message) {}

    WindowScan(FreeSpace space) {
        this.space = space;
        this.bytes = new byte[(int) Math.min(WINDOW, space.size()) + OVERLAP + PairFinder.BEHIND];
    }

    /** Looks through the window that begins at that place. */
    Found scan(long start) {
        int owned = (int) Math.min(WINDOW, space.size() - start);
        int read = (int) Math.min(owned + OVERLAP, space.size() - start);
        Arrays.fill(bytes, read, bytes.length, (byte) 0);
        count = 0;
        List<Unread> unread = new ArrayList<>();
        for (int at = 0; at < read; ) {
            int piece = (int) Math.min(read - at, space.rangeEnd(start + at) - start - at);
            load(start + at, at, piece, Math.clamp(owned - at, 0, piece), unread);
            at += piece;
        }
        for (int at = 0; at < owned; ) {
            int piece = (int) Math.min(owned - at, space.rangeEnd(start + at) - start - at);
            int first = (int) (-space.offset(start + at) & (SECTOR - 1));
            for (int sector = at + first; sector < at + piece; sector += SECTOR) {
                lookAtSector(sector, start);
            }
            at += piece;
        }
        lookForPairs(start, owned);
        long[] found = Arrays.copyOf(hits, count);
        Arrays.sort(found);
        return new Found(found, unread);
    }

    /** Reads a part of one range; what cannot be read is told for as much of it as the window owns. */
    private void load(long place, int at, int length, int owned, List<Unread> unread) {
        try {
            space.readWithin(place, bytes, at, length);
        } catch (IOException whole) {
            for (int done = 0; done < owned; done += RETRY) {
                int piece = Math.min(RETRY, owned - done);
                long offset = space.offset(place + done);
                retry(place + done, at + done, piece)
                        .ifPresent(message -> unread.add(new Unread(offset, piece, message)));
            }
            // The next window tells of these
            retry(place + owned, at + owned, length - owned);
        }
    }

    /** Returns why the bytes cannot be read; empty where they were. */
    private Optional<String> retry(long place, int at, int length) {
        try {
            space.readWithin(place, bytes, at, length);
            return Optional.empty();
        } catch (IOException failure) {
            // Zeros are nothing that is looked for, and what is carved is read again and not from here.
            Arrays.fill(bytes, at, at + length, (byte) 0);
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }

    private void lookAtSector(int at, long start) {
        switch (bytes[at]) {
            case (byte) 0x89 -> addIf(has(PNG, at), Hit.PNG, at, start);
            case (byte) 0xFF ->
                addIf(bytes[at + 1] == (byte) 0xD8 && bytes[at + 2] == (byte) 0xFF, Hit.JPEG, at, start);
            case 'R' ->
                addIf(bytes[at + 1] == 'I' && bytes[at + 2] == 'F' && bytes[at + 3] == 'F', Hit.RIFF, at, start);
            case 'G' -> addIf(bytes[at + 1] == 'I' && bytes[at + 2] == 'F' && bytes[at + 3] == '8', Hit.GIF, at, start);
            default -> {}
        }
        if (bytes[at + 4] == 'f' && bytes[at + 5] == 't' && bytes[at + 6] == 'y' && bytes[at + 7] == 'p') {
            add(Hit.MP4, at, start);
        }
        if (bytes[at + 8] == '{'
                && bytes[at + 7] == 0
                && bytes[at + 6] == 0
                && bytes[at + 5] == 0
                && bytes[at + 4] == 0) {
            add(Hit.SAFETENSORS, at, start);
        }
    }

    private void lookForPairs(long start, int owned) {
        int end = owned + OVERLAP;
        for (int at = pairs.next(bytes, 0, end); at < end; at = pairs.next(bytes, at + 1, end)) {
            lookAtPair(at, start, owned);
        }
    }

    private void lookAtPair(int at, long start, int owned) {
        int second = bytes[at + 1];
        switch (bytes[at]) {
            case 'X' -> {
                if (second == 't' && at >= 6 && isTextChunk(at)) {
                    addOwned(Hit.PNG_TEXT, at - 6, start, owned);
                }
            }
            case 'S' -> {
                if (second == 't' && has(STEPS, at)) {
                    addOwned(Hit.SETTINGS, at, start, owned);
                }
            }
            case '_' -> {
                if (second == 't' && at >= 6 && has(CLASS_TYPE, at - 6)) {
                    addOwned(Hit.JSON, at - 6, start, owned);
                } else if (second == 't' && at >= 3 && has(TRAINING, at - 3)) {
                    addOwned(Hit.JSON, at - 3, start, owned);
                } else if (second == 'v' && at >= 8 && has(WIDGETS, at - 8)) {
                    addOwned(Hit.JSON, at - 8, start, owned);
                }
            }
            default -> {}
        }
    }

    /** Says whether the two letters end the type of a text chunk whose length and keyword are not absurd. */
    private boolean isTextChunk(int at) {
        boolean type = (bytes[at - 2] == 't' && bytes[at - 1] == 'E')
                || ((bytes[at - 2] == 'i' || bytes[at - 2] == 'z') && bytes[at - 1] == 'T');
        return type && (bytes[at - 6] & LENGTH_BITS) == 0 && (bytes[at + 2] & 0xFF) > ' ';
    }

    private boolean has(byte[] name, int at) {
        return at + name.length <= bytes.length && Arrays.equals(bytes, at, at + name.length, name, 0, name.length);
    }

    private void addIf(boolean found, Hit hit, int at, long start) {
        if (found) {
            add(hit, at, start);
        }
    }

    private void addOwned(Hit hit, int at, long start, int owned) {
        if (at < owned) {
            add(hit, at, start);
        }
    }

    private void add(Hit hit, int at, long start) {
        if (count == hits.length) {
            hits = Arrays.copyOf(hits, 2 * count);
        }
        hits[count++] = hit.at(start + at);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
