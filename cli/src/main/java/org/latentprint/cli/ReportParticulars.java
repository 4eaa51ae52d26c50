package org.latentprint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latentprint.casefile.CaseSettings;
import org.latentprint.report.ReportHeader;
import picocli.CommandLine.Option;

/** What a report states beside the case's settings, typed in when it is written. */
final class ReportParticulars {
    @Option(
            names = "--address",
            paramLabel = "TEXT",
            description = "Address of the laboratory, or where the work was done.")
    private String address = "";

    @Option(names = "--customer", paramLabel = "TEXT", description = "For whom the report is.")
    private String customer = "";

    @Option(names = "--received", paramLabel = "DATE", description = "When the exhibits were received.")
    private String received = "";

    @Option(names = "--authorised-by", paramLabel = "TEXT", description = "Who authorises the report.")
    private String authorisedBy = "";

    @Option(
            names = "--deviations",
            paramLabel = "TEXT",
            description = "Additions to, deviations and exclusions from the method.")
    private String deviations = "";

    @Option(
            names = "--describe",
            paramLabel = "REF=TEXT",
            description = "Description and condition of an exhibit; may be given for each.")
    private Map<String, String> descriptions = new TreeMap<>();

    ReportHeader.Particulars with(CaseSettings settings, List<String> references) {
        List<String> exhibits = new ArrayList<>();
        for (String reference : references) {
            exhibits.add(
                    descriptions.containsKey(reference) ? reference + ": " + descriptions.get(reference) : reference);
        }
        return new ReportHeader.Particulars(
                settings.caseNumber().orElse(""),
                exhibits,
                settings.examiner().orElse(""),
                settings.laboratory().orElse(""),
                address,
                customer,
                purposeAndAuthority(settings),
                received,
                authorisedBy,
                deviations);
    }

    private static String purposeAndAuthority(CaseSettings settings) {
        Optional<String> purpose = settings.purpose();
        Optional<String> authority = settings.authority();
        if (purpose.isPresent() && authority.isPresent()) {
            return purpose.get() + "; " + authority.get();
        }
        return purpose.or(() -> authority).orElse("");
    }
}
