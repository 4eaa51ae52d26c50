package org.latentprint.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.TestDigests;

/** The files that programs write beside their pictures, from bytes to generations. */
class SideFilesTest {
    private static final String INFOTEXT = "a garden with tulips\nNegative prompt: rain\n"
            + "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1234567890123456789, Size: 512x768, Version: v1.9.4";
    private static final String LOG =
            "prompt,seed,width,height,sampler,cfgs,steps,filename,negative_prompt,sd_model_name,sd_model_hash\r\n"
                    + "\"a cat, \"\"asleep\"\"\nin a garden\",1234567890123456789,512,768,Euler a,7.5,20,00001-12.png,rain,garden_v1,0123456789\r\n"
                    + "a bicycle,5,,0,DDIM,,x,,,,\r\n"
                    + "cut,1\r\n";

    @Test
    void readsATextBesideAPicture() {
        Reading reading = read(INFOTEXT.getBytes(UTF_8));

        assertThat(reading.generations()).singleElement().satisfies(generation -> {
            assertThat(generation.generator()).isEqualTo("A1111");
            assertThat(generation.positivePrompt()).contains("a garden with tulips");
            assertThat(generation.seed()).contains("1234567890123456789");
            assertThat(generation.origin().sha256()).isEqualTo(TestDigests.sha256(INFOTEXT.getBytes(UTF_8)));
        });
        assertThat(extract(INFOTEXT.getBytes(UTF_8)).mediaType()).contains("text/plain");
    }

    @Test
    void leavesOtherTextsAlone() {
        for (String text : new String[] {
            "",
            "a caption: a cat in a garden",
            "Steps: first water the tulips, then ride the bicycle",
            "Steps to reproduce:\nSteps: 3 in all\n",
            "{\"name\": \"a list of bicycles\"}",
            "prompt,seed\na,1",
            "<html><title>A log of lighthouses</title></html>"
        }) {
            assertThat(extract(text.getBytes(UTF_8)).blocks()).as(text).isEmpty();
            assertThat(read(text.getBytes(UTF_8)).generations()).as(text).isEmpty();
        }
        byte[] binary = ("\u0000" + INFOTEXT).getBytes(UTF_8);
        assertThat(extract(binary).mediaType()).isEmpty();
    }

    @Test
    void saysThatALongTextIsNotRead() {
        ItemMetadata metadata = extract((INFOTEXT + "\n".repeat(70_000)).getBytes(UTF_8));
        assertThat(metadata.blocks()).isEmpty();
        assertThat(metadata.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.category()).isEqualTo(Problem.Category.LIMIT));
    }

    @Test
    void readsTheRowsOfSavedPictures() {
        byte[] bytes = LOG.getBytes(UTF_8);
        Reading reading = read(bytes);

        assertThat(reading.generations()).hasSize(2);
        Generation first = reading.generations().getFirst();
        assertThat(first.positivePrompt()).contains("a cat, \"asleep\"\nin a garden");
        assertThat(first.negativePrompt()).contains("rain");
        assertThat(first.seed()).contains("1234567890123456789");
        assertThat(first.settings()).containsEntry("describes", "00001-12.png");
        assertThat(first.models()).singleElement().satisfies(model -> {
            assertThat(model.name()).contains("garden_v1");
            assertThat(model.hashes()).containsEntry("autov2", "0123456789");
        });
        byte[] row = Arrays.copyOfRange(bytes, (int) first.origin().offset(), (int)
                (first.origin().offset() + first.origin().length()));
        assertThat(new String(row, UTF_8)).startsWith("\"a cat").endsWith("0123456789");
        assertThat(first.origin().sha256()).isEqualTo(TestDigests.sha256(row));
        Generation second = reading.generations().get(1);
        assertThat(second.width()).isEmpty();
        assertThat(second.height()).isEmpty();
        assertThat(second.steps()).isEmpty();
        assertThat(second.cfgScale()).isEmpty();
        assertThat(second.models()).isEmpty();
    }

    @Test
    void readsTheEntriesOfAFooocusDay() {
        String json =
                "{\n\"prompt\": \"a lighthouse, K\u00f6ln's\",\n\"negative_prompt\": \"\",\n\"styles\": \"['Fooocus V2']\",\n"
                        + "\"steps\": 30,\n\"resolution\": \"(896, 1152)\",\n\"guidance_scale\": 4.0,\n\"base_model\": \"garden.safetensors\",\n"
                        + "\"refiner_model\": \"None\",\n\"sampler\": \"dpmpp_2m_sde_gpu\",\n\"scheduler\": \"karras\",\n\"seed\": \"4159895726312427221\",\n"
                        + "\"lora_combined_1\": \"tulips.safetensors : 0.5\",\n\"version\": \"Fooocus v2.5.0\"\n}";
        String encoded = URLEncoder.encode(json, UTF_8).replace("+", "%20");
        StringBuilder page =
                new StringBuilder("<!DOCTYPE html><html><head><title>Fooocus Log 2024-05-06</title></head><body>\n");
        for (String name : new String[] {"b.png", "a.png"}) {
            page.append("<div id=\"")
                    .append(name)
                    .append("\" class=\"image-container\"><hr><table><tr>\n<td><a href=\"")
                    .append(name)
                    .append("\"><img src='")
                    .append(name)
                    .append("' loading='lazy'/></a></td><td>")
                    .append("</br><button onclick=\"to_clipboard('")
                    .append(encoded)
                    .append("')\">Copy</button></td></tr></table></div>\n\n");
        }
        page.append("<div id=\"old\" class=\"image-container\"><img src='old.png'/></div>");
        byte[] bytes = page.toString().getBytes(UTF_8);
        Reading reading = read(bytes);

        assertThat(reading.generations())
                .extracting(generation -> generation.settings().get("describes"))
                .containsExactly("b.png", "a.png");
        assertThat(reading.generations()).allSatisfy(generation -> {
            assertThat(generation.generator()).isEqualTo("Fooocus");
            assertThat(generation.positivePrompt()).contains("a lighthouse, K\u00f6ln's");
            assertThat(generation.negativePrompt()).contains("");
            assertThat(generation.seed()).contains("4159895726312427221");
            assertThat(generation.width()).contains(896);
            assertThat(generation.height()).contains(1152);
            assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "garden.safetensors"));
            assertThat(generation.loras())
                    .singleElement()
                    .satisfies(lora -> assertThat(lora.name()).contains("tulips.safetensors"));
            assertThat(generation.origin().length()).isEqualTo(encoded.length());
        });
        assertThat(extract(bytes).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.category()).isEqualTo(Problem.Category.UNSUPPORTED));
    }

    @Test
    void readsWorkflowsAndSideFilesOfJson() {
        String graph = "{\"3\": {\"class_type\": \"KSampler\", \"inputs\": {\"seed\": 7, \"steps\": 20, \"cfg\": 8.0,"
                + " \"sampler_name\": \"euler\", \"scheduler\": \"normal\", \"denoise\": 1.0, \"model\": [\"4\", 0],"
                + " \"positive\": [\"6\", 0], \"negative\": [\"6\", 0], \"latent_image\": [\"5\", 0]}},"
                + "\"4\": {\"class_type\": \"CheckpointLoaderSimple\", \"inputs\": {\"ckpt_name\": \"garden.safetensors\"}},"
                + "\"5\": {\"class_type\": \"EmptyLatentImage\", \"inputs\": {\"width\": 64, \"height\": 64, \"batch_size\": 1}},"
                + "\"6\": {\"class_type\": \"CLIPTextEncode\", \"inputs\": {\"text\": \"a bicycle\", \"clip\": [\"4\", 1]}},"
                + "\"8\": {\"class_type\": \"VAEDecode\", \"inputs\": {\"samples\": [\"3\", 0], \"vae\": [\"4\", 2]}},"
                + "\"9\": {\"class_type\": \"SaveImage\", \"inputs\": {\"images\": [\"8\", 0], \"filename_prefix\": \"x\"}}}";
        assertThat(extract(graph.getBytes(UTF_8)).blocks()).singleElement().satisfies(block -> {
            assertThat(block.container()).isEqualTo("json/prompt");
            assertThat(block.key()).isEqualTo("prompt");
        });
        assertThat(read(graph.getBytes(UTF_8)).generations()).singleElement().satisfies(generation -> {
            assertThat(generation.generator()).isEqualTo("ComfyUI");
            assertThat(generation.positivePrompt()).contains("a bicycle");
        });
        String workflow = "{\"last_node_id\": 3, \"nodes\": [], \"links\": []}";
        assertThat(extract(workflow.getBytes(UTF_8)).blocks())
                .singleElement()
                .satisfies(block -> assertThat(block.key()).isEqualTo("workflow"));
        String easy = "{\"prompt\": \"a cat\", \"seed\": 5, \"num_inference_steps\": 25, \"sampler_name\": \"euler_a\","
                + " \"use_stable_diffusion_model\": \"garden\"}";
        assertThat(read(easy.getBytes(UTF_8)).generations())
                .singleElement()
                .satisfies(generation -> assertThat(generation.generator()).isEqualTo("Easy Diffusion"));
        assertThat(extract(workflow.substring(0, 30).getBytes(UTF_8)).problems())
                .isNotEmpty();
    }

    @Test
    void readsEveryCutAndFlippedByteWithoutFailing() {
        Random random = new Random(23);
        for (String text : new String[] {INFOTEXT, LOG}) {
            byte[] bytes = text.getBytes(UTF_8);
            for (int length = 0; length < bytes.length; length++) {
                assertThat(extract(Arrays.copyOf(bytes, length)).problems())
                        .noneMatch(problem -> problem.category() == Problem.Category.READER_FAILED);
            }
            for (int round = 0; round < 2_000; round++) {
                byte[] flipped = bytes.clone();
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                assertThat(read(flipped).problems())
                        .noneMatch(problem -> problem.category() == Problem.Category.READER_FAILED);
            }
        }
    }

    private static ItemMetadata extract(byte[] bytes) {
        return MetadataExtractor.extract("side", HeapBytes.wrap(bytes));
    }

    private static Reading read(byte[] bytes) {
        return GeneratorReaders.readAll(extract(bytes));
    }
}
