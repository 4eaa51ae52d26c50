package org.latentprint.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentprint.fixture.ForwardingBytes;

class HeadBytesTest {
    private static final int WHOLE = 64 << 10;

    /** Bytes that tell of each read, and of which those before an offset cannot be read. */
    private static final class Disk extends ForwardingBytes {
        private final List<Long> reads = new ArrayList<>();
        private int badBefore;

        Disk(int size) {
            super(HeapBytes.wrap(content(size)));
        }

        private static byte[] content(int size) {
            byte[] content = new byte[size];
            new Random(size).nextBytes(content);
            return content;
        }

        @Override
        public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
            reads.add(offset);
            if (offset < badBefore) {
                throw new IOException("bad sector");
            }
            return super.read(offset, target, targetOffset, length);
        }
    }

    @Test
    void aSmallItemIsReadOnce() throws IOException {
        for (int size : new int[] {0, 1, 4_095, WHOLE}) {
            Disk disk = new Disk(size);
            try (HeadBytes head = HeadBytes.of(disk)) {
                head.readExactly(0, size);
                head.read(size / 2, new byte[8_192], 0, 8_192);
            }
            assertThat(disk.reads).hasSize(1);
        }
    }

    @Test
    void givesWhatTheItemGives() throws IOException {
        Random random = new Random(5);
        for (int size : new int[] {0, 1, 100, 16 << 10, WHOLE - 1, WHOLE, WHOLE + 1, 200_000}) {
            Disk disk = new Disk(size);
            try (HeadBytes head = HeadBytes.of(disk)) {
                assertThat(head.size()).isEqualTo(size);
                for (int round = 0; round < 500; round++) {
                    int offset = random.nextInt(size + 10);
                    int length = random.nextInt(random.nextBoolean() ? 50 : 90_000);
                    byte[] expected = new byte[length + 5];
                    byte[] given = new byte[length + 5];
                    assertThat(head.read(offset, given, 3, length)).isEqualTo(disk.read(offset, expected, 3, length));
                    assertThat(Arrays.equals(given, expected)).isTrue();
                }
            }
        }
    }

    @Test
    void whereTheBeginningCannotBeReadOnlyThoseWhoAskForItFail() throws IOException {
        Disk disk = new Disk(WHOLE);
        disk.badBefore = 512;
        try (HeadBytes head = HeadBytes.of(disk)) {
            assertThatThrownBy(() -> head.readExactly(0, 8)).hasMessageContaining("bad sector");
            assertThat(head.readExactly(512, 8)).hasSize(8);
        }
    }
}
