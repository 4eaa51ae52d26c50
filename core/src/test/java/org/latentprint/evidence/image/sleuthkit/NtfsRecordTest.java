package org.latentprint.evidence.image.sleuthkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.image.sleuthkit.NtfsRecord.Place;

/** Reads records that are written here, field by field, by the layout that Windows uses. */
class NtfsRecordTest {
    private static final int DATA = 128;
    private static final int ARRAY = 48;
    private static final int FIRST = 56;
    private static final short CHECK = 0x1234;

    @Test
    void givesAContentInOnePiece() {
        byte[] record = record(attribute("", 20));
        assertThat(read(record).places(DATA, Optional.empty(), 20)).containsExactly(new Place(FIRST + 24, 20));
        assertThat(read(record).base()).isEqualTo(77);
    }

    @Test
    void takesBytesUnderACheckNumberFromTheArray() {
        byte[] record = record(attribute("", 936));
        assertThat(read(record).places(DATA, Optional.empty(), 936))
                .containsExactly(new Place(80, 430), new Place(ARRAY + 2, 2), new Place(512, 504));
    }

    @Test
    void splitsACheckNumberOfWhichTheContentHasOneByte() {
        byte[] record = record(attribute("", 431));
        assertThat(read(record).places(DATA, Optional.empty(), 431))
                .containsExactly(new Place(80, 430), new Place(ARRAY + 2, 1));
    }

    @Test
    void tellsContentsByTheirNames() {
        byte[] record = record(attribute("", 16), attribute("Zone.Identifier", 16), attribute("zone", 24));
        NtfsRecord read = read(record);
        int second = FIRST + 40;
        assertThat(read.places(DATA, Optional.of("Zone.Identifier"), 16))
                .containsExactly(new Place(second + 24 + 32, 16));
        assertThat(read.places(DATA, Optional.of("zone.identifier"), 16)).isEmpty();
        assertThat(read.places(DATA, Optional.of("zone"), 16)).isEmpty();
        assertThat(read.places(16, Optional.empty(), 16)).isEmpty();
    }

    @Test
    void refusesARecordWhoseCheckNumbersDoNotHold() {
        byte[] torn = record(attribute("", 20));
        torn[510] ^= 1;
        assertThat(NtfsRecord.of(torn)).isEmpty();
        byte[] other = record(attribute("", 20));
        other[0] = 'B';
        assertThat(NtfsRecord.of(other)).isEmpty();
        assertThat(NtfsRecord.of(new byte[16])).isEmpty();
        byte[] far = record(attribute("", 20));
        ByteBuffer.wrap(far).order(ByteOrder.LITTLE_ENDIAN).putShort(4, (short) 0xFFF0);
        assertThat(NtfsRecord.of(far)).isEmpty();
    }

    @Test
    void claimsNothingOfAContentThatDoesNotFitIntoItsAttribute() {
        byte[] attribute = attribute("", 20);
        ByteBuffer.wrap(attribute).order(ByteOrder.LITTLE_ENDIAN).putShort(20, (short) 0x7FFF);
        assertThat(read(record(attribute)).places(DATA, Optional.empty(), 20)).isEmpty();
        byte[] huge = attribute("", 20);
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(16, Integer.MAX_VALUE);
        assertThat(read(record(huge)).places(DATA, Optional.empty(), Integer.MAX_VALUE))
                .isEmpty();
    }

    @Test
    void readsDamagedRecordsWithoutFailing() {
        Random random = new Random(5);
        byte[] whole = record(attribute("", 16), attribute("Zone.Identifier", 300), attribute("zone", 24));
        int claimed = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = whole.clone();
            for (int byteNumber = 0; byteNumber < 4; byteNumber++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Optional<NtfsRecord> record = NtfsRecord.of(damaged);
            if (record.isPresent()) {
                for (Place place : record.get().places(DATA, Optional.of("Zone.Identifier"), 300)) {
                    assertThat(place.offset() >= 0 && place.offset() + place.length() <= damaged.length)
                            .isTrue();
                    claimed++;
                }
            }
        }
        assertThat(claimed).isPositive();
    }

    private static NtfsRecord read(byte[] record) {
        return NtfsRecord.of(record).orElseThrow();
    }

    private static byte[] attribute(String name, int size) {
        byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
        int content = (24 + text.length + 7) / 8 * 8;
        int length = (content + size + 7) / 8 * 8;
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, DATA).putInt(4, length).put(9, (byte) name.length()).putShort(10, (short) 24);
        bytes.putInt(16, size).putShort(20, (short) content);
        bytes.put(24, text);
        return bytes.array();
    }

    private static byte[] record(byte[]... attributes) {
        ByteBuffer bytes = ByteBuffer.allocate(1_024).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, "FILE".getBytes(StandardCharsets.US_ASCII));
        bytes.putShort(4, (short) ARRAY).putShort(6, (short) 3).putShort(20, (short) FIRST);
        bytes.putLong(32, 77L | 5L << 48);
        int at = FIRST;
        for (byte[] attribute : attributes) {
            bytes.put(at, attribute);
            at += attribute.length;
        }
        bytes.putInt(at, -1);
        bytes.putShort(ARRAY, CHECK);
        for (int stride = 1; stride <= 2; stride++) {
            int end = stride * 512 - 2;
            bytes.putShort(ARRAY + stride * 2, bytes.getShort(end)).putShort(end, CHECK);
        }
        return bytes.array();
    }
}
