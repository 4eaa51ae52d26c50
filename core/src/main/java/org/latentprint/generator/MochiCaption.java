package org.latentprint.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The caption in which Mochi Diffusion recorded a generation ({@code Support/MetadataCodec.swift},
 * {@code Support/MetadataHelper.swift}, {@code Model/SDImage.swift}; {@code MochiDiffusion/Musubi},
 * {@code MochiLegacyCodec.swift}). The first form joins {@code Label: value} by {@code "; "} and escapes nothing, so that a
 * value ends where a known label follows; the second has a line for each and escapes line ends. The first versions called the
 * prompts {@code Prompt} and {@code Negative}, and the scale {@code Guidance}.
 *
 * @param fields label to values, in their order
 */
record MochiCaption(Map<String, List<String>> fields) {
    private static final String GENERATOR = "Generator";
    private static final String PROGRAM = "Mochi Diffusion";
    private static final String VERSION = "Metadata Version: ";
    private static final List<String> PROMPT = List.of("Include in Image", "Prompt");
    private static final List<String> NEGATIVE = List.of("Exclude from Image", "Negative");
    private static final List<String> LABELS = List.of(
            "Include in Image",
            "Exclude from Image",
            "Prompt",
            "Negative",
            "Date",
            "Model",
            "Size",
            "Quality",
            "Upscaler",
            "Starting Image",
            "ControlNet Image",
            "Input Images",
            "Scheduler",
            "ML Compute Unit",
            "Seed",
            "Steps",
            "Guidance Scale",
            "Guidance",
            "Engine",
            "Model Key",
            GENERATOR);

    /** Longer than any prompt, and short enough for a search of every label. */
    private static final int MAX_CAPTION = 200_000;

    private static final Pattern SEED = Pattern.compile("\\d{1,20}");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");

    MochiCaption {
        fields = Map.copyOf(fields);
    }

    /** Reads a caption; empty where the text is none of this program. */
    static Optional<MochiCaption> parse(String text) {
        String caption = text.strip();
        if (caption.length() > MAX_CAPTION || !caption.contains(GENERATOR + ": " + PROGRAM)) {
            return Optional.empty();
        }
        MochiCaption result = new MochiCaption(caption.startsWith(VERSION) ? lines(caption) : semicolons(caption));
        return Optional.of(result)
                .filter(read -> read.first(List.of(GENERATOR))
                        .filter(generator -> generator.startsWith(PROGRAM))
                        .isPresent())
                .filter(read -> read.first(PROMPT).isPresent());
    }

    /** Fills in what the caption says. */
    void fill(GenerationBuilder builder) {
        builder.version(first(List.of(GENERATOR))
                        .map(text -> text.substring(PROGRAM.length()).strip())
                        .filter(text -> !text.isEmpty()))
                .positivePrompt(first(PROMPT))
                .negativePrompt(first(NEGATIVE))
                .seed(first(List.of("Seed")).filter(SEED.asMatchPredicate()))
                .steps(first(List.of("Steps")).filter(WHOLE.asMatchPredicate()).map(Integer::valueOf))
                .sampler(first(List.of("Scheduler")).filter(text -> !text.isBlank()))
                .cfgScale(first(List.of("Guidance Scale", "Guidance")).flatMap(GeneratorJson::number));
        first(List.of("Size"))
                .flatMap(GeneratorJson::size)
                .ifPresent(size -> builder.width(Optional.of(size.width())).height(Optional.of(size.height())));
        model("Model", "checkpoint", builder);
        model("Upscaler", "upscaler", builder);
        input("ControlNet Image", "control", builder);
        input("Input Images", "reference", builder);
        if (input("Starting Image", "init", builder)) {
            builder.task(Optional.of(Task.IMG2IMG)).inferred("task", "a starting image is recorded");
        }
        for (String label : List.of("Date", "Quality", "ML Compute Unit", "Engine", "Model Key")) {
            first(List.of(label)).ifPresent(value -> builder.setting(label, value));
        }
    }

    private void model(String label, String kind, GenerationBuilder builder) {
        first(List.of(label))
                .filter(name -> !name.isBlank())
                .ifPresent(name -> builder.model(NamedModel.named(kind, name)));
    }

    private boolean input(String label, String role, GenerationBuilder builder) {
        List<String> names = fields.getOrDefault(label, List.of()).stream()
                .filter(name -> !name.isBlank())
                .toList();
        names.forEach(name -> builder.input(new InputMedia(role, name)));
        return !names.isEmpty();
    }

    private Optional<String> first(List<String> labels) {
        return labels.stream()
                .map(label -> fields.getOrDefault(label, List.of()))
                .flatMap(List::stream)
                .findFirst();
    }

    private static Map<String, List<String>> lines(String caption) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String line : caption.split("\n", -1)) {
            int colon = line.indexOf(": ");
            if (colon > 0 && LABELS.contains(line.substring(0, colon))) {
                fields.computeIfAbsent(line.substring(0, colon), label -> new ArrayList<>())
                        .add(unescaped(line.substring(colon + 2)));
            }
        }
        return fields;
    }

    /** Goes from label to label; the first of each counts, since a prompt may hold the words of a later one. */
    private static Map<String, List<String>> semicolons(String caption) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int start = 0;
        Optional<String> label = labelAt(caption, 0);
        while (label.isPresent()) {
            String name = label.orElseThrow();
            int value = start + name.length() + 2;
            int next = nextField(caption, value);
            int end = next < 0 ? caption.length() : next;
            fields.computeIfAbsent(name, key -> List.of(caption.substring(value, end)));
            start = next < 0 ? caption.length() : next + 1;
            while (start < caption.length() && Character.isWhitespace(caption.charAt(start))) {
                start++;
            }
            label = labelAt(caption, start);
        }
        return fields;
    }

    /** Returns the place of the next semicolon that a label follows; -1 where there is none. */
    private static int nextField(String caption, int from) {
        int semicolon = caption.indexOf(';', from);
        while (semicolon >= 0) {
            int at = semicolon + 1;
            while (at < caption.length() && at - semicolon <= 3 && Character.isWhitespace(caption.charAt(at))) {
                at++;
            }
            if (labelAt(caption, at).isPresent()) {
                return semicolon;
            }
            semicolon = caption.indexOf(';', semicolon + 1);
        }
        return -1;
    }

    private static Optional<String> labelAt(String caption, int at) {
        return LABELS.stream()
                .filter(label -> caption.startsWith(label, at) && caption.startsWith(": ", at + label.length()))
                .findFirst();
    }

    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            char next = at + 1 < value.length() ? value.charAt(at + 1) : 0;
            if (character == '\\' && (next == 'n' || next == 'r' || next == '\\')) {
                text.append(next == 'n' ? '\n' : next == 'r' ? '\r' : '\\');
                at++;
            } else {
                text.append(character);
            }
        }
        return text.toString();
    }
}
