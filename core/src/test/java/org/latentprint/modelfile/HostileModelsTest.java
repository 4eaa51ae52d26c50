package org.latentprint.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.HostileModels;

/**
 * Each hostile file is a clear problem within a second of processor time and 64 MiB: a machine of its own with a heap of that
 * size reads them one after another.
 */
class HostileModelsTest {
    private static final String HEAP = "-Xmx64m";

    private static final long MOST_MILLIS = 1_000;

    /** What takes longer is read again: other work slows the processor for a while, a hostile file does so each time. */
    private static final int READINGS = 3;

    @Test
    void aHostileFileCostsLittleAndIsNamed(@TempDir Path folder) throws Exception {
        for (Map.Entry<String, HostileModels.Hostile> file : HostileModels.all().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue().bytes());
        }
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileModelsTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();

        String lines = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(status).as(lines).isZero();
        SortedMap<String, String[]> results = new TreeMap<>();
        lines.lines().map(line -> line.split("\t", 3)).forEach(parts -> results.put(parts[0], parts));
        assertThat(results.keySet()).isEqualTo(HostileModels.words().keySet());
        HostileModels.words().forEach((name, word) -> {
            String[] result = Objects.requireNonNull(results.get(name), name);
            assertThat(result[2]).as(name).contains(word);
            assertThat(Long.parseLong(result[1])).as(name + " in ms").isLessThan(MOST_MILLIS);
        });
    }

    /**
     * Reads each file of a folder and prints its name, the milliseconds of processor time it took, and its problems.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) throws Exception {
        // Loading classes is no cost of a file.
        new ModelFiles().read("a.safetensors", HeapBytes.wrap(new byte[0]), false);
        try (EvidenceSource source = FolderSource.open(arguments[0])) {
            source.walk(item -> {
                if (!item.name().endsWith(".txt")) {
                    measure(source, item);
                }
            });
        }
    }

    private static void measure(EvidenceSource source, ItemRef item) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long millis = Long.MAX_VALUE;
        String problems = "";
        for (int reading = 0; reading < READINGS && millis >= MOST_MILLIS; reading++) {
            long before = threads.getCurrentThreadCpuTime();
            try (EvidenceBytes bytes = source.open(item)) {
                problems = new ModelFiles()
                        .read(item.name(), bytes, false).orElseThrow().problems().stream()
                                .map(Problem::message)
                                .collect(Collectors.joining("; "));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            millis = Math.min(millis, (threads.getCurrentThreadCpuTime() - before) / 1_000_000);
        }
        System.out.println(item.name() + "\t" + millis + "\t" + problems);
    }
}
