package org.latentprint.casefile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentprint.evidence.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Items that were being read when a scan died. Each is tried once more, alone; one that kills again is given up, with the
 * kind of death as its problem. Kept in the case, so that a scan that is gone on with does not die of the same item again.
 *
 * <p>Layout: one JSON object a line, {@code {"exhibit":"K1","path":"a.png"}} for a suspect, with {@code "category"} and
 * {@code "words"} for one that is given up.
 */
public final class SuspectItems {
    static final String FILE = "suspects.jsonl";

    /** A scan gives up long before it has so many. */
    private static final int MAX_LINES = 100_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * Why an item was given up.
     *
     * @param category how the program died of it
     * @param words what was seen, for the problem's message
     */
    public record Verdict(Problem.Category category, String words) {}

    private final Path file;
    private final String exhibit;
    private final Map<String, Optional<Verdict>> items = new HashMap<>();

    private SuspectItems(Path file, String exhibit) {
        this.file = file;
        this.exhibit = exhibit;
    }

    /**
     * Reads those of an exhibit.
     *
     * @param folder of the case
     * @throws IOException where the file cannot be read
     */
    public static SuspectItems of(Path folder, String exhibit) throws IOException {
        SuspectItems suspects = new SuspectItems(folder.resolve(FILE), exhibit);
        if (Files.exists(suspects.file)) {
            List<String> lines = new ArrayList<>();
            try (var all = Files.lines(suspects.file, StandardCharsets.UTF_8)) {
                all.limit(MAX_LINES).forEach(lines::add);
            }
            lines.forEach(suspects::take);
        }
        return suspects;
    }

    private void take(String line) {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (JacksonException cut) {
            // The last line of a process that was killed while it wrote; its item is tried like any other.
            return;
        }
        if (!json.path("exhibit").asString("").equals(exhibit)) {
            return;
        }
        String path = json.path("path").asString("");
        Optional<Verdict> verdict = Optional.empty();
        for (Problem.Category category : Problem.Category.values()) {
            if (category.word().equals(json.path("category").asString(""))) {
                verdict = Optional.of(new Verdict(category, json.path("words").asString("")));
            }
        }
        items.merge(path, verdict, (before, now) -> now.or(() -> before));
    }

    /** Says whether the item is to be read alone. */
    public boolean isSuspect(String path) {
        return items.containsKey(InFlightJournal.kept(path));
    }

    /** Returns why the item is not to be read at all, if so. */
    public Optional<Verdict> verdict(String path) {
        return items.getOrDefault(InFlightJournal.kept(path), Optional.empty());
    }

    /** Returns how many items were given up. */
    public long givenUp() {
        return items.values().stream().filter(Optional::isPresent).count();
    }

    /** Adds a suspect, to be read alone. */
    public void suspect(String path) throws IOException {
        write(path, Optional.empty());
    }

    /** Gives an item up. */
    public void giveUp(String path, Verdict verdict) throws IOException {
        write(path, Optional.of(verdict));
    }

    private void write(String path, Optional<Verdict> verdict) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("exhibit", exhibit);
        line.put("path", path);
        verdict.ifPresent(reason -> {
            line.put("category", reason.category().word());
            line.put("words", reason.words());
        });
        Files.writeString(
                file,
                JSON.writeValueAsString(line) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        items.merge(path, verdict, (before, now) -> now.or(() -> before));
    }
}
