package org.latentprint.modelfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the two settings files of a training with diffusion-pipe: the main one, which the trainer copies beside each model it
 * saves, and that of the data set, which names the training folders (tdrussell/diffusion-pipe: utils/saver.py,
 * examples/main_example.toml, examples/dataset.toml). The models themselves record nothing of it. The file may hold a key of a
 * service, which is not taken.
 */
final class DiffusionPipeSettings {
    /** The commented example has some two hundred. */
    private static final int MAX_LINES = 5_000;

    /** Folders of a data set; real ones have a dozen. */
    private static final int MAX_FOLDERS = 1_000;

    private static final Pattern TABLE = Pattern.compile("\\[{1,2}\\s*([A-Za-z0-9_.-]+)\\s*]{1,2}\\s*(?:#.*)?");

    /** A text in quotes of either kind, or a number, or a word. */
    private static final Pattern VALUE = Pattern.compile(
            "([A-Za-z0-9_-]+)\\s*=\\s*(?:'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s#'\"\\[{][^\\s#]*)).*");

    /** Which weights of the base are loaded, the network itself first. */
    private static final List<String> BASES = List.of(
            "model.transformer_path",
            "model.diffusion_model",
            "model.checkpoint_path",
            "model.ckpt_path",
            "model.unet_path",
            "model.diffusers_path",
            "model.model_path");

    private static final List<String> SETTINGS = List.of(
            "dataset",
            "max_steps",
            "adapter.type",
            "adapter.rank",
            "adapter.dtype",
            "adapter.init_from_existing",
            "model.dtype",
            "model.min_t",
            "model.max_t",
            "optimizer.type",
            "optimizer.lr",
            "micro_batch_size_per_gpu",
            "gradient_accumulation_steps",
            "save_every_n_epochs");

    private DiffusionPipeSettings() {}

    /** Says whether a file may be one of the two. */
    static boolean begins(String name, String start) {
        return name.endsWith(".toml")
                && (start.contains("micro_batch_size_per_gpu")
                        || start.contains("pipeline_stages")
                        || start.contains("[[directory]]")
                        || start.contains("resolutions"));
    }

    /** Takes the claims, and returns the training that the file sets up; nothing where it is neither of the two. */
    static Optional<TrainingRecord> read(String text, SideClaims claims) {
        Map<String, String> values = new TreeMap<>();
        List<TrainingRecord.Folder> folders = new ArrayList<>();
        String table = "";
        Optional<String> path = Optional.empty();
        Optional<Long> repeats = Optional.empty();
        // A last line without its end may be cut
        String whole = text.substring(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
        for (String line : (Iterable<String>) whole.lines().limit(MAX_LINES)::iterator) {
            String content = line.strip();
            Matcher heading = TABLE.matcher(content);
            Matcher value = VALUE.matcher(content);
            if (heading.matches()) {
                add(folders, path, repeats);
                path = Optional.empty();
                repeats = Optional.empty();
                table = heading.group(1) + ".";
            } else if (value.matches()) {
                String key = table + value.group(1);
                String plain = plain(value);
                if (key.equals("directory.path")) {
                    path = Optional.of(plain);
                } else if (key.equals("directory.num_repeats")) {
                    repeats = Optional.of(plain)
                            .filter(number -> number.matches("\\d{1,9}"))
                            .map(Long::valueOf);
                } else {
                    values.putIfAbsent(key, plain);
                }
            }
        }
        add(folders, path, repeats);
        boolean main = values.containsKey("model.type")
                && values.containsKey("output_dir")
                && (values.containsKey("micro_batch_size_per_gpu") || text.contains("micro_batch_size_per_gpu"));
        if (!main && folders.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(record(values, folders, claims));
    }

    private static TrainingRecord record(
            Map<String, String> values, List<TrainingRecord.Folder> folders, SideClaims claims) {
        Optional<String> base = BASES.stream()
                .flatMap(key -> Optional.ofNullable(values.get(key)).stream())
                .findFirst();
        base.ifPresent(place -> claims.put("baseModel", place));
        Map<String, String> settings = new TreeMap<>();
        for (String key : SETTINGS) {
            Optional.ofNullable(values.get(key)).ifPresent(value -> settings.put(key, value));
        }
        claims.put("trainer", "diffusion-pipe");
        Optional.ofNullable(values.get("model.type")).ifPresent(type -> claims.put("architecture", type));
        return new TrainingRecord(
                Optional.of("diffusion-pipe"),
                Optional.ofNullable(values.get("output_dir")).map(TrainingSets::baseName),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                base,
                Map.of(),
                Optional.ofNullable(values.get("model.type")),
                Optional.empty(),
                Optional.ofNullable(values.get("epochs")),
                Optional.empty(),
                folders,
                List.of(),
                List.of(),
                Optional.empty(),
                settings,
                Optional.empty(),
                List.of(),
                Map.of());
    }

    private static void add(List<TrainingRecord.Folder> folders, Optional<String> path, Optional<Long> repeats) {
        path.map(TrainingSets::baseName)
                .filter(name -> !name.isEmpty() && folders.size() < MAX_FOLDERS)
                .ifPresent(name -> folders.add(new TrainingRecord.Folder(name, repeats, Optional.empty(), false)));
    }

    /** Escapes occur in paths of Windows; only that of the backslash matters there. */
    private static String plain(Matcher value) {
        if (value.group(2) != null) {
            return value.group(2);
        }
        return value.group(3) != null ? value.group(3).replace("\\\\", "\\") : value.group(4);
    }
}
