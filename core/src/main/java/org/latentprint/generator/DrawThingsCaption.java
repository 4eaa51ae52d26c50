package org.latentprint.generator;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description that Draw Things writes into its XMP packets: the prompt; a hyphen and the negative prompt; a last line of
 * settings, {@code Steps: 10, Sampler: DDIM, Guidance Scale: 10.0, Seed: 1, Size: 1152x768, Model: ...}. As public readers'
 * tests quote it; the writing code is not public.
 */
final class DrawThingsCaption {
    /** Member that tells that more than one line could begin the negative prompt. */
    static final String UNSURE = "negative prompt begins at one of several lines";

    /** Longer than any prompt. */
    private static final int MAX_CAPTION = 200_000;

    /** How the settings are called there, and in the program's own object. */
    private static final Map<String, String> MEMBERS = Map.of(
            "Steps", "steps",
            "Sampler", "sampler",
            "Guidance Scale", "scale",
            "Seed", "seed",
            "Size", "size",
            "Model", "model",
            "Strength", "strength");

    private static final Pattern SETTING = Pattern.compile("(?:^|, )([A-Z][A-Za-z0-9 ]{1,40}): ");

    private DrawThingsCaption() {}

    /** Returns what the description says in the form of the program's own object; empty where it has no line of settings. */
    static Optional<JsonNode> asRecord(String description) {
        if (description.length() > MAX_CAPTION) {
            return Optional.empty();
        }
        List<String> lines = Arrays.asList(description.strip().split("\\R", -1));
        String settings = lines.getLast();
        if (!settings.startsWith("Steps: ") || !settings.contains(", Seed: ")) {
            return Optional.empty();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        prompts(lines.subList(0, lines.size() - 1), json);
        settings(settings, json);
        return Optional.of(json);
    }

    private static void prompts(List<String> lines, ObjectNode json) {
        long hyphens = lines.stream().filter(line -> line.startsWith("-")).count();
        int negative = 0;
        while (negative < lines.size() && !lines.get(negative).startsWith("-")) {
            negative++;
        }
        json.put("c", String.join("\n", lines.subList(0, negative)));
        if (negative < lines.size()) {
            json.put(
                    "uc",
                    String.join("\n", lines.subList(negative, lines.size())).substring(1));
        }
        if (hyphens > 1) {
            json.put(UNSURE, true);
        }
    }

    private static void settings(String line, ObjectNode json) {
        Matcher next = SETTING.matcher(line);
        boolean more = next.find();
        while (more) {
            String name = next.group(1);
            int start = next.end();
            more = next.find();
            json.put(MEMBERS.getOrDefault(name, name), line.substring(start, more ? next.start() : line.length()));
        }
    }
}
