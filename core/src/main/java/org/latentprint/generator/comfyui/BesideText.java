package org.latentprint.generator.comfyui;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latentprint.container.MetadataBlock;
import org.latentprint.generator.Generation;
import org.latentprint.generator.NamedModel;
import org.latentprint.generator.infotext.Infotext;
import org.latentprint.generator.infotext.InfotextResources;

/**
 * Takes from an A1111 text beside a graph what the graph lacks: the hashes of models. The graph wins wherever both speak.
 * Only a text with the same seed as a pass of the graph is about the same picture.
 */
public final class BesideText {
    private final MetadataBlock block;
    private final Map<String, Map<String, String>> hashes = new HashMap<>();

    private BesideText(MetadataBlock block, Infotext infotext) {
        this.block = block;
        InfotextResources.models(infotext)
                .forEach(model -> model.name().ifPresent(name -> hashes.putIfAbsent(stem(name), model.hashes())));
    }

    /** Finds the text among the blocks that belongs to the generation. */
    public static Optional<BesideText> in(List<MetadataBlock> blocks, Generation generation) {
        return blocks.stream()
                .flatMap(block -> Infotext.parse(block.textOrEmpty())
                        .filter(infotext -> sameSeed(infotext, generation))
                        .map(infotext -> new BesideText(block, infotext))
                        .stream())
                .findFirst();
    }

    private static boolean sameSeed(Infotext infotext, Generation generation) {
        Optional<String> seed = infotext.filled("Seed");
        return seed.isPresent()
                && generation.passes().stream().anyMatch(pass -> pass.seed().equals(seed));
    }

    public MetadataBlock block() {
        return block;
    }

    /** Returns the model, with the hashes that the text gives for it. */
    public NamedModel named(NamedModel model) {
        return model.name()
                .flatMap(name -> Optional.ofNullable(hashes.get(stem(name))))
                .map(known -> new NamedModel(model.kind(), model.name(), known))
                .orElse(model);
    }

    private static String stem(String name) {
        String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return file.replaceFirst("(?i)\\.(safetensors|ckpt|gguf|pt|pth|bin|sft)$", "")
                .toLowerCase(Locale.ROOT);
    }
}
