package org.latentprint.generator.comfyui;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What node classes declare: their outputs and the order of their inputs. Kept as data in {@code node-signatures.txt}, one
 * class a line, or a line for each version that orders its inputs in another way, so that another node pack is a few lines
 * there. The classes are those of ComfyUI and of packs in wide use;
 * a class that is missing is still read by the names of its inputs.
 *
 * <p>Sources: the {@code INPUT_TYPES} and {@code define_schema} of ComfyUI (comfyanonymous/ComfyUI, Comfy-Org/ComfyUI) and of
 * the packs themselves, {@code __init__.py} and {@code distorch_2.py} of ComfyUI-MultiGPU, and type declarations of nodes that stable-canvas/comfyui-client
 * and rvion/comfy-ts publish (the latter of the nodes that Comfy's cloud had in September 2026), and workflows of
 * Comfy-Org/workflow_templates for inputs around a choice. For some classes the
 * order of the widgets was taken from workflow files and held against the values there. Not verified: which version of a
 * pack added which input, save where the list marks it; the order of inputs of classes that the list gives none for: service
 * nodes whose inputs stand below a choice, and nodes that only pass a picture, film or model on, of which it tells the outputs; the prefixes under which Comfyroll, Easy-Use, Inspire, Crystools
 * and mikey_nodes register their classes, where their lists of classes were not read.
 */
final class Signatures {
    private static final String RESOURCE = "node-signatures.txt";

    /** Stands behind an input that was added later. */
    private static final String LATE = "?";

    /** Stands for inputs that depend on the choice before them, of which there may be any number. */
    static final String FURTHER = "*";

    /** Inputs that name where a loader's model is to lie; a loader that has one of its own is given no other. */
    private static final Set<String> PLACES = Set.of("device", "compute_device");

    /** Ends of the names of classes that ComfyUI-MultiGPU makes of others, the longest first, and what it adds to them. */
    private static final Map<String, List<String>> SPREAD = new LinkedHashMap<>();

    static {
        SPREAD.put(
                "DisTorch2MultiGPU",
                List.of(
                        "compute_device",
                        "virtual_vram_gb",
                        "donor_device",
                        "expert_mode_allocations",
                        "high_precision_loras"));
        SPREAD.put("MultiGPU", List.of("device"));
    }

    private static final Map<String, Signature> ALL = load();

    private Signatures() {}

    /**
     * What one class declares.
     *
     * @param outputs in the order of the slots
     * @param inputs widgets and links alike, in the order of the declaration
     * @param late those of the inputs that the class was given later, at its end: older files hold no value for them
     * @param others what further versions of the class declare, or another pack's class of the same name
     */
    record Signature(List<Output> outputs, List<String> inputs, Set<String> late, List<Signature> others) {

        /** Returns the same with one more version behind those that are known. */
        private Signature or(Signature version) {
            return new Signature(
                    outputs,
                    inputs,
                    late,
                    Stream.concat(others.stream(), Stream.of(version)).toList());
        }

        /** Returns all versions, this one first. */
        List<Signature> versions() {
            return Stream.concat(Stream.of(this), others.stream()).toList();
        }

        /** Returns the same with inputs at the end, of which older files may hold no value. */
        private Signature with(List<String> added) {
            boolean placed = inputs.contains("device");
            Set<String> further = new LinkedHashSet<>(added);
            if (placed) {
                further.removeAll(PLACES);
            }
            List<String> names = new ArrayList<>(inputs);
            names.addAll(further);
            further.addAll(late);
            return new Signature(outputs, List.copyOf(names), Set.copyOf(further), List.of());
        }
    }

    static Optional<Signature> of(String nodeType) {
        return Optional.ofNullable(ALL.get(nodeType)).or(() -> spread(nodeType));
    }

    static boolean isKnown(String nodeType) {
        return of(nodeType).isPresent();
    }

    /** Returns what a loader declares that ComfyUI-MultiGPU made of another: the same, and where its parts are to lie. */
    private static Optional<Signature> spread(String nodeType) {
        return SPREAD.entrySet().stream()
                .filter(kind -> nodeType.endsWith(kind.getKey()))
                .findFirst()
                .flatMap(kind -> Optional.ofNullable(ALL.get(nodeType.substring(
                                0, nodeType.length() - kind.getKey().length())))
                        .map(base -> base.with(kind.getValue())));
    }

    private static Map<String, Signature> load() {
        Map<String, Signature> signatures = new HashMap<>();
        try (InputStream stream = Objects.requireNonNull(Signatures.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] fields = line.split("\t", -1);
                        signatures.merge(fields[0], signature(outputs(fields[1]), list(fields[2])), Signature::or);
                    });
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Map.copyOf(signatures);
    }

    private static Signature signature(List<Output> outputs, List<String> inputs) {
        List<String> names = new ArrayList<>();
        Set<String> late = new HashSet<>();
        for (String input : inputs) {
            boolean isLate = input.endsWith(LATE);
            String name = isLate ? input.substring(0, input.length() - LATE.length()) : input;
            names.add(name);
            if (isLate) {
                late.add(name);
            }
        }
        return new Signature(outputs, List.copyOf(names), Set.copyOf(late), List.of());
    }

    private static List<String> list(String field) {
        return field.isEmpty() ? List.of() : Arrays.asList(field.split(",", -1));
    }

    /** An output stands there as its type, or as {@code name:TYPE} where the type does not tell it from the others. */
    private static List<Output> outputs(String field) {
        return list(field).stream()
                .map(output -> {
                    int colon = output.indexOf(':');
                    return colon < 0
                            ? new Output("", output)
                            : new Output(output.substring(0, colon), output.substring(colon + 1));
                })
                .toList();
    }
}
