package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command line of InvokeAI's first ages. Its three forms: {@code "a garden" -s50 -W512 -H512 -C7.5 -Ak_lms -S42} with
 * values joined to their switches ({@code normalize_prompt} in {@code ldm/dream/pngwriter.py}, 2022), the same with blanks
 * ({@code dream_prompt_str} in {@code ldm/dream/args.py}), and without the quotes around the prompt ({@code ldm/invoke/args.py}).
 * None of them escapes quotes within a prompt, and all begin their switches with {@code -s}: the last such place counts.
 *
 * @param prompt as recorded, without the quotes around it
 * @param options by their flag, dashes included
 */
record DreamCommand(String prompt, Map<String, String> options) {
    /** What the first version wrote into files of intermediate steps ({@code scripts/dream.py}). */
    private static final String PLACEHOLDER = "<too lazy to implement>";

    /** Real commands have a dozen. */
    private static final int MAX_OPTIONS = 200;

    /** Where the writer's own switches begin: steps, then seed or width. */
    private static final Pattern SWITCHES = Pattern.compile("(?:^|\\s)(?=-s ?\\d{1,5}\\s-[SW] ?-?\\d)");

    /** Any switch, for commands that a user typed. */
    private static final Pattern FIRST_SWITCH =
            Pattern.compile("(?:^|\\s)(?=(?:-[sSWHCAIMfGUvVgtcDon]|-(?:tm|ft|cf|embiggen)|--[a-z_]{3,30})(?:\\s|$))");

    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern LONG_FLAG = Pattern.compile("--[a-z][a-z_]{0,30}");
    private static final Set<String> SHORT_FLAGS = Set.of("-tm", "-ft", "-cf", "-fit", "-embiggen", "-embiggen_tiles");
    private static final Pattern LETTER_FLAG = Pattern.compile("-[A-Za-z]");

    /** A switch with its value joined to it. */
    private static final Pattern JOINED = Pattern.compile("-(?:[sSWHCfGUvn](?=[-.]?\\d)|A(?=[a-z])|[IMV](?=.))");

    private static final int LETTER_FLAG_LENGTH = 2;
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
        int start = -1;
        Matcher switches = SWITCHES.matcher(line);
        while (switches.find()) {
            start = switches.end();
        }
        if (start < 0) {
            int quoteEnd = line.startsWith("\"") ? Math.max(0, line.indexOf('"', 1)) : 0;
            Matcher first = FIRST_SWITCH.matcher(line);
            start = first.find(quoteEnd) ? first.end() : -1;
        }
        return start < 0
                ? Optional.empty()
                : Optional.of(
                        new DreamCommand(unquoted(line.substring(0, start).strip()), options(line.substring(start))));
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
        options.forEach((flag, value) -> builder.setting(flag, EmbeddedData.shortened(value)));
    }

    /** Returns the pictures that the command names. */
    List<InputMedia> inputs() {
        return options.entrySet().stream()
                .filter(entry -> ROLES.containsKey(entry.getKey()))
                .filter(entry -> !entry.getValue().equals("None"))
                .flatMap(entry -> EmbeddedData.name(entry.getValue())
                        .map(name -> new InputMedia(ROLES.getOrDefault(entry.getKey(), "input"), name))
                        .stream())
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

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new TreeMap<>();
        String flag = "";
        int valueStart = 0;
        int valueEnd = 0;
        Matcher word = WORD.matcher(text);
        while (word.find() && options.size() < MAX_OPTIONS) {
            int flagLength = flagLength(word.group());
            if (flagLength > 0) {
                put(options, flag, text.substring(valueStart, valueEnd));
                flag = word.group().substring(0, flagLength);
                valueStart = word.start() + flagLength;
            } else if (valueStart == valueEnd) {
                valueStart = word.start();
            }
            valueEnd = word.end();
        }
        put(options, flag, text.substring(valueStart, valueEnd));
        return options;
    }

    /** Returns how many characters of the word are a switch; 0 where it is a value. */
    private static int flagLength(String word) {
        if (LONG_FLAG.matcher(word).matches()
                || SHORT_FLAGS.contains(word)
                || LETTER_FLAG.matcher(word).matches()) {
            return word.length();
        }
        return JOINED.matcher(word).lookingAt() ? LETTER_FLAG_LENGTH : 0;
    }

    private static void put(Map<String, String> options, String flag, String value) {
        if (!flag.isEmpty()) {
            options.put(flag, value);
        }
    }
}
