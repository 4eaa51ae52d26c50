package org.latentprint.damage;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.casefile.Profile;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.MemorySource;
import org.latentprint.scan.ItemExaminer;

/**
 * What a scan finds in one file and in what it packs.
 *
 * @param size of the file in bytes
 * @param items path to findings: the file, and members where it is an archive
 * @param nanos that the examination took
 */
record Examination(int size, SortedMap<String, ItemFindings> items, long nanos) {

    static Examination of(String name, byte[] bytes, Profile profile) throws InterruptedException {
        MemorySource source = new MemorySource().file(name, bytes.length, () -> HeapBytes.wrap(bytes));
        SortedMap<String, ItemFindings> items = new TreeMap<>();
        long start = System.nanoTime();
        ItemFindings own = new ItemExaminer(profile)
                .examine(
                        source,
                        MemorySource.item(name, ItemRef.Kind.FILE, bytes.length),
                        member -> items.put(member.item().path(), member));
        items.put(name, own);
        return new Examination(bytes.length, items, System.nanoTime() - start);
    }

    /** Returns what no damage may lead to: a reader that fails, and a finding on bytes that the file does not have. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        items.forEach((path, findings) -> {
            findings.problems().stream()
                    .filter(problem -> problem.category() == Problem.Category.READER_FAILED)
                    .forEach(problem -> faults.add(path + ": " + problem));
            long length = path.contains("!") ? findings.item().size() : size;
            origins(findings).stream()
                    .filter(origin -> origin.offset() > length || origin.length() > length - origin.offset())
                    .forEach(origin -> faults.add(path + ": outside the file: " + origin));
        });
        return faults;
    }

    private static List<Origin> origins(ItemFindings findings) {
        List<Origin> origins = new ArrayList<>();
        findings.metadata().ifPresent(metadata -> {
            metadata.blocks().forEach(block -> origins.add(block.origin()));
            metadata.credentials().forEach(credentials -> origins.add(credentials.origin()));
            metadata.trailing().ifPresent(run -> origins.add(new Origin("", run.offset(), run.length(), "", "")));
        });
        findings.generations().forEach(generation -> {
            origins.add(generation.origin());
            origins.addAll(generation.furtherOrigins());
        });
        findings.modelFile().ifPresent(model -> origins.add(model.origin()));
        return origins;
    }
}
