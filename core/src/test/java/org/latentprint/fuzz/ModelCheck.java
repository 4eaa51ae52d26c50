package org.latentprint.fuzz;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.modelfile.ModelFile;
import org.latentprint.modelfile.ModelFiles;

/** What must hold for a reader of model files and any bytes. */
final class ModelCheck {
    /** Target to a file name that leads to its reader. */
    static final SortedMap<String, String> NAMES = new TreeMap<>(Map.ofEntries(
            Map.entry("safetensors", "garden.safetensors"),
            Map.entry("pickle", "garden.pkl"),
            Map.entry("torchZip", "garden.pt"),
            Map.entry("gguf", "garden.gguf"),
            Map.entry("onnx", "garden.onnx"),
            Map.entry("sideFile", "garden.civitai.info"),
            Map.entry("numpy", "garden.npz"),
            Map.entry("modelCard", "README.md"),
            Map.entry("diffusionPipe", "garden.toml"),
            Map.entry("trainingRecord", "garden.json"),
            Map.entry("tensorStore", "garden.ckpt")));

    private ModelCheck() {}

    /** Checks what is read from a file of that name. Returns 1 where it is a model file. */
    static int check(String name, byte[] bytes) throws IOException {
        Optional<ModelFile> first = new ModelFiles().read(name, HeapBytes.wrap(bytes), true);
        first.ifPresent(model -> {
            Checks.noFailure(model.problems());
            Checks.grounded(model.origin(), bytes);
        });
        Checks.require(
                first.equals(new ModelFiles().read(name, HeapBytes.wrap(bytes), true)),
                "the same bytes gave another result",
                first);
        return first.isPresent() ? 1 : 0;
    }
}
