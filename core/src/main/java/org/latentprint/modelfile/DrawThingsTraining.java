package org.latentprint.modelfile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a tensor store of Draw Things says of a training: the settings that the program keeps beside a LoRA which it trained, and
 * the places of the pictures in the store of what it made of them before. Settings and places are the writer's word.
 *
 * <p>Source: drawthingsai/draw-things-community, {@code Libraries/DataModels/Sources/lora.fbs},
 * {@code Libraries/Trainer/Sources/LoRATrainer.swift}. That LoRAs of the program hold the settings is known from a program
 * that reads them (keeandrews/loradex-cli: internal/drawthings); the trainer whose source is public does not write them.
 */
final class DrawThingsTraining {
    private static final String TRAINER = "Draw Things";
    private static final String TABLE = "loratrainingconfiguration";

    /** Columns: number, key, settings. */
    private static final int SETTINGS = 2;

    /** Settings with a long prompt; they stand in one row. */
    private static final int MAX_SETTINGS = 1 << 16;

    /** Places of pictures that are listed, one a line; a training of thousands is counted by folder. */
    private static final int MAX_PICTURES = 1_000;

    /** Settings by their place in the table, to the name that the program's source gives them. */
    private static final SortedMap<Integer, String> NUMBERS = new TreeMap<>(Map.of(
            4,
            "seed",
            5,
            "training_steps",
            10,
            "save_every_n_steps",
            11,
            "warmup_steps",
            12,
            "gradient_accumulation_steps"));

    private static final SortedMap<Integer, String> FRACTIONS =
            new TreeMap<>(Map.of(8, "network_scale", 9, "unet_learning_rate"));

    private static final int NAME = 1;
    private static final int BASE_MODEL = 6;
    private static final int RANK = 7;
    private static final int TRIGGER_WORD = 19;
    private static final int PROMPT = 20;

    /** Before the place of a picture whose caption was encoded, by one encoder or by a second one. */
    private static final Pattern CAPTION = Pattern.compile("^cond_(?:te2_)?(?=/)");

    /** Behind the place of a picture that was encoded in another size, or without what a mask hides. */
    private static final Pattern VARIANT = Pattern.compile("(?::\\d{1,4})?(?:~latent_zeros)?$");

    private DrawThingsTraining() {}

    /**
     * Reads what a store says.
     *
     * @param names of its tensors
     * @return empty where it says nothing of a training
     */
    static Optional<TrainingRecord> read(SqliteTable database, List<String> names) throws IOException {
        List<byte[]> settings = new ArrayList<>();
        Optional<SqliteTable.Definition> table = database.table(TABLE);
        if (table.isPresent()) {
            database.rows(table.get().root(), MAX_SETTINGS, row -> {
                settings.add(row.bytes(SETTINGS));
                return false;
            });
        }
        SortedSet<String> pictures = pictures(names);
        if (settings.isEmpty() && pictures.isEmpty()) {
            return Optional.empty();
        }
        FlatTable written = new FlatTable(settings.isEmpty() ? new byte[0] : settings.getFirst());
        return Optional.of(record(written, pictures));
    }

    private static TrainingRecord record(FlatTable settings, SortedSet<String> pictures) {
        SortedMap<String, String> others = new TreeMap<>();
        NUMBERS.forEach((field, name) ->
                settings.number(field, Integer.BYTES).ifPresent(value -> others.put(name, Long.toString(value))));
        settings.number(RANK, Short.BYTES).ifPresent(value -> others.put("network_dim", Long.toString(value)));
        FRACTIONS.forEach(
                (field, name) -> settings.fraction(field).ifPresent(value -> others.put(name, Float.toString(value))));
        settings.text(PROMPT).ifPresent(value -> others.put("auto_fill_prompt", value));
        if (!pictures.isEmpty()) {
            others.put("pictures", pictures.stream().limit(MAX_PICTURES).collect(Collectors.joining("\n")));
        }
        return new TrainingRecord(
                Optional.of(TRAINER),
                settings.text(NAME),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                settings.text(BASE_MODEL),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                folders(pictures),
                List.of(),
                List.of(),
                Optional.empty(),
                others,
                Optional.empty(),
                settings.text(TRIGGER_WORD).stream().toList(),
                Map.of());
    }

    /** Returns the places of the pictures that a training reads. */
    private static SortedSet<String> pictures(List<String> names) {
        SortedSet<String> captioned = new TreeSet<>();
        SortedSet<String> encoded = new TreeSet<>();
        for (String name : names) {
            if (CAPTION.matcher(name).find()) {
                captioned.add(CAPTION.matcher(name).replaceFirst(""));
            } else if (name.startsWith("/")) {
                encoded.add(VARIANT.matcher(name).replaceFirst(""));
            }
        }
        // Names alone that look like places are no training; each picture has its caption beside it.
        encoded.retainAll(captioned);
        return encoded;
    }

    private static List<TrainingRecord.Folder> folders(SortedSet<String> pictures) {
        SortedMap<String, Long> counts = new TreeMap<>();
        pictures.forEach(place -> counts.merge(place.substring(0, place.lastIndexOf('/')), 1L, Long::sum));
        return counts.entrySet().stream()
                .limit(TrainingSets.MAX_TAGS)
                .map(entry -> new TrainingRecord.Folder(
                        TrainingSets.baseName(entry.getKey()), Optional.empty(), Optional.of(entry.getValue()), false))
                .toList();
    }
}
