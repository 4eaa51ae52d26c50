package org.latentprint.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latentprint.container.EbmlElements.Element;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/** Takes the elements of a Matroska file that hold text or attached files. */
final class MatroskaTags {
    private static final long TITLE = 0x7BA9;
    private static final long MUXING_PROGRAM = 0x4D80;
    private static final long WRITING_PROGRAM = 0x5741;
    private static final long SEGMENT_FILE_NAME = 0x7384;
    private static final long TRACK_NAME = 0x536E;
    private static final long TAG = 0x7373;
    private static final long SIMPLE_TAG = 0x67C8;
    private static final long TAG_NAME = 0x45A3;
    private static final long TAG_STRING = 0x4487;
    private static final long TAG_BINARY = 0x4485;
    private static final long ATTACHED_FILE = 0x61A7;
    private static final long FILE_NAME = 0x466E;
    private static final long FILE_DATA = 0x465C;
    private static final long FILE_MEDIA_TYPE = 0x4660;
    private static final long FILE_DESCRIPTION = 0x467E;
    private static final long EDITION = 0x45B9;
    private static final long CHAPTER = 0xB6;
    private static final long CHAPTER_DISPLAY = 0x80;
    private static final long CHAPTER_TITLE = 0x85;

    /** An attached text beyond this is no prompt or graph. */
    private static final int MAX_ATTACHED_TEXT = 16 << 20;

    /** Tags within tags: real files have two levels. */
    private static final int MAX_DEPTH = 8;

    /** Names of tags and attached files. */
    private static final int MAX_NAME = 4096;

    /** No text is longer than what an item's texts may have together. */
    private static final long MAX_READ = MetadataExtractor.MAX_TEXT;

    private final EvidenceBytes bytes;
    private final EbmlElements elements;
    private final BlockSink sink;

    MatroskaTags(EvidenceBytes bytes, EbmlElements elements, BlockSink sink) {
        this.bytes = bytes;
        this.elements = elements;
        this.sink = sink;
    }

    /** Takes an element of the segment's information. */
    void information(Element element) throws IOException {
        Optional<String> name = informationName(element.id());
        if (name.isPresent()) {
            text("matroska/info", name.get(), element);
        }
    }

    private static Optional<String> informationName(long id) {
        if (id == TITLE) {
            return Optional.of("Title");
        }
        if (id == MUXING_PROGRAM) {
            return Optional.of("MuxingApp");
        }
        if (id == WRITING_PROGRAM) {
            return Optional.of("WritingApp");
        }
        return id == SEGMENT_FILE_NAME ? Optional.of("SegmentFilename") : Optional.empty();
    }

    /** Takes an element of a track, if it is the track's name. */
    void trackName(Element element) throws IOException {
        if (element.id() == TRACK_NAME) {
            text("matroska/track", "Name", element);
        }
    }

    /** Takes an element of the tags: what belongs together, each a name and a value. */
    void tag(Element tag) throws IOException {
        if (tag.id() == TAG) {
            elements.forEach(tag, element -> {
                if (element.id() == SIMPLE_TAG) {
                    simpleTag(element, "", 1);
                }
            });
        }
    }

    /** Takes a name and its value; tags within it get its name and a slash before theirs. */
    private void simpleTag(Element tag, String outer, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            problem(Category.LIMIT, "tags nested more than " + MAX_DEPTH + " deep; the inner ones were not read", tag);
            return;
        }
        // The name may stand behind the value.
        List<Element> children = new ArrayList<>();
        elements.forEach(tag, children::add);
        Optional<String> found = name(children, TAG_NAME);
        if (found.isEmpty()) {
            problem(Category.MALFORMED, "a tag without a name", tag);
            if (!tag.isWhole()) {
                return;
            }
        }
        String key = outer + found.orElse("");
        for (Element child : children) {
            if (child.id() == TAG_STRING) {
                text("matroska/tag", key, child);
            } else if (child.id() == TAG_BINARY) {
                listed("matroska/tag", key, child);
            } else if (child.id() == SIMPLE_TAG) {
                simpleTag(child, key + "/", depth + 1);
            }
        }
    }

    /** Takes an element of the attachments: the file under its name, with its text where it is one, and its description. */
    void attachment(Element file) throws IOException {
        if (file.id() != ATTACHED_FILE) {
            return;
        }
        List<Element> children = new ArrayList<>();
        elements.forEach(file, children::add);
        String name = name(children, FILE_NAME).orElse("");
        String type = name(children, FILE_MEDIA_TYPE).orElse("");
        for (Element child : children) {
            if (child.id() == FILE_DESCRIPTION) {
                text("matroska/attachment-description", name, child);
            } else if (child.id() == FILE_DATA && file.isWhole() && isText(type, child)) {
                attachedText(name, child);
            } else if (child.id() == FILE_DATA && file.isWhole()) {
                listed("matroska/attachment", name, child);
            }
        }
    }

    private static boolean isText(String type, Element data) {
        String lower = type.toLowerCase(Locale.ROOT);
        boolean text = lower.startsWith("text/") || lower.contains("json") || lower.contains("xml");
        return text && data.isWhole() && data.length() <= MAX_ATTACHED_TEXT;
    }

    private void attachedText(String name, Element data) throws IOException {
        Optional<DecodedText> text = TextDecoder.plainText(bytes.readExactly(data.start(), (int) data.length()));
        sink.block("matroska/attachment", name, data.start(), data.length(), Crc.NONE, text);
    }

    /** Takes an element of the chapters: their titles. */
    void chapters(Element edition) throws IOException {
        if (edition.id() == EDITION) {
            elements.forEach(edition, element -> chapter(element, 1));
        }
    }

    private void chapter(Element chapter, int depth) throws IOException {
        if (chapter.id() != CHAPTER) {
            return;
        }
        if (depth > MAX_DEPTH) {
            problem(
                    Category.LIMIT,
                    "chapters nested more than " + MAX_DEPTH + " deep; the inner ones were not read",
                    chapter);
            return;
        }
        elements.forEach(chapter, element -> {
            if (element.id() == CHAPTER_DISPLAY) {
                elements.forEach(element, this::chapterTitle);
            } else {
                chapter(element, depth + 1);
            }
        });
    }

    private void chapterTitle(Element element) throws IOException {
        if (element.id() == CHAPTER_TITLE) {
            text("matroska/chapter", "Title", element);
        }
    }

    private Optional<String> name(List<Element> children, long id) throws IOException {
        for (Element child : children) {
            if (child.id() == id && child.isWhole() && child.length() <= MAX_NAME) {
                return Optional.of(decoded(child).text());
            }
        }
        return Optional.empty();
    }

    private void text(String container, String key, Element element) throws IOException {
        if (element.length() > MAX_READ) {
            problem(
                    Category.LIMIT,
                    "a text of " + element.length() + " bytes; up to " + MAX_READ + " are read",
                    element);
            listed(container, key, element);
        } else if (element.isWhole()) {
            sink.block(container, key, element.start(), element.length(), Crc.NONE, Optional.of(decoded(element)));
        }
    }

    private DecodedText decoded(Element element) throws IOException {
        // RFC 8794 lets a text be padded with zeros.
        return TextDecoder.utf8OrLatin1(
                TextDecoder.withoutTrailingZeros(bytes.readExactly(element.start(), (int) element.length())));
    }

    private void listed(String container, String key, Element element) {
        if (element.isWhole()) {
            sink.block(container, key, element.start(), element.length(), Crc.NONE, Optional.empty());
        }
    }

    private void problem(Category category, String message, Element element) {
        sink.problem(Problem.at(category, MatroskaReader.ID, message, element.start()));
    }
}
