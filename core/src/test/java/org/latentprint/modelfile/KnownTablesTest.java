package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.SafetensorsFixture;
import org.latentprint.fixture.TestDigests;

/** A table that is known gives what reading it anew gives, and nothing else does. */
class KnownTablesTest {
    private static final String MODULE = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k";

    private static byte[] lora(String metadata, int width) {
        return new SafetensorsFixture()
                .metadata(metadata)
                .tensor(MODULE + ".lora_down.weight", 4, width)
                .tensor(MODULE + ".lora_up.weight", 320, 4)
                .build();
    }

    private final ModelFiles models = new ModelFiles();

    private ModelFile read(byte[] bytes) throws IOException {
        return models.read("bicycle.safetensors", HeapBytes.wrap(bytes), false).orElseThrow();
    }

    @Test
    void theSameTableBehindOtherMetadataKeepsItsOwnMetadataAndDigest() throws IOException {
        byte[] first = lora("\"ss_output_name\":\"one\",\"ss_network_alpha\":\"2\"", 768);
        byte[] second = lora("\"ss_output_name\":\"three\",\"ss_network_alpha\":\"16\"", 768);
        read(first);

        ModelFile known = read(second);

        assertThat(known.identity().architecture()).contains("sd1");
        assertThat(known.adapter().orElseThrow().alpha()).contains("16");
        assertThat(known.training().orElseThrow().outputName()).contains("three");
        int length = (int) known.origin().length();
        assertThat(known.origin().sha256()).isEqualTo(TestDigests.sha256(java.util.Arrays.copyOf(second, length)));
        assertThat(read(first)).isEqualTo(read(first)).isNotEqualTo(known);
    }

    @Test
    void aTableThatDiffersInOneNumberIsAnother() throws IOException {
        read(lora("\"format\":\"pt\"", 768));

        assertThat(read(lora("\"format\":\"pt\"", 769)).identity().architecture())
                .isEmpty();
    }

    @Test
    void aKnownTableDoesNotHideThatDataAreMissing() throws IOException {
        byte[] whole = lora("\"format\":\"pt\"", 768);
        assertThat(read(whole).problems()).isEmpty();

        ModelFile cut = read(java.util.Arrays.copyOf(whole, whole.length - 3));

        assertThat(cut.status()).isEqualTo(ModelFile.Status.TRUNCATED);
        assertThat(cut.identity().architecture()).contains("sd1");
    }

    @Test
    void whatWasAskedForLongestAgoIsGivenUpFirst() {
        KnownTables tables = new KnownTables();
        byte[][] headers = new byte[20][];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = new byte[(1 << 20) - i];
            tables.keep(
                    new KnownTables.Entry(headers[i], 8, new SafetensorsTable(java.util.List.of(), 0), "digest " + i));
            tables.find(headers[0], 8);
        }

        assertThat(tables.find(headers[0], 8).flatMap(KnownTables.Hit::sha256)).contains("digest 0");
        assertThat(tables.find(headers[19], 8)).isPresent();
        assertThat(tables.find(headers[5], 8)).isEmpty();
    }

    @Test
    void theOrdinaryFormAndTheGeneralReaderAgree() throws IOException {
        byte[] ordinary = lora("\"format\":\"pt\"", 768);
        // Metadata that stand last are left to the general reader.
        String table = "\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}";
        ModelFile last = read(SafetensorsFixture.withHeader("{" + table + ",\"__metadata__\":{\"format\":\"pt\"}}", 4));
        ModelFile first =
                read(SafetensorsFixture.withHeader("{\"__metadata__\":{\"format\":\"pt\"}," + table + "}", 4));

        assertThat(last.weights()).isEqualTo(first.weights());
        assertThat(last.claims()).isEqualTo(first.claims());
        assertThat(last.status()).isEqualTo(first.status());
        assertThat(Optional.of(read(ordinary).weights().orElseThrow().elements()))
                .contains(4L * 768 + 320 * 4);
    }
}
