package org.latentprint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.casefile.Profile;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.Problem;
import org.latentprint.report.InspectLine;
import org.latentprint.scan.ItemExaminer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints one JSON line for each file, without a case. */
@Command(
        name = "inspect",
        description = "Print one JSON line for each file; of a folder or an archive, for each file in it.")
final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files or folders to read.")
    private List<String> files;

    private final ItemExaminer examiner = new ItemExaminer(Profile.FULL);
    private int status = ExitStatus.DONE;

    @Override
    public Integer call() throws InterruptedException {
        for (String file : files) {
            try (EvidenceSource source = FolderSource.open(file)) {
                boolean folder = Files.isDirectory(Path.of(file));
                source.walk(item -> inspect(
                        source,
                        item,
                        folder ? Path.of(file).resolve(item.path()).toString() : file));
            } catch (IOException failure) {
                status = Failure.explain(failure, spec.commandLine().getErr());
            }
        }
        return status;
    }

    private void inspect(EvidenceSource source, ItemRef item, String shownAs) throws InterruptedException {
        ItemFindings own = examiner.examine(
                source,
                item,
                member -> print(
                        shownAs + member.item().path().substring(item.path().length()), member));
        print(shownAs, own);
    }

    private void print(String shownAs, ItemFindings findings) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(InspectLine.format(shownAs, findings));
        out.flush();
        if (status == ExitStatus.DONE
                && findings.problems().stream().map(Problem::category).anyMatch(Problem.Category::lossy)) {
            status = ExitStatus.DONE_WITH_LOSSES;
        }
    }
}
