package org.latentprint.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseFolderTest {
    @TempDir
    Path root;

    @Test
    void makesAPrivateFolderThatOpensAgain() throws Exception {
        Path path = root.resolve("new/case");
        CaseSettings settings = new CaseSettings(
                Optional.of("7"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Profile.TRIAGE);
        CaseFolder.create(path, settings, CaseFixture.CLOCK).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
        assertThat(path.toFile().list()).contains("case.duckdb", "audit.jsonl", "settings.toml");
        try (CaseFolder opened = CaseFolder.open(path, CaseFixture.CLOCK)) {
            assertThat(opened.settings()).isEqualTo(settings);
            assertThat(opened.database().number("SELECT count(*) FROM item")).isZero();
        }
        assertThat(Files.readString(path.resolve("audit.jsonl"))).contains("\"case created\"");
    }

    @Test
    void refusesPlacesThatAreTaken() throws Exception {
        Path taken = Files.createDirectory(root.resolve("taken"));
        Files.writeString(taken.resolve("notes.txt"), "keep me");

        assertThatThrownBy(() -> CaseFixture.create(taken))
                .isInstanceOf(CaseException.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() -> CaseFixture.create(taken.resolve("notes.txt")))
                .isInstanceOf(CaseException.class)
                .hasMessageContaining("is a file");
        assertThat(Files.readString(taken.resolve("notes.txt"))).isEqualTo("keep me");
    }

    @Test
    void refusesWhatIsNoCase() throws Exception {
        Path folder = Files.createDirectory(root.resolve("other"));
        assertThatThrownBy(() -> CaseFolder.open(folder, CaseFixture.CLOCK))
                .isInstanceOf(CaseException.class)
                .hasMessageContaining("is no case")
                .hasMessageContaining("case.duckdb");
        Files.writeString(folder.resolve("case.duckdb"), "not a database");
        Files.writeString(folder.resolve("audit.jsonl"), "");
        assertThatThrownBy(() -> CaseFolder.open(folder, CaseFixture.CLOCK))
                .isInstanceOf(CaseException.class)
                .hasMessageContaining("case.duckdb");
        assertThat(folder.resolve("case.duckdb")).hasContent("not a database");
    }

    @Test
    void refusesAnotherSchemaVersion() throws Exception {
        Path path = root.resolve("case");
        try (CaseFolder folder = CaseFixture.create(path)) {
            folder.database().execute("UPDATE schema_info SET version = 99");
        }
        assertThatThrownBy(() -> CaseFolder.open(path, CaseFixture.CLOCK))
                .isInstanceOf(CaseException.class)
                .hasMessageContaining("schema version 99")
                .hasMessageContaining("reads version " + CaseDatabase.SCHEMA_VERSION);
    }

    @Test
    void saysThatAnotherProcessHasTheCase() throws Exception {
        Path path = root.resolve("case");
        CaseFixture.create(path).close();
        Process other = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("open");
            assertThatThrownBy(() -> CaseFolder.open(path, CaseFixture.CLOCK))
                    .isInstanceOf(CaseException.class)
                    .hasMessageContaining("in use by another process");
        } finally {
            other.getOutputStream().close();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Opens a case and holds it until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (CaseFolder held = CaseFolder.open(Path.of(arguments[0]), CaseFixture.CLOCK)) {
                System.out.println("open");
                System.out.flush();
                while (System.in.read() >= 0) {
                    held.settings();
                }
            }
        }
    }
}
