package org.latentprint.generator.infotext;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.latentprint.generator.GenerationBuilder;
import org.latentprint.generator.InputMedia;

/** Carries what every infotext says into a generation: prompts, the first pass, models, LoRAs, further passes, settings. */
public final class InfotextFields {
    /** Longer values say nothing to a reader of a table; the block at the origin holds them whole. */
    public static final int MAX_VALUE = 16_384;

    private static final Set<String> OWN_FIELD = Set.of(
            "steps", "sampler", "schedule type", "cfg scale", "seed", "size", "model", "model hash", "version", "app");
    private static final Pattern PIXEL_HASH = Pattern.compile("[0-9a-f]{8}|[0-9a-f]{32}");
    private static final String CUT = "\u2026";

    private InfotextFields() {}

    /**
     * Fills the builder.
     *
     * @param infotext what was read
     * @param builder of the generation; task and variant are left to the program's reader
     */
    public static void fill(Infotext infotext, GenerationBuilder builder) {
        builder.positivePrompt(Optional.of(infotext.positivePrompt()))
                .negativePrompt(infotext.negativePrompt())
                .version(infotext.filled("Version"))
                .seed(infotext.filled("Seed").flatMap(Numbers::seed))
                .steps(infotext.filled("Steps").flatMap(Numbers::integer))
                .sampler(infotext.filled("Sampler"))
                .scheduler(infotext.filled("Schedule type").or(() -> infotext.filled("Scheduler")))
                .cfgScale(infotext.filled("CFG scale").flatMap(Numbers::decimal));
        infotext.filled("Size")
                .flatMap(Numbers::size)
                .ifPresent(size -> builder.width(Optional.of(size.width())).height(Optional.of(size.height())));
        InfotextResources.models(infotext).forEach(builder::model);
        InfotextResources.loras(infotext).forEach(builder::lora);
        InfotextPasses.passes(infotext).forEach(builder::pass);
        initialImage(infotext).ifPresent(builder::input);
        InfotextPasses.positiveParts(infotext).forEach(builder::positivePart);
        InfotextPasses.negativeParts(infotext).forEach(builder::negativePart);
        settings(infotext, builder);
    }

    /**
     * Adds the settings of a line that is no infotext of its own, and the models that they name.
     *
     * @param settings as {@link Infotext#settings} reads them
     * @param builder of the generation
     */
    public static void fillSettings(Infotext settings, GenerationBuilder builder) {
        InfotextResources.models(settings).forEach(builder::model);
        settings(settings, builder);
    }

    /**
     * The picture that image-to-image began with, by the name that the program gives to its copy of it: the MD5 of its pixels in
     * A1111, where copies are kept ({@code init} in {@code modules/processing.py}), the first digits of their SHA-256 in SD.Next
     * ({@code modules/processing_class.py}).
     */
    private static Optional<InputMedia> initialImage(Infotext infotext) {
        return infotext.filled("Init image hash")
                .map(String::strip)
                .filter(hash -> PIXEL_HASH.matcher(hash).matches())
                .map(hash -> new InputMedia("init", hash));
    }

    private static void settings(Infotext infotext, GenerationBuilder builder) {
        Set<String> seen = new HashSet<>();
        for (Pair pair : infotext.pairs()) {
            String key = pair.key().toLowerCase(Locale.ROOT);
            if (seen.add(key) && !OWN_FIELD.contains(key)) {
                builder.setting(pair.key(), bounded(pair.value()));
            }
        }
        infotext.template().ifPresent(text -> builder.setting("Template", bounded(text)));
        infotext.negativeTemplate().ifPresent(text -> builder.setting("Negative template", bounded(text)));
        infotext.trailing().ifPresent(text -> builder.setting("text behind the settings", bounded(text)));
    }

    private static String bounded(String value) {
        return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + CUT;
    }
}
