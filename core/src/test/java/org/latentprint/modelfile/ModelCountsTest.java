package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Values of the network count as parameters, also where two lie in a byte; what says how to unpack them does not. */
class ModelCountsTest {
    private static TensorInfo tensor(String name, String type, long bytes, Long... shape) {
        return new TensorInfo(name, type, List.of(shape), bytes);
    }

    private static ModelWeights weights(TensorInfo... tensors) {
        ModelHead head = new ModelHead("", "safetensors");
        head.tensors().addAll(List.of(tensors));
        return ModelCounts.of(head).orElseThrow();
    }

    @Test
    void twoValuesLieInAByteWhereEachWeightHasItsTwoScales() {
        TensorInfo packed = tensor("a.weight", "U8", 3072 * 1536, 3072L, 1536L);
        TensorInfo fine = tensor("a.weight_scale", "F8_E4M3", 3072 * 192, 3072L, 192L);
        TensorInfo all = tensor("a.weight_scale_2", "F32", 4);
        TensorInfo norm = tensor("b.weight", "BF16", 256, 128L);

        ModelWeights weights = weights(packed, fine, all, norm);
        assertThat(weights.parameters()).isEqualTo(3072 * 3072 + 128);
        assertThat(weights.precision()).contains("NVFP4");
        assertThat(weights.quantisation()).contains("nvfp4");

        ModelWeights bytes = weights(packed, norm);
        assertThat(bytes.parameters()).isEqualTo(3072 * 1536 + 128);
        assertThat(bytes.precision()).contains("U8");
    }

    @Test
    void scalesAndMarksOfEightBitsAreNoParameters() {
        ModelWeights weights = weights(
                tensor("a.weight", "I8", 3072 * 64, 3072L, 64L),
                tensor("a.SCB", "F32", 4 * 3072, 3072L),
                tensor("a.weight_format", "U8", 1));

        assertThat(weights.parameters()).isEqualTo(3072 * 64);
        assertThat(weights.elements()).isEqualTo(3072 * 64 + 3072 + 1);
        assertThat(weights.precision()).contains("I8");
    }

    @Test
    void aScaleBesideEachWeightOfEightBitsIsAScheme() {
        TensorInfo scale = tensor("a.weight_scale", "F32", 4 * 64, 64L);

        assertThat(weights(tensor("a.weight", "F8_E4M3", 4096, 64L, 64L), scale).quantisation())
                .contains("fp8-scaled");
        assertThat(weights(tensor("a.weight", "I8", 4096, 64L, 64L), scale).quantisation())
                .isEmpty();
        assertThat(weights(tensor("a.weight", "F8_E4M3", 4096, 64L, 64L)).quantisation())
                .isEmpty();
    }

    @Test
    void aTableOfWordsThatIsSavedTwiceAndATokenizerAddNoParameters() {
        TensorInfo shared = tensor("t5xxl.transformer.shared.weight", "F16", 2 * 640, 10L, 64L);
        TensorInfo again = tensor("t5xxl.transformer.encoder.embed_tokens.weight", "F16", 2 * 640, 10L, 64L);
        TensorInfo words = tensor("spiece_model", "U8", 500, 500L);
        TensorInfo packed = tensor("hf_asset__processor_config.json", "U8", 70, 70L);

        ModelWeights weights = weights(shared, again, words, packed);
        assertThat(weights.elements()).isEqualTo(640 + 640 + 500 + 70);
        assertThat(weights.parameters()).isEqualTo(640);

        assertThat(weights(again).parameters()).isEqualTo(640);
        assertThat(weights(shared, tensor("t5xxl.transformer.encoder.embed_tokens.weight", "F16", 64, 64L))
                        .parameters())
                .isEqualTo(640 + 64);
        assertThat(weights(shared, tensor("embed_tokens.weight", "F16", 2 * 640, 10L, 64L))
                        .parameters())
                .isEqualTo(640 + 640);
    }

    @Test
    void theTensorsOfAGgufFileDecideWhereItsStatedTypeIsOneThatNoneHas() {
        TensorInfo packed = tensor("blk.0.attn_q.weight", "Q8_0", 34 * 4, 32L, 4L);
        TensorInfo norm = tensor("blk.0.attn_norm.weight", "F32", 128, 32L);

        ModelHead wrong = gguf("8", packed, norm);
        assertThat(ModelCounts.of(wrong).orElseThrow().precision()).contains("Q8_0");
        assertThat(ModelCounts.conflict(wrong))
                .hasValueSatisfying(words -> assertThat(words).contains("Q5_0"));

        ModelHead right = gguf("7", packed, norm);
        assertThat(ModelCounts.of(right).orElseThrow().precision()).contains("Q8_0");
        assertThat(ModelCounts.conflict(right)).isEmpty();

        ModelHead mixed = gguf("15", tensor("blk.0.attn_q.weight", "Q4_K", 144, 256L), norm);
        assertThat(ModelCounts.of(mixed).orElseThrow().precision()).contains("Q4_K_M");
        assertThat(ModelCounts.conflict(mixed)).isEmpty();
    }

    private static ModelHead gguf(String fileType, TensorInfo... tensors) {
        ModelHead head = new ModelHead("gguf/1", "gguf");
        head.metadata().put("general.file_type", fileType);
        head.tensors().addAll(List.of(tensors));
        return head;
    }
}
