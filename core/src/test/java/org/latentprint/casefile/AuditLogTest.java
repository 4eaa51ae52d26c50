package org.latentprint.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.fixture.TestDigests;

class AuditLogTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeFiveLinesInTwoSessions() throws Exception {
        file = folder.resolve("audit.jsonl");
        for (int session = 0; session < 2; session++) {
            try (AuditLog log = AuditLog.open(file, CLOCK)) {
                log.append("scan started", new TreeMap<>(Map.of("exhibit", "A\n1", "threads", 8)));
                log.append("scan ended", new TreeMap<>());
            }
        }
        try (AuditLog log = AuditLog.open(file, CLOCK)) {
            log.append("export", new TreeMap<>());
        }
    }

    @Test
    void chainsItsLines() throws Exception {
        List<String> lines = Files.readAllLines(file);

        assertThat(lines).hasSize(5);
        assertThat(lines.getFirst())
                .isEqualTo("{\"sequence\":1,\"time\":\"2026-01-02T03:04:05Z\",\"event\":\"scan started\","
                        + "\"details\":{\"exhibit\":\"A\\n1\",\"threads\":8},\"previous\":\"" + "0".repeat(64) + "\"}");
        assertThat(lines.get(1)).contains("\"previous\":\"" + sha256(lines.get(0)) + "\"");
        AuditLog.Verdict verdict = AuditLog.verify(file);
        assertThat(verdict.intact()).isTrue();
        assertThat(verdict.lines()).isEqualTo(5);
        assertThat(verdict.lastHash()).isEqualTo(sha256(lines.getLast()));
    }

    @Test
    void noticesEveryChangedByte() throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        String lastHash = AuditLog.verify(file).lastHash();
        for (int i = 0; i < bytes.length; i += 7) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            AuditLog.Verdict verdict = AuditLog.verify(file);
            assertThat(verdict.intact() && verdict.lastHash().equals(lastHash))
                    .as("byte " + i)
                    .isFalse();
        }
    }

    @Test
    void namesTheFirstBrokenLine() throws Exception {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.remove(2);
        Files.write(file, lines);
        assertThat(AuditLog.verify(file).firstBroken()).hasValue(3);

        lines.set(0, lines.getFirst().replace("threads\":8", "threads\":9"));
        Files.write(file, lines);
        assertThat(AuditLog.verify(file).firstBroken()).hasValue(2);
    }

    @Test
    void goesOnBehindALineThatWasCutAndReportsIt() throws Exception {
        Files.writeString(file, "{\"sequence\":6", StandardOpenOption.APPEND);
        try (AuditLog log = AuditLog.open(file, CLOCK)) {
            log.append("verify", new TreeMap<>());
        }
        assertThat(Files.readAllLines(file)).hasSize(7);
        assertThat(AuditLog.verify(file).firstBroken()).hasValue(6);
    }

    private static String sha256(String line) {
        return TestDigests.sha256(line.getBytes(StandardCharsets.UTF_8));
    }
}
