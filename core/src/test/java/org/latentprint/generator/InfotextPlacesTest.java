package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.MatroskaFixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.RiffFixture;
import org.latentprint.fixture.WebpFixture;
import org.latentprint.fixture.XmpFixture;

/** The places beside texts of PNG and EXIF in which programs put an infotext. */
class InfotextPlacesTest {
    private static final String SDCPP = "a cat & a <dog> \"on\" a wall\nNegative prompt: fog\n"
            + "Steps: 20, CFG scale: 7.000000, Guidance: 3.500000, Eta: 0.000000, Seed: 42, Size: 512x512, Model: , "
            + "RNG: cuda, Sampler: euler simple, Unet: garden_low.gguf, VAE: wan_vae.safetensors, "
            + "Version: stable-diffusion.cpp, SDCPP: {\"schema\":\"sdcpp.image.params/v1\",\"mode\":\"vid_gen\","
            + "\"generator\":{\"name\":\"stable-diffusion.cpp\",\"version\":\"master-500\",\"commit\":\"abc\"},"
            + "\"models\":{\"diffusion_model\":\"garden_low.gguf\",\"high_noise_diffusion_model\":\"garden_high.gguf\","
            + "\"clip_vision\":\"clip_vision_h.safetensors\",\"vae\":\"wan_vae.safetensors\"},"
            + "\"loras\":[{\"name\":\"wool.safetensors\",\"multiplier\":0.5,\"is_high_noise\":true}],"
            + "\"hires\":{\"enabled\":true,\"upscaler\":\"Model\",\"model\":\"sharp.pth\"},\"seed\":42}";

    /** As {@code build_webp_xmp_packet} writes it. */
    private static final String PACKET = "<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
            + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
            + "  <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
            + "    <rdf:Description xmlns:sdcpp=\"https://github.com/leejet/stable-diffusion.cpp/ns/1.0/\">\n"
            + "      <sdcpp:parameters>"
            + SDCPP.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                    .replace("'", "&apos;")
            + "</sdcpp:parameters>\n    </rdf:Description>\n  </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>";

    private static final String A1111 = "a lighthouse\nNegative prompt: rain\n"
            + "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 77000, Size: 64x64, Model: garden, Version: v1.9.4";

    @Test
    void stableDiffusionCppIsReadInEveryPlaceThatItWritesTo() {
        for (byte[] file : List.of(
                PngFixture.of(8, 8).text("parameters", SDCPP).bytes(),
                WebpFixture.of(8, 8).xmp(PACKET).bytes(),
                RiffFixture.avi(64, 48, "").list("INFO", "ICMT", SDCPP + "\0").bytes(),
                MatroskaFixture.webm(64, 48).tag("COMMENT", SDCPP).bytes())) {
            Reading reading = read(file);
            assertThat(reading.generations()).singleElement().satisfies(generation -> {
                assertThat(generation.generator()).isEqualTo("stable-diffusion.cpp");
                assertThat(generation.version()).contains("master-500");
                assertThat(generation.positivePrompt()).contains("a cat & a <dog> \"on\" a wall");
                assertThat(generation.negativePrompt()).contains("fog");
                assertThat(generation.seed()).contains("42");
                assertThat(generation.models())
                        .contains(
                                NamedModel.named("diffusion-model", "garden_low.gguf"),
                                NamedModel.named("diffusion-model", "garden_high.gguf"),
                                NamedModel.named("clip-vision", "clip_vision_h.safetensors"),
                                NamedModel.named("vae", "wan_vae.safetensors"),
                                NamedModel.named("upscaler", "sharp.pth"))
                        .hasSize(5);
                assertThat(generation.loras())
                        .extracting(lora -> lora.name().orElse(""))
                        .containsExactly("wool.safetensors");
            });
            assertThat(reading.claimed()).hasSize(1);
        }
    }

    @Test
    void anInfotextInADescriptionIsReadBesideOtherProperties() {
        Reading reading = read(JpegFixture.of(8, 8)
                .xmp(new XmpFixture()
                        .array("dc:description", "Alt", A1111)
                        .element("xmp:CreatorTool", "a tool")
                        .packet())
                .bytes());
        assertThat(reading.generations()).singleElement().satisfies(generation -> {
            assertThat(generation.generator()).isEqualTo("A1111");
            assertThat(generation.seed()).contains("77000");
            assertThat(generation.negativePrompt()).contains("rain");
        });
        assertThat(reading.claimed()).as("the packet says more").isEmpty();
    }

    @Test
    void oneTextInTwoPlacesIsOneGeneration() {
        Reading reading = read(JpegFixture.of(8, 8)
                .comment(A1111)
                .xmp(new XmpFixture().array("dc:description", "Alt", A1111).packet())
                .bytes());
        assertThat(reading.generations()).hasSize(1);
        assertThat(reading.generations().getFirst().furtherOrigins()).hasSize(1);
        assertThat(reading.claimed()).hasSize(2);
    }

    @Test
    void aDescriptionThatSpeaksOfStepsIsNoGeneration() {
        assertThat(read(JpegFixture.of(8, 8)
                                .xmp(new XmpFixture()
                                        .array("dc:description", "Alt", "Steps: first the garden, then the cat")
                                        .packet())
                                .bytes())
                        .generations())
                .isEmpty();
    }

    private static Reading read(byte[] file) {
        return GeneratorReaders.readAll(MetadataExtractor.extract("placed", HeapBytes.wrap(file)));
    }
}
