package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command line of InvokeAI's first ages, such as {@code "a garden" -s 50 -S 42 -W 512 -H 512 -C 7.5 -A k_lms}
 * ({@code dream_prompt_str} in {@code ldm/invoke/args.py}).
 *
 * @param prompt as recorded, without the quotes around it
 * @param options by their flag, dashes included
 */
record DreamCommand(String prompt, Map<String, String> options) {
    /** What the first version wrote into files of intermediate steps ({@code scripts/dream.py}). */
    private static final String PLACEHOLDER = "<too lazy to implement>";

    private static final int MAX_OPTIONS = 200;
    private static final Pattern FIRST_OPTION =
            Pattern.compile("(?:^|\\s)(?=(?:-[sSWHCAIMfGUVvFgtcDon]|-(?:tm|ft|cf|embiggen)|--[a-z_]{3,30})(?:\\s|$))");
    private static final Pattern TOKEN = Pattern.compile("\"((?:[^\"\\\\]|\\\\.){0,4000}+)\"|(\\S+)");
    private static final Pattern FLAG = Pattern.compile("--?[A-Za-z][A-Za-z_]{0,30}");
    private static final Map<String, String> ROLES = Map.of(
            "-I", "init",
            "--init_img", "init",
            "-M", "mask",
            "--init_mask", "mask",
            "--init_color", "reference");

    DreamCommand {
        options = Map.copyOf(options);
    }

    /** Reads a command line; empty for the placeholder and for a text without options. */
    static Optional<DreamCommand> parse(String text) {
        String line = text.strip();
        if (line.isEmpty() || line.equals(PLACEHOLDER)) {
            return Optional.empty();
        }
        int quoteEnd = line.startsWith("\"") ? quoteEnd(line) : -1;
        Matcher first = FIRST_OPTION.matcher(line);
        int optionsStart = first.find(quoteEnd < 0 ? 0 : quoteEnd) ? first.end() : -1;
        if (optionsStart < 0) {
            return Optional.empty();
        }
        String prompt = quoteEnd < 0
                ? line.substring(0, first.start()).strip()
                : line.substring(1, quoteEnd - 1).replace("\\\"", "\"");
        return Optional.of(new DreamCommand(prompt, options(line.substring(optionsStart))));
    }

    /** Fills in what the command says. */
    void fill(GenerationBuilder builder) {
        BracketedPrompt.of(prompt).fill(builder);
        builder.steps(integer("-s"))
                .seed(option("-S").filter(seed -> seed.matches("-?\\d{1,20}")))
                .width(integer("-W"))
                .height(integer("-H"))
                .cfgScale(option("-C")
                        .filter(scale -> scale.matches("\\d{1,6}(\\.\\d{1,20})?"))
                        .map(BigDecimal::new))
                .sampler(option("-A"));
        inputs().forEach(builder::input);
        if (option("-M").isPresent()) {
            builder.task(Optional.of(Task.INPAINT));
        } else if (option("-I").isPresent()) {
            builder.task(Optional.of(Task.IMG2IMG));
        }
        options.forEach(builder::setting);
    }

    /** Returns the pictures that the command names. */
    List<InputMedia> inputs() {
        return options.entrySet().stream()
                .filter(entry -> ROLES.containsKey(entry.getKey()))
                .filter(entry ->
                        !entry.getValue().isBlank() && !entry.getValue().equals("None"))
                .map(entry -> new InputMedia(ROLES.getOrDefault(entry.getKey(), "input"), entry.getValue()))
                .sorted(Comparator.comparing(InputMedia::role))
                .toList();
    }

    private Optional<String> option(String flag) {
        return Optional.ofNullable(options.get(flag)).filter(value -> !value.isBlank());
    }

    private Optional<Integer> integer(String flag) {
        return option(flag)
                .filter(value -> value.matches("\\d{1,9}"))
                .map(Integer::valueOf)
                .filter(value -> value > 0);
    }

    private static int quoteEnd(String line) {
        for (int at = 1; at < line.length(); at++) {
            char character = line.charAt(at);
            if (character == '\\') {
                at++;
            } else if (character == '"') {
                return at + 1;
            }
        }
        return -1;
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new TreeMap<>();
        List<String> values = new ArrayList<>();
        String flag = "";
        Matcher token = TOKEN.matcher(text);
        while (token.find() && options.size() < MAX_OPTIONS) {
            String quoted = token.group(1);
            String word = quoted == null ? token.group() : quoted;
            if (quoted == null && FLAG.matcher(word).matches()) {
                put(options, flag, values);
                flag = word;
            } else {
                values.add(word);
            }
        }
        put(options, flag, values);
        return options;
    }

    private static void put(Map<String, String> options, String flag, List<String> values) {
        if (!flag.isEmpty()) {
            options.put(flag, String.join(" ", values));
        }
        values.clear();
    }
}
