package org.latentprint.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.container.c2pa.Check.Outcome;
import org.latentprint.container.c2pa.ContentCredentials;
import org.latentprint.container.c2pa.Manifest;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.generator.GeneratorReaders;

/** The samples with Content Credentials: those of services and those that declare no AI. */
class CredentialsSampleTest {
    private static final Set<String> FOLDERS = Set.of("openai", "firefly", "google", "c2pa-control");

    /** Its signature was broken on purpose. */
    private static final Set<String> INVALID = Set.of("adobe-20220124-E-sig-CA.jpg");

    @Test
    void everyFieldOfEverySampleIsRight() {
        SampleScore score = SampleScore.of(folder(), name -> FOLDERS.contains(name.substring(0, name.indexOf('/'))));
        assertThat(score.rows()).hasSize(15 * 12);
        assertThat(score.rows())
                .withFailMessage(score::table)
                .allMatch(row -> row.verdict() == SampleScore.Verdict.RIGHT);
    }

    @Test
    void credentialsThatDeclareNoAiGiveNoGeneration() throws IOException {
        List<Path> files = files("c2pa-control");
        assertThat(files).hasSize(11);
        for (Path file : files) {
            ItemMetadata metadata = read(file);
            assertThat(metadata.credentials()).as(file.toString()).hasSize(1);
            assertThat(GeneratorReaders.readAll(metadata).generations())
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void signaturesAndHashesAreChecked() throws IOException {
        List<String> table = new ArrayList<>();
        for (String folder : FOLDERS.stream().sorted().toList()) {
            for (Path file : files(folder)) {
                ItemMetadata metadata = read(file);
                assertThat(metadata.problems()).noneMatch(problem -> problem.category() == Category.READER_FAILED);
                for (ContentCredentials credentials : metadata.credentials()) {
                    for (Manifest manifest : credentials.manifests()) {
                        table.add(file.getFileName() + " " + row(manifest));
                    }
                }
            }
        }
        String shown = String.join("\n", table);
        assertThat(table).as(shown).hasSize(18);
        for (String row : table) {
            boolean invalid = INVALID.stream().anyMatch(row::startsWith);
            assertThat(row.contains("signature=" + (invalid ? Outcome.FAILED : Outcome.PASSED)))
                    .as("%s in%n%s", row, shown)
                    .isTrue();
        }
    }

    private static String row(Manifest manifest) {
        return "signature=" + manifest.signature().check().outcome() + " "
                + manifest.signature().algorithm().orElse("-")
                + " by " + manifest.signature().signer().orElse("-")
                + " at "
                + manifest.signature().timeStamp().map(Object::toString).orElse("-")
                + " (" + manifest.signature().check().reason() + "); assertions="
                + manifest.assertionHashes() + "; data=" + manifest.dataHash();
    }

    private static Path folder() {
        Optional<Path> samples = SampleScore.samples();
        assumeTrue(samples.isPresent(), "no samples beside this checkout");
        return samples.orElseThrow();
    }

    private static List<Path> files(String name) throws IOException {
        try (var files = Files.list(folder().resolve(name))) {
            return files.sorted().toList();
        }
    }

    private static ItemMetadata read(Path file) throws IOException {
        return MetadataExtractor.extract(file.getFileName().toString(), HeapBytes.wrap(Files.readAllBytes(file)));
    }
}
