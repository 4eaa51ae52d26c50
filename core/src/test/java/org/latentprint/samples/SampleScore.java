package org.latentprint.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.generator.Generation;
import org.latentprint.generator.GeneratorReaders;
import org.latentprint.generator.NamedModel;
import org.latentprint.generator.Pass;
import org.latentprint.generator.PromptPart;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares what the readers say about the samples with {@code expected.json}, by the rules of {@code score_inspect.py}
 * ({@code judge}). A number by which a site knows a model is no hash and is not compared as one.
 */
public final class SampleScore {
    /** The verdict on one field, from best to worst. */
    public enum Verdict {
        RIGHT,
        MISSING,
        WRONG
    }

    /**
     * One judged field.
     *
     * @param file path of the sample below the samples' folder
     * @param field as {@code expected.json} spells it
     * @param verdict the best over the expected value and those that are accepted as well
     * @param want the expected value as JSON
     * @param have what the readers gave
     */
    public record Row(String file, String field, Verdict verdict, String want, String have) {}

    private static final List<String> FIELDS = List.of(
            "generator",
            "positive",
            "negative",
            "model",
            "model_hash",
            "seed",
            "steps",
            "sampler",
            "scheduler",
            "cfg",
            "size",
            "loras");
    private static final Map<String, String> CANON = Map.ofEntries(
            Map.entry("automatic1111", "a1111"),
            Map.entry("stable diffusion webui", "a1111"),
            Map.entry("a1111 webui", "a1111"),
            Map.entry("adobe firefly", "firefly"),
            Map.entry("google (gemini/imagen)", "google"),
            Map.entry("google gemini", "google"),
            Map.entry("gemini", "google"),
            Map.entry("imagen", "google"),
            Map.entry("chatgpt/openai", "openai"),
            Map.entry("chatgpt", "openai"),
            Map.entry("dall-e", "openai"),
            Map.entry("stable-diffusion.cpp", "sdcpp"),
            Map.entry("sd.cpp", "sdcpp"),
            Map.entry("sd.next", "sdnext"));
    private static final Set<String> BASE_KINDS = Set.of("checkpoint", "diffusion-model", "unet", "service");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern ENDING = Pattern.compile("\\.(safetensors|ckpt|gguf|pt|pth|bin|sft)$");
    private static final Pattern NOT_NAME = Pattern.compile("[^a-z0-9]");
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final List<Row> rows;

    private SampleScore(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** Returns the samples' folder; empty where this checkout has none beside it. */
    public static Optional<Path> samples() {
        return Stream.of(
                        Path.of(System.getProperty("latentprint.samples", "../../shared/samples")),
                        Path.of("../shared/samples"))
                .filter(folder -> Files.isRegularFile(folder.resolve("expected.json")))
                .findFirst();
    }

    /** Reads and judges the samples whose path the filter takes, with all readers that are registered. */
    public static SampleScore of(Path samples, Predicate<String> filter) {
        return of(samples, filter, SampleScore::readAll);
    }

    /** Judges the samples whose path the filter takes by the generations given for each file. */
    public static SampleScore of(Path samples, Predicate<String> filter, Reader reader) {
        List<Row> rows = new ArrayList<>();
        try {
            JsonNode files = MAPPER.readTree(Files.readString(samples.resolve("expected.json")))
                    .path("files");
            Map<String, JsonNode> sorted = new TreeMap<>();
            files.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            for (Map.Entry<String, JsonNode> file : sorted.entrySet()) {
                if (filter.test(file.getKey())) {
                    List<Generation> generations = reader.read(file.getKey(), samples.resolve(file.getKey()));
                    FIELDS.forEach(field -> rows.add(row(file.getKey(), field, file.getValue(), generations)));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new SampleScore(rows);
    }

    /** Gives the generations of one sample. */
    public interface Reader {
        List<Generation> read(String name, Path file) throws IOException;
    }

    private static List<Generation> readAll(String name, Path file) throws IOException {
        ItemMetadata metadata = MetadataExtractor.extract(name, HeapBytes.wrap(Files.readAllBytes(file)));
        return GeneratorReaders.readAll(metadata).generations();
    }

    /** Returns every judged field. */
    public List<Row> rows() {
        return rows;
    }

    /** Returns the fields with that verdict. */
    public List<Row> rows(Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).toList();
    }

    /** Returns a table of right, missing and wrong by field, and below it what is not right. */
    public String table() {
        StringBuilder table = new StringBuilder();
        for (String field : FIELDS) {
            Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
            rows.stream()
                    .filter(row -> row.field().equals(field))
                    .forEach(row -> counts.merge(row.verdict(), 1, Integer::sum));
            table.append(String.format(
                    Locale.ROOT,
                    "%-12s right %4d missing %4d wrong %4d%n",
                    field,
                    counts.getOrDefault(Verdict.RIGHT, 0),
                    counts.getOrDefault(Verdict.MISSING, 0),
                    counts.getOrDefault(Verdict.WRONG, 0)));
        }
        rows.stream()
                .filter(row -> row.verdict() != Verdict.RIGHT)
                .forEach(row -> table.append(String.format(
                        Locale.ROOT,
                        "%s %s %s want %.160s have %.200s%n",
                        row.verdict(),
                        row.file(),
                        row.field(),
                        row.want(),
                        row.have())));
        return table.toString();
    }

    private static Row row(String file, String field, JsonNode expected, List<Generation> generations) {
        List<String> have = have(field, generations);
        JsonNode want = expected.path(field);
        Verdict verdict = judge(field, want, expected, have);
        for (JsonNode other : expected.path("accept").path(field)) {
            Verdict accepted = judge(field, other, expected, have);
            verdict = accepted.compareTo(verdict) < 0 ? accepted : verdict;
        }
        return new Row(file, field, verdict, want.toString(), have.toString());
    }

    private static List<String> have(String field, List<Generation> generations) {
        Stream<Generation> all = generations.stream();
        Stream<String> values = switch (field) {
            case "generator" ->
                all.flatMap(one -> Stream.concat(Stream.of(one.generator()), one.variant().stream()))
                        .map(SampleScore::program);
            case "positive" -> all.flatMap(one -> texts(one.positivePrompt(), one.positiveParts()));
            case "negative" -> all.flatMap(one -> texts(one.negativePrompt(), one.negativeParts()));
            case "model" ->
                all.flatMap(SampleScore::baseModels)
                        .flatMap(model -> model.name().stream())
                        .map(SampleScore::stem);
            case "model_hash" ->
                all.flatMap(SampleScore::baseModels)
                        .flatMap(model -> model.hashes().entrySet().stream())
                        .filter(hash -> !hash.getKey().endsWith("_id"))
                        .map(hash -> hash.getValue().toLowerCase(Locale.ROOT));
            case "size" ->
                all.flatMap(one ->
                        one.width().flatMap(width -> one.height().map(height -> width + "x" + height)).stream());
            case "loras" ->
                all.flatMap(one -> one.loras().stream())
                        .flatMap(lora -> lora.name().stream())
                        .map(SampleScore::stem);
            default ->
                all.flatMap(one -> Stream.concat(
                        value(field, one).stream(),
                        one.passes().stream().flatMap(pass -> value(field, pass).stream())));
        };
        return values.toList();
    }

    private static Optional<String> value(String field, Generation one) {
        return switch (field) {
            case "seed" -> one.seed();
            case "steps" -> one.steps().map(Object::toString);
            case "sampler" -> one.sampler();
            case "scheduler" -> one.scheduler();
            case "cfg" -> one.cfgScale().map(Object::toString);
            default -> throw new IllegalArgumentException(field);
        };
    }

    private static Optional<String> value(String field, Pass one) {
        return switch (field) {
            case "seed" -> one.seed();
            case "steps" -> one.steps().map(Object::toString);
            case "sampler" -> one.sampler();
            case "scheduler" -> one.scheduler();
            case "cfg" -> one.cfgScale().map(Object::toString);
            default -> throw new IllegalArgumentException(field);
        };
    }

    private static Stream<NamedModel> baseModels(Generation one) {
        return one.models().stream().filter(model -> BASE_KINDS.contains(model.kind()));
    }

    private static Stream<String> texts(Optional<String> prompt, List<PromptPart> parts) {
        return Stream.concat(prompt.stream(), parts.stream().map(PromptPart::text))
                .map(SampleScore::collapsed);
    }

    private static Verdict judge(String field, JsonNode want, JsonNode expected, List<String> have) {
        List<String> wanted = new ArrayList<>();
        if (want.isArray()) {
            want.forEach(
                    entry -> text(entry.isObject() ? entry.path("name") : entry).ifPresent(wanted::add));
        } else {
            text(want).ifPresent(wanted::add);
        }
        return switch (field) {
            case "generator" -> generator(wanted, expected, have);
            case "positive", "negative" -> prompts(want, wanted, have);
            case "loras" -> loras(wanted, have);
            default -> values(field, wanted, have);
        };
    }

    private static Verdict generator(List<String> wanted, JsonNode expected, List<String> have) {
        if (wanted.isEmpty()) {
            return have.isEmpty() ? Verdict.RIGHT : Verdict.WRONG;
        }
        boolean hit = have.contains(program(wanted.getFirst()))
                || text(expected.path("variant"))
                        .map(SampleScore::program)
                        .filter(have::contains)
                        .isPresent();
        return hit ? Verdict.RIGHT : have.isEmpty() ? Verdict.MISSING : Verdict.WRONG;
    }

    private static Verdict prompts(JsonNode want, List<String> wanted, List<String> have) {
        boolean anything = have.stream().anyMatch(text -> !text.isEmpty());
        if (want.isNull() || want.isMissingNode()) {
            return anything ? Verdict.WRONG : Verdict.RIGHT;
        }
        boolean all = wanted.stream()
                .map(SampleScore::collapsed)
                .allMatch(text -> have.contains(text) || (text.isEmpty() && !anything));
        return all ? Verdict.RIGHT : anything ? Verdict.WRONG : Verdict.MISSING;
    }

    private static Verdict loras(List<String> wanted, List<String> have) {
        Set<String> want = new HashSet<>();
        wanted.stream().map(SampleScore::stem).filter(name -> !name.isEmpty()).forEach(want::add);
        Set<String> got = new HashSet<>(have);
        return got.equals(want) ? Verdict.RIGHT : want.containsAll(got) ? Verdict.MISSING : Verdict.WRONG;
    }

    private static Verdict values(String field, List<String> wanted, List<String> have) {
        List<String> filled = wanted.stream().filter(value -> !value.isEmpty()).toList();
        if (filled.isEmpty()) {
            return have.isEmpty() ? Verdict.RIGHT : Verdict.WRONG;
        }
        List<String> missed = filled.stream()
                .filter(want -> have.stream().noneMatch(got -> same(field, got, want)))
                .toList();
        if (missed.isEmpty()) {
            return Verdict.RIGHT;
        }
        return have.isEmpty() || missed.size() < filled.size() ? Verdict.MISSING : Verdict.WRONG;
    }

    private static boolean same(String field, String have, String want) {
        return switch (field) {
            case "model" -> have.equals(stem(want));
            case "model_hash" -> have.startsWith(want.toLowerCase(Locale.ROOT));
            case "cfg", "steps" -> number(have).equals(number(want));
            default -> have.equalsIgnoreCase(want);
        };
    }

    private static String number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        } catch (NumberFormatException noNumber) {
            return text;
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isValueNode() && !node.isNull() && !node.isMissingNode()
                ? Optional.of(Objects.requireNonNull(node.asString()))
                : Optional.empty();
    }

    private static String program(String name) {
        String lower = name.toLowerCase(Locale.ROOT).strip();
        return NOT_NAME.matcher(CANON.getOrDefault(lower, lower)).replaceAll("");
    }

    private static String stem(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return ENDING.matcher(last.toLowerCase(Locale.ROOT).strip()).replaceFirst("");
    }

    private static String collapsed(String text) {
        return SPACE.matcher(text).replaceAll(" ").strip();
    }
}
