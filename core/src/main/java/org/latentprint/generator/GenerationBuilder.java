package org.latentprint.generator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.latentprint.evidence.Grade;
import org.latentprint.evidence.Origin;

/** Gathers a {@link Generation}. Lists keep the order of the calls and drop repeated entries. Used by one thread. */
public final class GenerationBuilder {
    private final String generator;
    private final Optional<Declaration> declaration;
    private final Origin origin;
    private Optional<String> variant = Optional.empty();
    private Optional<String> version = Optional.empty();
    private Optional<Task> task = Optional.empty();
    private Optional<String> positivePrompt = Optional.empty();
    private Optional<String> negativePrompt = Optional.empty();
    private Optional<String> seed = Optional.empty();
    private Optional<Integer> steps = Optional.empty();
    private Optional<String> sampler = Optional.empty();
    private Optional<String> scheduler = Optional.empty();
    private Optional<BigDecimal> cfgScale = Optional.empty();
    private Optional<Integer> width = Optional.empty();
    private Optional<Integer> height = Optional.empty();
    private final Set<PromptPart> positiveParts = new LinkedHashSet<>();
    private final Set<PromptPart> negativeParts = new LinkedHashSet<>();
    private final Set<NamedModel> models = new LinkedHashSet<>();
    private final Set<NamedLora> loras = new LinkedHashSet<>();
    private final Set<InputMedia> inputs = new LinkedHashSet<>();
    private final Set<Pass> passes = new LinkedHashSet<>();
    private final SortedMap<String, String> settings = new TreeMap<>();
    private final Set<String> unknowns = new TreeSet<>();
    private final List<Inference> inferences = new ArrayList<>();
    private final Set<Origin> furtherOrigins = new LinkedHashSet<>();
    private final List<Cut> cuts = new ArrayList<>();
    private Grade grade = Grade.RECORDED;

    GenerationBuilder(String generator, Optional<Declaration> declaration, Origin origin) {
        this.generator = generator;
        this.declaration = declaration;
        this.origin = origin;
    }

    public GenerationBuilder variant(Optional<String> value) {
        this.variant = value;
        return this;
    }

    public GenerationBuilder version(Optional<String> value) {
        this.version = value;
        return this;
    }

    public GenerationBuilder task(Optional<Task> value) {
        this.task = value;
        return this;
    }

    public GenerationBuilder positivePrompt(Optional<String> value) {
        this.positivePrompt = value;
        return this;
    }

    public GenerationBuilder negativePrompt(Optional<String> value) {
        this.negativePrompt = value;
        return this;
    }

    public GenerationBuilder seed(Optional<String> value) {
        this.seed = value;
        return this;
    }

    public GenerationBuilder steps(Optional<Integer> value) {
        this.steps = value;
        return this;
    }

    public GenerationBuilder sampler(Optional<String> value) {
        this.sampler = value;
        return this;
    }

    public GenerationBuilder scheduler(Optional<String> value) {
        this.scheduler = value;
        return this;
    }

    public GenerationBuilder cfgScale(Optional<BigDecimal> value) {
        this.cfgScale = value;
        return this;
    }

    public GenerationBuilder width(Optional<Integer> value) {
        this.width = value;
        return this;
    }

    public GenerationBuilder height(Optional<Integer> value) {
        this.height = value;
        return this;
    }

    public GenerationBuilder positivePart(PromptPart value) {
        positiveParts.add(value);
        return this;
    }

    public GenerationBuilder negativePart(PromptPart value) {
        negativeParts.add(value);
        return this;
    }

    public GenerationBuilder model(NamedModel value) {
        models.add(value);
        return this;
    }

    /** Replaces each model named so far, for what another block adds to it, such as its hash. */
    public GenerationBuilder eachModel(UnaryOperator<NamedModel> change) {
        List<NamedModel> before = List.copyOf(models);
        models.clear();
        before.forEach(model -> models.add(change.apply(model)));
        return this;
    }

    public GenerationBuilder lora(NamedLora value) {
        loras.add(value);
        return this;
    }

    public GenerationBuilder input(InputMedia value) {
        inputs.add(value);
        return this;
    }

    public GenerationBuilder pass(Pass value) {
        passes.add(value);
        return this;
    }

    /** Keeps something recorded that has no field of its own. */
    public GenerationBuilder setting(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Notes a node type or key that the reader does not know. */
    public GenerationBuilder unknown(String name) {
        unknowns.add(name);
        return this;
    }

    /** Lowers the grade; a grade is never raised again. */
    public GenerationBuilder grade(Grade atMost) {
        if (atMost.compareTo(grade) > 0) {
            grade = atMost;
        }
        return this;
    }

    /**
     * Says that one field is inferred by a rule. The grade of the record as a whole stays as it is, since the other fields
     * are still read from the bytes; where the whole rests on a heuristic, call {@link #grade} as well.
     */
    public GenerationBuilder inferred(String field, String rule) {
        inferences.add(new Inference(field, rule));
        return this;
    }

    /**
     * Bounds a list that the metadata hold. Where it is longer, the generation says how much of it was left out.
     *
     * @param entries all that is recorded; already in memory
     * @param most how many are read
     * @param what names the entries, such as {@code LoRAs}
     * @return the first of the entries
     */
    public <T> List<T> first(Stream<T> entries, int most, String what) {
        List<T> all = entries.toList();
        if (all.size() <= most) {
            return all;
        }
        cuts.add(new Cut(what, all.size(), most));
        return all.subList(0, most);
    }

    /** Names another block that added to the generation. */
    public GenerationBuilder alsoFrom(Origin further) {
        if (!further.equals(origin)) {
            furtherOrigins.add(further);
        }
        return this;
    }

    public Generation build() {
        return new Generation(
                generator,
                declaration,
                variant,
                version,
                task,
                positivePrompt,
                negativePrompt,
                List.copyOf(positiveParts),
                List.copyOf(negativeParts),
                seed,
                steps,
                sampler,
                scheduler,
                cfgScale,
                width,
                height,
                List.copyOf(models),
                List.copyOf(loras),
                List.copyOf(inputs),
                List.copyOf(passes),
                settings,
                List.copyOf(unknowns),
                grade,
                inferences,
                origin,
                List.copyOf(furtherOrigins),
                List.copyOf(cuts));
    }
}
