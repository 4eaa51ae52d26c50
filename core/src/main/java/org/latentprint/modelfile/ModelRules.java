package org.latentprint.modelfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules by which names and shapes are known: data, since new architectures come monthly. */
final class ModelRules {
    private static final String RESOURCE = "model-rules.json";

    private final List<ModelRule> files;
    private final List<ModelRule> adapters;
    private final List<Part> parts;
    private final List<String> wrappers;

    private ModelRules(List<ModelRule> files, List<ModelRule> adapters, List<Part> parts, List<String> wrappers) {
        this.files = files;
        this.adapters = adapters;
        this.parts = parts;
        this.wrappers = wrappers;
    }

    /** The part of a checkpoint that names with a prefix belong to. */
    record Part(String prefix, String part) {}

    /** Reads the rules this version has. */
    static ModelRules bundled() {
        try (InputStream in = ModelRules.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program's own file is missing: " + RESOURCE);
            }
            JsonNode root = JsonMapper.shared().readTree(in);
            List<Part> parts = new ArrayList<>();
            root.path("parts")
                    .forEach(part -> parts.add(new Part(
                            part.path("prefix").asString(), part.path("part").asString())));
            return new ModelRules(
                    rules(root.path("files")),
                    rules(root.path("adapters")),
                    List.copyOf(parts),
                    texts(root.path("wrappers")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<Part> parts() {
        return parts;
    }

    List<String> wrappers() {
        return wrappers;
    }

    ModelIdentity file(TensorTable table) {
        return first(files, table);
    }

    ModelIdentity adapter(TensorTable modules) {
        return first(adapters, modules);
    }

    private static ModelIdentity first(List<ModelRule> rules, TensorTable table) {
        return rules.stream()
                .filter(rule -> rule.holds(table))
                .findFirst()
                .map(ModelRule::meaning)
                .orElse(ModelIdentity.UNKNOWN);
    }

    private static List<ModelRule> rules(JsonNode list) {
        List<ModelRule> rules = new ArrayList<>();
        for (JsonNode rule : list) {
            rules.add(new ModelRule(
                    texts(rule.path("when")).stream()
                            .map(ModelRule.Condition::parse)
                            .toList(),
                    new ModelIdentity(
                            text(rule, "kind").orElse("lora"),
                            text(rule, "architecture"),
                            texts(rule.path("candidates")),
                            text(rule, "variant"),
                            text(rule, "component").map(List::of).orElse(List.of()),
                            text(rule, "encoder"))));
        }
        return List.copyOf(rules);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asString()));
        return List.copyOf(texts);
    }

    private static Optional<String> text(JsonNode object, String field) {
        return object.path(field).isString() ? Optional.of(object.path(field).asString()) : Optional.empty();
    }
}
