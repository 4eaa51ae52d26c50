package org.latentprint.scan;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latentprint.casefile.CaseException;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.CasePlacement;
import org.latentprint.casefile.CaseWriter;
import org.latentprint.casefile.ScanCounts;
import org.latentprint.casefile.ScanRun;
import org.latentprint.casefile.ScanStart;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.ImageCheck;
import tools.jackson.databind.json.JsonMapper;

/** Scans a source into a case: the pipeline, the notes on the run, and the audit log. */
public final class CaseScan {

    private CaseScan() {}

    /**
     * What the examiner asked for.
     *
     * @param exhibit reference of the source, as the agency names it
     * @param threads that examine items
     * @param toolVersion of this program
     * @param commandLine as typed
     * @param programSha256 digest of the program file; empty where it does not run from one
     */
    public record Request(
            String exhibit, int threads, String toolVersion, String commandLine, Optional<String> programSha256) {}

    /** Scans, with nobody watching. */
    public static ScanCounts run(
            CaseFolder caseFolder,
            EvidenceSource source,
            ItemExaminer examiner,
            Request request,
            ScanProgress.Listener listener)
            throws CaseException, IOException, InterruptedException {
        return run(caseFolder, source, examiner, request, listener, ScanWatch.none());
    }

    /**
     * Scans.
     *
     * @param caseFolder open for writing
     * @param source the evidence
     * @param examiner reads the items
     * @param listener is told how far the scan has come
     * @param watch for another process that watches over the scan
     * @return the counts
     * @throws CaseException where the case and the source lie inside each other, the exhibit is in the case already, or the
     *     case cannot be written
     * @throws IOException where the source cannot be walked, or the audit log not be written
     * @throws InterruptedException where the thread was interrupted; the case then holds a beginning of the source
     */
    public static ScanCounts run(
            CaseFolder caseFolder,
            EvidenceSource source,
            ItemExaminer examiner,
            Request request,
            ScanProgress.Listener listener,
            ScanWatch watch)
            throws CaseException, IOException, InterruptedException {
        CasePlacement.requireApart(caseFolder.path(), source.location());
        Instant started = caseFolder.clock().instant();
        Map<String, Object> environment = environment(request);
        ScanRun run = new ScanRun(
                request.exhibit(),
                source.kind(),
                source.location(),
                examiner.profile(),
                request.threads(),
                request.toolVersion(),
                request.commandLine(),
                JsonMapper.shared().writeValueAsString(environment),
                started);
        ScanCounts counts;
        Optional<ImageCheck> imageCheck = Optional.empty();
        try (CaseWriter writer = CaseWriter.begin(caseFolder.database(), run);
                WholeCheck check = new WholeCheck(examiner.profile(), request.threads(), source, watch)) {
            ScanStart start = writer.start();
            Map<String, Object> details = startDetails(run, environment);
            if (start.resumes()) {
                details.put("items_there", start.itemsDone());
            }
            caseFolder.audit().append(start.resumes() ? "scan gone on with" : "scan started", details);
            counts = new ScanPipeline(source, examiner, request.threads(), listener, watch).run(writer::add, start);
            watch.whenStopped(check::stop);
            imageCheck = check.await();
            writer.beginCompletion();
            counts = FolderModels.add(caseFolder.database(), writer, source, counts);
            TrainingCaptions.add(caseFolder.database(), writer, source);
            if (imageCheck.isPresent()) {
                writer.addImageCheck(imageCheck.get());
            }
            writer.finish(counts.seen(), counts.bytes(), caseFolder.clock().instant());
        }
        caseFolder.audit().append("scan ended", endDetails(request.exhibit(), counts, imageCheck));
        return counts;
    }

    private static Map<String, Object> environment(Request request) {
        Map<String, Object> environment = new TreeMap<>();
        environment.put("java", Runtime.version().toString());
        environment.put("java_vendor", System.getProperty("java.vendor", ""));
        environment.put("os", System.getProperty("os.name", ""));
        environment.put("os_version", System.getProperty("os.version", ""));
        environment.put("os_arch", System.getProperty("os.arch", ""));
        environment.put("clock_zone", ZoneId.systemDefault().getId());
        request.programSha256().ifPresent(digest -> environment.put("program_sha256", digest));
        return environment;
    }

    private static Map<String, Object> startDetails(ScanRun run, Map<String, Object> environment) {
        Map<String, Object> details = new TreeMap<>(environment);
        details.put("version", run.toolVersion());
        details.put("command_line", run.commandLine());
        details.put("exhibit", run.exhibit());
        details.put("source", run.sourceLocation());
        details.put("source_kind", run.sourceKind());
        details.put("profile", run.profile().word());
        details.put("threads", run.threads());
        return details;
    }

    private static Map<String, Object> endDetails(String exhibit, ScanCounts counts, Optional<ImageCheck> imageCheck) {
        Map<String, Object> details = new TreeMap<>();
        details.put("exhibit", exhibit);
        details.put("items_seen", counts.seen());
        details.put("items_read", counts.read());
        details.put("items_skipped", counts.skipped());
        details.put("items_failed", counts.failed());
        details.put("generations", counts.generations());
        details.put("model_files", counts.modelFiles());
        details.put("problems", counts.problems());
        details.put("bytes_read", counts.bytes());
        for (ImageCheck.Hash hash : imageCheck.map(ImageCheck::hashes).orElse(List.of())) {
            details.put("image_" + hash.algorithm() + "_stored", hash.stored());
            details.put("image_" + hash.algorithm() + "_verdict", hash.verdict());
        }
        imageCheck.ifPresent(check -> details.put("image_unreadable_ranges", check.rangeCount()));
        return details;
    }
}
