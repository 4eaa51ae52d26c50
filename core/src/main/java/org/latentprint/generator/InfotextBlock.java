package org.latentprint.generator;

import java.util.List;
import java.util.Optional;
import org.latentprint.container.MetadataBlock;
import org.latentprint.generator.infotext.Infotext;
import org.latentprint.generator.xmp.XmpPacket;
import org.latentprint.generator.xmp.XmpReader;

/**
 * The infotexts of one block: the block's text, or values of an XMP packet. stable-diffusion.cpp writes one into WebP as
 * {@code sdcpp:parameters} ({@code build_webp_xmp_packet} in {@code examples/common/media_io.cpp}), ArtBot one as
 * {@code exif:UserComment} and {@code dc:title} ({@code app/_utils/blobUtils.ts}), other savers in {@code dc:description}.
 *
 * @param infotexts in the order of the packet's properties, each once
 * @param alone whether the block says nothing else
 */
record InfotextBlock(List<Infotext> infotexts, boolean alone) {
    /** A packet repeats one text in a few properties. */
    private static final int MAX_TEXTS = 16;

    /** Every program of the family writes it but those that write no settings of a sampler. */
    private static final String TELLING = "Steps:";

    private static final InfotextBlock NONE = new InfotextBlock(List.of(), false);

    InfotextBlock {
        infotexts = List.copyOf(infotexts);
    }

    /** Reads the block. */
    static InfotextBlock of(MetadataBlock block) {
        if (!ItemXmp.holdsXmp(block)) {
            List<Infotext> whole =
                    block.text().flatMap(Infotext::parse).stream().toList();
            return new InfotextBlock(whole, true);
        }
        if (!block.textOrEmpty().contains(TELLING)) {
            return NONE;
        }
        XmpPacket packet = XmpReader.read(block.textOrEmpty());
        List<String> values = packet.properties().values().stream()
                .flatMap(List::stream)
                .filter(value -> !value.isBlank())
                .distinct()
                .limit(MAX_TEXTS)
                .toList();
        List<Infotext> found = values.stream()
                .filter(value -> value.contains(TELLING))
                .map(Infotext::parse)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        long others = packet.properties().values().stream()
                .flatMap(List::stream)
                .filter(value -> !value.isBlank() && !values.contains(value))
                .count();
        return new InfotextBlock(found, packet.trouble().isEmpty() && others == 0 && found.size() == values.size());
    }
}
