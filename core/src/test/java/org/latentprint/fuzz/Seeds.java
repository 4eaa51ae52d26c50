package org.latentprint.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.latentprint.fixture.ContainerFiles;
import org.latentprint.fixture.FuzzSeeds;

/**
 * What a search begins with. Files are made by the fixtures; records of programs, and the findings of earlier searches, are
 * stored below {@code seeds} with the target's name as folder.
 */
public final class Seeds {
    private Seeds() {}

    /** Returns the seeds of a target, name to bytes; of {@code every}, those of all targets. */
    static SortedMap<String, byte[]> of(String target) {
        SortedMap<String, byte[]> all = new TreeMap<>();
        ContainerFiles.media().forEach((name, bytes) -> all.put("container/" + name.replace(' ', '-'), bytes));
        ContainerFiles.others().forEach((name, bytes) -> all.put("container/" + name.replace(' ', '-'), bytes));
        FuzzSeeds.all().forEach((name, bytes) -> all.put("model/" + name, bytes));
        all.putAll(stored());
        if (target.equals(Targets.EVERY)) {
            return all;
        }
        SortedMap<String, byte[]> fitting = new TreeMap<>();
        all.forEach((name, bytes) -> {
            boolean file = name.startsWith("container/") && !target.startsWith("model/") && finds(target, bytes);
            if (file || name.startsWith(target + "/")) {
                fitting.put(name.replace('/', '-'), bytes);
            }
        });
        return Collections.unmodifiableSortedMap(fitting);
    }

    /** Returns the stored seeds and findings: target and name to bytes. */
    static SortedMap<String, byte[]> stored() {
        SortedMap<String, byte[]> stored = new TreeMap<>();
        try {
            Path folder = Path.of(
                    Objects.requireNonNull(Seeds.class.getResource("seeds")).toURI());
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    stored.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        return stored;
    }

    private static boolean finds(String target, byte[] bytes) {
        try {
            return Targets.named(target).check(bytes) > 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Writes the seeds of a target into a folder.
     *
     * @param arguments the target and the folder; without arguments, the names of all targets are printed
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            Targets.single().keySet().forEach(System.out::println);
            return;
        }
        Targets.named(arguments[0]);
        for (Map.Entry<String, byte[]> seed : of(arguments[0]).entrySet()) {
            Files.write(Path.of(arguments[1]).resolve(seed.getKey().replace('/', '-')), seed.getValue());
        }
    }
}
