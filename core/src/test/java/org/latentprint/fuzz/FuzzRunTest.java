package org.latentprint.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs Jazzer over all readers for some seconds, in a process of its own, so that {@code bench/fuzz} keeps working. */
class FuzzRunTest {
    private static final int RUNS = 1_000;

    @Test
    void aShortSearchOfEveryReaderFindsNothing(@TempDir Path work) throws IOException, InterruptedException {
        Path seeds = Files.createDirectory(work.resolve("seeds"));
        Seeds.main(new String[] {Targets.EVERY, seeds.toString()});
        Path log = work.resolve("log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx900m",
                "-XX:+UseSerialGC",
                "-Dfuzz.target=" + Targets.EVERY,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzTarget.class.getName(),
                "--instrumentation_includes=org.latentprint.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/",
                "-seed=1",
                "-runs=" + RUNS,
                "-timeout=20",
                // The heap is the bound; what the process holds beside it is Java's and the fuzzer's own
                "-rss_limit_mb=0",
                "-print_final_stats=1",
                seeds.toString());
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();

        String printed = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertThat(status).as(printed).isZero();
        assertThat(printed).contains("stat::number_of_executed_units");
    }
}
