package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Problem;
import org.latentprint.generator.credentials.SourceType;
import org.latentprint.generator.xmp.XmpName;

/**
 * Files whose XMP declares by {@code Iptc4xmpExt:DigitalSourceType} that a trained model made or changed them (IPTC Photo
 * Metadata Standard; the terms at {@code cv.iptc.org/newscodes/digitalsourcetype}). Meta AI, Google's and Apple's programs and
 * Midjourney write it. {@code trainedAlgorithmicMedia} is generated as a whole; {@code compositeWithTrainedAlgorithmicMedia} is
 * what generative editing leaves, so the picture may be a photograph in other respects, and the setting
 * {@code digital_source_type} tells the two apart. All other terms claim nothing. Who made it: {@link DeclaredProgram}. Packets
 * of Google's (MediaArea/MediaInfoLib, pull request 2275) and Midjourney's programs were at hand as published text, no file.
 */
final class DeclaredSourceTypeReader implements GeneratorReader {
    private static final String ID = "digital-source-type/2";

    /** Begins the names of the properties. */
    private static final String MENTION = "DigitalSource";

    /** A packet with these properties only is explained as a whole. */
    static final Set<XmpName> READ = Set.of(
            XmpName.DIGITAL_SOURCE_TYPE,
            XmpName.DIGITAL_SOURCE_FILE_TYPE,
            XmpName.DIGITAL_SOURCE_FILE_TYPE_VARIANT,
            XmpName.DIGITAL_IMAGE_GUID,
            XmpName.CREDIT,
            XmpName.CREATOR,
            XmpName.CREATOR_TOOL);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean yields() {
        return true;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<ItemXmp> packets = ItemXmp.mentioning(metadata, MENTION);
        List<Problem> problems = new ArrayList<>();
        packets.forEach(found -> found.problem(ID).ifPresent(problems::add));
        List<ItemXmp> declaring = packets.stream()
                .filter(found ->
                        type(found).filter(SourceType::namesTrainedModel).isPresent())
                .toList();
        Optional<String> type =
                declaring.stream().flatMap(found -> type(found).stream()).findFirst();
        Optional<Declaration> declaration =
                declaring.stream().flatMap(found -> declaration(found).stream()).findFirst();
        if (type.isEmpty() || declaration.isEmpty()) {
            return new Reading(List.of(), List.of(), problems);
        }
        List<ItemField> fields = ItemField.of(metadata, declaring);
        DeclaredProgram program = DeclaredProgram.of(type.get(), fields);
        GenerationBuilder builder = program.start(
                        declaration.get(), declaring.getFirst().block().origin().readBy(ID))
                .setting("digital_source_type", type.get());
        fields.forEach(found -> builder.setting(
                found.field().place().name().toLowerCase(Locale.ROOT),
                found.field().value()));
        List<MetadataBlock> claimed = new ArrayList<>();
        for (ItemXmp found : declaring) {
            found.packet().first(XmpName.DIGITAL_IMAGE_GUID).ifPresent(guid -> builder.setting("image_guid", guid));
            builder.alsoFrom(found.block().origin().readBy(ID));
            if (found.packet().trouble().isEmpty()
                    && READ.containsAll(found.packet().names())) {
                claimed.add(found.block());
            }
        }
        return new Reading(List.of(builder.build()), claimed, problems);
    }

    /** Returns the name of the source type that a packet declares, by the newer property or the older. */
    static Optional<String> type(ItemXmp found) {
        return declaration(found).map(Declaration::value).map(SourceType::nameOf);
    }

    /** Returns the source type as the packet has it, whatever it declares. */
    static Optional<Declaration> declaration(ItemXmp found) {
        return Stream.of(
                        XmpName.DIGITAL_SOURCE_TYPE,
                        XmpName.DIGITAL_SOURCE_FILE_TYPE,
                        XmpName.DIGITAL_SOURCE_FILE_TYPE_VARIANT)
                .flatMap(name -> found.packet().first(name).stream()
                        .map(value -> new Declaration(Declaration.Mark.SOURCE_TYPE, name.local(), value.strip())))
                .findFirst();
    }
}
