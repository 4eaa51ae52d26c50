package org.latentprint.generator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Problem;
import org.latentprint.generator.MidjourneyCommand.Parameter;
import org.latentprint.generator.credentials.SourceType;
import org.latentprint.generator.xmp.XmpName;

/**
 * Midjourney's files: in PNG {@code Description} (the command line and {@code Job ID:}), {@code Author} (the account's name)
 * and {@code Creation Time}; in XMP {@code DigImageGUID} and a digital source type. The same line in EXIF
 * {@code ImageDescription} or XMP {@code dc:description} is read alike. Sources: published dumps of such files, and public
 * readers (the Midjourney extension of Picteus; Ktiseos-Nyx/Dataset-Tools).
 *
 * <p>The positive prompt is the words without addresses and parameters, as those readers give it; the line as recorded is a
 * part beside it. Addresses of pictures before the prompt are image prompts, those of {@code --sref}, {@code --cref},
 * {@code --oref} and {@code --dref} references. No original file was at hand: the forms in EXIF and {@code dc:description},
 * and films, were held against none.
 */
final class MidjourneyReader implements GeneratorReader {
    private static final String ID = "midjourney/1";
    private static final String NAME = "Midjourney";
    private static final String AS_RECORDED = "as recorded";
    private static final Pattern SEED = Pattern.compile("\\d{1,20}");

    /** Where the line may stand without a job's number; a job's number is telling wherever it ends a text. */
    private static final Set<String> LINE_KEYS = Set.of("Description", "ImageDescription");

    private static final Set<String> REFERENCES = Set.of("sref", "cref", "oref", "dref");

    /** Parameters that are taken for films only. */
    private static final Set<String> OF_FILMS = Set.of("motion", "loop", "end", "bs");

    /** A packet with these properties only is explained as a whole. */
    private static final Set<XmpName> READ =
            Set.of(XmpName.DIGITAL_IMAGE_GUID, XmpName.DIGITAL_SOURCE_TYPE, XmpName.DESCRIPTION);

    private static final Map<String, String> PNG_SETTINGS =
            Map.of("Author", "author", "Creation Time", "creation_time");

    /** A line and the blocks that have it; XMP packets apart, since they hold other things as well. */
    private record Line(MidjourneyCommand command, List<MetadataBlock> blocks, List<ItemXmp> packets) {
        MetadataBlock first() {
            return blocks.isEmpty() ? packets.getFirst().block() : blocks.getFirst();
        }
    }

    /** What XMP says beside the line. */
    private record Marks(List<ItemXmp> packets, Optional<String> guid, Optional<String> sourceType) {
        boolean declare() {
            return guid.isPresent()
                    && sourceType.filter(SourceType::namesTrainedModel).isPresent();
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        Marks marks = marks(metadata);
        List<Generation> generations = new ArrayList<>();
        Set<MetadataBlock> claimed = new LinkedHashSet<>();
        List<Problem> problems = new ArrayList<>();
        for (Line line : lines(metadata, marks)) {
            generations.add(generation(line, marks, metadata, claimed));
            if (line.command().cut()) {
                problems.add(Problem.at(
                        Problem.Category.LIMIT,
                        ID,
                        "more than " + MidjourneyCommand.MAX_PARAMETERS + " parameters; the rest was not read",
                        line.first().origin().offset()));
            }
        }
        if (generations.isEmpty()) {
            return Reading.NONE;
        }
        marks.packets().forEach(found -> found.problem(ID).ifPresent(problems::add));
        return new Reading(generations, List.copyOf(claimed), problems);
    }

    private static boolean isRead(ItemXmp found) {
        return found.packet().trouble().isEmpty()
                && READ.containsAll(found.packet().names());
    }

    private static Marks marks(ItemMetadata metadata) {
        List<ItemXmp> packets = ItemXmp.mentioning(
                metadata, List.of(XmpName.DIGITAL_IMAGE_GUID.local(), XmpName.DIGITAL_SOURCE_TYPE.local()));
        return new Marks(
                packets,
                packets.stream()
                        .flatMap(found -> found.packet().first(XmpName.DIGITAL_IMAGE_GUID).stream())
                        .findFirst(),
                packets.stream()
                        .flatMap(found -> found.packet().first(XmpName.DIGITAL_SOURCE_TYPE).stream())
                        .map(SourceType::nameOf)
                        .findFirst());
    }

    private static List<Line> lines(ItemMetadata metadata, Marks marks) {
        Map<String, Line> lines = new LinkedHashMap<>();
        for (MetadataBlock block : metadata.blocks()) {
            boolean inPlace = LINE_KEYS.contains(block.key());
            block.text()
                    .filter(text -> inPlace || text.contains(MidjourneyCommand.JOB))
                    .flatMap(text -> command(text, inPlace, marks))
                    .ifPresent(command -> line(command, lines).blocks().add(block));
        }
        for (ItemXmp found : ItemXmp.mentioning(metadata, MidjourneyCommand.JOB)) {
            found.packet()
                    .first(XmpName.DESCRIPTION)
                    .flatMap(text -> command(text, true, marks))
                    .ifPresent(command -> line(command, lines).packets().add(found));
        }
        return List.copyOf(lines.values());
    }

    private static Line line(MidjourneyCommand command, Map<String, Line> lines) {
        return lines.computeIfAbsent(
                command.recorded(), any -> new Line(command, new ArrayList<>(), new ArrayList<>()));
    }

    /** Reads a line where enough shows that it is Midjourney's: other programs number jobs and have options, too. */
    private static Optional<MidjourneyCommand> command(String text, boolean inPlace, Marks marks) {
        return MidjourneyCommand.parse(text)
                .filter(command -> command.job().isPresent()
                        ? inPlace || command.hasKnown()
                        : inPlace && (command.namesVersion() || (marks.declare() && command.hasKnown())));
    }

    private static Generation generation(Line line, Marks marks, ItemMetadata metadata, Set<MetadataBlock> claimed) {
        MidjourneyCommand command = line.command();
        GenerationBuilder builder = Generation.builder(
                        NAME, line.first().origin().readBy(ID))
                .positivePrompt(Optional.of(command.prompt()))
                .negativePrompt(command.value("no").filter(words -> !words.isEmpty()))
                .seed(command.value("seed").filter(seed -> SEED.matcher(seed).matches()));
        if (!command.recorded().equals(command.prompt())) {
            builder.positivePart(new PromptPart(AS_RECORDED, command.recorded()));
        }
        version(command, builder);
        inputs(command, builder);
        settings(command, builder);
        command.job().ifPresent(job -> builder.setting("job_id", job));
        if (command.job().isEmpty()) {
            builder.inferred("generator", "parameters in Midjourney's form, without a job's number");
        } else if (!command.hasKnown() && !marks.declare()) {
            builder.inferred(
                    "generator", "a text that ends with a job's number in Midjourney's form, and no parameters");
        }
        marks.guid().ifPresent(guid -> builder.setting("image_guid", guid));
        marks.sourceType().ifPresent(type -> builder.setting("digital_source_type", type));
        List<MetadataBlock> explained = new ArrayList<>(line.blocks());
        if (line.first().container().startsWith("png/")) {
            metadata.blocks().stream()
                    .filter(block -> block.container().startsWith("png/") && PNG_SETTINGS.containsKey(block.key()))
                    .forEach(block -> {
                        builder.setting(PNG_SETTINGS.getOrDefault(block.key(), block.key()), block.textOrEmpty());
                        explained.add(block);
                    });
        }
        claimed.addAll(explained);
        Stream.concat(marks.packets().stream(), line.packets().stream()).forEach(found -> {
            explained.add(found.block());
            if (isRead(found)) {
                claimed.add(found.block());
            }
        });
        for (MetadataBlock block : explained) {
            builder.alsoFrom(block.origin().readBy(ID));
            if (block.repaired().isPresent()) {
                builder.grade(Grade.DERIVED);
            }
        }
        return builder.build();
    }

    private static void version(MidjourneyCommand command, GenerationBuilder builder) {
        Optional<String> niji = command.value("niji");
        builder.variant(niji.map(any -> "Niji"))
                .version(niji.or(() -> command.value("v"))
                        .or(() -> command.value("version"))
                        .filter(value -> !value.isEmpty()));
    }

    private static void inputs(MidjourneyCommand command, GenerationBuilder builder) {
        command.pictures().forEach(picture -> builder.input(new InputMedia("init", picture)));
        command.picturesWithin().forEach(picture -> builder.input(new InputMedia("input", picture)));
        for (Parameter parameter : command.parameters()) {
            String role = REFERENCES.contains(parameter.name())
                    ? "reference"
                    : parameter.name().equals("end") ? "end" : "input";
            parameter.pictures().forEach(picture -> builder.input(new InputMedia(role, picture)));
        }
        if (!command.pictures().isEmpty()) {
            boolean film = command.parameters().stream().map(Parameter::name).anyMatch(OF_FILMS::contains);
            builder.task(Optional.of(film ? Task.IMG2VID : Task.IMG2IMG))
                    .inferred("task", "addresses of pictures stand before the prompt");
        }
    }

    private static void settings(MidjourneyCommand command, GenerationBuilder builder) {
        Set<String> keys = new HashSet<>();
        for (Parameter parameter : command.parameters()) {
            String key = parameter.name();
            for (int again = 2; !keys.add(key); again++) {
                key = parameter.name() + " (" + again + ")";
            }
            builder.setting(key, parameter.value());
            if (!MidjourneyCommand.isKnown(parameter)) {
                builder.unknown("--" + parameter.name());
            }
        }
    }
}
