package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.Blake3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Blake3DigesterTest {
    private static final int GROUP = 256 << 10;

    /** Around blocks, chunks, the groups in which whole trees are computed, and trees of several heights. */
    static Stream<Integer> lengths() {
        return Stream.of(
                        IntStream.of(0, 1, 63, 64, 65, 127, 128, 129),
                        IntStream.rangeClosed(1, 40).flatMap(chunk -> around(1024 * chunk)),
                        IntStream.of(64, 100, 128, 255).flatMap(chunk -> around(1024 * chunk)),
                        IntStream.rangeClosed(1, 9).flatMap(group -> around(GROUP * group)),
                        IntStream.of(GROUP + 1024, 3 * GROUP + 5 * 1024 + 17, 7 * GROUP + 777))
                .flatMap(IntStream::boxed);
    }

    private static IntStream around(int length) {
        return IntStream.of(length - 1, length, length + 1);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void theLanesGiveWhatTheLibraryGives(int length) {
        Random random = new Random(length);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);

        assertThat(inPieces(bytes, random)).isEqualTo(Blake3.hash(bytes));
    }

    /** From {@code test_vectors/test_vectors.json} of BLAKE3-team/BLAKE3: bytes 0 to 250, again and again. */
    @Test
    void theLanesGiveThePublishedValues() {
        byte[] bytes = new byte[102_400];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) (at % 251);
        }

        assertThat(HexFormat.of().formatHex(inPieces(new byte[0], new Random(1))))
                .isEqualTo("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
        assertThat(HexFormat.of().formatHex(inPieces(bytes, new Random(1))))
                .isEqualTo("bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085");
    }

    @Test
    void preparesTheLanesForTheFirstLongFile() {
        Blake3Digester digester = new Blake3Digester();
        byte[] bytes = random(100_000);

        assertThat(digest(digester, 1, bytes)).isEqualTo(Blake3.hash(bytes));
        assertThat(digester.isReady()).isFalse();
        assertThat(digest(digester, Blake3Digester.WORTH_PREPARING, bytes)).isEqualTo(Blake3.hash(bytes));
        assumeThat(Blake3Lanes.lanes()).isGreaterThanOrEqualTo(8);
        assertThat(digester.isReady()).isTrue();
        assertThat(digest(digester, 1, bytes)).isEqualTo(Blake3.hash(bytes));
    }

    @Test
    void takesTheLibraryWhereTheLanesAreWrongFromTheBeginning() {
        Blake3Digester digester = new Blake3Digester(() -> wrong(new Blake3Tree()), true);
        byte[] bytes = random(5_000);

        assertThat(digest(digester, Blake3Digester.WORTH_PREPARING, bytes)).isEqualTo(Blake3.hash(bytes));
        assertThat(digester.isReady()).isFalse();
    }

    @Test
    void takesTheLibraryWhereThereAreNoLanes() {
        Blake3Digester digester = new Blake3Digester(
                () -> {
                    throw new AssertionError("the module is not here");
                },
                false);
        byte[] bytes = random(5_000);

        assertThat(digest(digester, Blake3Digester.WORTH_PREPARING, bytes)).isEqualTo(Blake3.hash(bytes));
    }

    @Test
    void givesNoHashWhereTheLanesGoWrongLater() {
        AtomicBoolean wrong = new AtomicBoolean();
        Blake3Digester digester =
                new Blake3Digester(() -> wrong.get() ? wrong(new Blake3Tree()) : new Blake3Tree(), true);
        Blake3Digester.Running running = digester.begin(Blake3Digester.WORTH_PREPARING);
        assumeThat(digester.isReady()).isTrue();
        wrong.set(true);

        assertThatThrownBy(running::digest)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-Dlatentprint.lanes=false");
        byte[] bytes = random(5_000);
        assertThat(digest(digester, Blake3Digester.WORTH_PREPARING, bytes)).isEqualTo(Blake3.hash(bytes));
    }

    private static Blake3Digester.Running wrong(Blake3Digester.Running running) {
        return new Blake3Digester.Running() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                running.update(bytes, offset, length);
            }

            @Override
            public byte[] digest() {
                byte[] digest = running.digest();
                digest[3] ^= 1;
                return digest;
            }
        };
    }

    private static byte[] digest(Blake3Digester digester, long size, byte[] bytes) {
        Blake3Digester.Running running = digester.begin(size);
        running.update(bytes, 0, bytes.length);
        return running.digest();
    }

    /** Pieces of any length, from the middle of an array. */
    private static byte[] inPieces(byte[] bytes, Random random) {
        Blake3Digester.Running running = new Blake3Tree();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, random.nextInt(random.nextBoolean() ? 700 : 700_000));
            running.update(bytes, at, length);
            at += length;
        }
        return running.digest();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
