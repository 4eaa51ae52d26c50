package org.latentprint.generator.infotext;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A generation's text as AUTOMATIC1111's web interface writes it: prompt, {@code Negative prompt:}, settings. The grammar is
 * that of {@code parse_generation_parameters} in its {@code modules/infotext_utils.py}, made stricter (a comment is not taken
 * for one) and wider (the relatives' quotes, brackets and further lines).
 *
 * @param positivePrompt as recorded, tags such as {@code <lora:name:1>} and line ends included
 * @param negativePrompt as recorded; empty where no such line is there
 * @param template SD.Next's prompt before wildcards were filled in; empty where none is recorded
 * @param negativeTemplate the same for the negative prompt
 * @param pairs the settings in their order; a key may stand there twice
 * @param trailing text behind the settings, as some extensions append it
 * @param cut whether there were more settings than the bound allows, so that some were not read
 */
public record Infotext(
        String positivePrompt,
        Optional<String> negativePrompt,
        Optional<String> template,
        Optional<String> negativeTemplate,
        List<Pair> pairs,
        Optional<String> trailing,
        boolean cut) {

    /** The settings that are read from one text at most; the rest is dropped and {@link #cut} says so. */
    public static final int MAX_PAIRS = SettingsLine.MAX_PAIRS;

    private static final int MIN_PAIRS = 3;
    private static final int MIN_TELLING = 2;

    /** Lines that may start the settings, tried from the last upwards; a text with more of them is no infotext. */
    private static final int MAX_STARTS = 8;

    private static final String STEPS = "Steps:";
    private static final String NEGATIVE = "negative prompt:";
    private static final String TEMPLATE = "template:";
    private static final String NEGATIVE_TEMPLATE = "negative template:";
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,20}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,20})?");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{8,64}");

    public Infotext {
        pairs = List.copyOf(pairs);
    }

    /**
     * Reads an infotext.
     *
     * @param text a metadata block's text
     * @return what it says; empty where its last lines are no settings of a generation
     */
    public static Optional<Infotext> parse(String text) {
        if (text.startsWith("<?xpacket") || text.startsWith("<x:xmpmeta")) {
            return Optional.empty();
        }
        int end = text.stripTrailing().length();
        int lastLine = lineStart(text, end);
        SettingsLine.Result last = SettingsLine.read(text, lastLine);
        if (isSettings(last) && !isTail(text, lastLine)) {
            return Optional.of(assemble(text, lastLine, last));
        }
        int start = lastLine;
        for (int tried = 0; tried < MAX_STARTS && start > 0; tried++) {
            start = text.lastIndexOf("\n" + STEPS, start - 1) + 1;
            if (start == 0 && !text.startsWith(STEPS)) {
                return Optional.empty();
            }
            SettingsLine.Result further = SettingsLine.read(text, start);
            if (isSettings(further)) {
                return Optional.of(assemble(text, start, further));
            }
        }
        return Optional.empty();
    }

    /**
     * Reads a line of settings that stands alone, such as A1111's {@code postprocessing}.
     *
     * @param line {@code Key: value, Key: value}
     * @return its settings, with an empty prompt; no settings where there are none
     */
    public static Infotext settings(String line) {
        SettingsLine.Result result = SettingsLine.read(line, 0);
        return new Infotext(
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                result.pairs(),
                Optional.empty(),
                result.cut());
    }

    /** Returns the first value with that key, in any case. */
    public Optional<String> value(String key) {
        for (Pair pair : pairs) {
            if (pair.key().equalsIgnoreCase(key)) {
                return Optional.of(pair.value());
            }
        }
        return Optional.empty();
    }

    /** Returns the first value with that key where it is not blank. */
    public Optional<String> filled(String key) {
        return value(key).filter(value -> !value.isBlank());
    }

    /** Says whether a setting with that key is there, in any case of letters. */
    public boolean has(String key) {
        return value(key).isPresent();
    }

    private static int lineStart(String text, int end) {
        return end == 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
    }

    /** Says whether the line is the end of settings that began above it, since a quoted value of theirs holds a line end. */
    private static boolean isTail(String text, int line) {
        int steps = text.startsWith(STEPS, line) || line == 0 ? -1 : text.lastIndexOf("\n" + STEPS, line - 1) + 1;
        return steps > 0 && SettingsLine.read(text, steps).end() > line;
    }

    private static boolean isSettings(SettingsLine.Result line) {
        if (line.pairs().size() < MIN_PAIRS) {
            return false;
        }
        int telling = 0;
        for (Pair pair : line.pairs()) {
            telling += isTelling(pair) ? 1 : 0;
            if (telling >= MIN_TELLING) {
                return true;
            }
        }
        return false;
    }

    /** Says whether the setting is one that nobody writes about anything but a diffusion model's run. */
    private static boolean isTelling(Pair pair) {
        return switch (pair.key().toLowerCase(Locale.ROOT)) {
            case "steps", "seed", "clip skip" -> INTEGER.matcher(pair.value()).matches();
            case "cfg scale", "guidance", "guidance scale", "denoising strength" ->
                NUMBER.matcher(pair.value()).matches();
            case "sampler", "schedule type" -> !pair.value().isBlank();
            case "model hash" -> HASH.matcher(pair.value()).matches();
            default -> false;
        };
    }

    private static Infotext assemble(String text, int settingsStart, SettingsLine.Result settings) {
        String rest = text.substring(settings.end()).strip();
        int promptsEnd = withoutLineEnd(text, settingsStart);
        int negative = lineStarting(text, NEGATIVE, 0, settingsStart);
        boolean templates = settings.pairs().stream()
                .anyMatch(pair -> pair.key().equals("App") && pair.value().equals("SD.Next"));
        int searched = negative < 0 ? 0 : negative;
        int template = templates ? lineStarting(text, TEMPLATE, searched, settingsStart) : -1;
        int negativeTemplate = templates ? lineStarting(text, NEGATIVE_TEMPLATE, searched, settingsStart) : -1;
        int negativeTemplateStart = negativeTemplate < 0 ? settingsStart : negativeTemplate;
        int templateStart = template < 0 ? negativeTemplateStart : template;
        int negativeStart = negative < 0 ? templateStart : negative;
        return new Infotext(
                text.substring(0, negativeStart == settingsStart ? promptsEnd : withoutLineEnd(text, negativeStart)),
                section(text, negative, NEGATIVE, templateStart),
                section(text, template, TEMPLATE, negativeTemplateStart),
                section(text, negativeTemplate, NEGATIVE_TEMPLATE, settingsStart),
                settings.pairs(),
                rest.isEmpty() ? Optional.empty() : Optional.of(rest),
                settings.cut());
    }

    private static Optional<String> section(String text, int start, String marker, int next) {
        if (start < 0) {
            return Optional.empty();
        }
        int from = start + marker.length();
        int end = Math.max(from, withoutLineEnd(text, next));
        return Optional.of(text.substring(from < end && text.charAt(from) == ' ' ? from + 1 : from, end));
    }

    /** Returns the place before the line end that parts a section from the one that starts here. */
    private static int withoutLineEnd(String text, int sectionStart) {
        int end = sectionStart;
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
            if (end > 0 && text.charAt(end - 1) == '\r') {
                end--;
            }
        }
        return end;
    }

    /** Returns the start of the first line in the range that starts with the marker, in any case; -1 where none does. */
    private static int lineStarting(String text, String marker, int from, int to) {
        int line = from;
        while (line < to) {
            if (text.regionMatches(true, line, marker, 0, marker.length())) {
                return line;
            }
            int next = text.indexOf('\n', line);
            if (next < 0) {
                return -1;
            }
            line = next + 1;
        }
        return -1;
    }
}
