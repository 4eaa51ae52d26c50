package org.latentprint.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.TestDigests;

class DigestComputerTest {
    @Test
    void givesTheKnownDigestsOfNoBytes() throws Exception {
        assertThat(DigestComputer.compute(HeapBytes.wrap(new byte[0])))
                .isEqualTo(new Digests(
                        "d41d8cd98f00b204e9800998ecf8427e",
                        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }

    @Test
    void agreesWithTheDigestOfTheWholeArrayAroundTheBuffersSize() throws Exception {
        Random random = new Random(11);
        for (int size : new int[] {1, 1000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (3 << 20) + 17}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            assertThat(DigestComputer.compute(HeapBytes.wrap(bytes)))
                    .isEqualTo(new Digests(
                            TestDigests.of("MD5", bytes),
                            TestDigests.of("SHA-1", bytes),
                            TestDigests.of("SHA-256", bytes)));
        }
    }

    @Test
    void anArrayHasTheDigestsOfTheSameItem() throws Exception {
        java.util.Random random = new java.util.Random(8);
        for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 300_000}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(DigestComputer.compute(bytes))
                    .isEqualTo(DigestComputer.compute(org.latentprint.evidence.HeapBytes.wrap(bytes)));
        }
    }

    @Test
    void givesNothingForAnItemThatShrankOrGrew() {
        for (long stated : new long[] {99, 101, 0, 5 << 20}) {
            assertThatThrownBy(() -> DigestComputer.compute(new Odd(stated, 100, Long.MAX_VALUE)))
                    .isInstanceOf(DigestComputer.ReadFailure.class)
                    .hasMessageContaining("changed while it was read");
        }
    }

    @Test
    void saysWhereReadingFailed() {
        assertThatThrownBy(() -> DigestComputer.compute(new Odd(3 << 20, 3 << 20, 2 << 20)))
                .isInstanceOfSatisfying(
                        DigestComputer.ReadFailure.class,
                        failure -> assertThat(failure.offset()).isEqualTo(2 << 20));
    }

    /** States one size, has another, and fails from an offset on. */
    private record Odd(long size, long real, long failsFrom) implements EvidenceBytes {
        @Override
        public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
            if (offset >= failsFrom) {
                throw new IOException("bad sector");
            }
            return (int) Math.max(0, Math.min(length, real - offset));
        }

        @Override
        public void close() {}
    }
}
