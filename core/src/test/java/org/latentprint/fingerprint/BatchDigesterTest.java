package org.latentprint.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchDigesterTest {
    @Test
    void digestsEveryLengthAroundABlockAsJavaDoes() {
        Random random = new Random(1);
        List<byte[]> items = IntStream.range(0, 260)
                .mapToObj(length -> bytes(random, length))
                .toList();

        assertThat(Md5Batch.digest(items)).isDeepEqualTo(own(items));
    }

    @Test
    void digestsBatchesOfAnySizeAsJavaDoes() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<byte[]> items = random(random, random.nextInt(60));

            assertThat(Md5Batch.digest(items)).as("seed %d", seed).isDeepEqualTo(own(items));
        }
    }

    @Test
    void givesTheSameDigestsBeforeAndAfterTheLanesAreReady() {
        BatchDigester digester = new BatchDigester();
        Random random = new Random(2);
        List<List<byte[]>> batches = IntStream.range(0, 40)
                .mapToObj(number -> random(random, number))
                .toList();
        List<List<Digests>> before = batches.stream().map(digester::compute).toList();

        boolean ready = digester.prepare();

        assertThat(ready).isEqualTo(Md5Lanes.lanes() >= 8);
        assertThat(digester.isReady()).isEqualTo(ready);
        assertThat(batches.stream().map(digester::compute).toList()).isEqualTo(before);
        assertThat(before)
                .isEqualTo(batches.stream()
                        .map(batch ->
                                batch.stream().map(DigestComputer::compute).toList())
                        .toList());
    }

    @Test
    void leavesOneLongItemToJava() {
        List<List<Integer>> lanes = new ArrayList<>();
        BatchDigester digester = new BatchDigester(messages -> {
            lanes.add(messages.stream().map(message -> message.length).toList());
            return Md5Batch.digest(messages);
        });
        assumeThat(digester.prepare()).isTrue();
        lanes.clear();
        Random random = new Random(3);
        List<byte[]> items = new ArrayList<>(List.of(bytes(random, 4_000_000)));
        IntStream.range(0, 20).forEach(number -> items.add(bytes(random, 10_000 + number)));

        assertThat(digester.compute(items))
                .isEqualTo(items.stream().map(DigestComputer::compute).toList());
        assertThat(lanes)
                .singleElement()
                .satisfies(lengths -> assertThat(lengths)
                        .hasSize(20)
                        .allSatisfy(length -> assertThat(length).isLessThan(20_000)));
    }

    @Test
    void doesNotUseLanesThatAreWrongFromTheBeginning() {
        BatchDigester digester = new BatchDigester(messages -> new byte[messages.size()][16]);
        List<byte[]> items = random(new Random(4), 30);

        assertThat(digester.prepare()).isFalse();
        assertThat(digester.compute(items))
                .isEqualTo(items.stream().map(DigestComputer::compute).toList());
    }

    @Test
    void endsWhereLanesGoWrongLater() {
        boolean[] wrong = {false};
        BatchDigester digester = new BatchDigester(messages -> {
            byte[][] digests = Md5Batch.digest(messages);
            if (wrong[0]) {
                for (byte[] digest : digests) {
                    digest[3] ^= 1;
                }
            }
            return digests;
        });
        assumeThat(digester.prepare()).isTrue();
        List<byte[]> items = random(new Random(5), 30);
        digester.compute(items);
        wrong[0] = true;

        assertThatThrownBy(() -> digester.compute(items))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-Dlatentprint.lanes=false");
    }

    private static List<byte[]> random(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> bytes(random, random.nextInt(random.nextBoolean() ? 200 : 5_000)))
                .toList();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[][] own(List<byte[]> items) {
        return items.stream().map(DigestingBytes.digest("MD5")::digest).toArray(byte[][]::new);
    }
}
