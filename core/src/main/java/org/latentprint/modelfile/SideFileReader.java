package org.latentprint.modelfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import tools.jackson.databind.JsonNode;

/**
 * Reads what programs leave beside a model: where it was loaded from, when, and under which hashes. Such files outlive the
 * model. JSON forms stand in {@link SideFileForms}; the others are huggingface_hub's marks of downloads (local_dir's
 * .metadata) and model cards, the settings of tdrussell/diffusion-pipe, hashes that savers keep
 * (alexopus/ComfyUI-Image-Saver) and Windows' marks (Zone.Identifier, [MS-FSCC] 5.6.1).
 */
public final class SideFileReader implements ModelFileReader {
    /** The container's word of what this reader reads. */
    static final String CONTAINER = "side-file";

    private static final String ZONE = "Zone.Identifier";
    private static final String HASH = ".sha256";

    /** The fact that names the form of a side file. */
    static final String FACT = "sideFile";

    private static final Set<String> MODELS =
            Set.of("safetensors", "sft", "ckpt", "pt", "pth", "bin", "gguf", "onnx", "engine", "pkl");

    /** Side files have some 20 KB; those with many sample images up to a megabyte. */
    private static final int MAX_SIZE = BoundedJson.MAX_LENGTH;

    /** Of files whose names many others have, how much is looked at before a tree is made of them. */
    private static final int START = 2_048;

    /** Commit, etag and time: three lines (huggingface_hub: _local_folder.py). */
    private static final Pattern HUB = Pattern.compile(
            "([0-9a-f]{40})\\r?\\n\"?([0-9a-f]{64}|[0-9a-f]{40})\"?\\r?\\n(\\d{9,10})(?:\\.\\d{1,9})?\\s*");

    private static final Pattern SHA256 = Pattern.compile("\\s*([0-9a-fA-F]{64})\\s*");

    @Override
    public String id() {
        return "model-side-file/2";
    }

    @Override
    public boolean recognise(byte[] head, String name, long size) {
        String ending = ModelFileReaders.ending(name);
        return switch (ending) {
            case "json", "info" -> SideFileForms.of(name, start(head)).isPresent();
            case "md" -> ModelCard.begins(name, start(head));
            case "toml" -> DiffusionPipeSettings.begins(name, new String(head, StandardCharsets.ISO_8859_1));
            case "metadata" -> true;
            case "sha256" -> SHA256.matcher(start(head)).matches();
            default -> ofModel(name).isPresent();
        };
    }

    private static String start(byte[] head) {
        return new String(head, 0, Math.min(head.length, START), StandardCharsets.UTF_8);
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
        String start = start(bytes.readExactly(0, (int) Math.min(START, bytes.size())));
        Optional<SideFileForms.Form> form = SideFileForms.of(name, start);
        if (bytes.size() > MAX_SIZE) {
            head.problem(
                    Problem.Category.LIMIT,
                    "a side file of " + bytes.size() + " bytes; at most " + MAX_SIZE + " are read",
                    0);
            return form.filter(SideFileForms.Form::sure).map(sure -> head);
        }
        String text = new String(bytes.readExactly(0, (int) bytes.size()), StandardCharsets.UTF_8);
        SideClaims claims = new SideClaims(head.metadata());
        if (form.isPresent()) {
            JsonNode json = BoundedJson.tree(text);
            head.formatFacts().put(FACT, form.get().word());
            if (!json.isObject() || json.isEmpty()) {
                head.malformed("the side file is no JSON object", 0);
                return form.filter(SideFileForms.Form::sure).map(sure -> head);
            }
            form.get().read().accept(json, claims);
        } else {
            readText(text, name, head, claims);
        }
        // Names alone decide nothing: a file that states none of the form's values is something else.
        return head.metadata().isEmpty() ? Optional.empty() : Optional.of(head);
    }

    private static void readText(String text, String name, ModelHead head, SideClaims claims) {
        Optional<String> model = ofModel(name);
        if (model.isPresent()) {
            zone(text, claims);
            claims.put("fileName", model.get());
            head.formatFacts().put(FACT, "zone-identifier");
            return;
        }
        switch (ModelFileReaders.ending(name)) {
            case "md" -> {
                ModelCard.read(text, claims);
                head.formatFacts().put(FACT, "model-card");
            }
            case "toml" -> {
                DiffusionPipeSettings.read(text, claims).ifPresent(head::training);
                head.formatFacts().put(FACT, "diffusion-pipe");
            }
            case "sha256" -> {
                hash(text, name, claims);
                head.formatFacts().put(FACT, "sha256");
            }
            default -> {
                hub(text, claims);
                head.formatFacts().put(FACT, "hub-download");
            }
        }
    }

    /** The hash of a model that a saver computed once; it names the file by its own name. */
    private static void hash(String text, String name, SideClaims claims) {
        Matcher matcher = SHA256.matcher(text);
        if (matcher.matches()) {
            claims.put("sha256", matcher.group(1).toLowerCase(java.util.Locale.ROOT));
            claims.put("fileName", name.substring(0, name.length() - HASH.length()));
        }
    }

    private static void zone(String text, SideClaims claims) {
        if (!text.contains("[ZoneTransfer]")) {
            return;
        }
        text.lines().limit(SideClaims.MAX_WORDS).forEach(line -> {
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

    private static void hub(String text, SideClaims claims) {
        Matcher matcher = HUB.matcher(text);
        if (!matcher.matches()) {
            return;
        }
        claims.put("hubRevision", matcher.group(1));
        claims.put(matcher.group(2).length() == 64 ? "sha256" : "gitSha1", matcher.group(2));
        claims.seconds(Optional.of(matcher.group(3)), "importedAt");
    }
}
