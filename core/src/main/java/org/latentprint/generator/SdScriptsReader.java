package org.latentprint.generator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ItemMetadata;

/**
 * The scripts {@code gen_img.py}, {@code gen_img_diffusers.py} and {@code sdxl_gen_img.py} of {@code kohya-ss/sd-scripts}: PNG
 * text chunks {@code prompt}, {@code seed}, {@code sampler}, {@code steps} and {@code scale}, with {@code negative-prompt},
 * {@code clip-prompt} and the sizes of SDXL's conditioning where there are any. They name neither program nor model, and not
 * what was fed in. The sample pictures of a training have no metadata.
 *
 * <p>Untested ground: no file of the scripts was at hand.
 */
final class SdScriptsReader implements GeneratorReader {
    private static final String ID = "sd-scripts/1";
    private static final Set<String> TELLING = Set.of("prompt", "seed", "sampler", "steps", "scale");
    private static final Set<String> KEYS = Set.of(
            "prompt",
            "seed",
            "sampler",
            "steps",
            "scale",
            "negative-prompt",
            "negative-scale",
            "clip-prompt",
            "raw-prompt",
            "original-height",
            "original-width",
            "original-height-negative",
            "original-width-negative",
            "crop-top",
            "crop-left");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        PngRecord all = PngRecord.of(metadata, "");
        if (!all.has(TELLING)) {
            return Reading.NONE;
        }
        PngRecord chunks = all.only(KEYS);
        JsonRecord record = chunks.record();
        GenerationBuilder builder = chunks.start("sd-scripts", ID)
                .inferred("generator", "the keys that kohya-ss/sd-scripts writes; no program is named")
                .positivePrompt(record.text("prompt"))
                .negativePrompt(record.text("negative-prompt"))
                .seed(record.seed("seed"))
                .steps(record.positive("steps"))
                .sampler(record.name("sampler"))
                .cfgScale(record.decimal("scale"));
        record.name("clip-prompt").ifPresent(text -> builder.positivePart(new PromptPart("clip", text)));
        Optional<String> raw = record.name("raw-prompt");
        raw.ifPresent(text -> builder.positivePart(new PromptPart("raw", text)));
        record.keepRest(builder);
        return Reading.of(List.of(builder.build()), chunks.blocks());
    }
}
