package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.generator.infotext.Infotext;
import org.latentprint.generator.infotext.InfotextFields;
import org.latentprint.generator.infotext.Pair;

/**
 * KoboldCpp ({@code get_image_params} in {@code otherarch/sdcpp/sdtype_adapter.cpp}):
 * {@code Prompt: ... | NegativePrompt: ... | Steps: ... | Version: KoboldCpp}, with {@code |} as the border of settings. The program
 * cuts prompts after 800 bytes. Its first versions wrote the sampler as a number whose meaning changes with the version: it stays
 * a setting.
 */
final class KoboldCppReader extends BlockReader {
    private static final String NAME = "KoboldCpp";
    private static final String PROMPT = "Prompt: ";
    private static final String NEGATIVE = " | NegativePrompt: ";
    private static final String STEPS = " | Steps: ";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");
    private static final String VERSION = " | Version: KoboldCpp";

    KoboldCppReader() {
        super("koboldcpp/2");
    }

    @Override
    Reading read(MetadataBlock block, ItemMetadata metadata) {
        return parse(block.textOrEmpty().strip())
                .map(infotext -> {
                    GenerationBuilder builder = start(NAME, block);
                    InfotextFields.fill(infotext, builder);
                    builder.version(Optional.empty());
                    return Reading.of(List.of(builder.build()), List.of(block));
                })
                .orElse(Reading.NONE);
    }

    /** Reads the text into the form of an infotext. The last marker counts, since the prompt may hold any text. */
    private static Optional<Infotext> parse(String text) {
        int steps = text.lastIndexOf(STEPS);
        int negative = steps < 0 ? -1 : text.lastIndexOf(NEGATIVE, steps);
        if (negative < 0 || !text.startsWith(PROMPT) || !text.endsWith(VERSION)) {
            return Optional.empty();
        }
        List<Pair> pairs = new ArrayList<>();
        for (String part : text.substring(steps).split("\\|", Infotext.MAX_PAIRS)) {
            int colon = part.indexOf(':');
            if (colon > 0) {
                String value = part.substring(colon + 1).strip();
                pairs.add(new Pair(key(part.substring(0, colon).strip(), value), value));
            }
        }
        return Optional.of(new Infotext(
                text.substring(PROMPT.length(), Math.max(PROMPT.length(), negative)),
                Optional.of(
                        text.substring(negative + NEGATIVE.length(), Math.max(negative + NEGATIVE.length(), steps))),
                Optional.empty(),
                Optional.empty(),
                pairs,
                Optional.empty(),
                false));
    }

    private static String key(String recorded, String value) {
        return switch (recorded) {
            case "CFGScale" -> "CFG scale";
            case "Sampler" -> NUMBER.matcher(value).matches() ? "Sampler number" : recorded;
            default -> recorded;
        };
    }
}
