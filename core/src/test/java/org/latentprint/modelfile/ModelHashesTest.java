package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fingerprint.DigestingBytes;
import org.latentprint.fixture.TestDigests;

/** Each hash covers exactly the bytes that those who name models by it cover. */
class ModelHashesTest {
    private static final String NAME = "lighthouse.safetensors";
    private static final int LEGACY_FROM = 0x100000;
    private static final int LEGACY_TO = 0x110000;
    private static final int DATA = 1_300_000;

    /** Data whose bytes differ from place to place, so that a range that is off by one gives another hash. */
    private static byte[] model() {
        String header = "{\"__metadata__\":{\"sshs_model_hash\":\"0x" + "AB".repeat(32)
                + "\",\"sshs_legacy_hash\":\"12345678\"},\"cat\":{\"dtype\":\"U8\",\"shape\":[" + DATA
                + "],\"data_offsets\":[0," + DATA + "]}}";
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + DATA).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        for (int i = 0; i < DATA; i++) {
            file.put((byte) (i % 251 ^ i >> 12));
        }
        return file.array();
    }

    private static Map<String, String> hashes(byte[] file, String path, boolean whole) throws IOException {
        return new ModelFiles()
                .read(path, HeapBytes.wrap(file), whole)
                .orElseThrow()
                .hashes();
    }

    @Test
    void aFullReadGivesEveryHash() throws IOException {
        byte[] file = model();
        int dataFrom =
                8 + (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        CRC32 crc = new CRC32();
        crc.update(file);
        String sha256 = TestDigests.sha256(file);
        String tensors = TestDigests.sha256(Arrays.copyOfRange(file, dataFrom, file.length));

        Map<String, String> hashes = hashes(file, "models/" + NAME, true);

        assertThat(hashes)
                .containsEntry("sha256", sha256)
                .containsEntry("autoV1", legacy(file))
                .containsEntry("autoV2", sha256.substring(0, 10))
                .containsEntry("autoV3", tensors.substring(0, 12))
                .containsEntry("tensorSha256", tensors)
                .containsEntry("sshsModelHash", "ab".repeat(32))
                .containsEntry("sshsLegacyHash", "12345678")
                .containsEntry("crc32", String.format(Locale.ROOT, "%08X", crc.getValue()))
                .containsEntry("nameSha256", TestDigests.sha256(NAME.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void bytesThatAreDigestedAsTheyAreReadGiveTheirSha256() throws IOException {
        byte[] file = model();
        DigestingBytes digested = new DigestingBytes(HeapBytes.wrap(file));

        Map<String, String> hashes =
                new ModelFiles().read(NAME, digested, true).orElseThrow().hashes();

        assertThat(hashes).isEqualTo(hashes(file, NAME, true)).containsEntry("sha256", TestDigests.sha256(file));
        assertThat(digested.finish().sha256()).isEqualTo(TestDigests.sha256(file));
    }

    @Test
    void triageGivesOnlyWhatNeedsNoFullRead() throws IOException {
        byte[] file = model();

        assertThat(hashes(file, "models/" + NAME, false))
                .containsOnlyKeys("autoV1", "nameSha256", "sshsModelHash", "sshsLegacyHash")
                .containsEntry("autoV1", legacy(file));
    }

    @Test
    void theOldHashOfAFileThatEndsEarlierCoversWhatIsThere() throws IOException {
        byte[] whole = model();
        byte[] cut = Arrays.copyOf(whole, LEGACY_FROM + 100);

        assertThat(hashes(cut, NAME, false)).containsEntry("autoV1", legacy(cut));
        // The hash of nothing, which all small files share: links leave it out.
        assertThat(hashes(Arrays.copyOf(whole, LEGACY_FROM), NAME, false)).containsEntry("autoV1", "e3b0c442");
    }

    /** The test vectors of BLAKE3 are bytes that count from 0 to 250 again and again (BLAKE3-team/BLAKE3: test_vectors). */
    @Test
    void blake3IsThatOfItsTestVector() throws IOException {
        byte[] counted = new byte[102_400];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = (byte) (i % 251);
        }

        assertThat(hashes(counted, "counted.safetensors", true))
                .containsEntry("blake3", "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085");
    }

    private static String legacy(byte[] file) {
        return TestDigests.sha256(Arrays.copyOfRange(file, LEGACY_FROM, Math.min(LEGACY_TO, file.length)))
                .substring(0, 8);
    }
}
