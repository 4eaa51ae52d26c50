package org.latentprint.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.XmpFixture;

/** What the pages of the AI Horde write into pictures and beside them. */
class HordePagesTest {
    private static final String SOFTWARE = "ArtBot - Create images with Stable Diffusion, utilizing the AI Horde";
    private static final String ARTBOT = "a lighthouse, by the sea\nNegative prompt: fog\n"
            + "Steps: 20, Sampler: k_euler, CFG scale: 5, Seed: 3758616032, Size: 448x1024, model: Garden XL (SDXL)";
    private static final String HORDENG = "{\"id\":\"c807827b\",\"worker\":{\"id\":\"121514dd\",\"name\":\"a shed\"},"
            + "\"requestId\":\"e8039e84\",\"prompt\":\"a red bicycle\",\"negativePrompt\":\"rain\","
            + "\"sampler\":\"k_dpm_fast\",\"cfgScale\":2.5,\"denoisingStrength\":0.75,\"height\":960,\"width\":576,"
            + "\"steps\":20,\"model\":\"Garden XL (SDXL)\",\"karras\":true,\"postProcessors\":[],\"seed\":\"661455155\","
            + "\"loraList\":[{\"id\":2718,\"strengthModel\":0.5},{\"id\":31415,\"isVersionId\":true},{\"id\":\"x\"}],"
            + "\"amount\":1,\"generator\":\"HordeNG (https://horde-ng.org)\"}";

    @Test
    void readsArtBotsPng() {
        Reading reading = read(PngFixture.of(8, 8)
                .text("parameters", ARTBOT)
                .text("Comment", ARTBOT)
                .text("Description", ARTBOT)
                .text("Software", SOFTWARE)
                .xmp(new XmpFixture()
                        .array("dc:title", "Alt", ARTBOT)
                        .element("exif:UserComment", ARTBOT)
                        .packet())
                .bytes());
        checkArtBot(reading);
        assertThat(reading.claimed()).as("four texts and the packet").hasSize(5);
        assertThat(reading.generations().getFirst().inferences())
                .extracting(Inference::field)
                .doesNotContain("generator");
    }

    @Test
    void readsArtBotsJpeg() {
        checkArtBot(read(JpegFixture.of(8, 8)
                .exif(ExifFixture.littleEndian()
                        .ascii(ExifFixture.SOFTWARE, SOFTWARE)
                        .userComment(ARTBOT, ExifFixture.Comment.ASCII))
                .comment(ARTBOT)
                .bytes()));
    }

    @Test
    void artBotsTextAloneIsInferred() {
        Reading reading = read(JpegFixture.of(8, 8).comment(ARTBOT).bytes());
        checkArtBot(reading);
        assertThat(reading.generations().getFirst().inferences())
                .extracting(Inference::field)
                .contains("generator");
    }

    @Test
    void otherOrdersAndWritingsOfTheKeysAreNotArtBots() {
        for (String text : List.of(
                ARTBOT.replace("model:", "Model:"),
                ARTBOT + ", Version: v1.9.4",
                ARTBOT.replace("CFG scale: 5, Seed: 3758616032", "Seed: 3758616032, CFG scale: 5"))) {
            assertThat(read(PngFixture.of(8, 8).text("parameters", text).bytes())
                            .generations())
                    .as(text)
                    .extracting(Generation::generator)
                    .containsExactly("A1111");
        }
    }

    private static void checkArtBot(Reading reading) {
        assertThat(reading.generations()).singleElement().satisfies(generation -> {
            assertThat(generation.generator()).isEqualTo("ArtBot");
            assertThat(generation.positivePrompt()).contains("a lighthouse, by the sea");
            assertThat(generation.negativePrompt()).contains("fog");
            assertThat(generation.seed()).contains("3758616032");
            assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "Garden XL (SDXL)"));
            assertThat(generation.width()).contains(448);
        });
    }

    @Test
    void readsHordeNgsRecord() {
        for (byte[] file : List.of(
                PngFixture.of(8, 8).text("generationMetadata", HORDENG).bytes(),
                JpegFixture.of(8, 8)
                        .exif(ExifFixture.bigEndian().ascii(ExifFixture.IMAGE_DESCRIPTION, HORDENG))
                        .bytes())) {
            Reading reading = read(file);
            assertThat(reading.claimed()).hasSize(1);
            assertThat(reading.generations()).singleElement().satisfies(generation -> {
                assertThat(generation.generator()).isEqualTo("HordeNG");
                assertThat(generation.positivePrompt()).contains("a red bicycle");
                assertThat(generation.negativePrompt()).contains("rain");
                assertThat(generation.seed()).contains("661455155");
                assertThat(generation.sampler()).contains("k_dpm_fast");
                assertThat(generation.cfgScale()).contains(new BigDecimal("2.5"));
                assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "Garden XL (SDXL)"));
                assertThat(generation.loras())
                        .containsExactly(
                                new NamedLora(
                                        Optional.empty(),
                                        Optional.of(new BigDecimal("0.5")),
                                        Map.of(),
                                        Map.of("civitai_model_id", "2718")),
                                new NamedLora(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Map.of(),
                                        Map.of("civitai_version_id", "31415")));
                assertThat(generation.settings()).containsKey("worker").containsEntry("karras", "true");
                assertThat(generation.inferences()).isEmpty();
            });
        }
        assertThat(read(PngFixture.of(8, 8)
                                .text("generationMetadata", HORDENG.replace("HordeNG (", "A page for HordeNG ("))
                                .bytes())
                        .generations())
                .extracting(Generation::generator)
                .doesNotContain("HordeNG");
    }

    @Test
    void readsTheFileThatStableUiPutsBesideAPicture() {
        String json = "{\n    \"jobId\": \"e8\",\n    \"prompt\": \"a cat ### fog, rain\",\n"
                + "    \"sampler_name\": \"k_euler\",\n    \"seed\": \"3735928559\",\n    \"steps\": 30,\n"
                + "    \"cfg_scale\": 7,\n    \"height\": 512,\n    \"width\": 768,\n"
                + "    \"modelName\": \"Garden XL\",\n    \"workerName\": \"a shed\",\n    \"karras\": true\n}";
        Reading reading = read(json.getBytes(UTF_8));
        assertThat(reading.generations()).singleElement().satisfies(generation -> {
            assertThat(generation.generator()).isEqualTo("Stable UI");
            assertThat(generation.positivePrompt()).contains("a cat");
            assertThat(generation.negativePrompt()).contains("fog, rain");
            assertThat(generation.seed()).contains("3735928559");
            assertThat(generation.width()).contains(768);
            assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "Garden XL"));
            assertThat(generation.settings()).containsEntry("workerName", "a shed");
            assertThat(generation.inferences()).extracting(Inference::field).containsExactly("generator");
        });
        assertThat(read(json.replace(" ### fog, rain", "").getBytes(UTF_8))
                        .generations()
                        .getFirst()
                        .negativePrompt())
                .isEmpty();
    }

    private static Reading read(byte[] file) {
        return GeneratorReaders.readAll(MetadataExtractor.extract("horde", HeapBytes.wrap(file)));
    }
}
