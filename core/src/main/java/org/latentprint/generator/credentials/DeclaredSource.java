package org.latentprint.generator.credentials;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.c2pa.ContentCredentials;
import org.latentprint.container.c2pa.CredentialAction;
import org.latentprint.container.c2pa.CredentialIngredient;
import org.latentprint.container.c2pa.Manifest;
import org.latentprint.container.c2pa.SourceStatement;

/**
 * A declaration of generative AI, in its manifest: by an action, or by a statement of another assertion.
 *
 * @param manifest the active one, or one of its ancestors
 * @param action the action that declares it
 * @param statement the statement that declares it
 */
public record DeclaredSource(
        Manifest manifest, Optional<CredentialAction> action, Optional<SourceStatement> statement) {
    /** What a file holds of its ingredients: it was made from the one, or shows the other. An input is neither. */
    private static final Set<String> HELD = Set.of("parentOf", "componentOf");

    /**
     * Returns the declarations of a store, those of the active manifest first, then those of its ancestors; within a manifest
     * those of its actions first, which say more.
     */
    public static List<DeclaredSource> of(ContentCredentials credentials) {
        List<DeclaredSource> found = new ArrayList<>();
        for (Manifest manifest : chain(credentials)) {
            manifest.actions().stream()
                    .filter(DeclaredSource::declares)
                    .forEach(action -> found.add(new DeclaredSource(manifest, Optional.of(action), Optional.empty())));
            manifest.statements().stream()
                    .filter(DeclaredSource::declares)
                    .forEach(statement ->
                            found.add(new DeclaredSource(manifest, Optional.empty(), Optional.of(statement))));
        }
        return found;
    }

    /** Returns the manifests that speak for what the file holds: the active one and its ancestors, each once. */
    public static List<Manifest> chain(ContentCredentials credentials) {
        List<Manifest> chain = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        credentials.active().filter(active -> seen.add(active.label())).ifPresent(chain::add);
        // The list grows while it is walked; labels are taken once, so that manifests in a circle end.
        for (int i = 0; i < chain.size(); i++) {
            for (CredentialIngredient ingredient : chain.get(i).ingredients()) {
                ingredient
                        .manifest()
                        .filter(label -> HELD.contains(ingredient.relationship().orElse("")))
                        .flatMap(credentials::manifest)
                        .filter(ancestor -> seen.add(ancestor.label()))
                        .ifPresent(chain::add);
            }
        }
        return chain;
    }

    private static boolean declares(CredentialAction action) {
        return action.digitalSourceType().isPresent()
                ? isModels(action.sourceTypeName())
                : action.name().equals("c2pa.created")
                        && action.softwareAgent()
                                .flatMap(KnownService::named)
                                .filter(service -> service.agentSuffices() || attests(service, action))
                                .isPresent();
    }

    private static boolean attests(KnownService service, CredentialAction action) {
        return service.attestation().isPresent() && service.attestation().equals(action.description());
    }

    private static boolean declares(SourceStatement statement) {
        return statement.generator().isPresent() || isModels(statement.sourceTypeName());
    }

    private static boolean isModels(Optional<String> typeName) {
        return typeName.flatMap(SourceType::named)
                .filter(SourceType::declaresModel)
                .isPresent();
    }

    /** Returns who made the file, as recorded: an action's agent, or the generator that a statement names. */
    public Optional<String> agent() {
        return action.flatMap(CredentialAction::softwareAgent).or(() -> statement.flatMap(SourceStatement::generator));
    }

    /** Returns the action or assertion that declares it. */
    public String field() {
        return action.map(CredentialAction::name)
                .or(() -> statement.map(SourceStatement::assertion))
                .orElse("");
    }

    /** Returns the digital source type as recorded; the empty text where it is declared without one. */
    public String value() {
        return action.flatMap(CredentialAction::digitalSourceType)
                .or(() -> statement.flatMap(SourceStatement::digitalSourceType))
                .orElse("");
    }

    /** Returns the agent's version, as recorded. */
    public Optional<String> agentVersion() {
        return action.flatMap(CredentialAction::softwareAgentVersion)
                .or(() -> statement.flatMap(SourceStatement::version));
    }

    /**
     * Returns the service's name, by who did the action, who wrote the claim, or who signed; else the agent or the claim
     * generator as recorded, the latter without the versions that stand within it.
     */
    public Optional<String> generator() {
        Optional<String> agent = agent();
        return agent.flatMap(KnownService::named)
                .or(() -> manifest.claimGenerator().flatMap(KnownService::named))
                .or(() -> manifest.signature()
                        .signer()
                        .flatMap(KnownService::named)
                        .filter(service -> agent.isEmpty() || service.houseSuffices()))
                .map(KnownService::name)
                .or(() -> agent)
                .or(() -> manifest.claimGenerator().map(DeclaredSource::withoutVersions));
    }

    /** The first claims name programs as a browser does: {@code Name/1.0 Library/2.0}; a name's own slash is kept. */
    private static String withoutVersions(String claimGenerator) {
        for (int at = claimGenerator.indexOf('/'); at > 0; at = claimGenerator.indexOf('/', at + 1)) {
            if (at + 1 < claimGenerator.length() && Character.isDigit(claimGenerator.charAt(at + 1))) {
                return claimGenerator.substring(0, at);
            }
        }
        return claimGenerator;
    }
}
