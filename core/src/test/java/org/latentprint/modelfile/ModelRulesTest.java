package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.GgufFixture;
import org.latentprint.fixture.OnnxFixture;
import org.latentprint.fixture.PickleFixture;
import org.latentprint.fixture.SafetensorsFixture;

/** Rules of the rules' file that no real head at hand covers, each on the names and shapes by which it decides. */
class ModelRulesTest {

    /** A head whose data are missing: it is read, and its tensors' sizes cost nothing. */
    private static ModelFile read(String metadata, String... tensors) throws IOException {
        SafetensorsFixture file = new SafetensorsFixture();
        if (!metadata.isEmpty()) {
            file.metadata(metadata);
        }
        long end = 0;
        for (String tensor : tensors) {
            String[] parts = tensor.split(" ", 2);
            String shape = parts.length > 1 ? parts[1] : "[2]";
            long bytes = 2
                    * Arrays.stream(shape.substring(1, shape.length() - 1).split(","))
                            .mapToLong(Long::parseLong)
                            .reduce(1, (a, b) -> a * b);
            file.tensorAt(parts[0], shape, end, end + bytes);
            end += bytes;
        }
        byte[] whole = file.head();
        return new ModelFiles()
                .read("models/a.safetensors", HeapBytes.wrap(whole), false)
                .orElseThrow();
    }

    static Stream<Arguments> decided() {
        String[] sdxl = {
            "input_blocks.0.0.weight [320,4,3,3]", "input_blocks.4.1.transformer_blocks.0.attn2.to_k.weight [640,2048]"
        };
        return Stream.of(
                Arguments.of("diffusion-model", "kolors", with(sdxl, "label_emb.0.0.weight [1280,5632]")),
                Arguments.of(
                        "diffusion-model",
                        "sdxl",
                        with(sdxl, "input_blocks.7.1.transformer_blocks.9.attn2.to_k.weight")),
                Arguments.of(
                        "diffusion-model",
                        "svd",
                        List.of(
                                "input_blocks.0.0.weight [320,8,3,3]",
                                "input_blocks.1.0.time_stack.in_layers.0.weight")),
                Arguments.of(
                        "diffusion-model",
                        "cogvideox",
                        List.of("patch_embed.text_proj.weight [3072,4096]", "patch_embed.proj.weight [3072,16,2,2]")),
                Arguments.of(
                        "motion-module",
                        "sd1",
                        List.of("down_blocks.3.motion_modules.0.temporal_transformer.norm.weight")),
                Arguments.of(
                        "motion-module",
                        "sdxl",
                        List.of("down_blocks.2.motion_modules.0.temporal_transformer.norm.weight")),
                Arguments.of("control-lora", "sdxl", List.of("lora_controlnet", "a.attn2.to_k.down [64,2048]")),
                Arguments.of("embedding", "sd1", List.of("<kettle> [768]")),
                Arguments.of(
                        "upscaler", "span", List.of("conv_1.sk.weight", "block_1.c1_r.sk.weight", "conv_cat.weight")),
                Arguments.of(
                        "lora",
                        "hunyuan-video",
                        List.of(
                                "lora_unet_double_blocks_19_img_attn_qkv.lora_down.weight [4,3072]",
                                "lora_unet_double_blocks_19_img_attn_qkv.lora_up.weight [9216,4]")),
                Arguments.of(
                        "lora",
                        "cogvideox",
                        List.of(
                                "transformer.transformer_blocks.41.attn1.to_q.lora_A.weight [4,3072]",
                                "transformer.transformer_blocks.41.attn1.to_q.lora_B.weight [3072,4]")));
    }

    private static List<String> with(String[] tensors, String more) {
        return Stream.concat(Arrays.stream(tensors), Stream.of(more)).toList();
    }

    @ParameterizedTest
    @MethodSource("decided")
    void namesAndShapesDecide(String kind, String architecture, List<String> tensors) throws IOException {
        ModelIdentity identity = read("", tensors.toArray(String[]::new)).identity();

        assertThat(identity.kind()).isEqualTo(kind);
        assertThat(identity.architecture()).contains(architecture);
    }

    static Stream<Arguments> undecided() {
        return Stream.of(
                Arguments.of("embedding", List.of("clip_l [2,768]", "clip_g [2,1280]", "t5xxl [2,4096]"), "sd3-medium"),
                Arguments.of(
                        "lora",
                        List.of(
                                "transformer.transformer_blocks.0.attn1.to_q.lora_A.weight [4,4096]",
                                "transformer.transformer_blocks.0.attn1.to_q.lora_B.weight [4096,4]"),
                        "ltx-2"));
    }

    @ParameterizedTest
    @MethodSource("undecided")
    void whereStructureCannotDecideCandidatesAreListed(String kind, List<String> tensors, String candidate)
            throws IOException {
        ModelIdentity identity = read("", tensors.toArray(String[]::new)).identity();

        assertThat(identity.kind()).isEqualTo(kind);
        assertThat(identity.architecture()).isEmpty();
        assertThat(identity.candidates()).hasSizeGreaterThan(1).contains(candidate);
    }

    @Test
    void aClaimThatDoesNotFitTheStructureIsReportedAndOneThatFitsIsNot() throws IOException {
        String[] wan = {
            "lora_unet_blocks_0_cross_attn_k.lora_down.weight [4,5120]",
            "lora_unet_blocks_0_cross_attn_k.lora_up.weight [5120,4]"
        };

        assertThat(problems(read("\"modelspec.architecture\":\"Qwen-Image/lora\"", wan)))
                .contains("the metadata claim Qwen-Image/lora, the structure is that of wan2.1");
        assertThat(problems(read("\"ss_base_model_version\":\"wan\"", wan))).doesNotContain("claim");
        assertThat(problems(read("\"ss_base_model_version\":\"a word of tomorrow\"", wan)))
                .doesNotContain("claim");
    }

    private static String problems(ModelFile model) {
        return String.join("; ", model.problems().stream().map(Problem::message).toList());
    }

    @Test
    void aNetworkThatIsPickledWholeIsKnownByItsImport() throws IOException {
        byte[] pickle = new PickleFixture()
                .global("ultralytics.nn.tasks", "DetectionModel")
                .raw(')', 0x81)
                .build();
        ModelFile model = new ModelFiles()
                .read("a.pt", HeapBytes.wrap(PickleFixture.zip(pickle, false)), false)
                .orElseThrow();

        assertThat(model.identity().kind()).isEqualTo("detector");
        assertThat(model.pickle().orElseThrow().unusual()).containsExactly("ultralytics.nn.tasks.DetectionModel");
    }

    @ParameterizedTest
    @CsvSource({
        "ultralytics.nn.tasks, PoseModel, yolo",
        "ultralytics.nn.tasks, OBBModel, yolo",
        "ultralytics.nn.tasks, WorldModel, yolo",
        "ultralytics.nn.tasks, YOLOEModel, yolo",
        "ultralytics.nn.tasks, YOLOESegModel, yolo",
        "ultralytics.nn.tasks, YOLOv10DetectionModel, yolo",
        "ultralytics.nn.tasks, RTDETRDetectionModel, rt-detr",
        "models.yolo, DetectionModel, yolo",
        "models.yolo, SegmentationModel, yolo"
    })
    void detectorsAreToldByTheClassThatTheirPickleImports(String module, String type, String architecture)
            throws IOException {
        byte[] pickle = new PickleFixture().global(module, type).raw(')', 0x81).build();
        ModelFile model = new ModelFiles()
                .read("a.pt", HeapBytes.wrap(PickleFixture.zip(pickle, false)), false)
                .orElseThrow();

        assertThat(model.identity().kind()).isEqualTo("detector");
        assertThat(model.identity().architecture()).contains(architecture);
    }

    @Test
    void aNetworkThatGivesAWordsCertaintyForThousandsOfWordsIsATagger() throws IOException {
        assertThat(onnx(OnnxFixture.imageToWords(448, 10_861))).isEqualTo("tagger wd-tagger");
        assertThat(onnx(OnnxFixture.imageToWords(448, 512))).startsWith("unknown");
        assertThat(onnx(OnnxFixture.imageToWords(224, 10_861))).startsWith("unknown");
    }

    @Test
    void graphsForFacesAreToldByWhatGoesInAndComesOut() throws IOException {
        assertThat(onnx(OnnxFixture.imageTo(112, new int[] {1, 512}))).isEqualTo("face-recognition arcface");
        assertThat(onnx(OnnxFixture.imageTo(192, new int[] {1, 212}))).isEqualTo("face-landmarks 2d106");
        assertThat(onnx(OnnxFixture.imageTo(192, new int[] {1, 3309}))).isEqualTo("face-landmarks 3d68");
        assertThat(onnx(OnnxFixture.imageTo(96, new int[] {1, 3}))).isEqualTo("face-attributes genderage");
        int[][] faces = {{1, 1}, {1, 1}, {1, 1}, {1, 4}, {1, 4}, {1, 4}, {1, 10}, {1, 10}, {1, 10}};
        assertThat(onnx(OnnxFixture.imageTo(640, faces))).isEqualTo("detector scrfd");
        assertThat(onnx(OnnxFixture.imageTo(640, Arrays.copyOf(faces, 6)))).isEqualTo("detector scrfd");
        // Other sizes of the same kind are other networks.
        assertThat(onnx(OnnxFixture.imageTo(192, new int[] {1, 136}))).isEqualTo("unknown ");
        assertThat(onnx(OnnxFixture.imageTo(96, new int[] {1, 2}))).isEqualTo("unknown ");
        assertThat(onnx(OnnxFixture.imageTo(640, Arrays.copyOf(faces, 8)))).isEqualTo("unknown ");
        assertThat(onnx(OnnxFixture.imageTo(640))).isEqualTo("unknown ");
    }

    @Test
    void graphsThatFindPersonsAndTheirPosesAreToldByWhatComesOut() throws IOException {
        assertThat(onnx(OnnxFixture.imageTo(640, new int[] {1, 8400, 85}))).isEqualTo("detector yolo");
        assertThat(onnx(OnnxFixture.imageTo(640, new int[] {1, 84, 8400}))).isEqualTo("detector yolo");
        assertThat(onnx(OnnxFixture.imageTo(640, new int[] {1, 25200, 85}))).isEqualTo("unknown ");
        String[] input = {"input"};
        assertThat(onnx(OnnxFixture.ports(input, new String[] {"simcc_x", "simcc_y"})))
                .isEqualTo("pose-estimator ");
        assertThat(onnx(OnnxFixture.ports(input, new String[] {"simcc_x"}))).isEqualTo("unknown ");
    }

    @Test
    void graphsThatSwapFacesAreToldByTheNamesOfWhatGoesInAndComesOut() throws IOException {
        String[] outputs = {"out_face_mask:0", "out_celeb_face:0", "out_celeb_face_mask:0"};
        byte[] trained = OnnxFixture.ports(new String[] {"in_face:0"}, outputs);
        assertThat(onnx("a person.dfm", trained)).isEqualTo("face-swap deepfacelab-dfm");
        assertThat(onnx(OnnxFixture.ports(new String[] {"in_face:0"}, new String[] {"out_mask:0"})))
                .isEqualTo("unknown ");
        assertThat(onnx(OnnxFixture.ports(new String[] {"target", "source"}, new String[] {"output"})))
                .isEqualTo("face-swap ");
        assertThat(onnx(OnnxFixture.ports(new String[] {"target"}, new String[] {"output"})))
                .isEqualTo("unknown ");
    }

    private static String onnx(byte[] file) throws IOException {
        return onnx("a.onnx", file);
    }

    private static String onnx(String name, byte[] file) throws IOException {
        ModelIdentity identity = new ModelFiles()
                .read(name, HeapBytes.wrap(file), false)
                .orElseThrow()
                .identity();
        return identity.kind() + " " + identity.architecture().orElse("");
    }

    @Test
    void whatStandsOutsideTheBlocksOfAUNetBelongsToItToo() throws IOException {
        Adapter adapter = adapter(
                "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.processor.to_k_lora.down.weight [4,768]",
                "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.processor.to_k_lora.up.weight [320,4]",
                "unet.time_embedding.cond_proj.lora_down.weight [4,256]",
                "unet.time_embedding.cond_proj.lora_up.weight [320,4]");

        assertThat(adapter.targets()).containsExactly("unet");
        // XLabs writes a processor, too, but below the blocks of FLUX.
        assertThat(adapter.keyFormat()).isEmpty();
    }

    @Test
    void theRankOfMatricesThatNunchakuPackedIsThatOfTheirCommonSide() throws IOException {
        Adapter adapter = adapter(
                "single_transformer_blocks.0.mlp_fc1.lora_down [3072,32]",
                "single_transformer_blocks.0.mlp_fc1.lora_up [12288,32]");

        assertThat(adapter.rankLow()).hasValue(32);
        assertThat(adapter.rankHigh()).hasValue(32);
    }

    @Test
    void adaptersOfLtxAreNotTakenForThoseOfCogView() throws IOException {
        ModelIdentity identity = read(
                        "",
                        "transformer.transformer_blocks.0.attn1.to_q.lora_A.weight [16,4096]",
                        "transformer.transformer_blocks.0.attn1.to_q.lora_B.weight [4096,16]",
                        "transformer.transformer_blocks.0.attn2.to_k.lora_A.weight [16,4096]",
                        "transformer.transformer_blocks.0.attn2.to_k.lora_B.weight [4096,16]")
                .identity();

        assertThat(identity.candidates()).containsExactly("ltx-video", "ltx-2");
    }

    private static Adapter adapter(String... tensors) throws IOException {
        return read("", tensors).adapter().orElseThrow();
    }

    @Test
    void theShapeThatAConverterNotedIsThatOfTheTensorAndOneThatDoesNotFitIsNot() throws IOException {
        assertThat(gguf(320, 4, 3, 3).weights().orElseThrow().elements()).isEqualTo(11_520 + 320 * 768);
        assertThat(gguf(320, 4, 3, 3).identity().architecture()).contains("sd1");
        assertThat(gguf(320, 9, 3, 3).identity().architecture()).isEmpty();
        assertThat(gguf(320, -4, -3, 3).identity().architecture()).isEmpty();
    }

    /** The head of a UNet whose first convolution is stored in rows of 256. */
    private static ModelFile gguf(int... shape) throws IOException {
        GgufFixture file = new GgufFixture(2, 2)
                .key("general.architecture", "sd1")
                .text("comfy.gguf.orig_shape.input_blocks.0.0.weight")
                .number(9, 4)
                .number(5, 4)
                .number(shape.length, 8);
        for (int size : shape) {
            file.number(size, 4);
        }
        file.tensor("input_blocks.0.0.weight", 256, 45);
        file.tensor("input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight", 768, 320);
        return new ModelFiles()
                .read("a.gguf", HeapBytes.wrap(file.build()), false)
                .orElseThrow();
    }

    @Test
    void coversAreCountedAndHashedAndNotShown() throws IOException {
        ModelFile model = read(
                "\"modelspec.thumbnail\":\"data:image/jpeg;base64,Y2F0\",\"ssmd_cover_images\":\"[\\\"ZG9n\\\"]\"",
                "emb_params [2,768]");

        assertThat(model.formatFacts())
                .containsEntry("thumbnails", "2")
                .containsEntry(
                        "thumbnailSha256",
                        "77af778b51abd4a3c51c5ddd97204a9c3ae614ebccb75a606c3b6865aed6744e"
                                + " cd6357efdd966de8c0cb2f876cc89ec74ce35f0968e11743987084bd42fb8944");
        assertThat(model.claims()).doesNotContainKeys("modelspec.thumbnail", "ssmd_cover_images");
    }

    @Test
    void theHubsCacheNamesModelAndRevision() throws IOException {
        String revision = "0123456789abcdef0123456789abcdef01234567";
        byte[] file = new SafetensorsFixture().tensor("emb_params", 1, 768).build();

        assertThat(new ModelFiles()
                        .read(
                                "hub/models--garden--kettle/snapshots/" + revision + "/a.safetensors",
                                HeapBytes.wrap(file),
                                false)
                        .orElseThrow()
                        .formatFacts())
                .containsEntry("hubModel", "garden/kettle")
                .containsEntry("hubRevision", revision);
        assertThat(HubCache.facts("models--kettle/blobs/" + "ab".repeat(32) + ".incomplete"))
                .containsEntry("hubModel", "kettle")
                .containsEntry("hubBlobSha256", "ab".repeat(32))
                .containsEntry("hubIncomplete", "true");
        assertThat(HubCache.facts("models/garden/a.safetensors")).isEmpty();
    }

    /** The second of a GLoRA module's pairs goes down to the rank (LyCORIS: lycoris/modules/glora.py). */
    @Test
    void theRankOfAGLoRAIsThatOfItsInnerSide() throws IOException {
        String module = "lora_unet_input_blocks_4_1_proj_in.";

        Adapter adapter = read(
                        "",
                        module + "a1.weight [640,8]",
                        module + "a2.weight [8,640]",
                        module + "b1.weight [640,8]",
                        module + "b2.weight [8,640]")
                .adapter()
                .orElseThrow();

        assertThat(adapter.algorithm()).isEqualTo("glora");
        assertThat(adapter.rankLow()).hasValue(8);
        assertThat(adapter.rankHigh()).hasValue(8);
    }
}
