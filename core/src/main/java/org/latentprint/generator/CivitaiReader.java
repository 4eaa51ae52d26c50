package org.latentprint.generator;

import java.util.Optional;
import org.latentprint.generator.infotext.Infotext;

/**
 * The generator on Civitai's site. It writes {@code Civitai resources} and, in most, {@code Civitai metadata} and
 * {@code Created Date}; no program version and no file's hash. Programs that add {@code Civitai resources} to their own text
 * (ComfyUI nodes) write both, and are left to their readers.
 */
final class CivitaiReader extends InfotextReader {
    CivitaiReader() {
        super("civitai/1");
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
        // The common keys say all that this program records.
    }
}
