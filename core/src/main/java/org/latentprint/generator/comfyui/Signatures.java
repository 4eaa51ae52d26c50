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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What node classes declare: their outputs and the order of their inputs. Kept as data in {@code node-signatures.txt}, one
 * class a line, so that another node pack is a few lines there. The classes are those of ComfyUI and of packs in wide use;
 * a class that is missing is still read by the names of its inputs.
 *
 * <p>Sources: the {@code INPUT_TYPES} and {@code define_schema} of ComfyUI (comfyanonymous/ComfyUI, Comfy-Org/ComfyUI) and of
 * the packs themselves, and type declarations of nodes that stable-canvas/comfyui-client publishes. For some classes the
 * order of the widgets was taken from workflow files and held against the values there. Not verified: which version of a
 * pack added which input, save where the list marks it; the prefixes under which Comfyroll, Easy-Use, Inspire, Crystools
 * and mikey_nodes register their classes, where their lists of classes were not read.
 */
final class Signatures {
    private static final String RESOURCE = "node-signatures.txt";

    /** Stands behind an input that was added later. */
    private static final String LATE = "?";

    private static final Map<String, Signature> ALL = load();

    private Signatures() {}

    /**
     * What one class declares.
     *
     * @param outputs in the order of the slots
     * @param inputs widgets and links alike, in the order of the declaration
     * @param late those of the inputs that the class was given later, at its end: older files hold no value for them
     */
    record Signature(List<Output> outputs, List<String> inputs, Set<String> late) {}

    static Optional<Signature> of(String nodeType) {
        return Optional.ofNullable(ALL.get(nodeType));
    }

    static boolean isKnown(String nodeType) {
        return ALL.containsKey(nodeType);
    }

    private static Map<String, Signature> load() {
        Map<String, Signature> signatures = new HashMap<>();
        try (InputStream stream = Objects.requireNonNull(Signatures.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] fields = line.split("\t", -1);
                        signatures.put(fields[0], signature(outputs(fields[1]), list(fields[2])));
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
        return new Signature(outputs, List.copyOf(names), Set.copyOf(late));
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
