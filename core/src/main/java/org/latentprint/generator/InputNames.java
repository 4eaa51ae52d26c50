package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The names of pictures, films and sounds in a program's record: one text, a list, or an upload with its path. */
final class InputNames {
    /** More inputs than any program takes; a hostile record could have a million. */
    private static final int MAX_NAMES = 200;

    private static final List<String> UPLOAD_KEYS = List.of("path", "name", "orig_name", "url");

    /** How Python writes an entry of a list of texts or of paths. */
    private static final Pattern PYTHON_TEXT = Pattern.compile("'([^'\\n]{1,4096})'|\"([^\"\\n]{1,4096})\"");

    private static final List<String> FILMS =
            List.of(".mp4", ".mkv", ".mov", ".webm", ".avi", ".m4v", ".wmv", ".mpg", ".gif");

    private InputNames() {}

    /** Adds what the node names, each with that role. */
    static void add(GenerationBuilder builder, String role, JsonNode node) {
        of(node).forEach(name -> builder.input(new InputMedia(role, name)));
    }

    /** Returns the names in their order; blank ones and the word {@code None} name nothing. */
    static List<String> of(JsonNode node) {
        List<String> names = new ArrayList<>();
        for (JsonNode entry : node.isArray() ? node : List.of(node)) {
            if (names.size() < MAX_NAMES) {
                name(entry).flatMap(EmbeddedData::name).ifPresent(names::add);
            }
        }
        return names;
    }

    /** Returns the texts of a list as Python writes it, such as {@code [PosixPath('a.png'), 'b.png']}. */
    static List<String> ofPython(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = PYTHON_TEXT.matcher(text);
        while (names.size() < MAX_NAMES && matcher.find()) {
            names.add(Optional.ofNullable(matcher.group(1)).orElse(matcher.group(2)));
        }
        return names;
    }

    /** Says whether a name ends like that of a film. */
    static boolean isFilm(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return FILMS.stream().anyMatch(lower::endsWith);
    }

    private static Optional<String> name(JsonNode entry) {
        if (entry.isObject()) {
            return UPLOAD_KEYS.stream()
                    .map(key -> GeneratorJson.text(entry, key))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Optional.of(entry)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(name -> !name.isBlank() && !name.equals("None"));
    }
}
