package org.latentprint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.casefile.Profile;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.Problem;
import org.latentprint.modelfile.ModelFolders;
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
                SortedMap<String, ItemRef> ofModels = new TreeMap<>();
                source.walk(item -> {
                    inspect(
                            source,
                            item,
                            folder ? Path.of(file).resolve(item.path()).toString() : file);
                    if (folder && ModelFolders.matters(item.name())) {
                        ofModels.put(item.path(), item);
                    }
                });
                printModelFolders(file, source, ofModels);
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

    /** A folder that is a model as a whole gets a line of its own. */
    private void printModelFolders(String file, EvidenceSource source, SortedMap<String, ItemRef> ofModels) {
        ModelFolders.read(new TreeSet<>(ofModels.keySet()), path -> {
                    ItemRef item = ofModels.get(path);
                    if (item == null) {
                        throw new IOException("not among the listed files: " + path);
                    }
                    return source.open(item);
                })
                .forEach((folder, model) -> {
                    PrintWriter out = spec.commandLine().getOut();
                    out.println(InspectLine.formatFolder(
                            Path.of(file).resolve(folder).toString(), model));
                    out.flush();
                });
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
