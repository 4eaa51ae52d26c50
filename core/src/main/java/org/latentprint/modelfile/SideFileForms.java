package org.latentprint.modelfile;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The forms of side files that are JSON. After butaixianran/Stable-Diffusion-Webui-Civitai-Helper (.civitai.info),
 * LykosAI/StabilityMatrix (ConnectedModelInfo.cs), willmiao/ComfyUI-Lora-Manager (docs/metadata-json-schema.md),
 * mcmonkeyprojects/SwarmUI (T2IModelHandler.cs), AUTOMATIC1111 ({@code modules/ui_extra_networks_user_metadata.py}),
 * vladmandic/sdnext ({@code modules/civitai}) and PEFT (adapter_config.json).
 */
final class SideFileForms {
    /**
     * A form.
     *
     * @param ending of the file's name
     * @param start what its beginning must hold where the ending is common; without it, an unreadable file is a problem
     * @param word the name of the form in facts
     * @param read takes the values
     */
    record Form(String ending, Optional<Pattern> start, String word, BiConsumer<JsonNode, SideClaims> read) {
        Form(String ending, String word, BiConsumer<JsonNode, SideClaims> read) {
            this(ending, Optional.empty(), word, read);
        }

        /** Says whether the name alone tells the form. */
        boolean sure() {
            return start.isEmpty();
        }

        boolean fits(String name, String text) {
            return name.endsWith(ending)
                    && start.map(pattern -> pattern.matcher(text).find()).orElse(true);
        }
    }

    private static final Optional<Pattern> SPECIFICATION = Optional.of(Pattern.compile("\"modelspec\\."));

    /** The keys of AUTOMATIC1111's card editor; what the user describes stands before the others and may be long. */
    private static final Optional<Pattern> CARD = Optional.of(Pattern.compile(
            "^\\s*\\{\\s*\"(description|sd version|activation text|preferred weight|negative text|notes)\"\\s*:"));

    private static final Optional<Pattern> VERSION = Optional.of(Pattern.compile("\"modelId\"\\s*:\\s*\\d"));

    private static final List<Form> FORMS = List.of(
            new Form(".civitai.info", "civitai-info", SideFileForms::civitai),
            new Form(".cm-info.json", "stability-matrix", SideFileForms::stabilityMatrix),
            new Form(".metadata.json", "lora-manager", SideFileForms::loraManager),
            new Form(".swarm.json", SPECIFICATION, "swarmui", SideFileForms::swarm),
            new Form("adapter_config.json", "peft-config", SideFileForms::peft),
            new Form(".json", CARD, "a1111-card", SideFileForms::card),
            new Form(".json", VERSION, "civitai-version", SideFileForms::version));

    private SideFileForms() {}

    /** Returns the form of a file by its name and how it begins. */
    static Optional<Form> of(String name, String start) {
        return FORMS.stream().filter(form -> form.fits(name, start)).findFirst();
    }

    private static void civitai(JsonNode json, SideClaims claims) {
        claims.put(json, "modelId", "modelId");
        claims.put(json, "id", "versionId");
        claims.put(json.path("model"), "name", "modelName");
        claims.put(json.path("model"), "type", "modelType");
        claims.put(json, "name", "versionName");
        claims.put(json, "baseModel", "baseModel");
        claims.words(json.path("trainedWords"));
        claims.put(json, "downloadUrl", "downloadUrl");
        claims.time(BoundedJson.field(json, "createdAt"), "publishedAt");
        JsonNode file = primary(json.path("files"));
        claims.put(file, "name", "fileName");
        claims.hashes(file.path("hashes"));
    }

    /** Returns the file called primary, or the only one. */
    private static JsonNode primary(JsonNode files) {
        for (JsonNode file : files) {
            if (file.path("primary").isBoolean() && file.path("primary").asBoolean()) {
                return file;
            }
        }
        return files.size() == 1 ? files.path(0) : files.path("none");
    }

    private static void stabilityMatrix(JsonNode json, SideClaims claims) {
        claims.put(json, "ModelId", "modelId");
        claims.put(json, "VersionId", "versionId");
        claims.put(json, "ModelName", "modelName");
        claims.put(json, "ModelType", "modelType");
        claims.put(json, "VersionName", "versionName");
        claims.put(json, "BaseModel", "baseModel");
        claims.words(json.path("TrainedWords"));
        claims.put(json, "Source", "source");
        claims.time(BoundedJson.field(json, "ImportedAt"), "importedAt");
        claims.hashes(json.path("Hashes"));
    }

    private static void loraManager(JsonNode json, SideClaims claims) {
        if (!json.has("file_name") && !json.has("sha256")) {
            return;
        }
        claims.put(json.path("civitai"), "modelId", "modelId");
        claims.put(json.path("civitai"), "id", "versionId");
        claims.put(json, "model_name", "modelName");
        claims.put(json.path("civitai"), "name", "versionName");
        claims.put(json, "base_model", "baseModel");
        claims.words(json.path("civitai").path("trainedWords"));
        claims.put(json, "file_path", "originalPath");
        claims.put(json, "notes", "notes");
        claims.seconds(BoundedJson.field(json, "modified"), "importedAt");
        claims.hashes(json);
    }

    private static void peft(JsonNode json, SideClaims claims) {
        if (!json.has("peft_type")) {
            return;
        }
        claims.put(json, "peft_type", "peftType");
        claims.put(json, "base_model_name_or_path", "baseModel");
        claims.put(json, "r", "rank");
        claims.put(json, "lora_alpha", "alpha");
    }

    /** SwarmUI's copy of a header for formats that have none; its files beside pictures hold other keys. */
    private static void swarm(JsonNode json, SideClaims claims) {
        claims.put(json, "modelspec.title", "modelName");
        claims.put(json, "modelspec.architecture", "architecture");
        claims.put(json, "modelspec.author", "author");
        claims.put(json, "modelspec.date", "date");
        claims.put(json, "modelspec.trigger_phrase", "trainedWords");
        claims.put(json, "modelspec.merged_from", "mergedFrom");
        claims.put(json, "modelspec.license", "license");
        BoundedJson.field(json, "modelspec.hash_sha256")
                .map(hash -> hash.startsWith("0x") ? hash.substring(2) : hash)
                .filter(hash -> hash.matches("[0-9a-fA-F]{64}"))
                .ifPresent(hash -> claims.put("tensorSha256", hash.toLowerCase(java.util.Locale.ROOT)));
    }

    /** The user's own notes on a model. Other JSON has a description, too: two of the editor's own keys must be there. */
    private static void card(JsonNode json, SideClaims claims) {
        long known = java.util.stream.Stream.of("sd version", "activation text", "preferred weight", "negative text")
                .filter(json::has)
                .count();
        if (known < 2) {
            return;
        }
        claims.put("noteKeys", Long.toString(known));
        claims.put(json, "description", "description");
        claims.put(json, "sd version", "baseModel");
        claims.put(json, "activation text", "trainedWords");
        claims.put(json, "preferred weight", "preferredWeight");
        claims.put(json, "negative text", "negativeText");
        claims.put(json, "notes", "notes");
    }

    /** A version as the site's interface gives it, under a plain name; other JSON has model numbers, too. */
    private static void version(JsonNode json, SideClaims claims) {
        if (json.path("baseModel").isString()
                && json.path("files").isArray()
                && json.path("modelId").isNumber()) {
            civitai(json, claims);
        }
    }
}
