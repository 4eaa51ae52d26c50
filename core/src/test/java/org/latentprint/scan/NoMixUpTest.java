package org.latentprint.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.CaseSettings;
import org.latentprint.casefile.Profile;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.FolderSource;
import org.latentprint.fixture.ComfyGraph;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.ExifFixture.Comment;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.TestDigests;
import org.latentprint.fixture.WebpFixture;

/**
 * Holds every finding of 20,000 files, read by the real readers on many threads, against its own file. A reader that kept
 * something beyond its item would give one file another file's prompt.
 */
@Timeout(300)
class NoMixUpTest {
    private static final int FILES = 20_000;
    private static final int THREADS = 16;

    @TempDir
    Path root;

    @Test
    void everyFindingBelongsToItsOwnFile() throws Exception {
        Path evidence = Files.createDirectory(root.resolve("evidence"));
        for (int number = 0; number < FILES; number++) {
            Path folder = evidence.resolve("d" + number % 100);
            if (number < 100) {
                Files.createDirectory(folder);
            }
            Files.write(folder.resolve(number + ending(number)), file(number));
        }
        try (CaseFolder folder = CaseFolder.create(root.resolve("case"), CaseSettings.DEFAULT, InstantSource.system());
                EvidenceSource source = FolderSource.open(evidence.toString())) {
            CaseScan.Request request = new CaseScan.Request("K1", THREADS, "test", "test", java.util.Optional.empty());
            CaseScan.run(folder, source, new ItemExaminer(Profile.FULL), request, progress -> {});

            int[] checked = {0};
            folder.database()
                    .forEach(
                            "SELECT name, positive_prompt, negative_prompt, seed, item.sha256, origin_offset,"
                                    + " origin_length, origin_sha256 FROM item JOIN generation USING (item_id)",
                            row -> {
                                String name = row.getString(1);
                                int number = Integer.parseInt(name.substring(0, name.indexOf('.')));
                                byte[] bytes = read(
                                        evidence.resolve("d" + number % 100).resolve(name));
                                assertThat(row.getString(2)).isEqualTo(prompt(number));
                                assertThat(row.getString(3)).isEqualTo(negative(number));
                                assertThat(row.getString(4)).isEqualTo(seed(number));
                                assertThat(row.getString(5)).isEqualTo(TestDigests.sha256(bytes));
                                int offset = row.getInt(6);
                                byte[] block = java.util.Arrays.copyOfRange(bytes, offset, offset + row.getInt(7));
                                assertThat(row.getString(8)).isEqualTo(TestDigests.sha256(block));
                                checked[0]++;
                            });
            assertThat(checked[0]).isEqualTo(FILES);
        }
    }

    private static String prompt(int number) {
        return "a lighthouse with " + number + " windows";
    }

    private static String negative(int number) {
        return "fog bank " + number;
    }

    private static String seed(int number) {
        return Long.toUnsignedString(0xF000_0000_0000_0000L + number);
    }

    private static String ending(int number) {
        return switch (number % 4) {
            case 0, 1 -> ".png";
            case 2 -> ".jpg";
            default -> ".webp";
        };
    }

    private static byte[] file(int number) {
        String infotext = prompt(number) + "\nNegative prompt: " + negative(number)
                + "\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: " + seed(number)
                + ", Size: 512x512, Model: sample-lighthouses, Version: v1.10.1";
        String graph = new ComfyGraph()
                .textToImage(
                        "sample-base.safetensors", prompt(number), negative(number), 0xF000_0000_0000_0000L + number)
                .json();
        return switch (number % 4) {
            case 0 -> PngFixture.of(8, 8).text("parameters", infotext).bytes();
            case 1 -> PngFixture.of(8, 8).text("prompt", graph).bytes();
            case 2 ->
                JpegFixture.of(8, 8)
                        .exif(ExifFixture.littleEndian().userComment(infotext, Comment.UNICODE_BIG_ENDIAN))
                        .bytes();
            default ->
                WebpFixture.of(8, 8)
                        .exif(ExifFixture.littleEndian().ascii(ExifFixture.MODEL, "prompt:" + graph))
                        .bytes();
        };
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
