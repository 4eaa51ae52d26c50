package org.latentprint.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.TextBlocks;

/** Fooocus and its relatives: what they embed, and the layouts of the log page through the versions. */
class FooocusReaderTest {
    private static final String NAME = "2023-11-05_10-20-30_4567.png";
    private static final String ID = NAME.replace('.', '_');

    @Test
    void readsTheSchemeFooocus() {
        Generation generation = embedded("parameters", """
                {"adm_guidance":"(1.5, 0.8, 0.3)","base_model":"garden_xl","base_model_hash":"aeb7e9e689","full_negative_prompt":["fog"],
                "full_prompt":["a cat, sunny","watercolour"],"guidance_scale":4.0,"lora_combined_1":"wool : 0.5","loras":[["wool",0.5,"abcdef0123"]],
                "metadata_scheme":"fooocus","negative_prompt":"","performance":"Speed","prompt":"a cat","refiner_model":"None","resolution":"(896, 1152)",
                "sampler":"dpmpp_2m_sde_gpu","scheduler":"karras","seed":"4159895726312427221","steps":30,"vae":"Default (model)","version":"Fooocus v2.5.5"}""");
        assertThat(generation.variant()).isEmpty();
        assertThat(generation.seed()).contains("4159895726312427221");
        assertThat(generation.models())
                .containsExactly(
                        new NamedModel("checkpoint", Optional.of("garden_xl"), Map.of("autov2", "aeb7e9e689")));
        assertThat(generation.loras())
                .containsExactly(new NamedLora(
                        Optional.of("wool"), Optional.of(new BigDecimal("0.5")), Map.of("autov2", "abcdef0123")));
        assertThat(generation.positiveParts()).hasSize(2);
        assertThat(generation.width()).isEmpty();
        assertThat(generation.settings()).containsEntry("resolution", "(896, 1152)");
    }

    @Test
    void readsAShortRecordBesideTheNameOfTheScheme() {
        Generation generation = embedded("parameters", """
                {"prompt":"a cat","negative_prompt":"fog","base_model":"garden_xl","sampler":"euler","seed":42,"steps":30}""");
        assertThat(generation.positivePrompt()).contains("a cat");
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "garden_xl"));
    }

    @Test
    void readsTheSchemeSimpleOfForks() {
        Generation generation = embedded("Comment", """
                {"Backend Engine":"SDXL-Fooocus","Base Model":"garden_xl","Base Model Hash":"aeb7e9e689","Full Prompt":["a cat"],"Guidance Scale":4.5,
                "LoRA 1":"wool : 0.5","LoRAs":[],"Metadata Scheme":"simple","Negative Prompt":"fog","Prompt":"a cat","Sampler":"euler","Scheduler":"normal",
                "Seed":"7","Steps":20,"VAE":"soft","Version":"Fooocus v2.5.3 SimpleSDXL2_20240901"}""");
        assertThat(generation.variant()).contains("SimpleSDXL");
        assertThat(generation.positivePrompt()).contains("a cat");
        assertThat(generation.negativePrompt()).contains("fog");
        assertThat(generation.cfgScale()).contains(new BigDecimal("4.5"));
        assertThat(generation.models())
                .contains(NamedModel.named("vae", "soft"))
                .hasSize(2);
        assertThat(generation.loras())
                .containsExactly(new NamedLora(Optional.of("wool"), Optional.of(new BigDecimal("0.5")), Map.of()));
    }

    @Test
    void readsTheSchemeA1111WithoutTheVaeInsideTheModel() {
        Generation generation = embedded(
                "parameters",
                "a cat, sunny\nNegative prompt: fog\nSteps: 30, Sampler: DPM++ 2M SDE Karras, Seed: 7, Size: 896x1152, CFG scale: 4.0,"
                        + " Sharpness: 2.0, ADM Guidance: \"(1.5, 0.8, 0.3)\", Model: garden_xl, Model hash: aeb7e9e689, Performance: Speed,"
                        + " Scheduler: karras, VAE: Default (model), Raw prompt: a cat, Raw negative prompt: fog, Refiner: late,"
                        + " Refiner hash: 7440042bbd, Lora hashes: wool: abcdef0123, Lora weights: wool: 0.5, Version: Fooocus v2.5.5");
        assertThat(generation.models())
                .containsExactly(
                        new NamedModel("checkpoint", Optional.of("garden_xl"), Map.of("autov2", "aeb7e9e689")),
                        new NamedModel("checkpoint", Optional.of("late"), Map.of("autov2", "7440042bbd")));
        assertThat(generation.loras())
                .containsExactly(new NamedLora(
                        Optional.of("wool"), Optional.of(new BigDecimal("0.5")), Map.of("autov2", "abcdef0123")));
        assertThat(generation.positiveParts()).containsExactly(new PromptPart("raw", "a cat"));
    }

    @Test
    void readsRuinedFooocusInItsThreeForms() {
        Generation early = embedded("parameters", """
                {"Prompt":"a cat","Negative":"fog","steps":30,"switch":20,"cfg":8.5,"width":1152,"height":896,"seed":5,"sampler_name":"euler",
                "scheduler":"karras","base_model_name":"garden.safetensors","refiner_model_name":"None","loras":"Loras:<wool.safetensors:0.5>,<fur.safetensors:-1.0>",
                "start_step":0,"denoise":null,"software":"RuinedFooocus"}""");
        assertThat(early.loras())
                .extracting(lora -> lora.name().orElse("") + " " + lora.weight().orElse(BigDecimal.ZERO))
                .containsExactly("wool.safetensors 0.5", "fur.safetensors -1.0");
        assertThat(early.models()).containsExactly(NamedModel.named("checkpoint", "garden.safetensors"));
        String sha = "0123456789abcdef".repeat(4);
        Generation late = embedded(
                "parameters",
                "{\"Prompt\":\"a cat\",\"Negative\":\"\",\"steps\":30,\"cfg\":4,\"seed\":5,\"base_model_name\":\"garden.safetensors\",\"base_model_hash\":\""
                        + sha + "\",\"loras\":[[\"" + sha
                        + "\",\"0.1 - sub\\\\wool - soft.safetensors\"]],\"clip_skip\":1,\"software\":\"RuinedFooocus\"}");
        assertThat(late.variant()).contains("RuinedFooocus");
        assertThat(late.models().getFirst().hashes()).containsEntry("sha256", sha);
        assertThat(late.loras())
                .containsExactly(new NamedLora(
                        Optional.of("sub\\wool - soft.safetensors"),
                        Optional.of(new BigDecimal("0.1")),
                        Map.of("sha256", sha)));
        Generation film = embedded("metadata", "{\"prompt\": \"a cat walks\", \"software\": \"RuinedFooocus\"}");
        assertThat(film.positivePrompt()).contains("a cat walks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Comment", "COM"})
    void readsThePicturesThatFooocusMreNames(String key) {
        Generation generation = embedded(key, """
                {"prompt":"a cat","negative_prompt":"fog","styles":["soft"],"real_prompt":["a cat, soft"],"real_negative_prompt":["fog"],"seed":7,
                "width":1152,"height":896,"sampler":"euler","scheduler":"karras","performance":"Speed","steps":30,"switch":20,"cfg":7.0,
                "base_clip_skip":-2,"refiner_clip_skip":-2,"base_model":"garden.safetensors","refiner_model":"None","l1":"wool.safetensors","w1":0.5,
                "l2":"None","w2":0.5,"img2img":true,"revision":true,"input_image":"holiday.jpg","revision_images":["face.png","hat.png"],
                "control_lora_canny":true,"canny_model":"canny.safetensors","canny_input":"holiday.jpg","software":"Fooocus 2.0.93 MRE"}""");
        assertThat(generation.variant()).contains("MRE");
        assertThat(generation.version()).contains("Fooocus 2.0.93 MRE");
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.inputs())
                .containsExactly(
                        new InputMedia("init", "holiday.jpg"),
                        new InputMedia("reference", "face.png"),
                        new InputMedia("reference", "hat.png"),
                        new InputMedia("control", "holiday.jpg"));
        assertThat(generation.loras()).hasSize(1);
        assertThat(generation.models())
                .containsExactly(
                        NamedModel.named("checkpoint", "garden.safetensors"),
                        NamedModel.named("controlnet", "canny.safetensors"));
        assertThat(generation.positiveParts()).containsExactly(new PromptPart("real_prompt", "a cat, soft"));
    }

    @Test
    void tellsAPictureThatWasChosenAndNotUsed() {
        Generation generation = embedded(
                "Comment",
                "{\"prompt\":\"a cat\",\"base_model_name\":\"g\",\"img2img\":false,\"input_image\":\"a.png\",\"revision\":false,"
                        + "\"revision_images\":[\"b.png\"],\"software\":\"Fooocus 1.0.35 MRE\"}");
        assertThat(generation.inputs())
                .containsExactly(new InputMedia("unconnected", "a.png"), new InputMedia("unconnected", "b.png"));
        assertThat(generation.task()).isEmpty();
    }

    @Test
    void readsTheJsonBesideAPictureOfFooocusMre() {
        byte[] json =
                ("{\"prompt\": \"a cat\", \"seed\": 7, \"base_clip_skip\": -2, \"base_model\": \"g\", \"img2img\": true,"
                                + " \"input_image\": \"a.png\", \"software\": \"Fooocus 2.0.93 MRE\"}")
                        .getBytes(UTF_8);
        Generation generation =
                GeneratorReaders.readAll(extract(json)).generations().getFirst();
        assertThat(generation.inputs()).containsExactly(new InputMedia("init", "a.png"));
    }

    /** Version 2.0: paragraphs, each new entry before the page's head. */
    @Test
    void readsALogOfParagraphs() {
        String page = "<div id=\"" + ID + "\">\n<p>" + NAME + "</p>\n<p>Prompt: <b>a cat, k: <soft></b> </p>\n"
                + "<p>Negative Prompt: <b></b> </p>\n<p>Fooocus V2 Expansion: <b>a cat, sunny</b> </p>\n"
                + "<p>Styles: <b>['Fooocus V2']</b>, Performance: <b>Speed</b></p>\n<p>Resolution: <b>(1152, 896)</b>, Sharpness: <b>2.0</b></p>\n"
                + "<p>Base Model: <b>garden.safetensors</b>, Refiner Model: <b>None</b></p>\n<p>Seed: <b>1234567890123456789</b>, "
                + "LoRA [wool: soft.safetensors] weight: <b>0.5</b></p>\n<p><img src=\"" + NAME
                + "\" width=auto></img></p><hr></div>\n<p>Fooocus Log 2023-11-05 (private)</p>\n<p>All images do not contain any hidden data.</p>";
        Generation generation = logged(page.replace("wool: soft", "wool")).getFirst();
        assertThat(generation.positivePrompt()).contains("a cat, k: <soft>");
        assertThat(generation.negativePrompt()).contains("");
        assertThat(generation.seed()).contains("1234567890123456789");
        assertThat(generation.width()).contains(1152);
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "garden.safetensors"));
        assertThat(generation.loras())
                .containsExactly(
                        new NamedLora(Optional.of("wool.safetensors"), Optional.of(new BigDecimal("0.5")), Map.of()));
        assertThat(generation.settings()).containsEntry("describes", NAME);
    }

    /** Version 2.1: a table without a button. */
    @Test
    void readsALogOfTables() {
        String row = "<tr><td class='key'>%s</td><td class='value'>%s</td></tr>\n";
        String page =
                "<html><head><style>body { color: #E0E0E0; }</style></head><body><p>Fooocus Log 2023-11-05 (private)</p>\n"
                        + "<p>All images do not contain any hidden data.</p><!--fooocus-log-split-->\n"
                        + ("<div id=\"" + ID + "\" class=\"image-container\">\n<hr><table><tr><td><a href='" + NAME
                                + "'><img src='" + NAME + "' loading='lazy'></img></a><div>" + NAME
                                + "</div></td><td><table class='metadata'>")
                        + row.formatted("Prompt", "a cat </br> in a garden") + row.formatted("Negative Prompt", "fog")
                        + row.formatted("Guidance Scale", "4.0") + row.formatted("Base Model", "garden.safetensors")
                        + row.formatted("Sampler", "dpmpp_2m_sde_gpu") + row.formatted("Seed", "7")
                        + row.formatted("LoRA [wool.safetensors] weight", "0.5")
                        + row.formatted("LoRA [fur.safetensors] weight", "0.25")
                        + "</table></td></tr></table></div>\n\n<!--fooocus-log-split--></body></html>";
        Generation generation = logged(page).getFirst();
        assertThat(generation.positivePrompt()).contains("a cat\nin a garden");
        assertThat(generation.sampler()).contains("dpmpp_2m_sde_gpu");
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse(""))
                .containsExactly("wool.safetensors", "fur.safetensors");
    }

    /** Between the two: a table with bold values, each new entry before the head. */
    @Test
    void readsALogOfEarlyTables() {
        String row =
                "<tr><td style='padding: 4px; width: 15%%;'>%s</td><td style='padding: 4px; width: 85%%;'><b>%s</b></td></tr>";
        String page = "<div id=\"" + ID + "\">\n<table><tr><td style='text-align: center;'><a href='" + NAME
                + "'><img src='" + NAME
                + "' width='auto'></img></a></td><td style='padding-left:10px;'><table class='metadata'>"
                + row.formatted("Prompt", "a cat") + row.formatted("Seed", "7")
                + row.formatted("LoRA", "wool.safetensors: 0.5")
                + row.formatted("LoRA", "fur.safetensors: 0.25")
                + "</table></td></tr></table><hr></div>\n<html><head></head><body><p>Fooocus Log 2023-11-05 (private)</p>";
        assertThat(logged(page).getFirst().loras())
                .extracting(lora -> lora.name().orElse("") + " " + lora.weight().orElse(BigDecimal.ZERO))
                .containsExactly("wool.safetensors 0.5", "fur.safetensors 0.25");
    }

    /** The first version with a button wrote LoRAs under one key, of which its object kept the last. */
    @Test
    void takesLorasOfOneKeyFromThePage() {
        String json = "{\"Prompt\": \"a cat\", \"Seed\": 7, \"LoRA\": \"fur.safetensors : 0.25\"}";
        String row = "<tr><td class='key'>%s</td><td class='value'>%s</td></tr>\n";
        String page = head() + "<div id=\"" + ID + "\" class=\"image-container\"><hr><table><tr>\n<td><a href=\"" + NAME
                + "\"><img src='" + NAME + "' loading='lazy'></img></a></td><td><table class='metadata'>"
                + row.formatted("Prompt", "a cat") + row.formatted("LoRA", "wool.safetensors : 0.5")
                + row.formatted("LoRA", "fur.safetensors : 0.25") + "</table></br><button onclick=\"to_clipboard('"
                + URLEncoder.encode(json, UTF_8).replace("+", "%20")
                + "')\">Copy to Clipboard</button></td></tr></table></div>";
        Generation generation = logged(page).getFirst();
        assertThat(generation.seed()).contains("7");
        assertThat(generation.loras())
                .extracting(lora -> lora.name().orElse("") + " " + lora.weight().orElse(BigDecimal.ZERO))
                .containsExactly("wool.safetensors 0.5", "fur.safetensors 0.25");
    }

    /** Fooocus-MRE appends to the page. */
    @Test
    void readsALogOfFooocusMre() {
        String page =
                "<p>Fooocus Log 2023-11-05 (private)</p>\n<p>All images do not contain any hidden data.</p><div id=\""
                        + ID
                        + "\"><hr>\n<p>" + NAME
                        + "</p>\n<p>Prompt: <b>a cat</b> </p>\n<p>Negative Prompt: <b>fog</b> </p>\n"
                        + "<p>Image-2-Image: <b>(True, 0, 0.5, 1.0, 'holiday.jpg')</b>, Software: <b>Fooocus 2.0.93 MRE</b></p>\n"
                        + "<p><img src=\"" + NAME + "\" width=512></img></p></div>\n";
        Generation generation = logged(page).getFirst();
        assertThat(generation.variant()).contains("MRE");
        assertThat(generation.settings()).containsEntry("image-2-image", "(True, 0, 0.5, 1.0, 'holiday.jpg')");
    }

    @Test
    void readsALongPageInTimeAndNoOtherPage() {
        StringBuilder page = new StringBuilder(head());
        for (int i = 0; i < 3_000; i++) {
            page.append("<div id=\"").append(ID).append("\"><p>Prompt: <b>a</b></p><img src=\"a.png\"></div>");
        }
        page.append("<div id=\"").append(ID).append("\" class=\"image-container\"><img src='a.png'/></div>");
        ItemMetadata metadata = extract(page.toString().getBytes(UTF_8));
        assertThat(metadata.problems()).extracting(Problem::category).contains(Problem.Category.UNSUPPORTED);
        assertThat(extract("<div id=\"garden\"><p>Prompt: <b>a</b></p></div>".getBytes(UTF_8))
                        .mediaType())
                .isEmpty();
    }

    private static String head() {
        return "<!DOCTYPE html><html><head><title>Fooocus Log 2023-11-05</title></head><body><!--fooocus-log-split-->\n\n";
    }

    private static Generation embedded(String key, String text) {
        Reading reading = GeneratorReaders.readAll(TextBlocks.png(key, text, "fooocus_scheme", "x"));
        assertThat(reading.generations()).hasSize(1);
        assertThat(reading.generations().getFirst().generator()).isEqualTo("Fooocus");
        return reading.generations().getFirst();
    }

    private static List<Generation> logged(String page) {
        Reading reading = GeneratorReaders.readAll(extract(page.getBytes(UTF_8)));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.generations()).hasSize(1);
        return reading.generations();
    }

    private static ItemMetadata extract(byte[] bytes) {
        return MetadataExtractor.extract("log.html", HeapBytes.wrap(bytes));
    }
}
