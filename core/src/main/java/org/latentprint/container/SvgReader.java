package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.XmlTokens.Kind;
import org.latentprint.container.XmlTokens.Token;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.container.c2pa.StoreForm;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads SVG: what stands in {@code metadata}, XMP and other RDF, titles, descriptions, comments, Content Credentials in
 * Base64. ComfyUI writes its graphs as JSON in a CDATA section in {@code metadata} ({@code comfy_extras/nodes_images.py},
 * SaveSVGNode). Source: SVG 2; C2PA by way of c2pa-rs ({@code svg_io.rs}), whose element holds the store. SVG in UTF-16 is
 * not recognised; one packed with gzip is read as an archive.
 */
public final class SvgReader implements ContainerReader {
    private static final String ID = "svg/2";

    /** The file is read whole; what an item's texts may have together is enough. */
    private static final long MAX_READ = MetadataExtractor.MAX_TEXT;

    /** Drawings of many parts name each; more say nothing new. */
    private static final int MAX_TEXTS = 1_000;

    /** A store is one text; comments may cut it. */
    private static final int MAX_PIECES = 1_000;

    /** Longest width or height that is a number of pixels. */
    private static final int MAX_DIGITS = 9;

    private static final String CREDENTIALS = "c2pa:manifest";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        boolean text = TextHead.of(head)
                .filter(start -> start.stripLeading().startsWith("<"))
                .isPresent();
        return text && rootIsSvg(head) ? Optional.of("image/svg+xml") : Optional.empty();
    }

    private static boolean rootIsSvg(byte[] head) {
        XmlTokens tokens = new XmlTokens(head, afterMark(head));
        for (Optional<Token> token = tokens.next(); token.isPresent(); token = tokens.next()) {
            Kind kind = token.get().kind();
            if (kind == Kind.START || kind == Kind.EMPTY || kind == Kind.END) {
                return kind != Kind.END && token.get().localName().equals("svg");
            }
        }
        return false;
    }

    private static int afterMark(byte[] bytes) {
        boolean mark = bytes.length >= 3
                && (bytes[0] & 0xFF) == 0xEF
                && (bytes[1] & 0xFF) == 0xBB
                && (bytes[2] & 0xFF) == 0xBF;
        return mark ? 3 : 0;
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        if (bytes.size() > MAX_READ) {
            sink.problem(Problem.of(
                    Category.LIMIT, ID, "an SVG of " + bytes.size() + " bytes; up to " + MAX_READ + " are read"));
            return;
        }
        new Walk(bytes.readExactly(0, (int) bytes.size()), sink).run();
    }

    /**
     * An element that becomes a block when it ends.
     *
     * @param raw whether its text is the element as it is written, with its tags; else its words
     * @param start of the block's bytes
     * @param depth of the element
     */
    private record Run(String container, String key, boolean raw, int start, int depth) {}

    /** One walk over one drawing's tokens. */
    private static final class Walk {
        private final byte[] bytes;
        private final BlockSink sink;
        private final XmlTokens tokens;
        private final StringBuilder words = new StringBuilder();
        private final List<ByteRange> store = new ArrayList<>();
        private Optional<Run> run = Optional.empty();
        private int depth;
        private int metadataDepth = -1;
        private boolean inPacket;
        private int texts;

        Walk(byte[] bytes, BlockSink sink) {
            this.bytes = bytes;
            this.sink = sink;
            this.tokens = new XmlTokens(bytes, afterMark(bytes));
        }

        void run() {
            boolean ended = false;
            boolean rooted = false;
            for (Optional<Token> next = tokens.next(); next.isPresent(); next = tokens.next()) {
                Token token = next.get();
                if (ended && isForeign(token)) {
                    int start = token.start() + leadingSpace(token);
                    sink.trailing(start, (long) bytes.length - start);
                    return;
                }
                if (!rooted && (token.kind() == Kind.START || token.kind() == Kind.EMPTY)) {
                    rooted = true;
                    size(token);
                }
                token(token);
                ended = rooted && depth == 0;
            }
            if (tokens.position() < bytes.length) {
                problem(Category.MALFORMED, "a tag or comment that is not closed", tokens.position());
            } else if (!ended) {
                problem(Category.MALFORMED, "the drawing is not closed", bytes.length);
            }
        }

        private void token(Token token) {
            switch (token.kind()) {
                case START -> {
                    started(token);
                    depth++;
                }
                case END -> {
                    depth = Math.max(0, depth - 1);
                    ended(token);
                }
                case TEXT -> {
                    // Text that ends with the file may be cut.
                    if (token.end() < bytes.length && (run.isPresent() || metadataDepth >= 0)) {
                        text(token, XmlText.decoded(decoded(token.contentStart(), token.contentEnd())));
                    }
                }
                case CDATA -> text(token, decoded(token.contentStart(), token.contentEnd()));
                case COMMENT -> {
                    if (run.isEmpty()) {
                        limited("svg/comment", token, decoded(token.contentStart(), token.contentEnd()));
                    }
                }
                case INSTRUCTION -> {
                    if (token.name().equals("xpacket")) {
                        inPacket = decoded(token.contentStart(), token.contentEnd())
                                .contains("begin=");
                    }
                }
                case EMPTY, DOCTYPE -> {}
            }
        }

        private void started(Token token) {
            if (run.isPresent()) {
                return;
            }
            boolean inMetadata = metadataDepth >= 0;
            switch (token.localName()) {
                case "metadata" -> {
                    if (!inMetadata) {
                        metadataDepth = depth;
                    }
                }
                case "xmpmeta" -> open("svg/xmp", "", true, token.start());
                case "RDF" -> open(inPacket ? "svg/xmp" : "svg/rdf", "", true, token.start());
                case "title", "desc" -> {
                    if (!inMetadata) {
                        open("svg/" + token.localName(), "", false, token.end());
                    } else {
                        child(token);
                    }
                }
                default -> {
                    if (token.name().equals(CREDENTIALS)) {
                        open("svg/c2pa", "", false, token.end());
                    } else if (inMetadata) {
                        child(token);
                    }
                }
            }
        }

        private void child(Token token) {
            String name = new String(token.name().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            open("svg/metadata", name, true, token.start());
        }

        private void open(String container, String key, boolean raw, int start) {
            words.setLength(0);
            store.clear();
            run = Optional.of(new Run(container, key, raw, start, depth));
        }

        private void ended(Token token) {
            if (run.isPresent() && run.get().depth() >= depth) {
                close(run.get(), token);
                run = Optional.empty();
            }
            if (metadataDepth >= depth) {
                metadataDepth = -1;
            }
        }

        private void close(Run ended, Token token) {
            int end = ended.raw() ? token.end() : token.start();
            String text =
                    ended.raw() ? decoded(ended.start(), end) : words.toString().strip();
            if (ended.container().equals("svg/title") || ended.container().equals("svg/desc")) {
                if (isWithinTexts(token.start())) {
                    block(ended.container(), "", ended.start(), end, text);
                }
                return;
            }
            block(ended.container(), ended.key(), ended.start(), end, text);
            if (ended.container().equals("svg/c2pa")) {
                store();
            }
        }

        private void store() {
            if (store.size() > MAX_PIECES) {
                problem(
                        Category.LIMIT,
                        "Content Credentials in more than " + MAX_PIECES + " pieces are not read",
                        store.getFirst().offset());
            } else if (!store.isEmpty()) {
                sink.manifestStore(store, StoreForm.BASE64);
            }
        }

        private void text(Token token, String text) {
            if (run.isPresent()) {
                if (!run.get().raw()) {
                    words.append(text);
                }
                if (run.get().container().equals("svg/c2pa") && store.size() <= MAX_PIECES && !text.isBlank()) {
                    store.add(new ByteRange(token.contentStart(), (long) token.contentEnd() - token.contentStart()));
                }
            } else if (metadataDepth >= 0 && !text.isBlank()) {
                block("svg/metadata", "", token.contentStart(), token.contentEnd(), text.strip());
            }
        }

        private void limited(String container, Token token, String text) {
            if (!text.isBlank() && isWithinTexts(token.start())) {
                block(container, "", token.contentStart(), token.contentEnd(), text.strip());
            }
        }

        private boolean isWithinTexts(int at) {
            if (texts++ == MAX_TEXTS) {
                problem(
                        Category.LIMIT,
                        "more than " + MAX_TEXTS + " titles, descriptions and comments; the rest is not listed",
                        at);
            }
            return texts <= MAX_TEXTS;
        }

        /** Takes a size in pixels; one in other units, or none, is no size of the picture. */
        private void size(Token root) {
            int width = pixels(root, "width");
            int height = pixels(root, "height");
            if (width > 0 && height > 0) {
                sink.pixels(width, height);
            }
        }

        private int pixels(Token root, String name) {
            String stated = tokens.attribute(root, name).orElse("").strip();
            String digits = stated.endsWith("px") ? stated.substring(0, stated.length() - 2) : stated;
            boolean number = !digits.isEmpty()
                    && digits.length() <= MAX_DIGITS
                    && digits.chars().allMatch(each -> each >= '0' && each <= '9');
            return number ? Integer.parseInt(digits) : 0;
        }

        /** Says whether a token behind the drawing is none that XML allows there. */
        private boolean isForeign(Token token) {
            return switch (token.kind()) {
                case COMMENT, INSTRUCTION -> false;
                case TEXT -> leadingSpace(token) < token.end() - token.start();
                case START, EMPTY, END, CDATA, DOCTYPE -> true;
            };
        }

        private int leadingSpace(Token token) {
            int at = token.start();
            while (at < token.end() && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r'))) {
                at++;
            }
            return at - token.start();
        }

        private void block(String container, String key, int start, int end, String text) {
            sink.block(
                    container,
                    key,
                    start,
                    (long) end - start,
                    Crc.NONE,
                    Optional.of(DecodedText.of(text, encoding(start, end))));
        }

        private String decoded(int start, int end) {
            return TextDecoder.utf8OrLatin1(Arrays.copyOfRange(bytes, start, end))
                    .text();
        }

        private String encoding(int start, int end) {
            return TextDecoder.utf8OrLatin1(Arrays.copyOfRange(bytes, start, end))
                    .encoding();
        }

        private void problem(Category category, String message, long offset) {
            sink.problem(Problem.at(category, ID, message, offset));
        }
    }
}
