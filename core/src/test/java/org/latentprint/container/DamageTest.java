package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.ContainerFiles;

/** What an attacker or a failing disk does to a file costs findings of that file at most. */
class DamageTest {
    private static final int FLIPS = 3000;

    private record Found(String container, String key, long offset, long length, String text, String repaired) {
        static Found of(MetadataBlock block) {
            return new Found(
                    block.container(),
                    block.key(),
                    block.origin().offset(),
                    block.origin().length(),
                    block.textOrEmpty(),
                    block.repaired().orElse(""));
        }
    }

    static Stream<Arguments> files() {
        return ContainerFiles.media().entrySet().stream().map(file -> arguments(file.getKey(), file.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aFileCutAnywhereGivesOnlyWhatTheWholeOneHas(String name, byte[] file) {
        ItemMetadata whole = read(file);
        Set<Found> all = found(whole);
        assertThat(all).hasSizeGreaterThan(1);
        int before = 0;
        for (int length = 0; length < file.length; length++) {
            ItemMetadata cut = read(Arrays.copyOf(file, length));
            assertThat(all).as("%s cut to %d bytes", name, length).containsAll(found(cut));
            assertThat(cut.blocks().size())
                    .as("%s cut to %d bytes", name, length)
                    .isGreaterThanOrEqualTo(before);
            before = cut.blocks().size();
            assertThat(cut.problems()).noneMatch(problem -> problem.category() == Category.READER_FAILED);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void flippedBytesNeverMakeAReaderFail(String name, byte[] file) {
        Random random = new Random(name.hashCode());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int round = 0; round < FLIPS; round++) {
                byte[] damaged = file.clone();
                int flips = 1 + random.nextInt(8);
                for (int i = 0; i < flips; i++) {
                    damaged[random.nextInt(damaged.length)] =
                            (byte) (random.nextBoolean() ? random.nextInt(256) : 0xFF * random.nextInt(2));
                }
                ItemMetadata metadata = read(damaged);
                assertThat(metadata.problems())
                        .as("%s, round %d", name, round)
                        .noneMatch(problem -> problem.category() == Category.READER_FAILED
                                || problem.category() == Category.UNREADABLE);
                for (MetadataBlock block : metadata.blocks()) {
                    assertThat(block.origin().offset() + block.origin().length())
                            .isLessThanOrEqualTo(damaged.length);
                }
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void onlyItsOwnReaderRecognisesAFile(String name, byte[] file) {
        byte[] head = Arrays.copyOf(file, Math.min(file.length, ContainerReaders.HEAD_LENGTH));
        assertThat(ContainerReaders.ALL.stream()
                        .filter(reader -> reader.recognise(head).isPresent()))
                .as(name)
                .hasSize(1);
        byte[] words = ("a text about " + name).getBytes(StandardCharsets.UTF_8);
        assertThat(ContainerReaders.forHead(words)).isEmpty();
    }

    private static Set<Found> found(ItemMetadata metadata) {
        Set<Found> found = new HashSet<>();
        metadata.blocks().forEach(block -> found.add(Found.of(block)));
        return found;
    }

    private static ItemMetadata read(byte[] file) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(file));
    }
}
