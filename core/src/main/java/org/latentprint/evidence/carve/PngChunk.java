package org.latentprint.evidence.carve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One chunk of a PNG: length, type, data, checksum.
 *
 * @param place of its first byte
 * @param type four characters
 * @param length of its data
 */
record PngChunk(long place, String type, long length, State state) {
    /** Length and type. */
    private static final int BEFORE_DATA = 8;

    private static final int CRC_LENGTH = 4;

    /** What can be said of the bytes. */
    enum State {
        GOOD,
        WRONG_CRC,
        NO_CHUNK
    }

    /**
     * Reads the chunk at that place and computes its checksum.
     *
     * @param most its data may have
     * @throws IOException where it cannot be read to its end
     */
    static PngChunk read(SpaceReader in, long place, long most) throws IOException {
        long length = in.u32(place);
        String type = in.code(place + 4, 4);
        boolean chunk = length <= most
                && type.chars().allMatch(each -> (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z'));
        if (!chunk) {
            return new PngChunk(place, "", 0, State.NO_CHUNK);
        }
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
        in.crc(place + BEFORE_DATA, length, crc);
        boolean holds = in.u32(place + BEFORE_DATA + length) == crc.getValue();
        return new PngChunk(place, type, length, holds ? State.GOOD : State.WRONG_CRC);
    }

    boolean isGood() {
        return state == State.GOOD;
    }

    boolean isText() {
        return type.equals("tEXt") || type.equals("zTXt") || type.equals("iTXt");
    }

    /** Returns the place of its data. */
    long data() {
        return place + BEFORE_DATA;
    }

    /** Returns the place behind it. */
    long end() {
        return place + BEFORE_DATA + length + CRC_LENGTH;
    }

    /** Says in words what is wrong with it. */
    String fault() {
        return switch (state) {
            case GOOD -> "nothing";
            case WRONG_CRC -> "the checksum of chunk " + type + " is wrong";
            case NO_CHUNK -> "no chunk";
        };
    }
}
