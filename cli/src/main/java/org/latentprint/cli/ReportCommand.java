package org.latentprint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.latentprint.casefile.CaseException;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.container.ContainerReaders;
import org.latentprint.container.c2pa.ManifestStoreReader;
import org.latentprint.generator.GeneratorReaders;
import org.latentprint.modelfile.ModelFileReaders;
import org.latentprint.report.ReportHeader;
import org.latentprint.report.ReportIdentifier;
import org.latentprint.report.ReportWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the report of a case. */
@Command(name = "report", description = "Write the report of a case: one HTML file that opens offline.")
final class ReportCommand implements Callable<Integer> {
    private static final String FILE = "report.html";

    @Spec
    private CommandSpec spec;

    @Option(names = "--case", required = true, paramLabel = "DIR", description = "The case.")
    private Path caseFolder;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for " + FILE + "; made where there is none.")
    private Path out;

    @Mixin
    private ReportParticulars particulars;

    @Override
    public Integer call() throws CaseException, IOException, SQLException {
        Path file = out.resolve(FILE);
        if (Files.exists(file)) {
            throw new CaseException(file + " exists already; choose another folder, so that no report is lost");
        }
        try (CaseFolder open = CaseFolder.openToRead(caseFolder, InstantSource.system())) {
            ReportHeader header = header(open);
            Files.createDirectories(out);
            ReportIdentifier id = new ReportWriter().write(open.database().connection(), header, file);
            SortedMap<String, String> details = new TreeMap<>();
            details.put("report", id.shortForm());
            details.put("file", file.toString());
            open.audit().append("report", details);
            spec.commandLine().getOut().println("Report " + id.shortForm() + ": " + TerminalText.safe(file.toString()));
        }
        return ExitStatus.DONE;
    }

    private ReportHeader header(CaseFolder open) throws CaseException {
        Program program = Program.running();
        List<String> references =
                open.database().query("SELECT reference FROM exhibit ORDER BY exhibit_id", row -> row.getString(1));
        return new ReportHeader(
                particulars.with(open.settings(), references),
                new ReportHeader.Tool(
                        "latentprint",
                        program.version(),
                        program.build(),
                        program.fileSha256(),
                        program.java(),
                        program.system(),
                        ZoneId.systemDefault().getId()),
                readers(),
                settings(open),
                CommandLineText.of(spec),
                Optional.of(open.audit().lastHash()),
                open.clock().instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private static List<ReportHeader.Reader> readers() {
        List<ReportHeader.Reader> readers = new ArrayList<>();
        ContainerReaders.ALL.forEach(reader -> readers.add(new ReportHeader.Reader("container", reader.id())));
        readers.add(new ReportHeader.Reader("Content Credentials", ManifestStoreReader.ID));
        GeneratorReaders.ALL.forEach(reader -> readers.add(new ReportHeader.Reader("generator", reader.id())));
        ModelFileReaders.ids().forEach(id -> readers.add(new ReportHeader.Reader("model file", id)));
        return readers;
    }

    private static SortedMap<String, String> settings(CaseFolder open) {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("profile", open.settings().profile().word());
        return settings;
    }
}
