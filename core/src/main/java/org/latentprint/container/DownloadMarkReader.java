package org.latentprint.container;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads the mark that Windows keeps with a file that came from elsewhere: the stream {@code Zone.Identifier} of a file on NTFS,
 * or a file of that name where the stream was copied out. Each line is a block of its own: {@code ZoneId},
 * {@code ReferrerUrl}, {@code HostUrl} and others.
 *
 * <p>Source: [MS-FSCC], 5.6.1; Chromium, {@code components/services/quarantine/quarantine_win.cc}.
 */
public final class DownloadMarkReader implements ContainerReader {
    /** The type of such an item in a case. */
    public static final String MEDIA_TYPE = "text/x-zone-identifier";

    /** What its blocks are called. */
    public static final String CONTAINER = "windows/zone";

    private static final String ID = "download-mark/1";
    private static final String SECTION = "[ZoneTransfer]";

    /** Marks have a few lines; an address may have several thousand characters. */
    private static final int MAX_SIZE = 256 << 10;

    /** Windows and the browsers write six different ones. */
    private static final int MAX_LINES = 100;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        return TextHead.of(head).filter(text -> text.startsWith(SECTION)).map(text -> MEDIA_TYPE);
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        byte[] all = bytes.readExactly(0, (int) Math.min(bytes.size(), MAX_SIZE));
        if (bytes.size() > MAX_SIZE) {
            sink.problem(Problem.at(
                    Category.LIMIT, ID, bytes.size() + " bytes; the first " + MAX_SIZE + " are read", MAX_SIZE));
        }
        int lines = 0;
        for (int start = 0, end; start < all.length; start = end + 1) {
            end = lineEnd(all, start);
            int equals = indexOf(all, '=', start, end);
            if (equals > start && ++lines > MAX_LINES) {
                sink.problem(Problem.at(
                        Category.LIMIT, ID, "more than " + MAX_LINES + " lines; the rest is not read", start));
                return;
            }
            if (equals > start) {
                line(all, start, equals, end, sink);
            }
            if (end == all.length) {
                sink.problem(Problem.at(Category.MALFORMED, ID, "the last line has no line end; it may be cut", start));
            }
        }
    }

    private static void line(byte[] all, int start, int equals, int end, BlockSink sink) {
        int valueEnd = end > equals + 1 && all[end - 1] == '\r' ? end - 1 : end;
        String key = TextDecoder.utf8OrLatin1(Arrays.copyOfRange(all, start, equals))
                .text()
                .strip();
        byte[] value = Arrays.copyOfRange(all, equals + 1, valueEnd);
        sink.block(
                CONTAINER,
                key,
                equals + 1L,
                value.length,
                MetadataBlock.Crc.NONE,
                Optional.of(TextDecoder.utf8OrLatin1(value)));
    }

    private static int lineEnd(byte[] all, int from) {
        int at = indexOf(all, '\n', from, all.length);
        return at < 0 ? all.length : at;
    }

    private static int indexOf(byte[] all, char wanted, int from, int to) {
        for (int at = from; at < to; at++) {
            if (all[at] == wanted) {
                return at;
            }
        }
        return -1;
    }
}
