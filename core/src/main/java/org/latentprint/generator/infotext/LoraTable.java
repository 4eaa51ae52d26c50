package org.latentprint.generator.infotext;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.latentprint.generator.NamedLora;

/**
 * Joins what several places of an infotext say about one LoRA. Its name is compared without folder, ending and the commas and
 * colons that A1111 takes out of names before it writes hashes. Used by one thread.
 */
final class LoraTable {
    private static final Pattern ENDING = Pattern.compile("\\.(safetensors|ckpt|pt|pth|bin|gguf|sft)$");

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(String name, Optional<BigDecimal> weight, Map<String, String> hashes) {}

    /** Adds a name with what is known of it; the first name and the first weight recorded stay. */
    void add(String name, Optional<BigDecimal> weight, Map<String, String> hashes) {
        if (name.isBlank() || entries.size() >= NetworkTag.MAX_TAGS) {
            return;
        }
        entries.merge(joinKey(name), new Entry(name.strip(), weight, hashes), (old, more) -> {
            Map<String, String> all = new TreeMap<>(more.hashes());
            all.putAll(old.hashes());
            return new Entry(old.name(), old.weight().or(more::weight), all);
        });
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<NamedLora> loras() {
        return entries.values().stream()
                .map(entry -> new NamedLora(Optional.of(entry.name()), entry.weight(), entry.hashes()))
                .toList();
    }

    /** Returns the name in the form in which two places of an infotext agree. */
    static String joinKey(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain =
                last.toLowerCase(Locale.ROOT).replace(",", "").replace(":", "").strip();
        return ENDING.matcher(plain).replaceFirst("");
    }
}
