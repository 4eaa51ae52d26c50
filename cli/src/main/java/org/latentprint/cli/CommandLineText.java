package org.latentprint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Gives the command line back as it was typed, for the audit log and the report. */
final class CommandLineText {
    private CommandLineText() {}

    /** Returns the words of the running command, those with blanks in quotation marks. */
    static String of(CommandSpec spec) {
        List<String> words = new ArrayList<>();
        words.add("latentprint");
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        return words.stream()
                .map(word -> word.contains(" ") ? "\"" + word + "\"" : word)
                .collect(Collectors.joining(" "));
    }
}
