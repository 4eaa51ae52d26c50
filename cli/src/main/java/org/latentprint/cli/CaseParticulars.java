package org.latentprint.cli;

import java.util.Optional;
import org.latentprint.casefile.CaseSettings;
import org.latentprint.casefile.Profile;
import picocli.CommandLine.Option;

/** What an examiner can state of a case when it is made; reports print what is missing as "not given". */
final class CaseParticulars {
    @Option(names = "--case-number", paramLabel = "TEXT", description = "The agency's number of the case.")
    private Optional<String> caseNumber = Optional.empty();

    @Option(names = "--examiner", paramLabel = "TEXT", description = "Who examines.")
    private Optional<String> examiner = Optional.empty();

    @Option(names = "--laboratory", paramLabel = "TEXT", description = "Laboratory, name and address.")
    private Optional<String> laboratory = Optional.empty();

    @Option(names = "--purpose", paramLabel = "TEXT", description = "What is to be found out.")
    private Optional<String> purpose = Optional.empty();

    @Option(
            names = "--authority",
            paramLabel = "TEXT",
            description = "On what legal ground, such as a warrant's number.")
    private Optional<String> authority = Optional.empty();

    CaseSettings settings(Profile profile) {
        return new CaseSettings(caseNumber, examiner, laboratory, purpose, authority, profile);
    }
}
