package org.latentprint.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.latentprint.report.InspectLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Unpacks the bundled exhibit and runs the commands that an examination takes, showing each. */
@Command(
        name = "demo",
        description = "Scan the bundled exhibit (drawings of gardens and lighthouses) and leave a report.")
final class DemoCommand implements Callable<Integer> {
    private static final String EXHIBIT = "/org/latentprint/demo/exhibit.zip";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "latentprint-demo",
            description = "Folder to make; a number is added where it exists. Default: ${DEFAULT-VALUE}")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createDirectories(free(out));
        Path exhibit = folder.resolve("exhibit");
        unpack(exhibit);
        int scanned = show(
                "scan",
                exhibit.toString(),
                "--case",
                folder.resolve("case").toString(),
                "--exhibit",
                "DEMO-1",
                "--case-number",
                "Demonstration",
                "--purpose",
                "Demonstration of the program");
        int reported = show(
                "report",
                "--case",
                folder.resolve("case").toString(),
                "--out",
                folder.resolve("report").toString());
        int verified = show("verify", "--case", folder.resolve("case").toString());
        return Math.max(scanned, Math.max(reported, verified));
    }

    private int show(String... command) {
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.println(TerminalText.safe("$ latentprint " + String.join(" ", command)));
        stdout.flush();
        int status = Main.run(stdout, spec.commandLine().getErr(), command);
        stdout.println();
        stdout.flush();
        return status;
    }

    private static Path free(Path wanted) {
        Path candidate = wanted;
        for (int number = 2; Files.exists(candidate); number++) {
            candidate = wanted.resolveSibling(wanted.getFileName() + "-" + number);
        }
        return candidate;
    }

    private static void unpack(Path folder) throws IOException {
        try (InputStream bundled = Objects.requireNonNull(
                        InspectLine.class.getResourceAsStream(EXHIBIT),
                        "the bundled exhibit is missing from this build");
                ZipInputStream zip = new ZipInputStream(bundled)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.copy(zip, file);
                Files.setLastModifiedTime(file, entry.getLastModifiedTime());
            }
        }
    }
}
