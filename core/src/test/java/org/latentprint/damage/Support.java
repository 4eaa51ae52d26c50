package org.latentprint.damage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.generator.GeneratorReaders;
import org.latentprint.generator.Reading;
import org.latentprint.report.InspectLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds what is found in the beginning of a file against what is found in all of it. Every value must be one that the same
 * field has in the whole file, or the beginning of one, and then the item must say by a problem that it is cut.
 */
final class Support {
    /** Fields that say something of the bytes as they lie there, not of what they mean; of a cut file they say that it is cut. */
    private static final Set<String> OF_THE_BYTES = Set.of(
            "file",
            "size",
            "sha256",
            "length",
            "offset",
            "crc",
            "problems",
            "status",
            "unread",
            "hashes",
            "trailing",
            "error",
            "pickle.count",
            "data_hash",
            "data_hash_reason");

    /** Values that assert nothing more: what is not known, and the wider type of what is not yet told. */
    private static final Set<String> NO_CLAIMS = Set.of("unknown", "application/ogg");

    /** A text without any mark of its end, so that nothing tells a cut one from a short one. */
    private static final String WITHOUT_END = "text/plain";

    private final Map<String, ItemFindings> whole;
    private final Map<String, Map<String, Set<String>>> values = new HashMap<>();

    Support(Examination examination) {
        whole = examination.items();
        whole.forEach((path, findings) -> values.put(path, values(findings)));
    }

    /** Returns the values that the whole file does not support, each with its field. */
    List<String> unsupported(Examination cut) {
        List<String> unsupported = new ArrayList<>();
        cut.items().forEach((path, findings) -> {
            Map<String, Set<String>> known = values.getOrDefault(path, Map.of());
            Map<String, Set<String>> alone = values(intactPart(path, findings));
            boolean marked = !findings.problems().isEmpty()
                    || findings.metadata().flatMap(ItemMetadata::mediaType).equals(Optional.of(WITHOUT_END));
            values(findings).forEach((field, found) -> {
                Set<String> same = known.getOrDefault(field, Set.of());
                found.stream()
                        .filter(value -> !same.contains(value) && !NO_CLAIMS.contains(value))
                        .filter(value -> !alone.getOrDefault(field, Set.of()).contains(value))
                        .filter(value -> !marked || same.stream().noneMatch(other -> other.startsWith(value)))
                        .forEach(value -> unsupported.add(path + " " + field + " = " + value));
            });
        });
        return unsupported;
    }

    /**
     * Returns what the blocks say that the beginning has in common with the whole file. Without those that are missing, they
     * may be read otherwise: where the record of one program is gone, the one of another beside it speaks for itself.
     */
    private ItemFindings intactPart(String path, ItemFindings cut) {
        ItemFindings all = whole.get(path);
        if (all == null || all.metadata().isEmpty() || cut.metadata().isEmpty()) {
            return withReading(cut, Reading.NONE);
        }
        Set<Told> told = all.metadata().get().blocks().stream().map(Told::of).collect(Collectors.toSet());
        ItemMetadata metadata = cut.metadata().get();
        List<MetadataBlock> common = metadata.blocks().stream()
                .filter(block -> told.contains(Told.of(block)))
                .toList();
        return withReading(cut, GeneratorReaders.readAll(metadata.withBlocks(common)));
    }

    private static ItemFindings withReading(ItemFindings cut, Reading reading) {
        return new ItemFindings(
                cut.item(),
                cut.outcome(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                reading.generations(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    /** What a block says, and where. */
    private record Told(String container, String key, long offset, long length, Optional<String> text) {
        static Told of(MetadataBlock block) {
            return new Told(
                    block.container(),
                    block.key(),
                    block.origin().offset(),
                    block.origin().length(),
                    block.text());
        }
    }

    /** Returns field to values, with lists and the order in them taken out. */
    private static Map<String, Set<String>> values(ItemFindings findings) {
        Map<String, Set<String>> values = new HashMap<>();
        collect("", JsonMapper.shared().readTree(InspectLine.format("", findings)), values);
        findings.metadata()
                .ifPresent(metadata -> metadata.blocks()
                        .forEach(block -> values.computeIfAbsent(
                                        "text of " + block.container() + " " + block.key() + " at "
                                                + block.origin().offset(),
                                        place -> new HashSet<>())
                                .add(block.textOrEmpty())));
        return values;
    }

    private static void collect(String field, JsonNode node, Map<String, Set<String>> values) {
        if (node.isObject()) {
            node.properties().forEach(member -> {
                if (!OF_THE_BYTES.contains(member.getKey())) {
                    collect(field + "/" + member.getKey(), member.getValue(), values);
                }
            });
        } else if (node.isArray()) {
            node.forEach(entry -> collect(field, entry, values));
        } else if (!node.isNull()) {
            values.computeIfAbsent(field, name -> new HashSet<>()).add(node.asString());
        }
    }
}
