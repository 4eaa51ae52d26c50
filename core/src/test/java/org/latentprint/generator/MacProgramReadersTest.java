package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.PngFixture;

/** Draw Things, Mochi Diffusion and mflux, the programs of Apple's machines. */
class MacProgramReadersTest {
    private static final String DRAW_THINGS =
            "{\"c\":\"a garden & a <gate>\",\"uc\":\"fog\",\"seed\":4294967295,\"steps\":20,"
                    + "\"sampler\":\"DPM++ 2M AYS\",\"scale\":4.5,\"strength\":0.7,\"size\":\"512x768\",\"model\":\"flux_1_dev_q5p.ckpt\","
                    + "\"lora\":[{\"model\":\"old_lora_f16.ckpt\",\"weight\":0.1}],"
                    + "\"v2\":{\"width\":512,\"height\":768,\"clipSkip\":1,\"guidanceScale\":4.5,\"refinerModel\":\"late.ckpt\","
                    + "\"loras\":[{\"file\":\"ink_lora_f16.ckpt\",\"weight\":0.6}],"
                    + "\"controls\":[{\"file\":\"canny_sd15_f16.ckpt\",\"weight\":1}]}}";

    private static String xmp(String namespaces, String properties) {
        return "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                + "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
                + namespaces + ">" + properties + "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void isTheGarden(Generation generation) {
        assertThat(generation.generator()).isEqualTo("Draw Things");
        assertThat(generation.positivePrompt()).contains("a garden & a <gate>");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.seed()).contains("4294967295");
        assertThat(generation.steps()).contains(20);
        assertThat(generation.sampler()).contains("DPM++ 2M AYS");
        assertThat(generation.cfgScale()).contains(new BigDecimal("4.5"));
        assertThat(generation.width()).contains(512);
        assertThat(generation.height()).contains(768);
        assertThat(generation.models())
                .containsExactly(
                        NamedModel.named("checkpoint", "flux_1_dev_q5p.ckpt"),
                        NamedModel.named("checkpoint", "late.ckpt"),
                        NamedModel.named("controlnet", "canny_sd15_f16.ckpt"));
        assertThat(generation.loras())
                .containsExactly(
                        new NamedLora(Optional.of("ink_lora_f16.ckpt"), Optional.of(new BigDecimal("0.6")), Map.of()));
        assertThat(generation.settings()).containsEntry("strength", "0.7").containsEntry("clipSkip", "1");
        assertThat(generation.task()).isEmpty();
    }

    @Test
    void readsDrawThings() {
        String packet = xmp(
                "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:exif=\"http://ns.adobe.com/exif/1.0/\"",
                "<xmp:CreatorTool>Draw Things</xmp:CreatorTool><exif:UserComment><rdf:Alt>"
                        + "<rdf:li xml:lang=\"x-default\">" + escaped(DRAW_THINGS)
                        + "</rdf:li></rdf:Alt></exif:UserComment>");
        Generation generation =
                Readings.only("x.png", PngFixture.of(8, 8).xmp(packet).bytes());
        isTheGarden(generation);
        assertThat(generation.inferences()).isEmpty();
        isTheGarden(Readings.only(
                "x.jpg",
                JpegFixture.of(8, 8)
                        .xmp(packet.replaceAll("</?rdf:(Alt|li)[^>]*>", ""))
                        .bytes()));
        Generation unnamed = Readings.only(
                "x.png",
                PngFixture.of(8, 8)
                        .xmp(packet.replaceAll("<xmp:CreatorTool>.*</xmp:CreatorTool>", ""))
                        .bytes());
        isTheGarden(unnamed);
        assertThat(unnamed.inferences()).isNotEmpty();
    }

    @Test
    void readsDrawThingsWithoutItsName() {
        Generation generation = Readings.only(
                "x.jpg",
                JpegFixture.of(8, 8)
                        .exif(ExifFixture.bigEndian().userComment(DRAW_THINGS, ExifFixture.Comment.UNICODE_BIG_ENDIAN))
                        .bytes());
        isTheGarden(generation);
        assertThat(generation.inferences()).extracting(Inference::field).containsExactly("generator");
    }

    @Test
    void readsTheOldListOfLoras() {
        String record = DRAW_THINGS.substring(0, DRAW_THINGS.indexOf(",\"v2\"")) + "}";
        Generation generation = Readings.only(
                "x.png",
                PngFixture.of(8, 8).internationalText("UserComment", record).bytes());
        assertThat(generation.loras())
                .containsExactly(
                        new NamedLora(Optional.of("old_lora_f16.ckpt"), Optional.of(new BigDecimal("0.1")), Map.of()));
    }

    @Test
    void readsTheNativeRecordOfMochiBesideTheOthersText() {
        String record =
                "{\"format\":\"mochi-diffusion\",\"version\":1,\"producer\":{\"application\":\"Mochi Diffusion\","
                        + "\"version\":\"7.0\"},\"generation\":{\"prompt\":\"a <cat>\",\"negativePrompt\":\"fog\",\"model\":\"sd_v15\","
                        + "\"sampler\":\"DPM++ 2M\",\"scheduler\":\"Linspace\",\"steps\":12,\"cfgScale\":7.5,\"seed\":\"3000000000\","
                        + "\"width\":512,\"height\":512,\"denoise\":0.6,\"resources\":[{\"kind\":\"lora\",\"name\":\"fur\","
                        + "\"weight\":0.5,\"hashes\":[{\"algorithm\":\"autov2\",\"value\":\"aeb7e9e689\"}]},"
                        + "{\"kind\":\"control\",\"name\":\"Canny\"}]},\"mochi\":{\"engine\":\"coreml\","
                        + "\"startingImage\":\"harbour.png\",\"controlNetImage\":\"lines.png\",\"inputImages\":[\"cat.heic\",\"\"],"
                        + "\"parameters\":[{\"key\":\"Schedule\",\"value\":\"Flux shift\"}]}}";
        String packet = xmp(
                "xmlns:mochi=\"https://github.com/MochiDiffusion/MochiDiffusion/ns/metadata/1.0/\"",
                "<mochi:Generation>" + escaped(record) + "</mochi:Generation>");
        byte[] png = PngFixture.of(8, 8)
                .xmp(packet)
                .text(
                        "parameters",
                        "a <cat>\nNegative prompt: fog\nSteps: 12, Sampler: DPM++ 2M, CFG scale: 7.5,"
                                + " Seed: 3000000000, Size: 512x512, Model: sd_v15, Software: Mochi Diffusion 7.0")
                .bytes();
        Generation generation = Readings.only("x.png", png);
        assertThat(generation.generator()).isEqualTo("Mochi Diffusion");
        assertThat(generation.version()).contains("7.0");
        assertThat(generation.positivePrompt()).contains("a <cat>");
        assertThat(generation.seed()).contains("3000000000");
        assertThat(generation.scheduler()).contains("Linspace");
        assertThat(generation.models())
                .containsExactly(NamedModel.named("checkpoint", "sd_v15"), NamedModel.named("controlnet", "Canny"));
        assertThat(generation.loras())
                .containsExactly(new NamedLora(
                        Optional.of("fur"), Optional.of(new BigDecimal("0.5")), Map.of("autov2", "aeb7e9e689")));
        assertThat(generation.inputs())
                .containsExactly(
                        new InputMedia("init", "harbour.png"),
                        new InputMedia("control", "lines.png"),
                        new InputMedia("reference", "cat.heic"));
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.settings())
                .containsEntry("Schedule", "Flux shift")
                .containsEntry("engine", "coreml");
    }

    @Test
    void readsWhatDrawThingsSaysInWords() {
        Generation generation = drawThings(
                "dc:description",
                "a garden (in fog)\nby the sea\n-rain, [mud]\n"
                        + "Steps: 10, Sampler: DDIM, Guidance Scale: 10.0, Seed: 1177739245, Size: 1152x768,"
                        + " Model: sd_v1.4_f16.ckpt, Strength: 1.0, Hires Fix: true, First Stage Size: 768x512");

        assertThat(generation.positivePrompt()).contains("a garden (in fog)\nby the sea");
        assertThat(generation.negativePrompt()).contains("rain, [mud]");
        assertThat(generation.seed()).contains("1177739245");
        assertThat(generation.steps()).contains(10);
        assertThat(generation.sampler()).contains("DDIM");
        assertThat(generation.cfgScale()).contains(new BigDecimal("10.0"));
        assertThat(generation.width()).contains(1152);
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "sd_v1.4_f16.ckpt"));
        assertThat(generation.settings())
                .containsEntry("strength", "1.0")
                .containsEntry("Hires Fix", "true")
                .containsEntry("First Stage Size", "768x512");
        assertThat(generation.inferences()).isEmpty();

        generation = drawThings("dc:description", "a garden\n- a hedge\n-rain\nSteps: 1, Seed: 2");
        assertThat(generation.inferences()).extracting(Inference::field).containsExactly("negative_prompt");
    }

    @Test
    void readsTheRecordOfDrawThingsKeptAsAFile() {
        Generation generation = Readings.only(
                "garden.json",
                ("{\"c\":\"a garden\",\"uc\":\"rain\",\"seed\":9,\"steps\":8,\"sampler\":\"DDIM\",\"scale\":4.5,"
                                + "\"size\":\"512x768\",\"model\":\"sd.ckpt\"}")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(generation.generator()).isEqualTo("Draw Things");
        assertThat(generation.positivePrompt()).contains("a garden");
        assertThat(generation.inferences()).extracting(Inference::field).containsExactly("generator");
    }

    @Test
    void readsAShortRecordWhereThePacketNamesDrawThings() {
        Generation generation = drawThings("exif:UserComment", "{\"c\":\"a garden\",\"seed\":9,\"steps\":1}");

        assertThat(generation.positivePrompt()).contains("a garden");
        assertThat(generation.negativePrompt()).isEmpty();
        assertThat(generation.seed()).contains("9");
    }

    private static Generation drawThings(String property, String text) {
        Generation generation = Readings.only(
                "x.png",
                PngFixture.of(8, 8)
                        .xmp(xmp(
                                "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:exif=\"http://ns.adobe.com/exif/1.0/\""
                                        + " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"",
                                "<xmp:CreatorTool>Draw Things</xmp:CreatorTool><" + property
                                        + "><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escaped(text)
                                        + "</rdf:li></rdf:Alt></" + property + ">"))
                        .bytes());
        assertThat(generation.generator()).isEqualTo("Draw Things");
        return generation;
    }

    @Test
    void readsTheCaptionsOfMochi() {
        String first = "Include in Image: a cat; a dog; and a Model: T; Exclude from Image: ; Model: sd_v15; Steps: 12;"
                + " Guidance Scale: 7.5; Seed: 42; Size: 512x768; Starting Image: harbour.png; Scheduler: DPM-Solver++;"
                + " ML Compute Unit: CPU & Neural Engine; Generator: Mochi Diffusion 5.2";
        String second =
                "Metadata Version: 2\nInclude in Image: a cat\\nasleep; Model: x\nModel: sd_v15\nEngine: coreml\n"
                        + "Input Images: a, b.png\nInput Images: c.png\nSeed: 42\nGenerator: Mochi Diffusion 6.1";
        String oldest = "Prompt: a cat; Negative: fog; Model: sd_v15; Scheduler: dpmSolverMultistepScheduler; Seed: 42;"
                + " Steps: 28; Guidance: 11.0; Generator: Mochi Diffusion 1.0";

        Generation generation = caption(first);
        assertThat(generation.version()).contains("5.2");
        assertThat(generation.positivePrompt()).contains("a cat; a dog; and a Model: T");
        assertThat(generation.negativePrompt()).contains("");
        assertThat(generation.sampler()).contains("DPM-Solver++");
        assertThat(generation.cfgScale()).contains(new BigDecimal("7.5"));
        assertThat(generation.height()).contains(768);
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", "harbour.png"));
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "sd_v15"));

        generation = caption(second);
        assertThat(generation.positivePrompt()).contains("a cat\nasleep; Model: x");
        assertThat(generation.inputs())
                .containsExactly(new InputMedia("reference", "a, b.png"), new InputMedia("reference", "c.png"));
        assertThat(generation.settings()).containsEntry("Engine", "coreml");

        generation = caption(oldest);
        assertThat(generation.positivePrompt()).contains("a cat");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.steps()).contains(28);
        assertThat(generation.cfgScale()).contains(new BigDecimal("11.0"));
    }

    private static Generation caption(String text) {
        Generation generation = Readings.only(
                "x.png",
                PngFixture.of(8, 8)
                        .xmp(xmp(
                                "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
                                "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escaped(text)
                                        + "</rdf:li></rdf:Alt></dc:description>"))
                        .bytes());
        assertThat(generation.generator()).isEqualTo("Mochi Diffusion");
        assertThat(generation.seed()).contains("42");
        return generation;
    }

    @Test
    void readsMflux() {
        String record =
                "{\"mflux_version\": \"0.11.0\", \"model\": \"black-forest-labs/FLUX.1-dev\", \"base_model\": \"None\","
                        + " \"seed\": 9, \"steps\": 25, \"guidance\": 3.5, \"height\": 768, \"width\": 512, \"precision\": \"bfloat16\","
                        + " \"quantize\": 8, \"lora_paths\": [\"/loras/ink.safetensors\"], \"lora_scales\": [0.9],"
                        + " \"image_path\": \"/photos/harbour.jpg\", \"image_paths\": null, \"image_strength\": 0.4,"
                        + " \"controlnet_image_path\": \"lines.png\", \"masked_image_path\": null,"
                        + " \"redux_image_paths\": \"[PosixPath('cat.png'), 'garden.png']\", \"prompt\": \"a garden\","
                        + " \"negative_prompt\": null}";
        byte[] png = PngFixture.of(8, 8)
                .exif(ExifFixture.bigEndian().userComment(record, ExifFixture.Comment.ASCII))
                .xmp(xmp(
                        "xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\"",
                        "<photoshop:Credit>Generated by MFLUX</photoshop:Credit>"))
                .text("IPTC", "1c0278")
                .bytes();
        for (Generation generation : List.of(Readings.only("x.png", png), Readings.only("x.metadata.json", record))) {
            assertThat(generation.generator()).isEqualTo("mflux");
            assertThat(generation.version()).contains("0.11.0");
            assertThat(generation.negativePrompt()).isEmpty();
            assertThat(generation.loras())
                    .containsExactly(new NamedLora(
                            Optional.of("/loras/ink.safetensors"), Optional.of(new BigDecimal("0.9")), Map.of()));
            assertThat(generation.inputs())
                    .containsExactly(
                            new InputMedia("init", "/photos/harbour.jpg"),
                            new InputMedia("control", "lines.png"),
                            new InputMedia("reference", "cat.png"),
                            new InputMedia("reference", "garden.png"));
            assertThat(generation.task()).contains(Task.IMG2IMG);
            assertThat(generation.settings()).containsEntry("quantize", "8").doesNotContainKey("image_paths");
        }
    }

    @Test
    void readsXmpThatIsBrokenOrHostileWithoutFailing() {
        String entities = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///dev/null\">]>"
                + xmp(
                        "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"",
                        "<xmp:CreatorTool>Draw Things &b;</xmp:CreatorTool>");
        for (String packet :
                List.of("<x:xmpmeta", "Draw Things UserComment", "<a><b>Draw Things UserComment", entities)) {
            assertThat(Readings.of("x.png", PngFixture.of(8, 8).xmp(packet).bytes())
                            .problems())
                    .isEmpty();
        }
    }
}
