package org.latentprint.generator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.generator.infotext.Infotext;
import org.latentprint.generator.infotext.InfotextPasses;

/**
 * AUTOMATIC1111's Stable Diffusion web UI ({@code create_infotext} in {@code modules/processing.py}) and its forks, told apart
 * by the {@code Version} they write ({@code modules/launch_utils.py}, {@code modules_forge/forge_version.py}). Takes every
 * infotext that no reader before it has claimed.
 */
final class A1111Reader extends InfotextReader {
    /** reForge writes {@code f1.0.0v2-v1.10.1RC-latest-2498-g5120e679}: the part after the hyphen is its own base. */
    private static final Pattern REFORGE =
            Pattern.compile("f\\d+\\.\\d.*v1\\.\\d+\\.\\d+RC.*|f\\d+\\.\\d[^-]*-v1\\..*");

    /** Forge writes {@code f2.0.1v1.10.1-previous-664-gd557aef9}, in its first months {@code f0.0.17v1.8.0rc-latest-276}. */
    private static final Pattern FORGE = Pattern.compile("f\\d+\\.\\d+\\.\\d+v\\d.*");

    private static final Pattern AMD = Pattern.compile("v?1\\.\\d+\\.\\d+-amd.*");
    private static final Pattern OWN_VERSION = Pattern.compile("(v?\\d|f\\d|neo|classic).*");
    private static final Pattern ZERO = Pattern.compile("0(\\.0+)?");
    private static final Set<String> EXTRAS_KEYS = Set.of("postprocessing", "extras");
    private static final String TASK = "task";

    A1111Reader() {
        super("a1111/2");
    }

    @Override
    Optional<String> generator(Infotext infotext) {
        return Optional.of("A1111");
    }

    @Override
    void refine(Infotext infotext, GenerationBuilder builder) {
        Optional<String> version = infotext.filled("Version");
        builder.variant(version.flatMap(A1111Reader::variant));
        boolean dated =
                version.filter(text -> OWN_VERSION.matcher(text).matches()).isPresent();
        if (!dated) {
            builder.inferred("generator", "the text is in A1111's form and names no other program");
        }
        task(infotext, dated, builder);
    }

    /** Adds what the Extras tab writes; alone, it says that the picture was upscaled or mended. */
    @Override
    List<MetadataBlock> complete(ItemMetadata metadata, List<GenerationBuilder> builders) {
        List<MetadataBlock> extras = metadata.blocks().stream()
                .filter(block -> EXTRAS_KEYS.contains(block.key()))
                .filter(block -> A1111Extras.isIn(block.textOrEmpty()))
                .toList();
        for (MetadataBlock block : extras) {
            if (builders.isEmpty()) {
                builders.add(Generation.builder("A1111", block.origin().readBy(id()))
                        .task(Optional.of(A1111Extras.task(block.textOrEmpty()))));
            }
            for (GenerationBuilder builder : builders) {
                builder.alsoFrom(block.origin().readBy(id()));
                A1111Extras.fill(block.textOrEmpty(), builder);
            }
        }
        return extras;
    }

    private static Optional<String> variant(String version) {
        if (version.equals("neo") || version.startsWith("neo-") || version.startsWith("neo ")) {
            return Optional.of("Forge Neo");
        }
        if (version.equals("classic") || version.startsWith("classic-") || version.startsWith("classic ")) {
            return Optional.of("Forge Classic");
        }
        if (REFORGE.matcher(version).matches()) {
            return Optional.of("reForge");
        }
        if (FORGE.matcher(version).matches()) {
            return Optional.of("Forge");
        }
        return AMD.matcher(version).matches() ? Optional.of("AMDGPU") : Optional.empty();
    }

    /** No key names the task, so it is concluded from keys that the program writes for one task only. */
    private static void task(Infotext infotext, boolean dated, GenerationBuilder builder) {
        if (infotext.has("Masked content") || infotext.has("Inpaint area") || infotext.has("Mask mode")) {
            builder.task(Optional.of(Task.INPAINT)).inferred(TASK, "masking keys are written for inpainting only");
        } else if (InfotextPasses.hasHires(infotext) || infotext.has("First pass size")) {
            builder.task(Optional.of(Task.TXT2IMG)).inferred(TASK, "hires keys are written for text-to-image only");
        } else if (infotext.has("Init image hash")
                || infotext.has("Mask blur")
                || infotext.filled("Denoising strength")
                        .filter(value -> !ZERO.matcher(value).matches())
                        .isPresent()) {
            builder.task(Optional.of(Task.IMG2IMG))
                    .inferred(TASK, "denoising strength without hires keys is written for image-to-image only");
        } else if (dated) {
            builder.task(Optional.of(Task.TXT2IMG)).inferred(TASK, "image-to-image always writes a denoising strength");
        }
    }
}
