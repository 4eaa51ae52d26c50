package org.latentprint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.latentprint.casefile.CaseException;
import org.latentprint.casefile.CaseExport;
import org.latentprint.casefile.ExportFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the finding tables of a case for other tools. */
@Command(name = "export", description = "Write the finding tables of a case to files, one for each table.")
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--case", required = true, paramLabel = "DIR", description = "The case.")
    private Path caseFolder;

    @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "One of: ${COMPLETION-CANDIDATES}")
    private ExportFormat format;

    @Option(names = "--out", required = true, paramLabel = "PATH", description = "A new or empty folder for the files.")
    private Path out;

    @Override
    public Integer call() throws CaseException, IOException {
        List<Path> files = CaseExport.write(caseFolder, format, out, InstantSource.system());
        files.forEach(file -> spec.commandLine().getOut().println(TerminalText.safe(file.toString())));
        return ExitStatus.DONE;
    }
}
