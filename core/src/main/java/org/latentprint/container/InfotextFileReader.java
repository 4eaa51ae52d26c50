package org.latentprint.container;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads small text files that hold a generation's text: AUTOMATIC1111's {@code params.txt} ({@code modules/processing.py}) and
 * the file it writes beside a picture ({@code modules/images.py}, {@code save_image}), and Easy Diffusion's ({@code save_dicts} in
 * sdkit's {@code sdkit/utils/file_utils.py}). No bytes mark such a file, so it must hold a line of settings, or Easy Diffusion's
 * lines for model, steps and sampler; other text files are left alone.
 */
final class InfotextFileReader implements ContainerReader {
    private static final String ID = "infotext-file/2";

    /** Longer than any prompt seen, and short enough for what is not made for reading. */
    private static final int MAX_SIZE = 64 << 10;

    private static final Pattern SETTINGS = Pattern.compile("(^|\\n)Steps: ?\\d{1,6}, ?[A-Z]");
    private static final Pattern PROMISING =
            Pattern.compile("(^|\\n)(Steps: ?\\d|Negative prompt: |Stable Diffusion model: )");
    private static final List<Pattern> EASY_DIFFUSION = List.of(
            Pattern.compile("(^|\\n)Stable Diffusion model: ?\\S"),
            Pattern.compile("(^|\\n)Steps: ?\\d{1,6}\\s*(\\n|$)"),
            Pattern.compile("(^|\\n)Sampler: ?\\S"));

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        return TextHead.of(head).filter(text -> PROMISING.matcher(text).find()).map(text -> "text/plain");
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        if (bytes.size() > MAX_SIZE) {
            sink.problem(Problem.of(
                    Category.LIMIT,
                    ID,
                    "a text of " + bytes.size() + " bytes that begins like a generation's; up to " + MAX_SIZE
                            + " are read"));
            return;
        }
        int size = (int) bytes.size();
        DecodedText text = TextDecoder.utf8OrLatin1(bytes.readExactly(0, size));
        if (SETTINGS.matcher(text.text()).find()
                || EASY_DIFFUSION.stream()
                        .allMatch(line -> line.matcher(text.text()).find())) {
            sink.block("text/plain", "parameters", 0, size, MetadataBlock.Crc.NONE, Optional.of(text));
        }
    }
}
