package org.latentprint.generator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Problem;
import org.latentprint.generator.comfyui.GraphBlocks;

/** The generator readers this version has. */
public final class GeneratorReaders {
    /**
     * From the most specific trace to the least: a program that writes another program's format beside its own stands
     * before it. To add a program is one line here.
     */
    public static final List<GeneratorReader> ALL = List.of(
            new FooocusLogReader(),
            new A1111LogReader(),
            new FaceFusionReader(),
            new KritaDocumentReader(),
            new DeforumReader(),
            new StabilityMatrixReader(),
            new InvokeAiReader(),
            new SwarmUiReader(),
            new FooocusReader(),
            new NovelAiReader(),
            new TensorArtReader(new ComfyUiReader()),
            new WanGpReader(),
            new FramePackReader(),
            new HordeNgReader(),
            new StableUiReader(),
            new MusubiReader(),
            new MfluxReader(),
            new DrawThingsReader(),
            new MochiDiffusionReader(),
            new ImaginairyReader(),
            new NmkdReader(),
            new ComfyUiReader(),
            new EasyDiffusionReader(),
            new FastSdCpuReader(),
            new ArtroomReader(),
            new SygilReader(),
            new SdScriptsReader(),
            new KoboldCppReader(),
            new HuggingFaceSpaceReader(),
            new MidjourneyReader(),
            new GrokReader(),
            new ByteDanceExportReader(),
            new SdNextReader(),
            new StableDiffusionCppReader(),
            new CivitaiReader(),
            new FooocusInfotextReader(),
            new ArtBotReader(),
            new ComfyInfotextReader(),
            new KritaInfotextReader(),
            new ContentCredentialsReader(),
            new SamsungEditReader(),
            new AigcLabelReader(),
            new IptcAiReader(),
            new A1111Reader(),
            new UnnamedRecordReader(),
            new UnnamedChunksReader(),
            new DeclaredSourceTypeReader(),
            new ServiceMarkReader());

    /** Blocks that a problem's message names; a picture has a few. */
    private static final int MAX_PLACES = 8;

    private GeneratorReaders() {}

    /** Runs all readers over the blocks of one item; each sees what those before it left unclaimed. */
    public static Reading readAll(ItemMetadata metadata) {
        return readAll(metadata, ALL);
    }

    /** As {@link #readAll(ItemMetadata)}, with the readers given. A reader that throws costs its own findings only. */
    public static Reading readAll(ItemMetadata metadata, List<GeneratorReader> readers) {
        List<Generation> generations = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Unclaimed left = new Unclaimed(metadata);
        for (GeneratorReader reader : readers) {
            ItemMetadata shown = left.shownTo(reader);
            if (shown.blocks().isEmpty()
                    || (reader.yields() && generations.stream().anyMatch(GeneratorReaders::isMade))) {
                continue;
            }
            try {
                Reading reading = reader.read(shown);
                generations.addAll(reading.generations());
                claimed.addAll(reading.claimed());
                problems.addAll(reading.problems());
                reading.generations().forEach(generation -> addCuts(generation, reader.id(), problems));
                left.remove(reading.claimed());
            } catch (RuntimeException | StackOverflowError failure) {
                problems.add(Problem.at(
                        Problem.Category.READER_FAILED,
                        reader.id(),
                        "the reader failed on " + places(shown.blocks()) + ": " + failure,
                        shown.blocks().getFirst().origin().offset()));
            }
        }
        return new Reading(generations, claimed, problems);
    }

    private static void addCuts(Generation generation, String reader, List<Problem> problems) {
        for (Cut cut : generation.cuts()) {
            problems.add(Problem.at(
                    Problem.Category.LIMIT,
                    reader,
                    cut.recorded() + " " + cut.what() + " are recorded, the first " + cut.read() + " were read",
                    generation.origin().offset()));
        }
    }

    /** Names the blocks that a reader was given, as an examiner finds them again. */
    private static String places(List<MetadataBlock> blocks) {
        String named = blocks.stream()
                .limit(MAX_PLACES)
                .map(block -> (block.container() + " " + block.key()).strip() + " at offset "
                        + block.origin().offset())
                .collect(Collectors.joining(", "));
        return blocks.size() > MAX_PLACES ? named + " and " + (blocks.size() - MAX_PLACES) + " more" : named;
    }

    private static boolean isMade(Generation generation) {
        return generation.task().filter(Task.PROCESSED::equals).isEmpty();
    }

    /** What no reader has claimed yet, with the graphs among it and without. */
    private static final class Unclaimed {
        private final List<MetadataBlock> graphs;
        private ItemMetadata all;
        private ItemMetadata plain;

        Unclaimed(ItemMetadata metadata) {
            graphs = metadata.blocks().stream().filter(GraphBlocks::isGraph).toList();
            all = metadata.withBlocks(metadata.blocks());
            plain = without(all, graphs);
        }

        ItemMetadata shownTo(GeneratorReader reader) {
            return reader.readsGraphs() ? all : plain;
        }

        void remove(List<MetadataBlock> claimed) {
            if (!claimed.isEmpty()) {
                all = without(all, claimed);
                plain = without(all, graphs);
            }
        }

        private static ItemMetadata without(ItemMetadata metadata, List<MetadataBlock> blocks) {
            if (blocks.isEmpty()) {
                return metadata;
            }
            List<MetadataBlock> left = new ArrayList<>(metadata.blocks());
            left.removeAll(new HashSet<>(blocks));
            return metadata.withBlocks(left);
        }
    }
}
