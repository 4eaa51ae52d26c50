package org.latentprint.report;

import java.util.List;
import java.util.Optional;

/**
 * Programs, models and LoRAs that the generations name, by use.
 *
 * @param generators each program with its variant and version
 * @param tasks what was asked for
 * @param models diffusion models
 * @param loras LoRAs and their relatives
 * @param others all other named parts, such as embeddings, VAEs and ControlNets
 */
public record Uses(
        Capped<GeneratorUse> generators,
        List<TaskUse> tasks,
        Capped<ResourceUse> models,
        Capped<ResourceUse> loras,
        Capped<ResourceUse> others) {
    public Uses {
        tasks = List.copyOf(tasks);
    }

    /**
     * One program.
     *
     * @param named whether a program is named; else the files only declare an AI source
     * @param first first plausible time of its items, ISO 8601 day
     * @param last last plausible time of its items, ISO 8601 day
     * @param share length of its bar in per cent of the longest
     */
    public record GeneratorUse(
            EvidenceText generator,
            boolean named,
            Optional<EvidenceText> variant,
            Optional<EvidenceText> version,
            long generations,
            long items,
            Optional<String> first,
            Optional<String> last,
            Optional<EvidenceText> basis,
            int share) {}

    /** How many generations record one task; empty where they record none. */
    public record TaskUse(Optional<EvidenceText> task, long generations) {}

    /**
     * One named part. The same name with other hashes is another row.
     *
     * @param hashes kind and value, as recorded
     * @param weightMin least weight recorded
     * @param weightMax greatest weight recorded
     * @param share length of its bar in per cent of the longest
     */
    public record ResourceUse(
            EvidenceText kind,
            Optional<EvidenceText> name,
            Optional<EvidenceText> hashes,
            long generations,
            long items,
            Optional<String> weightMin,
            Optional<String> weightMax,
            int share) {}
}
