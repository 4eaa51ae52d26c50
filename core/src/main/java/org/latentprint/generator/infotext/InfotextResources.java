package org.latentprint.generator.infotext;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.generator.NamedLora;
import org.latentprint.generator.NamedModel;

/**
 * The models and LoRAs that an infotext names, with the hashes that stand beside them in other places of the same text.
 * Programs: A1111 and its forks, SD.Next, stable-diffusion.cpp, Fooocus, Civitai, and ComfyUI nodes that write such texts.
 */
public final class InfotextResources {
    private static final Pattern NUMBERED_LORA =
            Pattern.compile("Lora_(\\d{1,4}) Model name", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBERED_EMBEDDING =
            Pattern.compile("Embedding_(\\d{1,4}) name", Pattern.CASE_INSENSITIVE);
    private static final Pattern MODULE = Pattern.compile("(?:Hires )?Module \\d{1,3}", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL_UNIT = Pattern.compile("ControlNet(?: \\d{1,3})?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL_MODEL =
            Pattern.compile("ControlNet(?:-\\d{1,3})? Model", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNIT_MODEL = Pattern.compile("(?:^|,\\s*)model:\\s*([^,]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADETAILER_MODEL =
            Pattern.compile("ADetailer model( \\d{1,2}\\w\\w)?", Pattern.CASE_INSENSITIVE);

    /** Beginnings of the keys that the patterns above fit; most keys have another. */
    private static final Pattern MAY_NAME_A_MODEL =
            Pattern.compile("Hires M|Module|ADetailer m|ControlNet", Pattern.CASE_INSENSITIVE);

    private static final Pattern USED_EMBEDDING = Pattern.compile("([^,\\[]+)\\[([0-9a-fA-F]{4})]");

    private InfotextResources() {}

    /**
     * Returns the models other than LoRAs.
     *
     * @param infotext what was read
     * @return the main diffusion model first, then the others in a fixed order of their kinds
     */
    public static List<NamedModel> models(Infotext infotext) {
        List<NamedModel> models = new ArrayList<>();
        main(infotext).ifPresent(models::add);
        for (Pair pair : infotext.pairs()) {
            of(infotext, pair).ifPresent(models::add);
        }
        models.addAll(embeddings(infotext));
        NetworkTag.in(infotext.positivePrompt()).stream()
                .filter(tag -> !tag.isLora())
                .map(tag -> NamedModel.named("hypernetwork", tag.name()))
                .forEach(models::add);
        if (models.stream().noneMatch(model -> model.kind().equals("vae"))) {
            HashTable.json(infotext).stream()
                    .filter(entry ->
                            entry.type().equals("vae") && !entry.hashes().isEmpty())
                    .forEach(entry -> models.add(new NamedModel("vae", Optional.empty(), entry.hashes())));
        }
        return models.stream().distinct().toList();
    }

    /**
     * Returns the LoRAs and their relatives. What prompt tags and hash lists say about one name is one LoRA. Civitai's
     * titles are not file names and cannot be joined with them, so they count only where nothing else names a LoRA.
     */
    public static List<NamedLora> loras(Infotext infotext) {
        LoraTable table = new LoraTable();
        addTags(table, infotext.positivePrompt());
        for (Pair pair : infotext.pairs()) {
            String key = pair.key().toLowerCase(Locale.ROOT);
            if (key.equals("hires prompt") || key.startsWith("adetailer prompt") || key.equals("refiner prompt")) {
                addTags(table, pair.value());
            }
        }
        addNumbered(table, infotext);
        infotext.filled("Lora hashes")
                .ifPresent(list -> HashTable.named("lora", list)
                        .forEach(entry ->
                                table.add(entry.name(), entry.weight().flatMap(Numbers::decimal), entry.hashes())));
        infotext.filled("Lora weights")
                .ifPresent(list -> HashTable.named("lora", list)
                        .forEach(entry -> table.add(entry.name(), Numbers.decimal(entry.hash()), Map.of())));
        HashTable.json(infotext).stream()
                .filter(entry -> entry.type().equals("lora") || entry.type().equals("lyco"))
                .forEach(entry -> table.add(entry.name(), Optional.empty(), entry.hashes()));
        infotext.filled("LoRA networks").ifPresent(list -> addNetworks(table, list));
        if (!table.isEmpty()) {
            return table.loras();
        }
        return CivitaiResource.in(infotext).stream()
                .filter(CivitaiResource::isLora)
                .map(resource ->
                        new NamedLora(resource.name(), resource.weight(), resource.hashes(), resource.identifiers()))
                .toList();
    }

    /** Returns the main diffusion model; empty where the text names none. */
    private static Optional<NamedModel> main(Infotext infotext) {
        Map<String, String> hashes = new TreeMap<>();
        HashTable.json(infotext).stream()
                .filter(entry -> entry.type().equals("model"))
                .forEach(entry -> hashes.putAll(entry.hashes()));
        // What stands behind a comma without a key of its own was read as part of the value.
        infotext.filled("Model hash")
                .map(value -> HashKinds.of(value.split(",", 2)[0]))
                .ifPresent(hashes::putAll);
        Optional<CivitaiResource> resource = CivitaiResource.in(infotext).stream()
                .filter(entry -> entry.type().equals(Optional.of("checkpoint")))
                .findFirst();
        Optional<String> name = infotext.filled("Model");
        String kind = "checkpoint";
        if (name.isEmpty() && hashes.isEmpty()) {
            name = infotext.filled("Unet").filter(InfotextResources::isName);
            kind = name.isPresent() ? "diffusion-model" : kind;
        }
        if (name.isEmpty()) {
            name = resource.flatMap(CivitaiResource::name).filter(title -> hashes.isEmpty());
        }
        resource.ifPresent(entry -> entry.hashes().forEach(hashes::putIfAbsent));
        Map<String, String> identifiers =
                resource.map(CivitaiResource::identifiers).orElse(Map.of());
        return name.isEmpty() && hashes.isEmpty() && identifiers.isEmpty()
                ? Optional.empty()
                : Optional.of(new NamedModel(kind, name, hashes, identifiers));
    }

    private static boolean isName(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "", "none", "automatic", "default", "default (model)", "built-in", "built in", "use same choices" ->
                false;
            default -> true;
        };
    }

    /** Returns the further model that a setting names. */
    private static Optional<NamedModel> of(Infotext infotext, Pair pair) {
        String value = pair.value();
        if (!isName(value)) {
            return Optional.empty();
        }
        return switch (pair.key().toLowerCase(Locale.ROOT)) {
            // SD.Next decodes on a server, and names no file
            case "vae" ->
                value.equals("Remote") ? Optional.empty() : Optional.of(withHash("vae", value, infotext, "VAE hash"));
            case "te" -> Optional.of(NamedModel.named("text-encoder", value));
            case "unet" ->
                infotext.filled("Model").isPresent()
                        ? Optional.of(NamedModel.named("diffusion-model", value))
                        : Optional.empty();
            case "refiner" ->
                bracketed("checkpoint", value)
                        .map(model -> model.hashes().isEmpty()
                                ? withHash("checkpoint", value, infotext, "Refiner hash")
                                : model);
            case "hires checkpoint", "adetailer checkpoint" -> bracketed("checkpoint", value);
            case "hires upscaler", "postprocess upscaler", "upscaler", "sd upscale upscaler" ->
                isUpscaler(value) ? Optional.of(NamedModel.named("upscaler", value)) : Optional.empty();
            case "hypernet" -> Optional.of(withHash("hypernetwork", value, infotext, "Hypernet hash"));
            default -> byPattern(pair);
        };
    }

    private static Optional<NamedModel> byPattern(Pair pair) {
        if (!MAY_NAME_A_MODEL.matcher(pair.key()).lookingAt()) {
            return Optional.empty();
        }
        if (MODULE.matcher(pair.key()).matches()) {
            return Optional.of(NamedModel.named("model", pair.value()));
        }
        if (ADETAILER_MODEL.matcher(pair.key()).matches()) {
            return Optional.of(NamedModel.named("detector", pair.value()));
        }
        if (CONTROL_MODEL.matcher(pair.key()).matches()) {
            return bracketed("controlnet", pair.value());
        }
        if (CONTROL_UNIT.matcher(pair.key()).matches()) {
            Matcher model = UNIT_MODEL.matcher(pair.value());
            return model.find() ? bracketed("controlnet", model.group(1)) : Optional.empty();
        }
        return Optional.empty();
    }

    /** Says whether an upscaler is a model: the built-in ones are formulas. */
    private static boolean isUpscaler(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !lower.startsWith("latent") && !lower.equals("lanczos") && !lower.equals("nearest");
    }

    private static NamedModel withHash(String kind, String name, Infotext infotext, String hashKey) {
        return new NamedModel(
                kind,
                Optional.of(name),
                infotext.filled(hashKey).map(HashKinds::of).orElse(Map.of()));
    }

    private static Optional<NamedModel> bracketed(String kind, String text) {
        return HashKinds.bracketed(text).map(found -> new NamedModel(kind, Optional.of(found.name()), found.hashes()));
    }

    private static List<NamedModel> embeddings(Infotext infotext) {
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        infotext.filled("TI hashes")
                .ifPresent(list -> HashTable.named("embed", list)
                        .forEach(entry -> join(found, entry.name(), wholeFile(entry.hashes()))));
        HashTable.json(infotext).stream()
                .filter(entry -> entry.type().equals("embed"))
                .forEach(entry -> join(found, entry.name(), entry.hashes()));
        infotext.pairs().stream()
                .map(pair -> NUMBERED_EMBEDDING.matcher(pair.key()))
                .filter(Matcher::matches)
                .forEach(number -> infotext.filled("Embedding_" + number.group(1) + " name")
                        .ifPresent(name -> join(
                                found,
                                name,
                                infotext.filled("Embedding_" + number.group(1) + " hash")
                                        .map(HashKinds::of)
                                        .orElse(Map.of()))));
        infotext.filled("Used embeddings").ifPresent(list -> {
            Matcher used = USED_EMBEDDING.matcher(list);
            while (used.find()) {
                join(found, used.group(1), Map.of("embedding_checksum", used.group(2)));
            }
        });
        infotext.filled("Embeddings").ifPresent(list -> {
            for (String name : list.split(",", NetworkTag.MAX_TAGS)) {
                join(found, name, Map.of());
            }
        });
        return found.entrySet().stream()
                .map(entry -> new NamedModel("embedding", Optional.of(entry.getKey()), entry.getValue()))
                .toList();
    }

    private static void join(Map<String, Map<String, String>> found, String name, Map<String, String> hashes) {
        if (!name.isBlank()) {
            found.computeIfAbsent(name.strip(), ignored -> new TreeMap<>()).putAll(hashes);
        }
    }

    /** A1111 hashes the whole file of an embedding where it hashes the tensors of a LoRA, in the same length. */
    private static Map<String, String> wholeFile(Map<String, String> hashes) {
        Map<String, String> result = new TreeMap<>(hashes);
        Optional.ofNullable(result.remove(HashKinds.AUTOV3)).ifPresent(hash -> result.put(HashKinds.SHA256_12, hash));
        return result;
    }

    private static void addTags(LoraTable table, String prompt) {
        NetworkTag.in(prompt).stream()
                .filter(NetworkTag::isLora)
                .forEach(tag -> table.add(tag.name(), tag.weight(), Map.of()));
    }

    /** Adds {@code Lora_0 Model name} (ComfyUI's SaveImageWithMetaData) and {@code AddNet Model 1} (additional networks). */
    private static void addNumbered(LoraTable table, Infotext infotext) {
        for (Pair pair : infotext.pairs()) {
            Matcher lora = NUMBERED_LORA.matcher(pair.key());
            if (lora.matches()) {
                String prefix = "Lora_" + lora.group(1) + " ";
                table.add(
                        pair.value(),
                        infotext.filled(prefix + "Strength model").flatMap(Numbers::decimal),
                        infotext.filled(prefix + "Model hash")
                                .map(HashKinds::of)
                                .orElse(Map.of()));
            } else if (pair.key().regionMatches(true, 0, "AddNet Model ", 0, 13)) {
                String number = pair.key().substring(13);
                HashKinds.bracketed(pair.value())
                        .ifPresent(found -> table.add(
                                found.name(),
                                infotext.filled("AddNet Weight A " + number)
                                        .or(() -> infotext.filled("AddNet Weight " + number))
                                        .flatMap(Numbers::decimal),
                                found.hashes()));
            }
        }
    }

    /** Adds SD.Next's list of names; strengths may follow a name behind a colon. */
    private static void addNetworks(LoraTable table, String list) {
        for (String entry : list.split(",", NetworkTag.MAX_TAGS)) {
            String[] parts = entry.split(":", -1);
            table.add(
                    parts[0], parts.length > 1 ? Numbers.decimal(parts[parts.length - 1]) : Optional.empty(), Map.of());
        }
    }
}
