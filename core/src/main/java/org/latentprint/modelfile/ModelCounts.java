package org.latentprint.modelfile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Counts a file's values and says how they are stored. */
final class ModelCounts {
    private static final Map<String, Integer> WIDTHS =
            Map.of("F32", 4, "F16", 2, "BF16", 2, "F64", 8, "I64", 8, "I32", 4, "I16", 2, "I8", 1, "U8", 1, "BOOL", 1);

    private static final String NVFP4_SCALE = ".weight_scale_2";

    /** Files of a Hugging Face folder that are packed into the model (Comfy-Org/ComfyUI: comfy/text_encoders). */
    private static final String PACKED_FILE = "hf_asset__";

    private static final String SHARED = "shared.weight";
    private static final List<String> REPEATED = List.of("encoder.embed_tokens.weight", "decoder.embed_tokens.weight");

    private ModelCounts() {}

    static long bytes(long elements, String type) {
        int width = WIDTHS.getOrDefault(type, 0);
        return width > 0 && elements > Long.MAX_VALUE / width ? Long.MAX_VALUE : elements * width;
    }

    static Optional<ModelWeights> of(ModelHead head) {
        List<TensorInfo> tensors = head.tensors();
        if (tensors.isEmpty()) {
            return Optional.empty();
        }
        boolean nf4 =
                tensors.stream().anyMatch(t -> !plain(t.name()) && t.name().contains(".quant_state.bitsandbytes__"));
        Set<String> nvfp4 = nvfp4(tensors);
        Map<String, List<Long>> shared = shared(tensors);
        long elements = 0;
        long parameters = 0;
        Map<String, Long> bytes = new TreeMap<>();
        Map<String, Long> types = new HashMap<>();
        for (TensorInfo tensor : tensors) {
            elements = plus(elements, tensor.elements());
            types.merge(tensor.type(), 1L, Long::sum);
            if (!counter(tensor) && !repeats(tensor, shared)) {
                boolean halves = tensor.type().equals("U8") && nvfp4.contains(tensor.name());
                long packed = halves || (nf4 && tensor.type().equals("U8")) ? 2 : 1;
                parameters = plus(parameters, Math.min(tensor.elements(), Long.MAX_VALUE / 2) * packed);
                bytes.merge(halves ? "NVFP4" : tensor.type(), tensor.bytes(), ModelCounts::plus);
            }
        }
        Optional<String> most =
                bytes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        Optional<String> scheme = scheme(head, most);
        Optional<String> precision = nf4
                ? scheme.map(name -> name.endsWith("fp4") ? "FP4" : "NF4")
                : head.container().equals("gguf")
                        ? scheme.map(name -> name.substring("gguf ".length())).or(() -> most)
                        : most;
        return Optional.of(new ModelWeights(tensors.size(), elements, parameters, precision, scheme, types));
    }

    /**
     * Returns the weights that hold two values of four bits in a byte, as NVIDIA's format has it: beside each stand a scale for
     * every sixteen values and one for all (Comfy-Org/ComfyUI: comfy/quant_ops.py).
     */
    private static Set<String> nvfp4(List<TensorInfo> tensors) {
        Set<String> packed = new HashSet<>();
        for (TensorInfo tensor : tensors) {
            if (tensor.name().endsWith(NVFP4_SCALE)) {
                packed.add(tensor.name().substring(0, tensor.name().length() - NVFP4_SCALE.length()) + ".weight");
            }
        }
        return packed;
    }

    /** The table of words that a T5 encoder and decoder share, under each prefix, with its shape. */
    private static Map<String, List<Long>> shared(List<TensorInfo> tensors) {
        Map<String, List<Long>> shapes = new HashMap<>();
        for (TensorInfo tensor : tensors) {
            if (tensor.name().endsWith(SHARED)) {
                shapes.put(tensor.name().substring(0, tensor.name().length() - SHARED.length()), tensor.shape());
            }
        }
        return shapes;
    }

    /**
     * Says whether a tensor is that table once more: the two are one parameter, which some programs save twice
     * (huggingface/transformers: models/t5/modeling_t5.py, {@code _tied_weights_keys}).
     */
    private static boolean repeats(TensorInfo tensor, Map<String, List<Long>> shared) {
        return !shared.isEmpty()
                && REPEATED.stream()
                        .filter(ending -> tensor.name().endsWith(ending))
                        .map(ending -> tensor.name().substring(0, tensor.name().length() - ending.length()))
                        .anyMatch(prefix -> tensor.shape().equals(shared.get(prefix)));
    }

    private static long plus(long one, long other) {
        return other > Long.MAX_VALUE - one ? Long.MAX_VALUE : one + other;
    }

    /** Counters, scales, marks and the words of a tokenizer, which are not the network's own values. */
    private static boolean counter(TensorInfo tensor) {
        String name = tensor.name();
        return !plain(name)
                && (name.endsWith("position_ids")
                        || name.endsWith("num_batches_tracked")
                        || name.endsWith(".absmax")
                        || name.endsWith(".quant_map")
                        || name.contains(".quant_state.")
                        || name.endsWith(".nested_absmax")
                        || name.endsWith(".nested_quant_map")
                        || name.endsWith(".scale_weight")
                        || name.endsWith(".scale_input")
                        || name.endsWith(".weight_scale")
                        || name.endsWith(".weight_scale_2")
                        || name.endsWith(".input_scale")
                        || name.endsWith("spiece_model")
                        || name.endsWith("tekken_model")
                        || name.endsWith("tokenizer_json")
                        || name.startsWith(PACKED_FILE)
                        || name.endsWith(".comfy_quant")
                        || name.endsWith(".SCB")
                        || name.endsWith(".weight_format")
                        || name.endsWith("scaled_fp8"));
    }

    /** Nearly all names end like this, and none of those is a counter or a mark. */
    private static boolean plain(String name) {
        return name.endsWith(".weight") || name.endsWith(".bias");
    }

    private static Optional<String> recipe(ModelHead head) {
        return Optional.of(GgmlType.recipe(head.metadata().getOrDefault("general.file_type", "")))
                .filter(name -> !name.isEmpty());
    }

    private static boolean hasType(ModelHead head, String type) {
        return head.tensors().stream().anyMatch(tensor -> tensor.type().equals(type));
    }

    /** Returns how a GGUF file's statement of its quantisation contradicts its tensors, in words. */
    static Optional<String> conflict(ModelHead head) {
        return head.container().equals("gguf") && !head.tensors().isEmpty()
                ? recipe(head)
                        .filter(name -> GgmlType.isType(name) && !hasType(head, name))
                        .map(name -> "general.file_type says " + name + ", and no tensor is of that type")
                : Optional.empty();
    }

    private static Optional<String> scheme(ModelHead head, Optional<String> most) {
        if (head.container().equals("gguf")) {
            // Some converters write another numbering, such as that of the tensors' types.
            Optional<String> name = recipe(head).filter(text -> !GgmlType.isType(text) || hasType(head, text));
            return name.or(() -> most).map(text -> "gguf " + text);
        }
        if (head.container().equals(TensorStoreReader.CONTAINER)) {
            return most.filter(StoredType::packed).map(type -> "draw-things " + type.toLowerCase(Locale.ROOT));
        }
        Map<String, String> marks = new TreeMap<>();
        boolean biases =
                head.tensors().stream().anyMatch(tensor -> tensor.name().endsWith(".biases"));
        for (TensorInfo tensor : head.tensors()) {
            String name = tensor.name();
            if (plain(name)) {
                continue;
            }
            String scheme = biases && name.endsWith(".scales") ? "8mlx" : mark(name, most);
            if (!scheme.isEmpty()) {
                marks.put(scheme, name);
            }
        }
        return marks.keySet().stream().findFirst().map(scheme -> scheme.substring(1));
    }

    /** Last words of names that are marks of schemes; the number says which decides where a file has several. */
    private static final Map<String, String> MARKS = Map.of(
            "SCB", "1bitsandbytes-int8",
            "comfy_quant", "2comfy-mixed",
            "scaled_fp8", "3fp8-scaled",
            "scale_weight", "3fp8-scaled",
            "wscales", "4svdquant",
            "g_idx", "5gptq",
            "qzeros", "6awq",
            "q_scale", "7exl2");

    private static final String BITS_AND_BYTES = "bitsandbytes__";

    private static String mark(String name, Optional<String> most) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (name.endsWith(NVFP4_SCALE)) {
            return "8nvfp4";
        }
        if (last.equals("weight_scale")) {
            // Other types have such scales as well.
            return most.filter(type -> type.startsWith("F8_E")).isPresent() ? "9fp8-scaled" : "";
        }
        if (last.startsWith(BITS_AND_BYTES)) {
            return "1bitsandbytes-" + (last.startsWith("fp4", BITS_AND_BYTES.length()) ? "fp4" : "nf4");
        }
        return MARKS.getOrDefault(last, "");
    }
}
