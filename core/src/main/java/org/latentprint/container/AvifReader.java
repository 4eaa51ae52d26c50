package org.latentprint.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.HeifItems.Extent;
import org.latentprint.container.HeifItems.Item;
import org.latentprint.container.HeifItems.Place;
import org.latentprint.container.MetadataBlock.Crc;
import org.latentprint.container.Mp4Boxes.Box;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads pictures in the ISO base media format, AVIF, HEIC and other HEIF: EXIF and XMP items, C2PA, and a list of other items
 * and boxes that are no picture. Source: ISO/IEC 23008-12 (HEIF), annex A; AV1 Image File Format 1.1.
 */
public final class AvifReader implements ContainerReader {
    static final String ID = "avif/2";

    /** No text is longer than what an item's texts may have together. */
    private static final long MAX_READ = MetadataExtractor.MAX_TEXT;

    private static final String XMP = "application/rdf+xml";
    private static final int UUID_LENGTH = 16;

    /** Item types that are a picture or a part, layer or derivation of one. */
    private static final Set<String> PICTURE_ITEMS = Set.of(
            "av01", "hvc1", "hev1", "lhv1", "hvt1", "avc1", "vvc1", "vvs1", "evc1", "j2k1", "jpeg", "unci", "mski",
            "grid", "iden", "iovl", "tili", "tmap", "sato");

    /** Boxes of the standards that hold no metadata of programs. */
    private static final Set<String> STRUCTURE =
            Set.of("ftyp", "styp", "mdat", "moov", "moof", "mfra", "sidx", "free", "skip", "wide", "idat", "imda");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        return Mp4Brands.recognisePicture(head);
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        Walk walk = new Walk(bytes, sink);
        walk.boxes.forEach(0, bytes.size(), walk::topLevel);
    }

    /** One walk over one item's boxes. */
    private static final class Walk {
        private final EvidenceBytes bytes;
        private final BlockSink sink;
        private final ByteWindow window;
        private final Mp4Boxes boxes;

        /** Items that do not overlap are never longer together; a small file could else ask for the same bytes without end. */
        private long budget;

        Walk(EvidenceBytes bytes, BlockSink sink) {
            this.bytes = bytes;
            this.sink = sink;
            this.window = new ByteWindow(bytes);
            this.boxes = new Mp4Boxes(window, ID, sink);
            this.budget = bytes.size();
        }

        void topLevel(Box box) throws IOException {
            switch (box.type()) {
                case "meta" -> meta(box.from(4));
                case "uuid" -> uuid(box);
                default -> {
                    if (!STRUCTURE.contains(box.type()) && box.isWhole()) {
                        listed("avif/" + box.type(), "", box.start(), box.length());
                    }
                }
            }
        }

        private void meta(Box meta) throws IOException {
            HeifItems items = new HeifItems(window, boxes, sink);
            HeifSize size = new HeifSize(window, boxes);
            List<Box> data = new ArrayList<>();
            boxes.forEach(meta, box -> {
                switch (box.type()) {
                    case "iinf" -> items.readInfos(box);
                    case "iprp" -> size.readProperties(box);
                    case "idat" -> data.add(box);
                    case "iloc" -> {
                        if (box.isWhole()) {
                            items.readPlaces(box);
                        }
                    }
                    case "pitm" -> {
                        if (box.isWhole()) {
                            size.readPrimary(box);
                        }
                    }
                    default -> {}
                }
            });
            size.size().ifPresent(found -> sink.pixels(found.width(), found.height()));
            for (Item item : items.items()) {
                Optional<Place> place = PICTURE_ITEMS.contains(item.type()) ? Optional.empty() : items.place(item);
                if (place.isPresent()) {
                    item(item, place.get(), data.stream().findFirst());
                }
            }
        }

        private void item(Item item, Place place, Optional<Box> data) throws IOException {
            boolean inData = place.method() == 1;
            if (!place.isHere() || place.method() > 1 || (inData && data.isEmpty())) {
                problem(Category.UNSUPPORTED, named(item) + " has its bytes in another file or item");
                return;
            }
            long start = inData ? data.map(Box::start).orElse(0L) : 0;
            long end = inData ? data.map(Box::end).orElse(0L) : bytes.size();
            List<ByteRange> ranges = new ArrayList<>();
            for (Extent extent : place.extents()) {
                long room = end - start - extent.offset();
                long length = extent.length() == 0 ? room : extent.length();
                if (extent.offset() < 0 || length <= 0 || length > room) {
                    problem(
                            Category.MALFORMED,
                            named(item) + " states " + extent.length() + " bytes at " + extent.offset() + "; there are "
                                    + (end - start));
                    return;
                }
                ranges.add(new ByteRange(start + extent.offset(), length));
            }
            long length = ranges.stream().mapToLong(ByteRange::length).sum();
            if (ranges.isEmpty() || length > budget) {
                problem(
                        ranges.isEmpty() ? Category.MALFORMED : Category.LIMIT,
                        named(item) + " of " + length + " bytes was not read; " + budget + " were left to read");
                return;
            }
            budget -= length;
            boolean readable = ranges.size() == 1 && item.isPlain() && isMetadata(item);
            if (readable && length <= MAX_READ) {
                content(item, ranges.getFirst());
                return;
            }
            ranges.forEach(
                    range -> listed("avif/" + container(item), item.mediaType(), range.offset(), range.length()));
            if (isMetadata(item)) {
                unread(item, place, ranges.getFirst());
            }
        }

        private void unread(Item item, Place place, ByteRange first) {
            if (place.count() > 1) {
                problem(Category.UNSUPPORTED, named(item) + " is in " + place.count() + " parts", first.offset());
            } else if (!item.isPlain()) {
                problem(Category.UNSUPPORTED, named(item) + " is encrypted or compressed", first.offset());
            } else {
                problem(
                        Category.LIMIT,
                        named(item) + " of " + first.length() + " bytes; up to " + MAX_READ + " are read",
                        first.offset());
            }
        }

        private void content(Item item, ByteRange range) throws IOException {
            byte[] content = bytes.readExactly(range.offset(), (int) range.length());
            if (item.type().equals("Exif")) {
                int skipped = tiffHeader(content, range.offset());
                byte[] exif = Arrays.copyOfRange(content, skipped, content.length);
                new ExifReader("avif/exif", ID, Crc.NONE, sink).read(exif, range.offset() + skipped);
            } else {
                xmp(range.offset(), content);
            }
        }

        /** Returns where the TIFF header stands by the four bytes that say so; where they are wrong, 0: it is looked for. */
        private int tiffHeader(byte[] content, long offset) throws IOException {
            if (content.length >= 12) {
                long stated = window.u32(offset) + 4;
                if (stated <= content.length - 8
                        && (window.u32(offset + stated) == 0x49492A00L || window.u32(offset + stated) == 0x4D4D002AL)) {
                    return (int) stated;
                }
            }
            problem(Category.MALFORMED, "EXIF does not stand where its item says", offset);
            return 0;
        }

        private void uuid(Box box) throws IOException {
            if (!box.isWhole() || box.length() < UUID_LENGTH) {
                return;
            }
            String uuid = HexFormat.of().formatHex(bytes.readExactly(box.start(), UUID_LENGTH));
            Box content = box.from(UUID_LENGTH);
            if (uuid.equals(C2paBox.UUID)) {
                listed("avif/c2pa", "", content.start(), content.length());
                C2paBox.store(content, window).ifPresent(store -> sink.manifestStore(List.of(store)));
            } else if (uuid.equals(Mp4Reader.XMP_UUID) && content.length() <= MAX_READ) {
                xmp(content.start(), bytes.readExactly(content.start(), (int) content.length()));
            } else {
                if (uuid.equals(Mp4Reader.XMP_UUID)) {
                    problem(
                            Category.LIMIT,
                            "XMP of " + content.length() + " bytes; up to " + MAX_READ + " are read",
                            content.start());
                }
                listed("avif/uuid", uuid, content.start(), content.length());
            }
        }

        private void xmp(long offset, byte[] packet) {
            DecodedText text = TextDecoder.byMark(TextDecoder.withoutTrailingZeros(packet));
            sink.block("avif/xmp", "", offset, packet.length, Crc.NONE, Optional.of(text));
        }

        private void listed(String container, String key, long offset, long length) {
            sink.block(container, key, offset, length, Crc.NONE, Optional.empty());
        }

        private static boolean isMetadata(Item item) {
            return item.type().equals("Exif") || isXmp(item);
        }

        private static boolean isXmp(Item item) {
            return item.type().equals("mime") && item.mediaType().equals(XMP);
        }

        private static String container(Item item) {
            if (isMetadata(item)) {
                return isXmp(item) ? "xmp" : "exif";
            }
            boolean readable = item.type().chars().allMatch(each -> each >= ' ' && each < 0x7F);
            return readable ? item.type().strip() : "item";
        }

        private static String named(Item item) {
            return "item " + item.number() + " (" + container(item) + ")";
        }

        private void problem(Category category, String message) {
            sink.problem(Problem.of(category, ID, message));
        }

        private void problem(Category category, String message, long offset) {
            sink.problem(Problem.at(category, ID, message, offset));
        }
    }
}
