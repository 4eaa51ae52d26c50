package org.latentprint.container;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.latentprint.container.EbmlElements.Element;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Reads Matroska and WebM: tags, the names of title and writing programs, chapters, attachments; clusters are stepped over. ComfyUI
 * writes its graphs as tags (SaveWEBM in {@code comfy_extras/nodes_video.py}), through FFmpeg, which writes their names in
 * capitals. Source: RFC 9559.
 */
public final class MatroskaReader implements ContainerReader {
    static final String ID = "matroska/2";

    private static final byte[] MAGIC = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3};
    private static final int DOCUMENT_TYPE = 0x4282;

    private static final long EBML = 0x1A45DFA3L;
    private static final long SEGMENT = 0x18538067L;
    private static final long VOID = 0xEC;
    private static final long CHECKSUM = 0xBF;
    private static final long INFO = 0x1549A966L;
    private static final long TRACKS = 0x1654AE6BL;
    private static final long TRACK = 0xAE;
    private static final long VIDEO = 0xE0;
    private static final long PIXEL_WIDTH = 0xB0;
    private static final long PIXEL_HEIGHT = 0xBA;
    private static final long TAGS = 0x1254C367L;
    private static final long ATTACHMENTS = 0x1941A469L;
    private static final long CHAPTERS = 0x1043A770L;

    /** The longest integer that EBML knows, in bytes. */
    private static final int MAX_INTEGER = 8;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        if (head.length < MAGIC.length || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        for (int at = MAGIC.length; at + 3 < head.length; at++) {
            if (((head[at] & 0xFF) << 8 | (head[at + 1] & 0xFF)) == DOCUMENT_TYPE) {
                // The size has as many bytes as its first one has zeros before its first one bit, and that one.
                int word = at + 2 + Integer.numberOfLeadingZeros(head[at + 2] & 0xFF) - 23;
                return startsWith(head, word, "webm")
                        ? Optional.of("video/webm")
                        : startsWith(head, word, "matroska") ? Optional.of("video/x-matroska") : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] head, int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= head.length || head[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        new Walk(bytes, sink).run();
    }

    /** One walk over one item's elements. */
    private static final class Walk {
        private final BlockSink sink;
        private final ByteWindow window;
        private final EbmlElements elements;
        private final MatroskaTags tags;
        private boolean sized;

        Walk(EvidenceBytes bytes, BlockSink sink) {
            this.sink = sink;
            this.window = new ByteWindow(bytes);
            this.elements = new EbmlElements(window, ID, sink);
            this.tags = new MatroskaTags(bytes, elements, sink);
        }

        void run() throws IOException {
            long position = 0;
            // Once an element had no size, what it holds stands on this level, and the format's end cannot be told.
            boolean open = false;
            while (position < window.size()) {
                Optional<Element> next = elements.at(position, window.size());
                if (next.isEmpty() || (!open && !isTopLevel(next.get().id()))) {
                    sink.trailing(position, window.size() - position);
                    return;
                }
                Element element = next.get();
                if (element.isSized()) {
                    if (element.id() == SEGMENT) {
                        elements.forEach(element, this::inSegment);
                    } else {
                        inSegment(element);
                    }
                    position = element.end();
                } else {
                    open = true;
                    position = element.start();
                }
            }
        }

        private static boolean isTopLevel(long id) {
            return id == EBML || id == SEGMENT || id == VOID || id == CHECKSUM;
        }

        private void inSegment(Element element) throws IOException {
            if (element.id() == INFO) {
                elements.forEach(element, tags::information);
            } else if (element.id() == TRACKS) {
                elements.forEach(element, this::track);
            } else if (element.id() == TAGS) {
                elements.forEach(element, tags::tag);
            } else if (element.id() == ATTACHMENTS) {
                elements.forEach(element, tags::attachment);
            } else if (element.id() == CHAPTERS) {
                elements.forEach(element, tags::chapters);
            }
        }

        private void track(Element track) throws IOException {
            if (track.id() != TRACK) {
                return;
            }
            elements.forEach(track, element -> {
                if (element.id() == VIDEO) {
                    video(element);
                } else {
                    tags.trackName(element);
                }
            });
        }

        /** Takes the size of the first picture track that has one. */
        private void video(Element video) throws IOException {
            long[] size = new long[2];
            elements.forEach(video, element -> {
                if (element.id() == PIXEL_WIDTH) {
                    size[0] = integer(element);
                } else if (element.id() == PIXEL_HEIGHT) {
                    size[1] = integer(element);
                }
            });
            boolean usable = Arrays.stream(size).allMatch(each -> each > 0 && each <= Integer.MAX_VALUE);
            if (usable && !sized) {
                sink.pixels((int) size[0], (int) size[1]);
                sized = true;
            }
        }

        private long integer(Element element) throws IOException {
            if (!element.isWhole() || element.length() > MAX_INTEGER) {
                return 0;
            }
            long value = 0;
            for (long at = element.start(); at < element.end(); at++) {
                value = value << 8 | window.u8(at);
            }
            return value;
        }
    }
}
