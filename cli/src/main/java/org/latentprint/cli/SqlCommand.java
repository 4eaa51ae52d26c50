package org.latentprint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.latentprint.casefile.CaseException;
import org.latentprint.casefile.CaseSql;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one read-only statement over a case and prints the rows, tab between the columns. */
@Command(name = "sql", description = "Run one read-only SQL statement over a case; prints tab-separated rows.")
final class SqlCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--case", required = true, paramLabel = "DIR", description = "The case.")
    private Path caseFolder;

    @Parameters(
            paramLabel = "STATEMENT",
            description = "For example: SELECT generator, count(*) FROM generation GROUP BY ALL")
    private String statement;

    @Override
    public Integer call() throws CaseException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (CaseSql result = CaseSql.run(caseFolder, statement, InstantSource.system())) {
            out.println(row(result.columns()));
            for (Optional<List<Optional<Object>>> row = result.next(); row.isPresent(); row = result.next()) {
                out.println(row(row.get().stream()
                        .map(cell -> cell.map(Object::toString).orElse("NULL"))
                        .toList()));
            }
        } finally {
            out.flush();
        }
        return ExitStatus.DONE;
    }

    /** Tabs and line ends within a cell are shown as escapes, like every control character, so that rows stay rows. */
    private static String row(List<String> cells) {
        return cells.stream().map(TerminalText::safe).collect(Collectors.joining("\t"));
    }
}
