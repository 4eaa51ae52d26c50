package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;

/** Reads real files where they are at hand. They are not part of the repository. */
class SamplesTest {
    private static final Path SAMPLES = Path.of(System.getProperty("latentprint.samples", "../../shared/samples"));

    @Test
    void everySampleIsReadAndSaysWhatItHolds() throws IOException {
        assumeTrue(Files.isDirectory(SAMPLES), "no samples here");
        Map<String, Integer> counts = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        for (Path path : samples()) {
            String name = SAMPLES.relativize(path).toString();
            ItemMetadata metadata = MetadataExtractor.extract(name, HeapBytes.wrap(Files.readAllBytes(path)));
            assertThat(metadata.mediaType()).as(name).isPresent();
            assertThat(metadata.width()).as(name).isPositive();
            assertThat(metadata.problems())
                    .as(name)
                    .noneMatch(problem ->
                            problem.category() == Category.READER_FAILED || problem.category() == Category.LIMIT);
            assertThat(metadata.blocks()).as(name).isNotEmpty();
            lines.add(name + " " + metadata.mediaType().orElse("") + " " + metadata.width() + "x" + metadata.height()
                    + " " + metadata.trailing());
            for (MetadataBlock block : metadata.blocks()) {
                counts.merge(block.container(), 1, Integer::sum);
                lines.add("    " + block.container() + " [" + block.key() + "] "
                        + block.origin().offset() + "+" + block.origin().length() + " " + block.crc() + " "
                        + block.encoding().orElse("-") + " " + block.repaired().orElse("") + " "
                        + beginning(block.textOrEmpty()));
            }
            metadata.problems().forEach(problem -> lines.add("    ! " + problem));
        }
        Files.writeString(Path.of("target", "samples.txt"), String.join("\n", lines) + "\n" + counts + "\n");
        assertThat(counts)
                .containsKeys("png/tEXt", "png/iTXt", "jpeg/exif", "webp/exif", "mp4/mdta", "matroska/tag", "png/caBX");
    }

    private static List<Path> samples() throws IOException {
        try (Stream<Path> paths = Files.walk(SAMPLES)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path ->
                            path.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g|webp|mp4|mov|webm)"))
                    .sorted()
                    .toList();
        }
    }

    private static String beginning(String text) {
        String line = text.replace('\n', ' ').replace('\r', ' ');
        return text.length() + ":" + line.substring(0, Math.min(60, line.length())) + " #"
                + text.getBytes(StandardCharsets.UTF_8).length;
    }
}
