package org.latentprint.modelfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says what a model is by the names and shapes of its tensors alone. */
final class ModelClassifier {
    /** The copy of a network that its trainer averages; beside the network it tells nothing more. */
    private static final String AVERAGED = "ema";

    private static final String NETWORK = "network";
    private static final String GGUF_ARCHITECTURE = "general.architecture";
    private static final List<String> IMAGE_ENCODERS = List.of("image_proj.", "id_encoder.");
    private static final int TELLING = 10;
    private static final ModelRules RULES = ModelRules.bundled();

    private ModelClassifier() {}

    /** What was concluded. */
    record Result(ModelIdentity identity, Optional<Adapter> adapter, List<String> telling) {}

    /**
     * What follows from a tensor table alone.
     *
     * @param result without what the metadata say of an adapter
     */
    record Structure(Result result, Optional<ModelWeights> weights) {}

    /** Concludes all that the table of a safetensors file tells by itself. */
    static Structure structure(List<TensorInfo> tensors) {
        ModelHead head = new ModelHead("", "safetensors");
        head.tensors().addAll(tensors);
        return new Structure(classify(head), ModelCounts.of(head));
    }

    static Result classify(ModelHead head) {
        Optional<Result> known = head.table().map(table -> table.structure().result());
        if (known.isPresent()) {
            Result result = known.get();
            Optional<String> alpha = Optional.ofNullable(head.metadata().get(AdapterModules.ALPHA));
            return new Result(
                    result.identity(), result.adapter().map(adapter -> adapter.with(alpha)), result.telling());
        }
        if (head.container().equals("onnx")) {
            return new Result(OnnxPorts.of(head.formatFacts()).identity(), Optional.empty(), List.of());
        }
        AdapterModules modules = new AdapterModules(head.tensors());
        // Adapters for faces bring LoRA modules with them
        boolean forImages = head.tensors().stream()
                .anyMatch(tensor -> IMAGE_ENCODERS.stream().anyMatch(tensor.name()::startsWith));
        if (modules.present() && !forImages) {
            ModelIdentity structure = RULES.adapter(modules.table());
            boolean told = structure.known()
                    || structure.architecture().isPresent()
                    || !structure.candidates().isEmpty();
            ModelIdentity base = told ? structure : byFormat(head).orElse(structure);
            return new Result(
                    base.as(base.known() ? base.kind() : "lora", List.of()),
                    Optional.of(modules.adapter(head.metadata())),
                    List.of());
        }
        ModelIdentity identity = byNames(PackedShapes.restored(head.tensors()));
        if (!identity.known()) {
            identity = byFormat(head)
                    .or(() -> head.pickle().flatMap(pickle -> RULES.imported(pickle.globals())))
                    .orElse(identity);
        }
        return new Result(identity, Optional.empty(), identity.known() ? List.of() : telling(head.tensors()));
    }

    /**
     * Concludes what one of several files of a model tells, where it lies alone.
     *
     * @return without a variant: what tells it may stand in another of the files
     */
    static Result piece(ModelHead head) {
        Result result = classify(head);
        if (result.identity().known()) {
            return new Result(result.identity().withoutVariant(), result.adapter(), List.of());
        }
        ModelIdentity identity = RULES.piece(new TensorTable(strip(PackedShapes.restored(head.tensors()))));
        return new Result(identity.withoutVariant(), Optional.empty(), identity.known() ? List.of() : result.telling());
    }

    private static ModelIdentity byNames(List<TensorInfo> tensors) {
        Map<String, List<TensorInfo>> parts = parts(tensors);
        List<TensorInfo> network = strip(parts.getOrDefault(NETWORK, List.of()));
        List<TensorInfo> averaged = parts.getOrDefault(AVERAGED, List.of());
        parts.remove(AVERAGED);
        if (parts.isEmpty()) {
            return RULES.file(new TensorTable(averaged));
        }
        ModelIdentity prefixed =
                parts.containsKey(NETWORK) ? ModelIdentity.UNKNOWN : RULES.prefixed(new TensorTable(tensors));
        if (prefixed.known()) {
            return prefixed;
        }
        if (parts.size() == 1 && !parts.containsKey(NETWORK)) {
            return RULES.file(new TensorTable(strip(parts.values().iterator().next())));
        }
        TensorTable table = new TensorTable(network);
        ModelIdentity main = parts.size() > 1 ? RULES.inCheckpoint(table) : RULES.file(table);
        if (parts.size() > 1 && main.kind().equals("diffusion-model")) {
            List<String> components = new ArrayList<>(main.components());
            parts.keySet().stream().filter(part -> !part.equals(NETWORK)).forEach(components::add);
            if (components.contains("text-encoder-3") && !components.contains("text-encoder-2")) {
                components.set(components.indexOf("text-encoder-3"), "text-encoder-2");
            }
            components.sort(Comparator.comparingInt(ModelClassifier::rank).thenComparing(name -> name));
            return main.as("checkpoint", components);
        }
        return main;
    }

    private static int rank(String component) {
        return component.startsWith("text") ? 2 : component.equals("unet") || component.equals("transformer") ? 0 : 1;
    }

    /** Splits by the prefixes of checkpoints, and takes the prefix off. */
    private static Map<String, List<TensorInfo>> parts(List<TensorInfo> tensors) {
        Map<String, List<TensorInfo>> parts = new TreeMap<>();
        for (TensorInfo tensor : tensors) {
            String part = NETWORK;
            String name = tensor.name();
            for (ModelRules.Part known : RULES.parts()) {
                if (name.startsWith(known.prefix())) {
                    part = known.part();
                    name = name.substring(known.prefix().length());
                    break;
                }
            }
            parts.computeIfAbsent(part, key -> new ArrayList<>())
                    .add(part.equals(NETWORK) ? tensor : tensor.named(name));
        }
        return parts;
    }

    /** Takes off the wrapper that more than half of the names carry. */
    private static List<TensorInfo> strip(List<TensorInfo> tensors) {
        for (String wrapper : RULES.wrappers()) {
            long with = tensors.stream()
                    .filter(tensor -> tensor.name().startsWith(wrapper))
                    .count();
            boolean languageModel = wrapper.equals("model.")
                    && tensors.stream()
                            .anyMatch(tensor -> tensor.name().startsWith("model.layers.")
                                    || tensor.name().startsWith("model.0."));
            if (with * 2 > tensors.size() && !languageModel) {
                return tensors.stream()
                        .map(tensor -> tensor.name().startsWith(wrapper)
                                ? tensor.named(tensor.name().substring(wrapper.length()))
                                : tensor)
                        .toList();
            }
        }
        return tensors;
    }

    /** What the format itself says where names are not known: language models, projectors and adapters of GGUF. */
    private static Optional<ModelIdentity> byFormat(ModelHead head) {
        String architecture = head.metadata().getOrDefault(GGUF_ARCHITECTURE, "");
        if (!head.container().equals("gguf") || architecture.isEmpty()) {
            return Optional.empty();
        }
        return switch (head.metadata().getOrDefault("general.type", "model")) {
            case "mmproj" -> Optional.of(kind("image-projector"));
            case "adapter" -> Optional.of(named("lora", architecture));
            case "model" ->
                head.metadata().get(architecture + ".block_count") == null
                        ? Optional.empty()
                        : Optional.of(named("llm", architecture));
            default -> Optional.empty();
        };
    }

    /** Says where what the metadata call the model does not fit its structure. */
    static Optional<String> conflict(ModelIdentity identity, Map<String, String> metadata) {
        for (String key : List.of("modelspec.architecture", "ss_base_model_version")) {
            String claim = metadata.getOrDefault(key, "");
            Optional<String> conflict =
                    conflict(identity, RULES.claimed(claim)).map(is -> "the metadata claim " + claim + is);
            if (conflict.isPresent()) {
                return conflict;
            }
        }
        String claim = metadata.getOrDefault(GGUF_ARCHITECTURE, "");
        return conflict(identity, RULES.converted(claim)).map(is -> GGUF_ARCHITECTURE + " says " + claim + is);
    }

    private static Optional<String> conflict(ModelIdentity identity, List<String> fitting) {
        List<String> structure = identity.architecture().map(List::of).orElse(identity.candidates());
        boolean fits = fitting.isEmpty()
                || structure.isEmpty()
                || fitting.stream()
                        .anyMatch(name -> structure.contains(name)
                                || identity.candidates().contains(name));
        return fits ? Optional.empty() : Optional.of(", the structure is that of " + String.join(" or ", structure));
    }

    private static ModelIdentity kind(String kind) {
        return new ModelIdentity(kind, Optional.empty(), List.of(), Optional.empty(), List.of(), Optional.empty());
    }

    private static ModelIdentity named(String kind, String architecture) {
        return new ModelIdentity(
                kind, Optional.of(architecture), List.of(), Optional.empty(), List.of(), Optional.empty());
    }

    /** The most frequent name patterns with a shape, so that an examiner can search for them. */
    private static List<String> telling(List<TensorInfo> tensors) {
        Map<String, List<TensorInfo>> patterns = new LinkedHashMap<>(new TensorTable(tensors).patterns());
        return patterns.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, List<TensorInfo>> entry) ->
                                -entry.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(TELLING)
                .map(entry -> entry.getKey() + " " + entry.getValue().getFirst().shape())
                .toList();
    }
}
