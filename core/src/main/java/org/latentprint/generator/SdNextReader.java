package org.latentprint.generator;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latentprint.generator.infotext.Infotext;

/**
 * SD.Next ({@code create_infotext} in {@code modules/processing_info.py}). It names itself in {@code App}; from 2023, before
 * that key, by {@code Version} with a commit and {@code Backend}.
 */
final class SdNextReader extends InfotextReader {
    SdNextReader() {
        super("sdnext/1");
    }

    @Override
    Optional<String> generator(Infotext infotext) {
        boolean named = infotext.filled("App").filter("SD.Next"::equals).isPresent();
        boolean early = infotext.has("Backend") && infotext.has("Pipeline") && infotext.has("Operations");
        return named || early ? Optional.of("SD.Next") : Optional.empty();
    }

    @Override
    void refine(Infotext infotext, GenerationBuilder builder) {
        infotext.filled("Operations")
                .flatMap(operations ->
                        task(List.of(operations.toLowerCase(Locale.ROOT).split("\\s*;\\s*"))))
                .ifPresent(task -> builder.task(Optional.of(task)));
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
