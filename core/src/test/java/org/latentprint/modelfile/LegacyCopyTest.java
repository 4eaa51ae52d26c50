package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.TestDigests;

/** The old hash is that of a copy which is written here, as the trainer writes it; the reader sees the whole file alone. */
class LegacyCopyTest {
    private static final int FROM = 0x100000;
    private static final int LENGTH = 0x10000;
    private static final int DATA = 1_300_000;
    private static final String KEY = "addnetLegacyHash";
    private static final String TENSORS = "\"cat.alpha\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"bicycle.down\":{\"dtype\":\"U8\",\"shape\":[" + (DATA - 104) + "],\"data_offsets\":[4," + (DATA - 100)
            + "]},\"bicycle.up\":{\"dtype\":\"U8\",\"shape\":[100],\"data_offsets\":[" + (DATA - 100) + "," + DATA
            + "]}}";

    @Test
    void isTheHashOfTheCopyWithoutOtherMetadata() throws IOException {
        Random random = new Random(7);
        int told = 0;
        for (int round = 0; round < 60; round++) {
            Map<String, String> metadata = new LinkedHashMap<>();
            for (int pair = 0; pair < 12; pair++) {
                metadata.put((random.nextBoolean() ? "ss_" : "modelspec.") + pair, text(random));
            }
            metadata.put("ss_steps", "1600");
            boolean padded = random.nextBoolean();
            byte[] file = file(metadata, padded, TENSORS);
            boolean filled = file[file.length - DATA - 1] == ' ';
            if (filled || (file.length - DATA) % 8 != 0) {
                assertThat(hashes(file)).as(metadata.toString()).containsEntry(KEY, hashOfCopy(metadata, padded));
                told++;
            } else if (hashes(file).containsKey(KEY)) {
                assertThat(hashOfCopy(metadata, true)).isEqualTo(hashOfCopy(metadata, false));
            }
        }
        assertThat(told).isGreaterThan(40);
    }

    @Test
    void isThatOfTheFileItselfWhereAllMetadataAreOfTheTraining() throws IOException {
        Map<String, String> hashes = hashes(file(Map.of("ss_steps", "1600"), true, TENSORS));

        assertThat(hashes).containsEntry(KEY, hashes.getOrDefault("autoV1", ""));
    }

    @Test
    void aClaimIsComparedAndNotReplaced() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("ss_steps", "1600"));
        String computed = hashOfCopy(metadata, true);
        metadata.put("sshs_legacy_hash", computed);

        assertThat(read(file(metadata, true, TENSORS)).formatFacts()).containsEntry("claimedLegacyHashMatches", "true");

        metadata.put("sshs_legacy_hash", "01234567");
        ModelFile other = read(file(metadata, true, TENSORS));
        assertThat(other.formatFacts()).doesNotContainKey("claimedLegacyHashMatches");
        assertThat(other.hashes()).containsEntry("sshsLegacyHash", "01234567").containsEntry(KEY, computed);
    }

    @Test
    void isNotToldWhereTheCopyCannotBe() throws IOException {
        Map<String, String> training = Map.of("ss_steps", "1600");

        assertThat(hashes(file(Map.of("title", "cat"), true, TENSORS)))
                .as("no training")
                .doesNotContainKey(KEY);
        assertThat(hashes(file(training, true, TENSORS.replace(",\"shape\"", ", \"shape\""))))
                .as("blanks that the format's library does not write")
                .doesNotContainKey(KEY);
        assertThat(hashes(file(training, true, TENSORS.replace("bicycle.down", "bicycle.web"))))
                .as("an order that the format's library does not write")
                .doesNotContainKey(KEY);
        assertThat(hashes(file(Map.of("ss_tag_frequency", "x".repeat(FROM)), true, TENSORS)))
                .as("a header that reaches into the range")
                .doesNotContainKey(KEY);
        String slash = new String(file(Map.of("ss_steps", "/1600"), true, TENSORS), StandardCharsets.ISO_8859_1);
        assertThat(hashes(slash.replace("/1600\"", "\\/160\"").getBytes(StandardCharsets.ISO_8859_1)))
                .as("an escape that the format's library does not write")
                .doesNotContainKey(KEY);
        assertThat(hashes(Arrays.copyOf(file(training, true, TENSORS), FROM)))
                .as("a file that ends before")
                .doesNotContainKey(KEY);
    }

    private static ModelFile read(byte[] file) throws IOException {
        return new ModelFiles()
                .read("garden.safetensors", HeapBytes.wrap(file), false)
                .orElseThrow();
    }

    private static Map<String, String> hashes(byte[] file) throws IOException {
        return read(file).hashes();
    }

    private static String hashOfCopy(Map<String, String> metadata, boolean padded) {
        Map<String, String> kept = new LinkedHashMap<>(metadata);
        kept.keySet().removeIf(key -> !key.startsWith("ss_"));
        byte[] copy = file(kept, padded, TENSORS);
        return TestDigests.sha256(Arrays.copyOfRange(copy, FROM, FROM + LENGTH)).substring(0, 8);
    }

    private static byte[] file(Map<String, String> metadata, boolean padded, String tensors) {
        String pairs = metadata.entrySet().stream()
                .map(pair -> quoted(pair.getKey()) + ":" + quoted(pair.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        byte[] text = ("{\"__metadata__\":" + pairs + "," + tensors).getBytes(StandardCharsets.UTF_8);
        int length = padded ? Math.ceilDiv(text.length, 8) * 8 : text.length;
        ByteBuffer file = ByteBuffer.allocate(8 + length + DATA).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(length).put(text);
        while (file.position() < 8 + length) {
            file.put((byte) ' ');
        }
        for (int i = 0; i < DATA; i++) {
            file.put((byte) (i % 251 ^ i >> 12));
        }
        return file.array();
    }

    private static String text(Random random) {
        String[] pieces = {"garden", "\"", "\\", "\n", "\t", "\u0001", "ü", "自転車", "🚲", "{}", ": ", "/"};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case 1 -> quoted.append("\\u0001");
                default -> quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
