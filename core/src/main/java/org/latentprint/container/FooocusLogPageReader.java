package org.latentprint.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads Fooocus' {@code log.html} of a day ({@code modules/private_logger.py}). Of each entry come two blocks: {@code image}, the
 * name of the picture, and {@code parameters}, the JSON that stands percent-encoded in its copy button. A browser hides the entries whose
 * picture is gone; here they are all read.
 */
final class FooocusLogPageReader implements ContainerReader {
    private static final String ID = "fooocus-log/1";
    private static final String CONTAINER = "html/fooocus-log";
    private static final String ENTRY = "class=\"image-container\"";
    private static final String IMAGE = "<img src='";
    private static final String BUTTON = "to_clipboard('";

    /** A day of a thousand pictures takes some ten megabytes. */
    private static final int MAX_SIZE = 64 << 20;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        return TextHead.of(head)
                .filter(text -> text.contains("<title>Fooocus Log"))
                .map(text -> "text/html");
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        int size = (int) Math.min(bytes.size(), MAX_SIZE);
        if (bytes.size() > MAX_SIZE) {
            sink.problem(Problem.at(
                    Category.LIMIT, ID, bytes.size() + " bytes; the first " + MAX_SIZE + " are read", MAX_SIZE));
        }
        // One character for each byte, so that places in the text are places in the file.
        String page = new String(bytes.readExactly(0, size), StandardCharsets.ISO_8859_1);
        for (int start = page.indexOf(ENTRY); start >= 0; ) {
            int next = page.indexOf(ENTRY, start + ENTRY.length());
            entry(page, start, next < 0 ? page.length() : next, sink);
            start = next;
        }
    }

    private static void entry(String page, int start, int end, BlockSink sink) {
        int image = page.indexOf(IMAGE, start);
        int button = page.indexOf(BUTTON, start);
        int imageEnd = page.indexOf('\'', image + IMAGE.length());
        int buttonEnd = page.indexOf('\'', button + BUTTON.length());
        if (image < 0 || button < 0 || imageEnd < 0 || buttonEnd < 0 || imageEnd >= end || buttonEnd >= end) {
            sink.problem(Problem.at(
                    Category.UNSUPPORTED, ID, "an entry without picture or copied settings was not read", start));
            return;
        }
        block("image", page, image + IMAGE.length(), imageEnd, sink);
        block("parameters", page, button + BUTTON.length(), buttonEnd, sink);
    }

    private static void block(String key, String page, int start, int end, BlockSink sink) {
        byte[] raw = page.substring(start, end).getBytes(StandardCharsets.ISO_8859_1);
        DecodedText decoded = TextDecoder.utf8OrLatin1(key.equals("image") ? raw : percentDecoded(raw));
        sink.block(CONTAINER, key, start, raw.length, MetadataBlock.Crc.NONE, Optional.of(decoded));
    }

    /** Decodes {@code %XX}; what is none stays as it is. */
    private static byte[] percentDecoded(byte[] raw) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%'
                    && i + 2 < raw.length
                    && HexFormat.isHexDigit(raw[i + 1])
                    && HexFormat.isHexDigit(raw[i + 2])) {
                decoded.write(HexFormat.fromHexDigit(raw[i + 1]) << 4 | HexFormat.fromHexDigit(raw[i + 2]));
                i += 2;
            } else {
                decoded.write(raw[i]);
            }
        }
        return decoded.toByteArray();
    }
}
