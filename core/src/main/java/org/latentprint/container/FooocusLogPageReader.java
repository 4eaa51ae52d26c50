package org.latentprint.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads Fooocus' {@code log.html} of a day in the layouts that {@code modules/private_logger.py} has had since August 2023, and those of
 * its forks: paragraphs, tables, and tables with a copy button. Of each entry come {@code image}, the name of the picture, and
 * {@code parameters}, the JSON that stands percent-encoded in the button, or {@code table}, the lines as the page shows them, where there is
 * no button or where it cannot hold them all. A browser hides the entries whose picture is gone; here they are all read. Early
 * versions put each new entry before the page's own head.
 */
final class FooocusLogPageReader implements ContainerReader {
    private static final String ID = "fooocus-log/3";
    private static final String CONTAINER = "html/fooocus-log";
    private static final Pattern TITLE = Pattern.compile("<(?:title|p)>Fooocus(?:Plus)? Log ");

    /** The names that {@code generate_temp_filename} in {@code modules/util.py} gives, with the point before the ending taken out. */
    private static final String DATED = "\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d_\\d{4}_[a-z]{3,4}";

    private static final Pattern DATED_ENTRY =
            Pattern.compile("\\s*<div id=\"" + DATED + "\"[^>]{0,200}>\\s*<(?:hr|p|table)>");
    private static final Pattern ENTRY =
            Pattern.compile("<div id=\"(?:[^\"<>\\n]{1,300}\" class=\"image-container\"|" + DATED + "\")");
    private static final Pattern IMAGE = Pattern.compile("<img src=(['\"])");
    private static final String BEGINNING = "<div";
    private static final String END = "</div>";
    private static final String BUTTON = "to_clipboard('";
    private static final String TABLE_LINE = "<tr><td ";
    private static final String PARAGRAPH_LINE = ": <b>";

    /** A key that the button's object holds once where the page may have it several times: LoRAs without a number. */
    private static final String UNNUMBERED_LORA = "%22LoRA%22";

    /** A day of a thousand pictures takes some ten megabytes. */
    private static final int MAX_SIZE = 64 << 20;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        return TextHead.of(head)
                .filter(text ->
                        TITLE.matcher(text).find() || DATED_ENTRY.matcher(text).lookingAt())
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
        Matcher entry = ENTRY.matcher(page);
        int start = entry.find() ? entry.start() : -1;
        while (start >= 0) {
            int next = entry.find() ? entry.start() : -1;
            entry(page, start, next < 0 ? page.length() : next, sink);
            start = next;
        }
    }

    private static void entry(String page, int start, int end, BlockSink sink) {
        String entry = page.substring(start, end);
        Matcher image = IMAGE.matcher(entry);
        int imageEnd = image.find() ? entry.indexOf(image.group(1), image.end()) : -1;
        int button = entry.indexOf(BUTTON);
        int buttonEnd = button < 0 ? -1 : entry.indexOf('\'', button + BUTTON.length());
        boolean lines = entry.contains(TABLE_LINE) || entry.contains(PARAGRAPH_LINE);
        if (imageEnd < 0 || (buttonEnd < 0 && !lines)) {
            sink.problem(
                    Problem.at(Category.UNSUPPORTED, ID, "an entry without picture or settings was not read", start));
            return;
        }
        // What follows the last end is of the page, or the beginning of an entry that was cut off.
        int last = entry.lastIndexOf(END) + END.length();
        boolean whole = last >= END.length() && count(entry.substring(0, last), BEGINNING) == count(entry, END);
        if (!whole) {
            sink.problem(Problem.at(Category.MALFORMED, ID, "an entry does not end; the page may be cut", start));
        }
        block("image", entry, image.end(), imageEnd, start, sink);
        if (buttonEnd >= 0) {
            block("parameters", entry, button + BUTTON.length(), buttonEnd, start, sink);
        }
        if (buttonEnd < 0 || entry.substring(button, buttonEnd).contains(UNNUMBERED_LORA)) {
            block("table", entry, 0, whole ? last : entry.length(), start, sink);
        }
    }

    private static int count(String text, String mark) {
        int count = 0;
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length())) {
            count++;
        }
        return count;
    }

    private static void block(String key, String entry, int from, int to, int offset, BlockSink sink) {
        byte[] raw = entry.substring(from, to).getBytes(StandardCharsets.ISO_8859_1);
        DecodedText decoded = TextDecoder.utf8OrLatin1(key.equals("parameters") ? percentDecoded(raw) : raw);
        sink.block(CONTAINER, key, offset + from, raw.length, MetadataBlock.Crc.NONE, Optional.of(decoded));
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
