package org.latentprint.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.evidence.Problem;
import org.latentprint.generator.xmp.XmpPacket;
import org.latentprint.generator.xmp.XmpReader;

/**
 * One XMP packet of an item, read.
 *
 * @param block it stands in
 * @param packet what it says
 */
record ItemXmp(MetadataBlock block, XmpPacket packet) {
    /** A file has one packet, and one more for what did not fit in the first; editors leave a few copies. */
    private static final int MAX_PACKETS = 16;

    private static final String PNG_KEYWORD = "XML:com.adobe.xmp";

    /**
     * Reads those of an item's XMP packets whose text has a certain word: most have none of the words that readers look for,
     * and are not worth reading.
     *
     * @param word such as the name of a property
     */
    static List<ItemXmp> mentioning(ItemMetadata metadata, String word) {
        return mentioning(metadata, List.of(word));
    }

    /** As {@link #mentioning(ItemMetadata, String)}, for any of several words. */
    static List<ItemXmp> mentioning(ItemMetadata metadata, List<String> words) {
        List<ItemXmp> found = new ArrayList<>();
        for (MetadataBlock block : metadata.blocks()) {
            if (found.size() < MAX_PACKETS
                    && holdsXmp(block)
                    && words.stream().anyMatch(block.textOrEmpty()::contains)) {
                found.add(new ItemXmp(block, XmpReader.read(block.textOrEmpty())));
            }
        }
        return found;
    }

    /** Returns why the packet could not be read to its end, as a problem of the item. */
    Optional<Problem> problem(String reader) {
        return packet.trouble()
                .map(trouble -> Problem.at(
                        trouble.bound() ? Problem.Category.LIMIT : Problem.Category.MALFORMED,
                        reader,
                        trouble.message(),
                        block.origin().offset()));
    }

    /** Says whether a block is an XMP packet, as far as its place and beginning tell. */
    static boolean holdsXmp(MetadataBlock block) {
        String kind = block.container();
        return kind.endsWith("/xmp")
                || kind.endsWith("/xmp-extended")
                || block.key().equals(PNG_KEYWORD)
                || block.textOrEmpty().startsWith("<?xpacket")
                || block.textOrEmpty().startsWith("<x:xmpmeta");
    }
}
