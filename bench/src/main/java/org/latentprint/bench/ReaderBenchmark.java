package org.latentprint.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fingerprint.DigestComputer;
import org.latentprint.fingerprint.Digests;
import org.latentprint.generator.GeneratorReaders;
import org.latentprint.generator.Reading;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one picture costs the readers, without the disk and without the case: finding its metadata, reading the generators'
 * blocks, and computing its digests. The pictures are those of the whole-process benchmarks, from {@code -p folder=...}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReaderBenchmark {
    @Param("")
    public String folder = "";

    @Param({"A1111", "ComfyUI"})
    public String generator = "";

    private final List<EvidenceBytes> pictures = new ArrayList<>();
    private final List<ItemMetadata> metadata = new ArrayList<>();
    private int next;

    /** Takes the pictures of the one generator into memory. */
    @Setup
    public void read() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                EvidenceBytes bytes = HeapBytes.wrap(Files.readAllBytes(file));
                ItemMetadata found = MetadataExtractor.extract(file.toString(), bytes);
                boolean wanted = GeneratorReaders.readAll(found).generations().stream()
                        .anyMatch(generation -> generation.generator().equals(generator));
                if (wanted) {
                    pictures.add(bytes);
                    metadata.add(found);
                }
            }
        }
        if (pictures.isEmpty()) {
            throw new IllegalStateException("no picture of " + generator + " in " + folder);
        }
    }

    private int place() {
        next = (next + 1) % pictures.size();
        return next;
    }

    /** Finds the metadata blocks, their texts and the digests of their bytes. */
    @Benchmark
    public ItemMetadata container() {
        return MetadataExtractor.extract("picture.png", pictures.get(place()));
    }

    /** Reads what the blocks say, with all readers. */
    @Benchmark
    public Reading generators() {
        return GeneratorReaders.readAll(metadata.get(place()));
    }

    /** Computes MD5, SHA-1 and SHA-256 of the file. */
    @Benchmark
    public Digests digests() throws DigestComputer.ReadFailure {
        return DigestComputer.compute(pictures.get(place()));
    }
}
