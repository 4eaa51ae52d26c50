package org.latentprint.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Problem;
import org.latentprint.generator.credentials.KnownService;
import org.latentprint.generator.credentials.SourceType;
import org.latentprint.generator.xmp.XmpName;
import org.latentprint.generator.xmp.XmpPacket;

/**
 * The properties for generated pictures of the IPTC Photo Metadata Standard 2025.1, in XMP: {@code AISystemUsed},
 * {@code AISystemVersionUsed}, {@code AIPromptInformation}, {@code AIPromptWriterName}. By the standard the first three
 * describe how "this image" was generated, so the system or the prompt alone claims a generation; a digital source type that
 * names no trained model outweighs them. The prompt may hold what is to be left out as well: the standard has one property
 * for both, and it is shown as it is.
 */
final class IptcAiReader implements GeneratorReader {
    private static final String ID = "iptc-ai/2";

    /** What is read beside the properties of a declared source type. */
    private static final Set<XmpName> READ =
            Set.of(XmpName.AI_SYSTEM, XmpName.AI_SYSTEM_VERSION, XmpName.AI_PROMPT, XmpName.AI_PROMPT_WRITER);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        Map<XmpPacket, GenerationBuilder> builders = new LinkedHashMap<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (ItemXmp found :
                ItemXmp.mentioning(metadata, List.of(XmpName.AI_SYSTEM.local(), XmpName.AI_PROMPT.local()))) {
            found.problem(ID).ifPresent(problems::add);
            XmpPacket packet = found.packet();
            if (declares(found)) {
                builders.computeIfAbsent(packet, any -> builder(found, metadata))
                        .alsoFrom(found.block().origin().readBy(ID));
                if (packet.trouble().isEmpty() && packet.names().stream().allMatch(IptcAiReader::isRead)) {
                    claimed.add(found.block());
                }
            }
        }
        return new Reading(
                builders.values().stream().map(GenerationBuilder::build).toList(), claimed, problems);
    }

    private static boolean declares(ItemXmp found) {
        boolean says = Stream.of(XmpName.AI_SYSTEM, XmpName.AI_PROMPT)
                .anyMatch(name -> found.packet().first(name).isPresent());
        return says
                && DeclaredSourceTypeReader.type(found)
                        .filter(name -> !SourceType.namesTrainedModel(name))
                        .isEmpty();
    }

    private static boolean isRead(XmpName name) {
        return READ.contains(name) || DeclaredSourceTypeReader.READ.contains(name);
    }

    private static GenerationBuilder builder(ItemXmp found, ItemMetadata metadata) {
        XmpPacket packet = found.packet();
        Optional<String> type = DeclaredSourceTypeReader.type(found);
        Optional<String> system = packet.first(XmpName.AI_SYSTEM).map(String::strip);
        DeclaredProgram program = system.map(name -> DeclaredProgram.named(
                        KnownService.named(name).map(KnownService::name).orElse(name)))
                .orElseGet(() -> DeclaredProgram.of(type.orElse(""), ItemField.of(metadata, List.of(found))));
        // Without a system there is a prompt, or the packet would declare nothing.
        Declaration declaration = DeclaredSourceTypeReader.declaration(found)
                .orElseGet(() -> new Declaration(
                        Declaration.Mark.AI_PROPERTY,
                        XmpName.AI_PROMPT.local(),
                        packet.first(XmpName.AI_PROMPT).orElse("")));
        GenerationBuilder builder = program.start(
                        declaration, found.block().origin().readBy(ID))
                .version(packet.first(XmpName.AI_SYSTEM_VERSION).map(String::strip))
                .positivePrompt(packet.first(XmpName.AI_PROMPT));
        type.ifPresent(name -> builder.setting("digital_source_type", name));
        setting("ai_system", system, builder);
        setting("ai_prompt_writer", packet.first(XmpName.AI_PROMPT_WRITER), builder);
        setting("image_guid", packet.first(XmpName.DIGITAL_IMAGE_GUID), builder);
        setting("creator_tool", packet.first(XmpName.CREATOR_TOOL), builder);
        setting("credit", packet.first(XmpName.CREDIT), builder);
        setting("creator", packet.first(XmpName.CREATOR), builder);
        return builder;
    }

    private static void setting(String key, Optional<String> value, GenerationBuilder builder) {
        value.ifPresent(text -> builder.setting(key, text));
    }
}
