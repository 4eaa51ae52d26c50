package org.latentprint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.latentprint.container.ContainerReaders;
import org.latentprint.evidence.image.ImageSource;
import org.latentprint.generator.GeneratorReaders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what this machine has and lacks for an examination. */
@Command(name = "doctor", description = "Say what this machine has and lacks.")
final class DoctorCommand implements Callable<Integer> {
    private static final long LEAST_MEMORY = 1L << 30;
    private static final long LEAST_SPACE = 1L << 30;

    @Spec
    private CommandSpec spec;

    /** One check: what was looked at, what was found, and what to do where it is not good. */
    private record Check(boolean good, String what, String found, String advice) {}

    @Override
    public Integer call() {
        Program program = Program.running();
        PrintWriter out = spec.commandLine().getOut();
        out.println("latentprint " + program.version() + " (build " + program.build() + ")");
        out.println("Program file SHA-256: " + program.fileSha256());
        List<Check> checks = List.of(java(program), database(), images(), memory(), space(), fileNames(), readers());
        for (Check check : checks) {
            out.printf(Locale.ROOT, "%-7s %-16s %s%n", check.good() ? "ok" : "LACKING", check.what(), check.found());
            if (!check.good()) {
                out.println("        " + check.advice());
            }
        }
        return checks.stream().allMatch(Check::good) ? ExitStatus.DONE : ExitStatus.DONE_WITH_LOSSES;
    }

    private static Check java(Program program) {
        return new Check(
                Runtime.version().feature() >= 25,
                "Java",
                program.java() + " on " + program.system(),
                "Install a JDK 25 or newer and set JAVA_HOME.");
    }

    private static Check database() {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("SELECT version()")) {
            version.next();
            return new Check(true, "case database", "DuckDB " + version.getString(1), "");
        } catch (SQLException | LinkageError failure) {
            return new Check(
                    false,
                    "case database",
                    "DuckDB does not start: " + failure.getMessage(),
                    "Its native library needs a 64-bit Linux, macOS or Windows and a writable temporary folder.");
        }
    }

    private static Check images() {
        List<String> missing = ImageSource.missingLibraries();
        return new Check(
                missing.isEmpty(),
                "disk images",
                missing.isEmpty() ? "The Sleuth Kit, libewf, libqcow, libvhdi and libvmdk" : missing.getFirst(),
                missing.isEmpty()
                        ? ""
                        : "Images cannot be read without; folders can. Debian 12: apt-get install libtsk19 libewf2 libqcow1"
                                + " libvhdi1 libvmdk1");
    }

    private static Check memory() {
        long most = Runtime.getRuntime().maxMemory();
        return new Check(
                most >= LEAST_MEMORY,
                "memory",
                megabytes(most) + " for the program, " + Runtime.getRuntime().availableProcessors() + " processors",
                "Give it 1 GiB or more: LATENTPRINT_HEAP=1g.");
    }

    private static Check space() {
        Path folder = Path.of("").toAbsolutePath();
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            return new Check(
                    free >= LEAST_SPACE,
                    "disk space",
                    megabytes(free) + " free here",
                    "A case needs about 250 MB for a million generations; make room or use another disk.");
        } catch (IOException failure) {
            return new Check(false, "disk space", "cannot be told: " + failure.getMessage(), "Check this folder.");
        }
    }

    private static Check fileNames() {
        String encoding = System.getProperty("sun.jnu.encoding", "");
        return new Check(
                Charset.isSupported(encoding)
                        && Charset.forName(encoding).equals(java.nio.charset.StandardCharsets.UTF_8),
                "file names",
                "read as " + encoding,
                "Start the program through its launcher, which reads names as UTF-8.");
    }

    private static Check readers() {
        List<String> names = new ArrayList<>();
        ContainerReaders.ALL.forEach(reader -> names.add(reader.id()));
        GeneratorReaders.ALL.forEach(reader -> names.add(reader.id()));
        return new Check(!names.isEmpty(), "readers", String.join(", ", names), "This build has no readers.");
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", bytes >> 20);
    }
}
