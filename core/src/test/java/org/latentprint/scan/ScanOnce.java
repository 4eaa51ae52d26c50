package org.latentprint.scan;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.casefile.CaseExport;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.CaseSettings;
import org.latentprint.casefile.ExportFormat;
import org.latentprint.casefile.Profile;
import org.latentprint.casefile.ScanCounts;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.FolderSource;
import org.latentprint.fixture.PlainTextReaders;
import org.latentprint.generator.GeneratorReader;
import org.latentprint.generator.GeneratorReaders;
import org.latentprint.link.CaseLinks;

/** Scans a folder and exports the case, in this JVM or in one of its own. */
final class ScanOnce {
    private ScanOnce() {}

    /** Takes the evidence, a folder for case and exports, and the number of threads. */
    public static void main(String[] arguments) throws Exception {
        Path out = Path.of(arguments[1]);
        try (CaseFolder folder = CaseFolder.create(out.resolve("case"), CaseSettings.DEFAULT, InstantSource.system())) {
            scan(folder, Path.of(arguments[0]), Integer.parseInt(arguments[2]));
        }
        for (ExportFormat format : ExportFormat.values()) {
            CaseExport.write(out.resolve("case"), format, out.resolve(format.word()), InstantSource.system());
        }
    }

    static ScanCounts scan(CaseFolder folder, Path evidence, int threads) throws Exception {
        try (FolderSource source = FolderSource.open(evidence.toString())) {
            ScanCounts counts = CaseScan.run(
                    folder,
                    source,
                    new ItemExaminer(Profile.FULL, ScanOnce::extract, readers()),
                    new CaseScan.Request("A1", threads, "0.1.0", "scan", Optional.empty()),
                    progress -> {});
            CaseLinks.rebuild(folder.database());
            return counts;
        }
    }

    /** The real readers, and the test's own for what they do not know. */
    private static ItemMetadata extract(String item, EvidenceBytes bytes) {
        ItemMetadata metadata = MetadataExtractor.extract(item, bytes);
        return metadata.mediaType().isPresent() ? metadata : PlainTextReaders.extract(item, bytes);
    }

    private static List<GeneratorReader> readers() {
        List<GeneratorReader> readers = new ArrayList<>(GeneratorReaders.ALL);
        readers.add(PlainTextReaders.GENERATOR);
        return readers;
    }
}
