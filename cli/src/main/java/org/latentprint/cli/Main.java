package org.latentprint.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program's entry: parses the command line and turns failures into a message and an exit status. */
@Command(
        name = "latentprint",
        description = "Finds what generative AI left on a seized device. Reads evidence only; never writes to it.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        scope = ScopeType.INHERIT,
        subcommands = {
            InspectCommand.class,
            ScanCommand.class,
            ReportCommand.class,
            ExportCommand.class,
            SqlCommand.class,
            VerifyCommand.class,
            DoctorCommand.class,
            DemoCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status;
        try {
            status = run(out, err, arguments);
        } catch (Error fault) {
            // A watched child has no other place where this could be seen
            status = Failure.explain(fault, err);
        }
        out.flush();
        System.exit(status);
    }

    /**
     * Runs a command.
     *
     * @param out takes results
     * @param err takes progress and errors
     * @return its exit status, see {@link ExitStatus}
     */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        // Messages of the Java library, which end up in problems, never depend on where the examiner's machine stands.
        Locale.setDefault(Locale.ROOT);
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setOut(out);
        commandLine.setErr(err);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler(Main::explainUsage);
        commandLine.setExecutionExceptionHandler(
                (failure, command, parsed) -> Failure.explain(failure, command.getErr()));
        return commandLine.execute(arguments);
    }

    private static int explainUsage(ParameterException failure, String[] arguments) {
        PrintWriter err = failure.getCommandLine().getErr();
        err.println("latentprint: " + TerminalText.safe(String.valueOf(failure.getMessage())));
        err.println("Try: " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitStatus.USAGE;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
