package org.latentprint.generator;

import java.util.Optional;
import org.latentprint.generator.infotext.Infotext;
import tools.jackson.databind.JsonNode;

/**
 * The generator on Civitai's site. It writes {@code Civitai resources} and, in most, {@code Civitai metadata} and
 * {@code Created Date}; no program version and no file's hash. Programs that add {@code Civitai resources} to their own text
 * (ComfyUI nodes) write both, and are left to their readers. {@code Civitai metadata} repeats in newer files what the page asked for:
 * the workflow's key and the pictures fed in, each with its address ({@code src/server/services/orchestrator} and
 * {@code src/server/orchestrator/infrastructure/base.schema.ts} of civitai/civitai).
 */
final class CivitaiReader extends InfotextReader {
    /** The page takes some ten pictures at most. */
    private static final int MAX_PICTURES = 100;

    CivitaiReader() {
        super("civitai/2");
    }

    @Override
    Optional<String> generator(Infotext infotext) {
        boolean own = infotext.has("Civitai metadata")
                || (infotext.has("Civitai resources")
                        && !infotext.has("Model hash")
                        && !infotext.has("Model")
                        && !infotext.has("Hashes"));
        return own && !infotext.has("Version") && !infotext.has("App") ? Optional.of("Civitai") : Optional.empty();
    }

    @Override
    void refine(Infotext infotext, GenerationBuilder builder) {
        infotext.filled("Civitai metadata").flatMap(GeneratorJson::object).ifPresent(json -> {
            GeneratorJson.text(json, "workflow")
                    .flatMap(CivitaiReader::task)
                    .ifPresent(task -> builder.task(Optional.of(task)));
            picture(json.path("sourceImage"), "init", builder);
            picture(json.path("endSourceImage"), "end", builder);
            builder.first(json.path("images").valueStream(), MAX_PICTURES, "pictures")
                    .forEach(image -> picture(image, "input", builder));
        });
    }

    private static void picture(JsonNode image, String role, GenerationBuilder builder) {
        Optional<String> address =
                image.isString() ? Optional.of(image.stringValue()) : GeneratorJson.text(image, "url");
        address.flatMap(EmbeddedData::name).ifPresent(name -> builder.input(new InputMedia(role, name)));
    }

    /** The key names the kind of task first, such as {@code img2img-upscale} or {@code txt2img:hires-fix}. */
    private static Optional<Task> task(String workflow) {
        if (workflow.contains("upscale")) {
            return Optional.of(Task.UPSCALE);
        }
        if (workflow.contains("background")) {
            return Optional.of(Task.PROCESSED);
        }
        return switch (workflow.split("[-:]", 2)[0]) {
            case "txt2img" -> Optional.of(Task.TXT2IMG);
            case "img2img" -> Optional.of(Task.IMG2IMG);
            case "txt2vid" -> Optional.of(Task.TXT2VID);
            case "img2vid" -> Optional.of(Task.IMG2VID);
            default -> Optional.empty();
        };
    }
}
