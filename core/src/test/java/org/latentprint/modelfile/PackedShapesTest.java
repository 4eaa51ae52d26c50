package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PackedShapesTest {
    private static final String STATE = "a.weight.quant_state.bitsandbytes__nf4";

    private static TensorInfo tensor(String name, Long... shape) {
        return new TensorInfo(name, "U8", List.of(shape), 0);
    }

    private static List<Long> weight(TensorInfo... tensors) {
        return PackedShapes.restored(List.of(tensors)).getFirst().shape();
    }

    @Test
    void theBiasGivesAPackedWeightItsShapeBack() {
        assertThat(weight(tensor("a.weight", 3072L * 4096 / 2, 1L), tensor("a.bias", 3072L), tensor(STATE, 100L)))
                .containsExactly(3072L, 4096L);
    }

    @Test
    void aWeightThatTellsNoShapeStaysAsItIs() {
        TensorInfo bias = tensor("a.bias", 3072L);
        TensorInfo state = tensor(STATE, 100L);

        assertThat(weight(tensor("a.weight", 6L, 1L), state)).containsExactly(6L, 1L);
        assertThat(weight(tensor("a.weight", 6144L, 1L), bias)).containsExactly(6144L, 1L);
        assertThat(weight(tensor("a.weight", 6145L, 1L), bias, state)).containsExactly(6145L, 1L);
        assertThat(weight(tensor("a.weight", Long.MAX_VALUE, 1L), bias, state)).containsExactly(Long.MAX_VALUE, 1L);
        assertThat(weight(tensor("a.weight", 6144L, 1L), tensor("a.bias", 0L), state))
                .containsExactly(6144L, 1L);
    }

    @Test
    void aPackedModelIsKnownByTheShapesItHad() {
        ModelHead head = new ModelHead("", "safetensors");
        head.tensors()
                .addAll(List.of(
                        tensor("context_embedder.weight", 3072L * 4096 / 2, 1L),
                        tensor("context_embedder.bias", 3072L),
                        tensor("context_embedder.weight.quant_state.bitsandbytes__nf4", 100L),
                        tensor("time_text_embed.guidance_embedder.linear_1.weight", 100L, 1L),
                        tensor("transformer_blocks.18.attn.add_q_proj.weight", 100L, 1L),
                        tensor("single_transformer_blocks.0.proj_mlp.weight", 100L, 1L)));

        ModelIdentity identity = ModelClassifier.classify(head).identity();

        assertThat(identity.architecture()).contains("flux1");
        assertThat(identity.variant()).contains("dev");
    }
}
