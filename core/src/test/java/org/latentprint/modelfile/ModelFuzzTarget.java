package org.latentprint.modelfile;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;

/**
 * What Jazzer calls with ever new bytes: whatever they are, there is an answer and no reader fails. {@code bench/fuzz} starts
 * it; the property {@code fuzz.target} names the reader.
 */
public final class ModelFuzzTarget {
    /** Target to a file name that leads to its reader. */
    static final Map<String, String> TARGETS = new TreeMap<>(Map.of(
            "safetensors",
            "garden.safetensors",
            "pickle",
            "garden.pkl",
            "torchZip",
            "garden.pt",
            "gguf",
            "garden.gguf",
            "onnx",
            "garden.onnx",
            "sideFile",
            "garden.civitai.info"));

    private ModelFuzzTarget() {}

    /** Called by Jazzer once: loading classes must not count as the time of the first input. */
    public static void fuzzerInitialize() throws IOException {
        check("safetensors", new byte[0]);
        check(System.getProperty("fuzz.target", ""), new byte[0]);
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        check(System.getProperty("fuzz.target", ""), bytes);
    }

    static void check(String target, byte[] bytes) throws IOException {
        String name = TARGETS.get(target);
        if (name == null) {
            throw new IllegalArgumentException("the property fuzz.target is none of " + TARGETS.keySet());
        }
        ModelFiles.read(name, HeapBytes.wrap(bytes), false).stream()
                .flatMap(model -> model.problems().stream())
                .filter(problem -> problem.category() == Problem.Category.READER_FAILED)
                .findFirst()
                .ifPresent(problem -> {
                    throw new AssertionError(problem.message());
                });
    }
}
