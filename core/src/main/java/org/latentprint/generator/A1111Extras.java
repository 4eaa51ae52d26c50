package org.latentprint.generator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.generator.infotext.Infotext;
import org.latentprint.generator.infotext.InfotextFields;

/**
 * What AUTOMATIC1111's Extras tab writes: one line of settings that begin with {@code Postprocess} (key {@code postprocessing},
 * {@code modules/postprocessing.py}), before 2023 a line for each step, such as {@code Upscale: 2, visibility: 1.0, model:ESRGAN_4x} (key
 * {@code extras}, {@code modules/extras.py}).
 */
final class A1111Extras {
    private static final String POSTPROCESS = "Postprocess";
    private static final Pattern EARLY = Pattern.compile("(GFPGAN visibility|CodeFormer w|Upscale): ?\\d(?s:.*)");
    private static final Pattern EARLY_UPSCALE = Pattern.compile("(?m)^Upscale: [^\\n]{0,100}?model:([^\\n]{1,200})$");

    /** Formulas and the empty choice, which are no models. */
    private static final Pattern NO_MODEL = Pattern.compile("None|Lanczos|Nearest");

    private A1111Extras() {}

    static boolean isIn(String text) {
        return text.startsWith(POSTPROCESS) || EARLY.matcher(text).matches();
    }

    static Task task(String text) {
        return text.contains("Postprocess upscale")
                        || EARLY_UPSCALE.matcher(text).find()
                ? Task.UPSCALE
                : Task.PROCESSED;
    }

    static void fill(String text, GenerationBuilder builder) {
        if (text.startsWith(POSTPROCESS)) {
            InfotextFields.fillSettings(Infotext.settings(text), builder);
            return;
        }
        builder.setting("extras", EmbeddedData.shortened(text.strip()));
        Matcher upscale = EARLY_UPSCALE.matcher(text);
        while (upscale.find()) {
            String name = upscale.group(1).strip();
            if (!name.isEmpty() && !NO_MODEL.matcher(name).matches()) {
                builder.model(NamedModel.named("upscaler", name));
            }
        }
    }
}
