package org.latentprint.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.container.c2pa.ClaimSignature;
import org.latentprint.container.c2pa.ContentCredentials;
import org.latentprint.container.c2pa.CredentialAction;
import org.latentprint.container.c2pa.CredentialIngredient;
import org.latentprint.container.c2pa.Manifest;
import org.latentprint.container.c2pa.SourceStatement;
import org.latentprint.evidence.Origin;
import org.latentprint.generator.credentials.DeclaredInputs;
import org.latentprint.generator.credentials.DeclaredSource;

/**
 * Services that say in Content Credentials that a trained model made or changed a picture (C2PA 2.1, and the
 * IPTC's list of digital source types). Credentials of a camera or an editor that say no such thing give no generation. A
 * prompt and a model are taken where an assertion or an ingredient states them as such; an agent's name is a program's, not a
 * model's.
 */
final class ContentCredentialsReader implements GeneratorReader {
    private static final String ID = "content-credentials/2";
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
            generations.add(generation(credentials, declared));
            metadata.blocks().stream()
                    .filter(block -> overlaps(block.origin(), credentials.origin()))
                    .forEach(claimed::add);
        }
        return Reading.of(generations, claimed);
    }

    private static Generation generation(ContentCredentials credentials, List<DeclaredSource> declared) {
        DeclaredSource first = declared.getFirst();
        Origin origin = credentials.origin().readBy(ID);
        GenerationBuilder builder = first.generator()
                .map(generator -> Generation.builder(generator, origin))
                .orElseGet(() -> Generation.declared(
                        new Declaration(Declaration.Mark.CREDENTIALS, first.field(), first.value()), origin))
                .version(first.agentVersion());
        first.action().ifPresent(action -> {
            builder.task(Optional.ofNullable(OPERATIONS.get(action.parameters().getOrDefault(FIREFLY_OPERATION, ""))));
            action.parameters().forEach((name, value) -> builder.setting("parameter " + name, value));
            setting(builder, "description", action.description());
        });
        setting(builder, "software_agent", first.agent());
        builder.setting("digital_source_type", String.join(", ", sourceTypes(credentials)));
        claim(builder, first.manifest());
        credentials
                .active()
                .ifPresent(
                        active -> builder.setting("data_hash", active.dataHash().hashWord()));
        statements(builder, declared);
        ingredients(builder, declared);
        return builder.build();
    }

    private static Set<String> sourceTypes(ContentCredentials credentials) {
        TreeSet<String> types = new TreeSet<>();
        for (Manifest manifest : DeclaredSource.chain(credentials)) {
            manifest.actions().stream()
                    .map(CredentialAction::sourceTypeName)
                    .flatMap(Optional::stream)
                    .forEach(types::add);
            manifest.statements().stream()
                    .map(SourceStatement::sourceTypeName)
                    .flatMap(Optional::stream)
                    .forEach(types::add);
        }
        return types;
    }

    private static void claim(GenerationBuilder builder, Manifest manifest) {
        ClaimSignature signature = manifest.signature();
        setting(builder, "claim_generator", manifest.claimGenerator());
        setting(builder, "claim_generator_version", manifest.claimGeneratorVersion());
        setting(builder, "signed_at", signature.timeStamp().map(Objects::toString));
        setting(builder, "signer", signature.signer());
        builder.setting("declared_in", manifest.label());
        builder.setting("signature", signature.check().signatureWord());
        builder.setting("time_stamp", signature.timeStampCheck().signatureWord());
        builder.setting("certificate_chain", signature.chain().chainWord());
        builder.setting("assertion_hashes", manifest.assertionHashes().hashWord());
        builder.setting("trust", ContentCredentials.TRUST);
    }

    /** Adobe's first form of a statement names a model and may hold the prompt. */
    private static void statements(GenerationBuilder builder, List<DeclaredSource> declared) {
        declared.stream()
                .map(DeclaredSource::statement)
                .flatMap(Optional::stream)
                .forEach(statement -> {
                    builder.setting("declared_by", statement.assertion());
                    statement.generator().ifPresent(name -> builder.model(NamedModel.named("service", name)));
                    statement.prompt().ifPresent(prompt -> builder.positivePrompt(Optional.of(prompt)));
                });
    }

    private static void ingredients(GenerationBuilder builder, List<DeclaredSource> declared) {
        Map<String, List<DeclaredSource>> byManifest = new LinkedHashMap<>();
        declared.forEach(each -> byManifest
                .computeIfAbsent(each.manifest().label(), label -> new ArrayList<>())
                .add(each));
        Set<String> prompts = new LinkedHashSet<>();
        for (List<DeclaredSource> ofOne : byManifest.values()) {
            DeclaredInputs inputs = DeclaredInputs.of(ofOne);
            for (CredentialIngredient ingredient : ofOne.getFirst().manifest().ingredients()) {
                inputs.role(ingredient).ifPresent(role -> fedIn(builder, role, ingredient));
                DeclaredInputs.prompt(ingredient).ifPresent(prompts::add);
                if (DeclaredInputs.isModel(ingredient)) {
                    builder.setting("model ingredient", name(ingredient));
                }
            }
        }
        if (prompts.size() == 1) {
            builder.positivePrompt(prompts.stream().findFirst());
        } else {
            // Which of several is the one that was used is not said.
            int number = 1;
            for (String prompt : prompts) {
                builder.setting("prompt " + number++, prompt);
            }
        }
    }

    private static void fedIn(GenerationBuilder builder, String role, CredentialIngredient ingredient) {
        String name = name(ingredient);
        builder.input(new InputMedia(role, name));
        setting(builder, "thumbnail_sha256 of " + name, ingredient.thumbnailSha256());
        setting(builder, "data_sha256 of " + name, ingredient.dataSha256());
    }

    private static String name(CredentialIngredient ingredient) {
        return ingredient.title().or(ingredient::instanceId).orElse(ingredient.label());
    }

    private static void setting(GenerationBuilder builder, String key, Optional<String> value) {
        value.ifPresent(text -> builder.setting(key, text));
    }

    private static boolean overlaps(Origin block, Origin store) {
        return block.offset() < store.offset() + store.length() && store.offset() < block.offset() + block.length();
    }
}
