package org.latentprint.fuzz;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.latentprint.container.ContainerReader;
import org.latentprint.container.ContainerReaders;
import org.latentprint.container.ItemMetadata;
import org.latentprint.generator.GeneratorReader;
import org.latentprint.generator.GeneratorReaders;

/** What can be searched: every registered reader, the carver, and all of them at once. */
final class Targets {
    /** Gives the input to every reader. */
    static final String EVERY = "every";

    /** Checks one input. */
    @FunctionalInterface
    interface Target {
        /** Returns how much the reader found; throws where something does not hold that must. */
        int check(byte[] bytes) throws IOException;
    }

    private static final SortedMap<String, Target> ALL = all();

    private Targets() {}

    /** Returns the targets: {@code container/png}, {@code generator/a1111}, {@code model/gguf}, without the one of all. */
    static SortedMap<String, Target> single() {
        return ALL;
    }

    /** Returns the target of that name. */
    static Target named(String name) {
        if (name.equals(EVERY)) {
            return Targets::checkEvery;
        }
        return Optional.ofNullable(ALL.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no target " + name + "; there are " + ALL.keySet() + " and " + EVERY));
    }

    private static SortedMap<String, Target> all() {
        SortedMap<String, Target> all = new TreeMap<>();
        for (ContainerReader reader : ContainerReaders.ALL) {
            all.put("container/" + name(reader.id()), bytes -> ContainerCheck.check(reader, bytes));
        }
        for (GeneratorReader reader : GeneratorReaders.ALL) {
            all.put(
                    "generator/" + name(reader.id()),
                    bytes -> GeneratorCheck.check(reader, GeneratorCheck.item(bytes)));
        }
        ModelCheck.NAMES.forEach((name, file) -> all.put("model/" + name, bytes -> ModelCheck.check(file, bytes)));
        all.put("carve/carver", CarveCheck::check);
        return all;
    }

    private static int checkEvery(byte[] bytes) throws IOException {
        int found = 0;
        for (ContainerReader reader : ContainerReaders.ALL) {
            found += ContainerCheck.check(reader, bytes);
        }
        ItemMetadata item = GeneratorCheck.item(bytes);
        for (GeneratorReader reader : GeneratorReaders.ALL) {
            found += GeneratorCheck.check(reader, item);
        }
        for (String file : ModelCheck.NAMES.values()) {
            found += ModelCheck.check(file, bytes);
        }
        return found + CarveCheck.check(bytes);
    }

    private static String name(String id) {
        return id.substring(0, id.indexOf('/'));
    }
}
