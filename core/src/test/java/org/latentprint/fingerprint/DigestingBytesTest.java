package org.latentprint.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.TestDigests;

class DigestingBytesTest {
    private final byte[] content = content();

    private static byte[] content() {
        byte[] bytes = new byte[(2 << 20) + 12_345];
        new Random(11).nextBytes(bytes);
        return bytes;
    }

    @Test
    void tellsTheSha256OnlyOnceAllBytesHavePassed() throws IOException {
        DigestingBytes passing = new DigestingBytes(HeapBytes.wrap(content));

        passing.readExactly(0, content.length - 1);
        assertThat(passing.sha256()).isEmpty();
        passing.readExactly(0, content.length);
        assertThat(passing.sha256()).contains(TestDigests.sha256(content));
        assertThat(passing.finish()).isEqualTo(DigestComputer.compute(content));
    }

    @Test
    void givesTheSameDigestsWhateverWasReadBefore() throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < 40; round++) {
            DigestingBytes passing = new DigestingBytes(HeapBytes.wrap(content));
            for (int reads = random.nextInt(12); reads > 0; reads--) {
                byte[] target = new byte[1 + random.nextInt(400_000)];
                int offset = reads % 3 == 0 ? random.nextInt(content.length) : random.nextInt(300_000);
                passing.read(offset, target, target.length / 3, target.length - target.length / 3);
            }
            assertThat(passing.finish().sha256()).isEqualTo(TestDigests.sha256(content));
        }
    }

    @Test
    void readsNoByteAgainThatPassedInOrder() throws Exception {
        Counting counting = new Counting(content);
        DigestingBytes passing = new DigestingBytes(counting);
        byte[] piece = new byte[100_000];
        for (long position = 0; position < content.length; ) {
            position += passing.read(position, piece, 0, piece.length);
        }
        assertThat(counting.read).isEqualTo(content.length);

        assertThat(passing.finish())
                .isEqualTo(new Digests(
                        TestDigests.of("MD5", content), TestDigests.of("SHA-1", content), TestDigests.sha256(content)));
        assertThat(counting.read).isEqualTo(content.length);
    }

    private static final class Counting implements org.latentprint.evidence.EvidenceBytes {
        private final org.latentprint.evidence.EvidenceBytes bytes;
        private long read;

        Counting(byte[] content) {
            bytes = HeapBytes.wrap(content);
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
            int count = bytes.read(offset, target, targetOffset, length);
            read += Math.max(0, count);
            return count;
        }

        @Override
        public void close() {}
    }
}
