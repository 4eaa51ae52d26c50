package org.latentprint.generator;

import java.util.Optional;
import org.latentprint.generator.infotext.Infotext;
import org.latentprint.generator.infotext.SdcppRecord;

/**
 * stable-diffusion.cpp ({@code get_image_params} in {@code examples/cli/main.cpp}, later {@code examples/common}). Sampler and
 * scheduler stand in one value. Newer builds append {@code SDCPP:} with the same as JSON, whose LoRAs and further models are read, too.
 * The text stands in PNG and JPEG, in WebP as XMP, in AVI as {@code ICMT} and in WebM as {@code COMMENT} ({@code media_io.cpp}).
 */
final class StableDiffusionCppReader extends InfotextReader {
    private static final String NAME = "stable-diffusion.cpp";

    StableDiffusionCppReader() {
        super("sdcpp/2");
    }

    @Override
    Optional<String> generator(Infotext infotext) {
        return infotext.filled("Version")
                .filter(NAME::equals)
                .or(() -> infotext.filled("SDCPP").map(json -> NAME));
    }

    @Override
    void refine(Infotext infotext, GenerationBuilder builder) {
        Optional<SdcppRecord> json = SdcppRecord.of(infotext);
        builder.version(json.flatMap(SdcppRecord::version));
        json.ifPresent(found -> {
            found.models().forEach(builder::model);
            found.loras().forEach(builder::lora);
        });
    }
}
