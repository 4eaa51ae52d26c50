package org.latentprint.modelfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules by which names and shapes are known: data, since new architectures come monthly. */
final class ModelRules {
    private static final String RESOURCE = "model-rules.json";

    private final List<ModelRule> files;
    private final List<ModelRule> checkpoints;
    private final List<ModelRule> pieces;
    private final List<ModelRule> prefixed;
    private final List<ModelRule> adapters;
    private final List<Part> parts;
    private final List<String> wrappers;
    private final Map<String, ModelIdentity> imports;
    private final List<Claim> claims;
    private final Map<String, List<String>> converters;

    private ModelRules(JsonNode root) {
        files = rules(root.path("files"));
        checkpoints = rules(root.path("checkpoints"));
        pieces = rules(root.path("pieces"));
        prefixed = rules(root.path("prefixed"));
        adapters = rules(root.path("adapters"));
        wrappers = texts(root.path("wrappers"));
        List<Part> prefixes = new ArrayList<>();
        root.path("parts")
                .forEach(part -> prefixes.add(new Part(
                        part.path("prefix").asString(), part.path("part").asString())));
        parts = List.copyOf(prefixes);
        Map<String, ModelIdentity> networks = new HashMap<>();
        root.path("imports").forEach(rule -> networks.put(rule.path("import").asString(), meaning(rule)));
        imports = Map.copyOf(networks);
        List<Claim> words = new ArrayList<>();
        root.path("claims")
                .forEach(claim ->
                        words.add(new Claim(claim.path("begins").asString(), texts(claim.path("architectures")))));
        claims = List.copyOf(words);
        Map<String, List<String>> names = new HashMap<>();
        root.path("converters")
                .forEach(name -> names.put(name.path("is").asString(), texts(name.path("architectures"))));
        converters = Map.copyOf(names);
    }

    /** Which structures fit what metadata call a model, by how that begins in lower case. */
    record Claim(String begins, List<String> architectures) {}

    /** The part of a checkpoint that names with a prefix belong to. */
    record Part(String prefix, String part) {}

    /** Reads the rules this version has. */
    static ModelRules bundled() {
        try (InputStream in = ModelRules.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program's own file is missing: " + RESOURCE);
            }
            JsonNode root = JsonMapper.shared().readTree(in);
            return new ModelRules(root);
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

    /** Returns what the network is that a pickle imports as a whole. */
    Optional<ModelIdentity> imported(List<String> globals) {
        return globals.stream()
                .flatMap(global -> Optional.ofNullable(imports.get(global)).stream())
                .findFirst();
    }

    /** Returns the architectures that a claim fits; empty where the claim is not known. */
    List<String> claimed(String claim) {
        String low = claim.toLowerCase(Locale.ROOT);
        return claims.stream()
                .filter(known -> low.startsWith(known.begins()))
                .findFirst()
                .map(Claim::architectures)
                .orElse(List.of());
    }

    /** Returns the architectures that converters to GGUF call by a name; empty where the name is not known. */
    List<String> converted(String name) {
        return converters.getOrDefault(name, List.of());
    }

    ModelIdentity file(TensorTable table) {
        return first(files, table);
    }

    /** Returns what a network is beside which other parts stand, such as a VAE: some are published so, and others never. */
    ModelIdentity inCheckpoint(TensorTable network) {
        ModelIdentity identity = first(checkpoints, network);
        return identity.known() ? identity : file(network);
    }

    /** Returns what one of several files of a model belongs to, by its blocks. */
    ModelIdentity piece(TensorTable table) {
        return first(pieces, table);
    }

    /** Returns what parts of a checkpoint are that lie in a file without its network, by names with their prefix. */
    ModelIdentity prefixed(TensorTable table) {
        return first(prefixed, table);
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
                    meaning(rule)));
        }
        return List.copyOf(rules);
    }

    private static ModelIdentity meaning(JsonNode rule) {
        return new ModelIdentity(
                text(rule, "kind").orElse("lora"),
                text(rule, "architecture"),
                texts(rule.path("candidates")),
                text(rule, "variant"),
                text(rule, "component").map(List::of).orElse(List.of()),
                text(rule, "encoder"));
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
