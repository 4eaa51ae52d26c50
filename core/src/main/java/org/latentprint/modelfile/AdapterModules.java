package org.latentprint.modelfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The modules of a LoRA or one of its relatives, by the endings of its tensors' names (LyCORIS: lycoris/modules; ComfyUI:
 * comfy/weight_adapter).
 */
final class AdapterModules {
    /** Endings of a module's tensors, as they are written. */
    static final List<String> ENDINGS = List.of(
            "lora_up",
            "lora_down",
            "lora_up.weight",
            "lora_down.weight",
            "lora_a",
            "lora_b",
            "weight.lora_a",
            "weight.lora_b",
            "lora_A.weight",
            "lora_B.weight",
            "lora_B.bias",
            "lora_A.default.weight",
            "lora_B.default.weight",
            "lora.up.weight",
            "lora.down.weight",
            "lora1.up.weight",
            "lora1.down.weight",
            "lora2.up.weight",
            "lora2.down.weight",
            "loras.up.weight",
            "loras.down.weight",
            "lora_linear_layer.up.weight",
            "lora_linear_layer.down.weight",
            "lora_mid.weight",
            "dora_scale",
            "lora_magnitude_vector",
            "lora_magnitude_vector.weight",
            "lora_magnitude_vector.default.weight",
            "lora.magnitude",
            "hada_w1_a",
            "hada_w1_b",
            "hada_w2_a",
            "hada_w2_b",
            "hada_t1",
            "hada_t2",
            "lokr_w1",
            "lokr_w1_a",
            "lokr_w1_b",
            "lokr_w2",
            "lokr_w2_a",
            "lokr_w2_b",
            "lokr_t2",
            "on_input",
            "a1.weight",
            "a2.weight",
            "b1.weight",
            "b2.weight",
            "oft_blocks",
            "oft_diag",
            "oft_R.weight",
            "rescale",
            "diff",
            "diff_b",
            "set_weight",
            "w_norm",
            "b_norm",
            "up__",
            "down__",
            "mid__",
            "w1_a__",
            "w1_b__",
            "w2_a__",
            "w2_b__",
            "alpha");

    /** MLX keeps the two matrices turned: [in, rank] and [rank, out] (ml-explore/mlx-lm: mlx_lm/tuner/lora.py). */
    private static final String TURNED_DOWN = "lora_a";

    private static final String TURNED_UP = "lora_b";

    private static final String DOWN = "lora_down";
    private static final String UP = "lora_up";

    /** The key of the scale that a trainer was asked for (kohya-ss/sd-scripts: train_network.py). */
    static final String ALPHA = "ss_network_alpha";

    /** Endings that stand beside others and say nothing of their own. */
    private static final Set<String> SUPPLEMENTS = Set.of("alpha", "rescale");

    private static final Pattern PREFIX = Pattern.compile(
            "^(?:base_model\\.model\\.|diffusion_model\\.|model\\.diffusion_model\\."
                    + "|transformer\\.|unet\\.|pipe\\.dit\\.|lora_unet_|lora_transformer_|lora_prior_unet_|lycoris_|bundle_emb\\.)+");

    private static final Pattern TEXT_ENCODER =
            Pattern.compile("^(?:lora_te(?<kohya>[123]?)_|text_encoder(?:_(?<diffusers>[23]))?\\."
                    + "|__(?:te(?<stored>2)__)?text_model__)(?<rest>.*)$");

    /** Early versions of diffusers wrote a processor below the attentions of a UNet, XLabs below the blocks of FLUX. */
    private static final Pattern STREAMS = Pattern.compile("(?:double|single)_blocks\\.\\d+\\.processor\\.");

    private static final List<String> UNET_NAMES = List.of(
            "down_blocks", "up_blocks", "mid_block", "input_blocks", "output_blocks", "middle_block", "__unet_");

    private final Map<String, Map<String, TensorInfo>> modules = new LinkedHashMap<>();
    private final Set<String> endings = new TreeSet<>();
    private final int total;
    private int counted;

    AdapterModules(List<TensorInfo> tensors) {
        total = tensors.size();
        int others = 0;
        for (TensorInfo tensor : tensors) {
            Optional<AdapterEndings.Found> found = AdapterEndings.of(tensor.name());
            if (found.isPresent()) {
                String ending = found.get().spelling();
                counted++;
                modules.computeIfAbsent(
                                tensor.name().substring(0, found.get().separator()), name -> new LinkedHashMap<>(4))
                        .putIfAbsent(ending, tensor);
                if (!SUPPLEMENTS.contains(ending)) {
                    endings.add(ending);
                }
            } else if (++others * 2 > total) {
                // Most tensors are none of an adapter: what the others are does not matter.
                break;
            }
        }
    }

    /** Says whether most of the file's tensors belong to such modules. */
    boolean present() {
        // IA3 writes one scale and one mark for each module, and the scale's name is that of any weight; small LoRAs
        // have
        // whole weights of the network's entrance beside as many matrices.
        boolean half = counted * 2L == total && (has("on_input") || has("lora_A"));
        return !endings.isEmpty() && (counted * 2L > total || half);
    }

    String algorithm() {
        if (has("hada_w")) {
            return "loha";
        }
        if (has("lokr_w")) {
            return "lokr";
        }
        if (has("dora_scale") || has("lora_magnitude_vector") || has("lora.magnitude")) {
            return "dora";
        }
        if (has("lora") && modules.values().stream().anyMatch(AdapterModules::convolution)) {
            return "locon";
        }
        if (has("lora")) {
            return "lora";
        }
        if (has("oft_")) {
            return modules.values().stream()
                            .flatMap(parts -> Optional.ofNullable(parts.get("oft_blocks")).stream())
                            .anyMatch(tensor -> tensor.shape().size() == 4)
                    ? "boft"
                    : "oft";
        }
        return has("on_input") ? "ia3" : has("a1") ? "glora" : "diff";
    }

    private boolean has(String start) {
        return endings.stream().anyMatch(ending -> ending.startsWith(start));
    }

    /** A module on a convolution wider than one pixel: plain LoRA changes none. */
    private static boolean convolution(Map<String, TensorInfo> parts) {
        return parts.values().stream()
                .anyMatch(tensor -> tensor.shape().size() == 4 && tensor.shape().get(2) > 1);
    }

    Adapter adapter(Map<String, String> metadata) {
        LongSummaryStatistics ranks = new LongSummaryStatistics();
        modules.values().forEach(parts -> rank(parts).ifPresent(ranks));
        boolean ranked = ranks.getCount() > 0;
        return new Adapter(
                algorithm(),
                keyFormat(),
                ranked ? OptionalLong.of(ranks.getMin()) : OptionalLong.empty(),
                ranked ? OptionalLong.of(ranks.getMax()) : OptionalLong.empty(),
                Optional.ofNullable(metadata.get(ALPHA)),
                targets());
    }

    private static OptionalLong rank(Map<String, TensorInfo> parts) {
        TensorInfo turned = parts.get(TURNED_DOWN);
        if (turned != null && turned.shape().size() == 2) {
            return OptionalLong.of(turned.shape().getLast());
        }
        TensorInfo up = parts.get(UP);
        if (up != null && packed(parts)) {
            return OptionalLong.of(up.shape().getLast());
        }
        for (String ending : List.of(DOWN, "lora_A", "lora.down", "lora_linear_layer.down", "hada_w1_b", "a2")) {
            TensorInfo tensor = parts.get(ending);
            if (tensor != null && !tensor.shape().isEmpty()) {
                return OptionalLong.of(tensor.shape().getFirst());
            }
        }
        TensorInfo kronecker = parts.get("lokr_w2_a");
        return kronecker != null && kronecker.shape().size() > 1
                ? OptionalLong.of(kronecker.shape().get(1))
                : OptionalLong.empty();
    }

    private Optional<String> keyFormat() {
        boolean peft = has("lora_A");
        for (String name : modules.keySet()) {
            if (name.startsWith("base_model.model.")) {
                return Optional.of("peft-base_model");
            }
            if (STREAMS.matcher(name).find()) {
                return Optional.of("xlabs");
            }
            if (name.startsWith("lora_transformer_")) {
                return Optional.of("onetrainer");
            }
            if (name.startsWith("lora_unet_")) {
                return Optional.of(
                        name.matches("lora_unet_(input|output|middle)_block.*")
                                ? "kohya-ldm"
                                : name.matches("lora_unet_(down_blocks|up_blocks|mid_block).*")
                                        ? "kohya-diffusers"
                                        : "kohya");
            }
            if (peft && name.matches("(transformer|unet|diffusion_model)\\..*")) {
                return Optional.of("diffusers-peft");
            }
            if (peft && name.matches("(double|single)_blocks\\..*")) {
                return Optional.of("bfl");
            }
        }
        return Optional.empty();
    }

    private List<String> targets() {
        Set<String> targets = new TreeSet<>();
        // What stands outside the blocks has names that do not say to which kind of network it belongs.
        boolean unet =
                modules.keySet().stream().anyMatch(name -> UNET_NAMES.stream().anyMatch(name::contains));
        for (String name : modules.keySet()) {
            Matcher encoder = TEXT_ENCODER.matcher(name);
            if (encoder.matches()) {
                String number = encoderNumber(encoder).orElse("");
                targets.add(number.isEmpty() || number.equals("1") ? "text-encoder" : "text-encoder-" + number);
            } else {
                targets.add(unet ? "unet" : "transformer");
            }
        }
        return targets.stream()
                .sorted(Comparator.comparing((String target) -> target.startsWith("text"))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Returns the number of a text encoder, empty text where kohya's name has none; empty where the name does not tell it. */
    private static Optional<String> encoderNumber(Matcher encoder) {
        return Stream.of("kohya", "diffusers", "stored")
                .flatMap(writer -> Optional.ofNullable(encoder.group(writer)).stream())
                .findFirst();
    }

    /** Returns one entry for each module: its name in one spelling, and the shape [out, in] of the weight it changes. */
    TensorTable table() {
        List<TensorInfo> entries = new ArrayList<>();
        modules.forEach((name, parts) -> entries.add(new TensorInfo(spelling(name), "", shape(parts), 0)));
        return new TensorTable(entries);
    }

    private static String spelling(String name) {
        Matcher encoder = TEXT_ENCODER.matcher(name);
        if (encoder.matches()) {
            // Only kohya's names tell the one encoder of SD 1 and 2 from the first of several.
            String which = encoderNumber(encoder).map(number -> "te" + number).orElse("encoder");
            return which + ":" + encoder.group("rest").replace('.', '_');
        }
        // Early versions of diffusers hung the matrices below the processor of the attention, not below its parts.
        return PREFIX.matcher(name).replaceFirst("").replace(".processor.", ".").replace('.', '_');
    }

    private static List<Long> shape(Map<String, TensorInfo> parts) {
        if (parts.containsKey(TURNED_DOWN)) {
            Optional<Long> width = side(parts, 0, TURNED_DOWN);
            Optional<Long> height = side(parts, 1, TURNED_UP);
            return width.isPresent() && height.isPresent() ? List.of(height.get(), width.get()) : List.of();
        }
        Optional<Long> in = packed(parts)
                ? side(parts, 0, DOWN)
                : side(parts, 1, DOWN, "lora_A", "lora.down", "lora_linear_layer.down", "hada_w1_b");
        Optional<Long> out = side(parts, 0, UP, "lora_B", "lora.up", "lora_linear_layer.up", "hada_w1_a");
        if (in.isEmpty()) {
            in = product(side(parts, 1, "lokr_w1", "lokr_w1_b"), side(parts, 1, "lokr_w2", "lokr_w2_b"));
            out = product(side(parts, 0, "lokr_w1", "lokr_w1_a"), side(parts, 0, "lokr_w2", "lokr_w2_a"));
        }
        if (in.isEmpty()) {
            // GLoRA (KohakuBlueleaf/LyCORIS: lycoris/modules/glora.py)
            in = side(parts, 1, "b2");
            out = side(parts, 0, "b1");
        }
        return in.isPresent() && out.isPresent() ? List.of(out.get(), in.get()) : List.of();
    }

    /** Nunchaku packs both matrices as [side, rank] (nunchaku-tech/nunchaku: nunchaku/lora/flux/nunchaku_converter.py). */
    private static boolean packed(Map<String, TensorInfo> parts) {
        TensorInfo down = parts.get(DOWN);
        TensorInfo up = parts.get(UP);
        return down != null
                && up != null
                && down.shape().size() == 2
                && up.shape().size() == 2
                && !down.shape().getFirst().equals(up.shape().getLast())
                && down.shape().getLast().equals(up.shape().getLast());
    }

    private static Optional<Long> product(Optional<Long> one, Optional<Long> other) {
        return one.flatMap(a -> other.filter(b -> a < 1 << 20 && b < 1 << 20).map(b -> a * b));
    }

    private static Optional<Long> side(Map<String, TensorInfo> parts, int index, String... endings) {
        for (String ending : endings) {
            TensorInfo tensor = parts.get(ending);
            if (tensor != null && tensor.shape().size() > index) {
                return Optional.of(tensor.shape().get(index));
            }
        }
        return Optional.empty();
    }
}
