package org.latentprint.casefile;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.PlainTextReaders;
import org.latentprint.generator.Generation;
import org.latentprint.scan.CaseScan;
import org.latentprint.scan.ItemExaminer;

/** Small findings for tests of the case. */
final class CaseFixture {
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

    private CaseFixture() {}

    static CaseFolder create(Path path) throws Exception {
        return CaseFolder.create(path, CaseSettings.DEFAULT, CLOCK);
    }

    /** Makes a case of a folder of plain texts, which is its exhibit A1, with digests. */
    static void scan(Path evidence, Path path) throws Exception {
        try (CaseFolder folder = create(path)) {
            CaseScan.run(
                    folder,
                    FolderSource.open(evidence.toString()),
                    new ItemExaminer(Profile.FULL, PlainTextReaders::extract, List.of(PlainTextReaders.GENERATOR)),
                    new CaseScan.Request("A1", 2, "0.1.0", "scan", Optional.empty()),
                    progress -> {});
        }
    }

    static ScanRun run(String exhibit) {
        return new ScanRun(
                exhibit, "folder", "/evidence", Profile.FULL, 2, "0.1.0", "scan /evidence", "{}", CLOCK.instant());
    }

    static Origin origin(String path) {
        return new Origin(path, 3, 7, "0".repeat(64), "plain/1");
    }

    static ItemFindings findings(String path, Optional<String> unclaimedText, List<Generation> generations) {
        List<MetadataBlock> blocks = unclaimedText
                .map(text -> List.of(new MetadataBlock(
                        "png/tEXt",
                        "comment",
                        origin(path),
                        MetadataBlock.Crc.OK,
                        Optional.of(text),
                        Optional.of("utf-8"),
                        Optional.empty())))
                .orElse(List.of());
        return findings(path, blocks, generations, List.of());
    }

    /** A graph with a node that nobody knows, a comment that nobody explains, and two damaged blocks. */
    static ItemFindings notUnderstood(String path) {
        ItemFindings plain = findings(path, Optional.of("a comment"), List.of());
        Generation graph = Generation.builder("ComfyUI", origin(path))
                .unknown("GardenPathNode")
                .build();
        return findings(
                path,
                plain.unclaimed(),
                List.of(graph),
                List.of(
                        Problem.at(Problem.Category.MALFORMED, "png/1", "a damaged block", 3),
                        Problem.at(Problem.Category.MALFORMED, "png/1", "another damaged block", 9)));
    }

    private static ItemFindings findings(
            String path, List<MetadataBlock> blocks, List<Generation> generations, List<Problem> problems) {
        return new ItemFindings(
                new ItemRef(
                        path,
                        ItemRef.Kind.FILE,
                        10,
                        ItemRef.Allocation.ALLOCATED,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                ItemFindings.Outcome.READ,
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        new ItemMetadata(path, Optional.of("image/png"), 0, 0, blocks, Optional.empty(), List.of())),
                generations,
                blocks,
                Optional.empty(),
                problems);
    }

    static Generation generation(String path, String prompt) {
        return Generation.builder("Plain", origin(path))
                .positivePrompt(Optional.of(prompt))
                .build();
    }

    static void write(CaseFolder folder, String exhibit, List<ItemFindings> findings) throws Exception {
        try (CaseWriter writer = CaseWriter.begin(folder.database(), run(exhibit))) {
            for (ItemFindings item : findings) {
                writer.add(item);
            }
            writer.finish(findings.size(), 0, CLOCK.instant());
        }
    }
}
