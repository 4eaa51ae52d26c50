package org.latentprint.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.latentprint.container.ItemMetadata;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.fixture.PlainTextReaders;

/** Readers that exist in tests only: by an item's first words they loop, eat memory, kill the process or flood its output. */
final class PoisonReaders {
    static final String LOOPS = "POISON: loops";
    static final String EATS = "POISON: eats memory";
    static final String KILLS = "POISON: kills the process";
    static final String FLOODS = "POISON: floods the output";

    private PoisonReaders() {}

    static ItemMetadata extract(String item, EvidenceBytes bytes) {
        switch (head(bytes)) {
            case LOOPS -> loop();
            case EATS -> eat();
            case KILLS -> kill();
            case FLOODS -> flood();
            default -> {
                // Any other item is read.
            }
        }
        return PlainTextReaders.extract(item, bytes);
    }

    private static String head(EvidenceBytes bytes) {
        try {
            return new String(bytes.readExactly(0, (int) Math.min(64, bytes.size())), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static void loop() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static void eat() {
        StringBuilder eaten = new StringBuilder("a garden");
        while (true) {
            eaten.append(eaten);
        }
    }

    private static void kill() {
        try {
            new ProcessBuilder(
                            "sh", "-c", "kill -SEGV " + ProcessHandle.current().pid())
                    .start()
                    .waitFor();
            Thread.sleep(60_000);
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void flood() {
        while (true) {
            System.out.println("a garden, a lighthouse, a red bicycle");
        }
    }
}
