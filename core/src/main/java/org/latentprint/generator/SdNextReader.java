package org.latentprint.generator;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.latentprint.generator.infotext.Infotext;

/**
 * SD.Next ({@code create_infotext} in {@code modules/processing_info.py}). It names itself in {@code App}; from 2023, before
 * that key, {@code Version} held a commit beside {@code Backend}, which no other program of this family writes.
 */
final class SdNextReader extends InfotextReader {
    private static final Set<String> BACKENDS = Set.of("Diffusers", "Original");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,40}");

    SdNextReader() {
        super("sdnext/2");
    }

    @Override
    Optional<String> generator(Infotext infotext) {
        return namesItself(infotext) || isEarly(infotext) ? Optional.of("SD.Next") : Optional.empty();
    }

    @Override
    void refine(Infotext infotext, GenerationBuilder builder) {
        infotext.filled("Operations")
                .flatMap(operations ->
                        task(List.of(operations.toLowerCase(Locale.ROOT).split("\\s*;\\s*"))))
                .ifPresent(task -> builder.task(Optional.of(task)));
        if (!namesItself(infotext)) {
            builder.inferred("generator", "a commit as version beside a backend is SD.Next of 2023");
        }
    }

    private static boolean namesItself(Infotext infotext) {
        return infotext.filled("App").filter("SD.Next"::equals).isPresent();
    }

    private static boolean isEarly(Infotext infotext) {
        return !infotext.has("App")
                && infotext.filled("Backend").filter(BACKENDS::contains).isPresent()
                && infotext.filled("Version")
                        .filter(version -> COMMIT.matcher(version).matches())
                        .isPresent();
    }

    /** The operations stand in no order; what needs a picture to start with weighs more. */
    private static Optional<Task> task(List<String> operations) {
        if (operations.contains("video")) {
            return Optional.empty();
        }
        if (operations.contains("inpaint")) {
            return Optional.of(Task.INPAINT);
        }
        if (operations.contains("txt2img")) {
            return Optional.of(Task.TXT2IMG);
        }
        return operations.contains("img2img") ? Optional.of(Task.IMG2IMG) : Optional.empty();
    }
}
