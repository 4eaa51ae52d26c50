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

/**
 * An action that declares generative AI, in its manifest.
 *
 * @param manifest the active one, or one of its ancestors
 * @param action the action that declares it
 */
public record DeclaredSource(Manifest manifest, CredentialAction action) {
    /** What a file holds of its ingredients: it was made from the one, or shows the other. An input is neither. */
    private static final Set<String> HELD = Set.of("parentOf", "componentOf");

    /** Returns the declarations of a store, those of the active manifest first, then those of its ancestors. */
    public static List<DeclaredSource> of(ContentCredentials credentials) {
        List<DeclaredSource> found = new ArrayList<>();
        for (Manifest manifest : chain(credentials)) {
            manifest.actions().stream()
                    .filter(DeclaredSource::declares)
                    .forEach(action -> found.add(new DeclaredSource(manifest, action)));
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
        Optional<String> type = action.sourceTypeName();
        return type.isPresent()
                ? SourceType.namesTrainedModel(type.get())
                : action.name().equals("c2pa.created")
                        && action.softwareAgent()
                                .flatMap(KnownService::named)
                                .filter(KnownService::agentSuffices)
                                .isPresent();
    }

    /** Returns the service's name, by who did the action, who wrote the claim, or who signed; else as recorded. */
    public Optional<String> generator() {
        Optional<String> agent = action.softwareAgent();
        Optional<String> signer = manifest.signature().signer();
        return agent.flatMap(KnownService::named)
                .or(() -> manifest.claimGenerator().flatMap(KnownService::named))
                .or(() -> agent.isEmpty() ? signer.flatMap(KnownService::named) : Optional.empty())
                .map(KnownService::name)
                .or(() -> agent)
                .or(manifest::claimGenerator);
    }
}
