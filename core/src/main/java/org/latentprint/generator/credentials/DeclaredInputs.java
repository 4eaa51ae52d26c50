package org.latentprint.generator.credentials;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentprint.container.c2pa.CredentialIngredient;

/**
 * What a manifest's ingredients were to the model that its declaration names. Source: C2PA Technical Specification 2.x,
 * "Relationship" and "Ingredient Data" of the ingredient assertion, and "Digital Source Type" of the actions.
 */
public final class DeclaredInputs {
    private static final String CREATED = "c2pa.created";
    private static final String PROMPT = "c2pa.types.generator.prompt";

    /** Beginnings of the types of what is no picture, film or sound. */
    private static final List<String> NO_MEDIA = List.of(
            "c2pa.types.generator",
            "c2pa.types.model",
            "c2pa.types.dataset",
            "c2pa.types.classifier",
            "c2pa.types.cluster",
            "c2pa.types.regressor",
            "c2pa.types.tensorflow");

    private static final Set<String> MODELS = Set.of("c2pa.types.model", "c2pa.types.generator");

    private final boolean byAction;
    private final Set<String> ledToIt;

    private DeclaredInputs(boolean byAction, Set<String> ledToIt) {
        this.byAction = byAction;
        this.ledToIt = ledToIt;
    }

    /** Makes the rules of one manifest, from all declarations in it. */
    public static DeclaredInputs of(List<DeclaredSource> declared) {
        return new DeclaredInputs(
                declared.stream().anyMatch(each -> each.action().isPresent()),
                declared.stream()
                        .map(DeclaredSource::action)
                        .flatMap(Optional::stream)
                        .filter(action -> action.name().equals(CREATED))
                        .flatMap(action -> action.ingredients().stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Returns the role in which an ingredient was fed in: what is an input was, whatever for; a parent is what an action
     * changed; a component was placed in the picture, which no model need have seen, unless the action that created the
     * picture names it as what led to it.
     *
     * @return empty where it was not fed in, or is no picture, film or sound
     */
    public Optional<String> role(CredentialIngredient ingredient) {
        if (ingredient.dataTypes().stream().anyMatch(DeclaredInputs::isNoMedia)) {
            return Optional.empty();
        }
        return switch (ingredient.relationship().orElse("")) {
            case "inputTo" -> Optional.of("input");
            case "parentOf" -> byAction ? Optional.of("init") : Optional.empty();
            default -> ledToIt.contains(ingredient.label()) ? Optional.of("input") : Optional.empty();
        };
    }

    /** Returns the prompt that an ingredient is. */
    public static Optional<String> prompt(CredentialIngredient ingredient) {
        return ingredient.dataTypes().contains(PROMPT) ? ingredient.text() : Optional.empty();
    }

    /** Says whether an ingredient is the model. */
    public static boolean isModel(CredentialIngredient ingredient) {
        return ingredient.dataTypes().stream()
                .anyMatch(type -> MODELS.contains(type) || type.startsWith("c2pa.types.model."));
    }

    private static boolean isNoMedia(String type) {
        return NO_MEDIA.stream().anyMatch(beginning -> type.equals(beginning) || type.startsWith(beginning + "."));
    }
}
