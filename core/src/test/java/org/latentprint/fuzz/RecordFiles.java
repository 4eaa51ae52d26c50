package org.latentprint.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.PngFixture;

/** The stored records of programs as files: those that are kept as text files as such, all others in a picture. */
public final class RecordFiles {
    private RecordFiles() {}

    /** Returns name to bytes. */
    public static SortedMap<String, byte[]> all() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        Seeds.stored()
                .forEach((name, bytes) -> BlockText.parse(name, bytes)
                        .ifPresent(item -> files.put(name.substring(name.indexOf('/') + 1), file(item))));
        return files;
    }

    private static byte[] file(ItemMetadata item) {
        Optional<MetadataBlock> text = item.blocks().stream()
                .filter(block -> block.container().matches("json/.*|text/.*"))
                .findFirst();
        if (text.isPresent()) {
            return text.get().textOrEmpty().getBytes(StandardCharsets.UTF_8);
        }
        boolean exif =
                item.blocks().stream().anyMatch(block -> block.container().endsWith("/exif"));
        return exif ? jpeg(item) : png(item);
    }

    private static byte[] png(ItemMetadata item) {
        PngFixture png = PngFixture.of(2, 2);
        item.blocks().forEach(block -> png.text(block.key(), block.textOrEmpty()));
        return png.bytes();
    }

    private static byte[] jpeg(ItemMetadata item) {
        ExifFixture exif = ExifFixture.littleEndian();
        JpegFixture jpeg = JpegFixture.of(8, 8);
        for (MetadataBlock block : item.blocks()) {
            switch (block.key()) {
                case "UserComment" -> exif.userComment(block.textOrEmpty(), ExifFixture.Comment.UNICODE_BIG_ENDIAN);
                case "ImageDescription" -> exif.ascii(ExifFixture.IMAGE_DESCRIPTION, block.textOrEmpty());
                case "Make" -> exif.ascii(ExifFixture.MAKE, block.textOrEmpty());
                case "Model" -> exif.ascii(ExifFixture.MODEL, block.textOrEmpty());
                case "Software" -> exif.ascii(ExifFixture.SOFTWARE, block.textOrEmpty());
                case "XMP" -> jpeg.xmp(block.textOrEmpty());
                default -> jpeg.comment(block.textOrEmpty());
            }
        }
        return jpeg.exif(exif).bytes();
    }
}
