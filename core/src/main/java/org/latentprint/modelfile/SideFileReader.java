package org.latentprint.modelfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import tools.jackson.databind.JsonNode;

/**
 * Reads what programs leave beside a model: where it was loaded from, when, and under which hashes. Such files outlive the
 * model. Forms after butaixianran/Stable-Diffusion-Webui-Civitai-Helper (.civitai.info), LykosAI/StabilityMatrix
 * (ConnectedModelInfo.cs), willmiao/ComfyUI-Lora-Manager (docs/metadata-json-schema.md), huggingface_hub (local_dir's
 * .metadata), PEFT (adapter_config.json) and Windows (Zone.Identifier, [MS-FSCC] 5.6.1).
 */
public final class SideFileReader implements ModelFileReader {
    /** The container's word of what this reader reads. */
    static final String CONTAINER = "side-file";

    private static final String ZONE = "Zone.Identifier";
    private static final Set<String> MODELS =
            Set.of("safetensors", "sft", "ckpt", "pt", "pth", "bin", "gguf", "onnx", "engine", "pkl");

    /** Side files have some 20 KB; those with many sample images up to a megabyte. */
    private static final int MAX_SIZE = BoundedJson.MAX_LENGTH;

    /** Characters of one value; longer ones are descriptions. */
    private static final int MAX_VALUE = 2_000;

    /** Trigger words and hashes of one model; real ones have a dozen. */
    private static final int MAX_WORDS = 100;

    /** Commit, etag and time: three lines (huggingface_hub: _local_folder.py). */
    private static final Pattern HUB = Pattern.compile(
            "([0-9a-f]{40})\\r?\\n\"?([0-9a-f]{64}|[0-9a-f]{40})\"?\\r?\\n(\\d{9,10})(?:\\.\\d{1,9})?\\s*");

    /** A form by the ending of its name, and what takes its values. */
    private record Form(String ending, String word, BiConsumer<JsonNode, Claims> read) {}

    private static final List<Form> FORMS = List.of(
            new Form(".civitai.info", "civitai-info", SideFileReader::civitai),
            new Form(".cm-info.json", "stability-matrix", SideFileReader::stabilityMatrix),
            new Form(".metadata.json", "lora-manager", SideFileReader::loraManager),
            new Form("adapter_config.json", "peft-config", SideFileReader::peft));

    @Override
    public String id() {
        return "model-side-file/1";
    }

    @Override
    public boolean recognise(byte[] head, String name, long size) {
        return form(name).isPresent()
                || name.endsWith(".metadata")
                || ofModel(name).isPresent();
    }

    private static Optional<Form> form(String name) {
        return FORMS.stream().filter(form -> name.endsWith(form.ending())).findFirst();
    }

    /** Returns the model's name of a download mark, which copies of NTFS streams keep with a colon or a dot. */
    private static Optional<String> ofModel(String name) {
        if (!name.endsWith(ZONE) || name.length() < ZONE.length() + 2) {
            return Optional.empty();
        }
        String model = name.substring(0, name.length() - ZONE.length() - 1);
        char separator = name.charAt(model.length());
        return (separator == ':' || separator == '.') && MODELS.contains(ModelFileReaders.ending(model))
                ? Optional.of(model)
                : Optional.empty();
    }

    @Override
    public Optional<ModelHead> read(EvidenceBytes bytes, String name) throws IOException {
        ModelHead head = new ModelHead(id(), CONTAINER);
        head.range(0, Math.min(bytes.size(), MAX_SIZE));
        if (bytes.size() > MAX_SIZE) {
            head.problem(
                    Problem.Category.LIMIT,
                    "a side file of " + bytes.size() + " bytes; at most " + MAX_SIZE + " are read",
                    0);
            return form(name).isPresent() ? Optional.of(head) : Optional.empty();
        }
        String text = new String(bytes.readExactly(0, (int) bytes.size()), StandardCharsets.UTF_8);
        Claims claims = new Claims(head.metadata());
        Optional<Form> form = form(name);
        if (form.isPresent()) {
            JsonNode json = BoundedJson.tree(text);
            if (!json.isObject() || json.isEmpty()) {
                head.malformed("the side file is no JSON object", 0);
                head.formatFacts().put("sideFile", form.get().word());
                return Optional.of(head);
            }
            form.get().read().accept(json, claims);
            head.formatFacts().put("sideFile", form.get().word());
        } else if (ofModel(name).isPresent()) {
            zone(text, claims);
            ofModel(name).ifPresent(model -> claims.put("fileName", model));
            head.formatFacts().put("sideFile", "zone-identifier");
        } else {
            hub(text, claims);
            head.formatFacts().put("sideFile", "hub-download");
        }
        // Names alone decide nothing: a file that states none of the form's values is something else.
        return head.metadata().isEmpty() ? Optional.empty() : Optional.of(head);
    }

    private static void civitai(JsonNode json, Claims claims) {
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

    private static void stabilityMatrix(JsonNode json, Claims claims) {
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

    private static void loraManager(JsonNode json, Claims claims) {
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

    private static void peft(JsonNode json, Claims claims) {
        if (!json.has("peft_type")) {
            return;
        }
        claims.put(json, "peft_type", "peftType");
        claims.put(json, "base_model_name_or_path", "baseModel");
        claims.put(json, "r", "rank");
        claims.put(json, "lora_alpha", "alpha");
    }

    private static void zone(String text, Claims claims) {
        if (!text.contains("[ZoneTransfer]")) {
            return;
        }
        text.lines().limit(MAX_WORDS).forEach(line -> {
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals).strip();
            String value = line.substring(equals + 1).strip();
            switch (key) {
                case "ZoneId" -> claims.put("zoneId", value);
                case "HostUrl" -> claims.put("downloadUrl", value);
                case "ReferrerUrl" -> claims.put("referrerUrl", value);
                case "LastWriterPackageFamilyName" -> claims.put("writtenBy", value);
                default -> {}
            }
        });
    }

    private static void hub(String text, Claims claims) {
        Matcher matcher = HUB.matcher(text);
        if (!matcher.matches()) {
            return;
        }
        claims.put("hubRevision", matcher.group(1));
        claims.put(matcher.group(2).length() == 64 ? "sha256" : "gitSha1", matcher.group(2));
        claims.seconds(Optional.of(matcher.group(3)), "importedAt");
    }

    /** What a side file claims, under one name for each thing whatever the writer calls it. */
    private record Claims(Map<String, String> into) {
        private static final Map<String, String> HASHES = Map.of(
                "SHA256", "sha256",
                "AUTOV1", "autoV1",
                "AUTOV2", "autoV2",
                "AUTOV3", "autoV3",
                "CRC32", "crc32",
                "BLAKE3", "blake3");

        void put(String key, String value) {
            if (!value.isBlank()) {
                into.putIfAbsent(key, value.substring(0, Math.min(value.length(), MAX_VALUE)));
            }
        }

        void put(JsonNode object, String field, String key) {
            BoundedJson.field(object, field).ifPresent(value -> put(key, value));
        }

        void words(JsonNode list) {
            List<String> words = new ArrayList<>();
            for (JsonNode word : list) {
                if (word.isString() && words.size() < MAX_WORDS) {
                    words.add(word.asString());
                }
            }
            put("trainedWords", String.join(", ", words));
        }

        void hashes(JsonNode hashes) {
            hashes.propertyStream().limit(MAX_WORDS).forEach(hash -> {
                String kind = HASHES.get(hash.getKey().toUpperCase(Locale.ROOT));
                if (kind != null && hash.getValue().asString("").matches("[0-9a-fA-F]{8,64}")) {
                    put(kind, hash.getValue().asString().toLowerCase(Locale.ROOT));
                }
            });
        }

        void time(Optional<String> value, String key) {
            value.ifPresent(text -> {
                try {
                    Instant instant = OffsetDateTime.parse(text).toInstant();
                    put(key, Instant.ofEpochSecond(instant.getEpochSecond()).toString());
                } catch (DateTimeException unclear) {
                    put(key, text);
                }
            });
        }

        void seconds(Optional<String> value, String key) {
            value.filter(text -> text.matches("\\d{9,10}(\\.\\d{1,9})?"))
                    .map(text -> Instant.ofEpochSecond(Long.parseLong(text.replaceFirst("\\..*", ""))))
                    .ifPresent(instant -> put(key, instant.toString()));
        }
    }
}
