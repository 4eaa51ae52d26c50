package org.latentprint.modelfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.modelfile.PickleValue.Call;
import org.latentprint.modelfile.PickleValue.Dictionary;
import org.latentprint.modelfile.PickleValue.Persistent;
import org.latentprint.modelfile.PickleValue.Sequence;
import org.latentprint.modelfile.PickleValue.Text;

/** Finds the tensors of a torch pickle in what the pickle machine made of it (torch/_utils.py: _rebuild_tensor_v2). */
final class TorchTensors {
    /** As for the other formats. */
    private static final int MAX_TENSORS = SafetensorsReader.MAX_TENSORS;

    /** Real names have two hundred characters at most. */
    private static final int MAX_NAME = 300;

    /** Checkpoints of trainers nest four or five deep; a network that was saved whole, three levels for each module in a module. */
    private static final int MAX_DEPTH = 48;

    /** More dimensions than a tensor has. */
    private static final int MAX_DIMENSIONS = 12;

    private static final Set<String> WRAPPERS =
            Set.of("state_dict", "model", "module", "params", "params_ema", "ema", "net_g", "string_to_param");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("Float", "F32"),
            Map.entry("Half", "F16"),
            Map.entry("BFloat16", "BF16"),
            Map.entry("Double", "F64"),
            Map.entry("Long", "I64"),
            Map.entry("Int", "I32"),
            Map.entry("Short", "I16"),
            Map.entry("Char", "I8"),
            Map.entry("Byte", "U8"),
            Map.entry("Bool", "BOOL"));

    /** Characters of all names: a small pickle can nest one long name under thousands of keys. */
    private static final long MAX_ALL_NAMES = 8L << 20;

    private final ModelHead head;
    private long names;
    private final Set<PickleValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    TorchTensors(ModelHead head) {
        this.head = head;
    }

    private record Place(String name, PickleValue value, int depth) {}

    /** Adds the tensors and the plain texts and numbers at the top of a pickle to the head. */
    void collect(PickleValue root) {
        Deque<Place> open = new ArrayDeque<>();
        open.add(new Place("", root, 0));
        while (!open.isEmpty() && head.tensors().size() < MAX_TENSORS) {
            Place place = open.poll();
            switch (place.value()) {
                case Call call -> call(place, call, open);
                case Dictionary dictionary when seen.add(dictionary) -> entries(place, dictionary, open);
                case Text text when place.depth() == 1 -> head.metadata().putIfAbsent(place.name(), text.text());
                case PickleValue.Whole number
                when place.depth() == 1 -> head.metadata().putIfAbsent(place.name(), Long.toString(number.number()));
                case Sequence sequence
                when place.depth() < MAX_DEPTH && seen.add(sequence) -> items(place, sequence, open);
                default -> {}
            }
        }
    }

    private void call(Place place, Call call, Deque<Place> open) {
        Optional<TensorInfo> tensor = tensor(place.name(), call, 0);
        if (tensor.isPresent()) {
            head.tensors().add(tensor.get());
        } else if (seen.add(call)) {
            entries(place, call.items, open);
        }
    }

    private void entries(Place place, Dictionary dictionary, Deque<Place> open) {
        if (place.depth() >= MAX_DEPTH) {
            return;
        }
        dictionary.values.forEach((key, value) -> {
            boolean wrapper = place.depth() < 2 && WRAPPERS.contains(key) && !(value instanceof Text);
            String prefix = place.name().isEmpty() ? "" : place.name() + ".";
            String name = wrapper && !key.equals("string_to_param") ? place.name() : prefix + key;
            names += name.length();
            if (name.length() <= MAX_NAME && names <= MAX_ALL_NAMES) {
                open.add(new Place(name, value, place.depth() + 1));
            }
        });
    }

    private void items(Place place, Sequence sequence, Deque<Place> open) {
        for (int i = 0; i < sequence.values.size(); i++) {
            if (sequence.values.get(i) instanceof Call || sequence.values.get(i) instanceof Dictionary) {
                open.add(new Place(place.name() + "." + i, sequence.values.get(i), place.depth() + 2));
            }
        }
    }

    private static Optional<TensorInfo> tensor(String name, Call call, int depth) {
        String called = call.called.map(PickleValue.Global::full).orElse("");
        if (!(call.arguments instanceof Sequence arguments)) {
            return Optional.empty();
        }
        if (called.startsWith("torch._utils._rebuild_parameter")
                && depth < MAX_DEPTH
                && arguments.get(0).orElse(PickleValue.Other.VALUE) instanceof Call inner) {
            return tensor(name, inner, depth + 1);
        }
        if (!called.startsWith("torch._utils._rebuild_tensor")
                || !(arguments.get(0).orElse(PickleValue.Other.VALUE) instanceof Persistent storage)
                || !(storage.id() instanceof Sequence id)
                || !(id.get(1).orElse(PickleValue.Other.VALUE) instanceof PickleValue.Global type)
                || !(arguments.get(2).orElse(PickleValue.Other.VALUE) instanceof Sequence sizes)) {
            return Optional.empty();
        }
        List<Long> shape = new ArrayList<>();
        for (PickleValue size : sizes.values) {
            if (!(size instanceof PickleValue.Whole number) || number.number() < 0 || shape.size() > MAX_DIMENSIONS) {
                return Optional.empty();
            }
            shape.add(number.number());
        }
        String word = type.name().replace("Storage", "");
        String stored = TYPES.getOrDefault(word, word.toUpperCase(Locale.ROOT));
        TensorInfo unsized = new TensorInfo(name, stored, shape, 0);
        return Optional.of(new TensorInfo(name, stored, shape, ModelCounts.bytes(unsized.elements(), stored)));
    }
}
