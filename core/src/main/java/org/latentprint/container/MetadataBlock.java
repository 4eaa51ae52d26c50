package org.latentprint.container;

import java.util.Locale;
import java.util.Optional;
import org.latentprint.evidence.Origin;

/**
 * One piece of metadata in a file, with its place.
 *
 * @param container format and kind of the block, such as {@code png/tEXt}, {@code jpeg/COM}, {@code jpeg/exif},
 *     {@code webp/exif}, {@code mp4/ilst}
 * @param key what the format calls it: a PNG keyword, an EXIF tag's name such as {@code UserComment}, a box path; empty
 *     where the format has no name for it
 * @param origin the bytes of the block: for a PNG chunk its data (without length, type and CRC), for an EXIF tag its value;
 *     of what was unpacked, the packed bytes; of what lies in several runs, from the first to the last
 * @param crc state of the checksum that the format keeps for the block
 * @param text the block's text, decoded and decompressed; empty for a block that holds none or could not be decoded
 * @param encoding how the text was decoded, such as {@code utf-8}, {@code latin-1}, {@code utf-16be}; empty without text
 * @param repaired in words, what was wrong with the place or coding that the file states and was mended; empty where the
 *     file was right. What rests on a repaired block is graded derived
 */
public record MetadataBlock(
        String container,
        String key,
        Origin origin,
        Crc crc,
        Optional<String> text,
        Optional<String> encoding,
        Optional<String> repaired) {

    /** State of a block's checksum. */
    public enum Crc {
        OK,
        WRONG,
        /** The format keeps none. */
        NONE;

        /** Returns the word used in reports and exports, such as {@code ok}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the block's text, or an empty string. */
    public String textOrEmpty() {
        return text.orElse("");
    }
}
