package org.latentprint.modelfile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds by which known ending a tensor's name ends, from its last character back, so that a name without one costs a few
 * steps (LyCORIS: lycoris/modules; ComfyUI: comfy/weight_adapter).
 */
final class AdapterEndings {
    /**
     * Endings of the same matrices under other names: those of Draw Things' stores (drawthingsai/draw-things-community:
     * Libraries/ModelOp/Sources/LoRAImporter.swift), and of GGUF, whose matrices are not turned as MLX's are (ggml-org/llama.cpp:
     * convert_lora_to_gguf.py).
     */
    private static final Map<String, String> SPELLINGS = Map.of(
            "up__", "lora_up",
            "down__", "lora_down",
            "mid__", "lora_mid",
            "w1_a__", "hada_w1_a",
            "w1_b__", "hada_w1_b",
            "w2_a__", "hada_w2_a",
            "w2_b__", "hada_w2_b",
            "weight.lora_a", "lora_A",
            "weight.lora_b", "lora_B");

    private static final AdapterEndings KNOWN = new AdapterEndings();

    private final Step last = new Step();

    private AdapterEndings() {
        for (String written : AdapterModules.ENDINGS) {
            Step step = last;
            for (int i = written.length() - 1; i >= 0; i--) {
                step = step.before.computeIfAbsent(written.charAt(i), character -> new Step());
            }
            // XLabs numbers the matrices of the two streams, and Stand-In writes a plural; ranks and shapes are the
            // same.
            String plain =
                    written.replace(".default", "").replace(".weight", "").replaceFirst("^lora[12s]\\.", "lora.");
            step.spelling = Optional.of(SPELLINGS.getOrDefault(written, plain));
        }
        last.settle();
    }

    /**
     * An ending.
     *
     * @param separator where the dot or line before it stands
     * @param spelling the same for all ways of writing it
     */
    record Found(int separator, String spelling) {}

    /** A character of endings, and what stands before it. */
    private static final class Step {
        private static final int ASCII = 128;

        private final Map<Character, Step> before = new HashMap<>();
        private Optional<String> spelling = Optional.empty();
        private Step[] byCharacter = new Step[0];

        void settle() {
            byCharacter = new Step[before.isEmpty() ? 0 : ASCII];
            before.forEach((character, step) -> {
                byCharacter[character] = step;
                step.settle();
            });
        }
    }

    /** Returns the longest known ending behind a dot or line that is not the name's first character. */
    static Optional<Found> of(String name) {
        Step step = KNOWN.last;
        Optional<Found> found = Optional.empty();
        for (int i = name.length() - 1; i > 0; i--) {
            char character = name.charAt(i);
            if (character >= step.byCharacter.length || step.byCharacter[character] == null) {
                break;
            }
            step = step.byCharacter[character];
            char separator = name.charAt(i - 1);
            if (step.spelling.isPresent() && i > 1 && (separator == '.' || separator == '_')) {
                found = Optional.of(new Found(i - 1, step.spelling.get()));
            }
        }
        return found;
    }
}
