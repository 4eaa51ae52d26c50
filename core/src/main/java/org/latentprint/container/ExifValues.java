package org.latentprint.container;

import java.nio.ByteOrder;
import java.util.Optional;
import org.latentprint.container.ExifEntry.Directory;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Turns the values of one EXIF block or TIFF file into metadata blocks: those that hold text, or bytes an examiner should
 * know of, and one that lists the numbers. IPTC datasets and Photoshop's resources (TIFF tags 33723 and 34377) are read into blocks of their own, XMP has the
 * name that it has in other formats.
 */
final class ExifValues {
    /** Numbers and flags are shorter; a text or a hidden payload is not. */
    private static final int LISTED_FROM = 16;

    /** Values that share no bytes are never longer together than their block; a few tags of one text are. */
    private static final long SHARING = 4;

    private final String container;
    private final String format;
    private final String reader;
    private final Crc crc;
    private final BlockSink sink;
    private final long bound;
    private final ExifFigures figures = new ExifFigures();
    private long taken;

    /**
     * Makes a taker of values.
     *
     * @param container such as {@code jpeg/exif}
     * @param reader id of the container reader
     * @param crc of the chunk that holds the block, if its format keeps one
     * @param size of the block in bytes
     */
    ExifValues(String container, String reader, Crc crc, BlockSink sink, long size) {
        this.container = container;
        this.format = container.substring(0, container.indexOf('/'));
        this.reader = reader;
        this.crc = crc;
        this.sink = sink;
        this.bound = Math.min(SHARING * size, MetadataExtractor.MAX_TEXT);
    }

    /** Says whether a value of that entry can become a block. */
    static boolean isWanted(ExifEntry entry) {
        return entry.isBytes() || entry.directory() == Directory.GPS || ExifTags.isBinary(entry.tag());
    }

    /** Asks whether a value may be read; where it may not, that is told. */
    boolean take(ExifEntry entry, long blockOffset) {
        if (entry.length() > bound - taken) {
            sink.problem(Problem.at(
                    Category.LIMIT,
                    reader,
                    "EXIF tag " + entry.name() + " of " + entry.length()
                            + " bytes was not read: of values that may share bytes, " + (bound - taken)
                            + " bytes were left to read",
                    blockOffset));
            return false;
        }
        taken += entry.length();
        return true;
    }

    /**
     * Gives a value's block.
     *
     * @param entry that has the value
     * @param value its bytes
     * @param offset where these stand in the item
     * @param order of the block's numbers
     * @param repaired what was wrong with the place that the entry states, if it was
     */
    void give(ExifEntry entry, byte[] value, long offset, ByteOrder order, Optional<String> repaired) {
        if (entry.tag() == ExifTags.XMP && entry.directory() != Directory.GPS && value.length > ExifEntry.INLINE) {
            DecodedText packet = TextDecoder.byMark(TextDecoder.withoutTrailingZeros(value));
            DecodedText told = new DecodedText(packet.text(), packet.encoding(), repaired);
            sink.block(format + "/xmp" + suffix(entry), "", offset, value.length, crc, Optional.of(told));
            return;
        }
        Optional<DecodedText> text = text(entry, value, order)
                .map(decoded ->
                        repaired.isEmpty() ? decoded : new DecodedText(decoded.text(), decoded.encoding(), repaired));
        boolean listed = entry.directory() == Directory.GPS
                || ExifTags.isBinary(entry.tag())
                || (value.length >= LISTED_FROM && entry.isBytes() && !ExifTags.isBookkeeping(entry.tag()));
        if (text.isPresent() || listed) {
            sink.block(container + suffix(entry), entry.name(), offset, value.length, crc, text);
        }
        if (text.isEmpty() && !ExifTags.isBinary(entry.tag())) {
            figures.add(entry, value, order);
        }
        if (entry.directory() == Directory.IMAGE && entry.tag() == ExifTags.IPTC) {
            new IptcReader(format + "/iptc", reader, crc, sink).read(value, offset);
        } else if (entry.directory() == Directory.IMAGE && entry.tag() == ExifTags.IMAGE_RESOURCES) {
            new PhotoshopResources(format, reader, crc, sink).read(value, offset);
        }
    }

    /** Notes a value of numbers, which is listed with the others. */
    void note(ExifEntry entry, byte[] head, ByteOrder order) {
        figures.add(entry, head, order);
    }

    /**
     * Gives the block that lists the numbers, if there were any.
     *
     * @param offset and {@code length}: the bytes that hold them, in the item
     */
    void giveFigures(long offset, long length) {
        figures.text()
                .ifPresent(text -> sink.block(container, ExifFigures.KEY, offset, length, crc, Optional.of(text)));
    }

    private static String suffix(ExifEntry entry) {
        return entry.directory().suffix();
    }

    private static Optional<DecodedText> text(ExifEntry entry, byte[] value, ByteOrder order) {
        int tag = entry.tag();
        if (!entry.isBytes() || ExifTags.isBinary(tag) || ExifTags.isBookkeeping(tag)) {
            return Optional.empty();
        }
        if (tag == ExifTags.USER_COMMENT) {
            return UserComment.decode(value, order);
        }
        if (ExifTags.isWindowsText(tag)) {
            return Optional.of(WideText.decode(value, ByteOrder.LITTLE_ENDIAN));
        }
        return switch (entry.type()) {
            case ExifEntry.ASCII, ExifEntry.UTF8 -> Optional.of(strings(value));
            default -> value.length > ExifEntry.INLINE ? TextDecoder.plainText(value) : Optional.empty();
        };
    }

    /** Decodes one or several texts, each ended by a zero; several become lines. */
    private static DecodedText strings(byte[] value) {
        DecodedText decoded = TextDecoder.utf8OrLatin1(TextDecoder.withoutTrailingZeros(value));
        return DecodedText.of(decoded.text().replace('\0', '\n'), decoded.encoding());
    }
}
