package org.latentprint.generator.infotext;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.generator.Pass;
import org.latentprint.generator.PromptPart;

/**
 * The runs of a sampler that an infotext tells of beside the first: A1111's second pass at a higher resolution
 * ({@code Hires ...} in {@code modules/processing.py}), the refiner ({@code modules/processing_scripts/refiner.py}), and the
 * detail passes of ADetailer ({@code adetailer/args.py}) and SD.Next.
 */
public final class InfotextPasses {
    /** The name of the first pass. */
    public static final String BASE = "base";

    private static final String HIRES = "hires";
    private static final String REFINER = "refiner";
    private static final Pattern ADETAILER =
            Pattern.compile("ADetailer model( \\d{1,2}\\w\\w)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNCHANGED = Pattern.compile("use same \\w+|none|", Pattern.CASE_INSENSITIVE);

    private InfotextPasses() {}

    /**
     * Returns the passes in the order of the data's flow.
     *
     * @param infotext what was read
     * @return the first pass and those behind it; nothing where there is only one
     */
    public static List<Pass> passes(Infotext infotext) {
        List<Pass> further = new ArrayList<>();
        refiner(infotext).ifPresent(further::add);
        if (hasHires(infotext)) {
            further.add(hires(infotext));
        }
        for (Pair pair : infotext.pairs()) {
            Matcher unit = ADETAILER.matcher(pair.key());
            if (unit.matches() && !pair.value().isBlank()) {
                further.add(
                        adetailer(infotext, Optional.ofNullable(unit.group(1)).orElse("")));
            }
        }
        if (infotext.has("Detailer") || infotext.has("Detailer strength")) {
            further.add(detailer(infotext));
        }
        if (further.isEmpty()) {
            return List.of();
        }
        further.addFirst(base(infotext));
        return List.copyOf(further);
    }

    /** Returns the further positive prompts, each with its pass. */
    public static List<PromptPart> positiveParts(Infotext infotext) {
        return parts(infotext, "prompt");
    }

    /** Returns the further negative prompts, each with its pass. */
    public static List<PromptPart> negativeParts(Infotext infotext) {
        return parts(infotext, "negative prompt");
    }

    /**
     * Says whether a second pass at a higher resolution ran. SD.Next writes some of the keys for every upscaling, too, and
     * tells the pass in its list of operations.
     */
    public static boolean hasHires(Infotext infotext) {
        Optional<String> operations = infotext.filled("Operations");
        if (operations.isPresent()) {
            return operations.orElseThrow().contains("hires");
        }
        return infotext.has("Hires upscaler")
                || infotext.has("Hires upscale")
                || infotext.has("Hires steps")
                || infotext.has("Hires resize");
    }

    private static List<PromptPart> parts(Infotext infotext, String what) {
        List<PromptPart> parts = new ArrayList<>();
        for (Pair pair : infotext.pairs()) {
            String key = pair.key().toLowerCase(Locale.ROOT);
            if (pair.value().isBlank()) {
                continue;
            }
            if (key.equals("hires " + what)) {
                parts.add(new PromptPart(HIRES, pair.value()));
            } else if (key.startsWith("adetailer " + what)) {
                parts.add(new PromptPart(("adetailer" + key.substring(10 + what.length())).strip(), pair.value()));
            } else if (key.equals("refiner " + sdNext(what))) {
                parts.add(new PromptPart(REFINER, pair.value()));
            } else if (key.equals("detailer " + sdNext(what))) {
                parts.add(new PromptPart("detailer", pair.value()));
            } else if (key.equals("raw " + what)) {
                parts.add(new PromptPart("raw", pair.value()));
            }
        }
        return parts;
    }

    /** SD.Next calls its further negative prompts "negative". */
    private static String sdNext(String what) {
        return what.equals("prompt") ? what : "negative";
    }

    private static Pass base(Infotext infotext) {
        Optional<Numbers.Size> size = infotext.filled("Size").flatMap(Numbers::size);
        return new Pass(
                BASE,
                Optional.empty(),
                infotext.filled("Seed").flatMap(Numbers::seed),
                infotext.filled("Steps").flatMap(Numbers::integer),
                infotext.filled("Sampler"),
                infotext.filled("Schedule type").or(() -> infotext.filled("Scheduler")),
                infotext.filled("CFG scale").flatMap(Numbers::decimal),
                hasHires(infotext)
                        ? Optional.empty()
                        : infotext.filled("Denoising strength").flatMap(Numbers::decimal),
                infotext.filled("Model"),
                Optional.empty(),
                Optional.empty(),
                size.map(Numbers.Size::width),
                size.map(Numbers.Size::height));
    }

    private static Pass hires(Infotext infotext) {
        Optional<Numbers.Size> size = infotext.filled("Hires resize")
                .or(() -> infotext.filled("Hires size"))
                .flatMap(Numbers::size);
        return new Pass(
                HIRES,
                Optional.empty(),
                Optional.empty(),
                infotext.filled("Hires steps").flatMap(Numbers::integer),
                changed(infotext, "Hires sampler"),
                changed(infotext, "Hires schedule type"),
                infotext.filled("Hires CFG Scale").flatMap(Numbers::decimal),
                infotext.filled("Hires strength")
                        .or(() -> infotext.filled("Denoising strength"))
                        .flatMap(Numbers::decimal),
                changed(infotext, "Hires checkpoint"),
                infotext.filled("Hires prompt"),
                infotext.filled("Hires negative prompt"),
                size.map(Numbers.Size::width),
                size.map(Numbers.Size::height));
    }

    private static Optional<Pass> refiner(Infotext infotext) {
        return changed(infotext, "Refiner")
                .map(model -> pass(
                        REFINER,
                        infotext.filled("Refiner steps").flatMap(Numbers::integer),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(model),
                        infotext.filled("Refiner prompt"),
                        infotext.filled("Refiner negative")));
    }

    private static Pass adetailer(Infotext infotext, String suffix) {
        return pass(
                "adetailer" + suffix.toLowerCase(Locale.ROOT),
                infotext.filled("ADetailer steps" + suffix).flatMap(Numbers::integer),
                changed(infotext, "ADetailer sampler" + suffix),
                infotext.filled("ADetailer CFG scale" + suffix),
                infotext.filled("ADetailer denoising strength" + suffix),
                changed(infotext, "ADetailer checkpoint" + suffix),
                infotext.filled("ADetailer prompt" + suffix),
                infotext.filled("ADetailer negative prompt" + suffix));
    }

    private static Pass detailer(Infotext infotext) {
        return pass(
                "detailer",
                infotext.filled("Detailer steps").flatMap(Numbers::integer),
                Optional.empty(),
                Optional.empty(),
                infotext.filled("Detailer strength"),
                Optional.empty(),
                infotext.filled("Detailer prompt"),
                infotext.filled("Detailer negative"));
    }

    private static Pass pass(
            String node,
            Optional<Integer> steps,
            Optional<String> sampler,
            Optional<String> cfgScale,
            Optional<String> denoise,
            Optional<String> model,
            Optional<String> positive,
            Optional<String> negative) {
        return new Pass(
                node,
                Optional.empty(),
                Optional.empty(),
                steps,
                sampler,
                Optional.empty(),
                cfgScale.flatMap(Numbers::decimal),
                denoise.flatMap(Numbers::decimal),
                model,
                positive,
                negative,
                Optional.empty(),
                Optional.empty());
    }

    /** Returns a value unless it says that the first pass's stands. */
    private static Optional<String> changed(Infotext infotext, String key) {
        return infotext.filled(key)
                .filter(value -> !UNCHANGED.matcher(value.strip()).matches());
    }
}
