package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.container.c2pa.ContentCredentials;
import org.latentprint.container.c2pa.CredentialAction;
import org.latentprint.container.c2pa.CredentialIngredient;
import org.latentprint.container.c2pa.Manifest;
import org.latentprint.evidence.Origin;
import org.latentprint.generator.credentials.DeclaredSource;

/**
 * Services that say in Content Credentials that a trained model made or changed a picture (C2PA 2.1, and the
 * IPTC's list of digital source types). Credentials of a camera or an editor that say no such thing give no generation. The
 * model is left empty: the credentials name a program, not a model.
 */
final class ContentCredentialsReader implements GeneratorReader {
    private static final String ID = "content-credentials/1";
    private static final String FIREFLY_OPERATION = "com.adobe.firefly.operation";

    /** How a program may name what it was asked to do; other words say nothing that is known here. */
    private static final Map<String, Task> OPERATIONS = Map.of("text_to_image", Task.TXT2IMG);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Reading read(ItemMetadata metadata) {
        List<Generation> generations = new ArrayList<>();
        List<MetadataBlock> claimed = new ArrayList<>();
        for (ContentCredentials credentials : metadata.credentials()) {
            List<DeclaredSource> declared = DeclaredSource.of(credentials);
            if (declared.isEmpty()) {
                continue;
            }
            Optional<String> generator = declared.getFirst().generator();
            if (generator.isPresent()) {
                generations.add(generation(generator.get(), credentials, declared));
                metadata.blocks().stream()
                        .filter(block -> overlaps(block.origin(), credentials.origin()))
                        .forEach(claimed::add);
            }
        }
        return Reading.of(generations, claimed);
    }

    private static Generation generation(
            String generator, ContentCredentials credentials, List<DeclaredSource> declared) {
        Manifest manifest = declared.getFirst().manifest();
        CredentialAction action = declared.getFirst().action();
        GenerationBuilder builder =
                Generation.builder(generator, credentials.origin().readBy(ID)).version(action.softwareAgentVersion());
        builder.task(Optional.ofNullable(OPERATIONS.get(action.parameters().getOrDefault(FIREFLY_OPERATION, ""))));
        action.parameters().forEach((name, value) -> builder.setting("parameter " + name, value));
        TreeSet<String> types = new TreeSet<>();
        DeclaredSource.chain(credentials)
                .forEach(each ->
                        each.actions().forEach(step -> step.sourceTypeName().ifPresent(types::add)));
        builder.setting("digital_source_type", String.join(", ", types));
        setting(builder, "software_agent", action.softwareAgent());
        setting(builder, "claim_generator", manifest.claimGenerator());
        setting(builder, "claim_generator_version", manifest.claimGeneratorVersion());
        setting(builder, "description", action.description());
        setting(builder, "signed_at", manifest.signature().timeStamp().map(Objects::toString));
        setting(builder, "signer", manifest.signature().signer());
        builder.setting("declared_in", manifest.label());
        builder.setting("signature", manifest.signature().check().signatureWord());
        builder.setting("assertion_hashes", manifest.assertionHashes().hashWord());
        credentials
                .active()
                .ifPresent(
                        active -> builder.setting("data_hash", active.dataHash().hashWord()));
        builder.setting("trust", ContentCredentials.TRUST);
        declared.stream()
                .map(DeclaredSource::manifest)
                .distinct()
                .flatMap(each -> each.ingredients().stream())
                .forEach(ingredient -> input(ingredient).ifPresent(builder::input));
        return builder.build();
    }

    /** Returns the ingredient as what was fed in; a component was placed in the picture, which no model need have seen. */
    private static Optional<InputMedia> input(CredentialIngredient ingredient) {
        String name = ingredient.title().or(ingredient::instanceId).orElse(ingredient.label());
        return switch (ingredient.relationship().orElse("")) {
            case "inputTo" -> Optional.of(new InputMedia("input", name));
            case "parentOf" -> Optional.of(new InputMedia("init", name));
            default -> Optional.empty();
        };
    }

    private static void setting(GenerationBuilder builder, String key, Optional<String> value) {
        value.ifPresent(text -> builder.setting(key, text));
    }

    private static boolean overlaps(Origin block, Origin store) {
        return block.offset() < store.offset() + store.length() && store.offset() < block.offset() + block.length();
    }
}
