package org.latentprint.container;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads films and sound in the ISO base media format and QuickTime: item lists, named keys, user data, XMP, C2PA. Media data are
 * stepped over. Pictures in the same format (AVIF, HEIC) are read by {@link AvifReader}. Source: ISO/IEC 14496-12; Apple, QuickTime File
 * Format.
 */
public final class Mp4Reader implements ContainerReader {
    static final String ID = "mp4/2";

    /** User type, of a uuid box, for XMP (XMP part 3). */
    static final String XMP_UUID = "be7acfcb97a942e89c71999491e3afac";

    private static final int UUID_LENGTH = 16;

    /** Boxes of the standards that hold no metadata of programs. */
    private static final Set<String> STRUCTURE = Set.of(
            "ftyp", "styp", "mdat", "moof", "mfra", "free", "skip", "wide", "sidx", "ssix", "prft", "emsg", "pdin",
            "pnot", "PICT", "idat", "imda", "junk");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        return Mp4Brands.recognise(head);
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
        private final Mp4Metadata metadata;
        private boolean sized;

        Walk(EvidenceBytes bytes, BlockSink sink) {
            this.bytes = bytes;
            this.sink = sink;
            this.window = new ByteWindow(bytes);
            this.boxes = new Mp4Boxes(window, ID, sink);
            this.metadata = new Mp4Metadata(bytes, window, boxes, sink);
        }

        void topLevel(Mp4Boxes.Box box) throws IOException {
            switch (box.type()) {
                case "moov" -> boxes.forEach(box, this::inMovie);
                case "meta" -> metadata.meta(box);
                case "udta" -> metadata.userData(box);
                case "uuid" -> uuid(box);
                default -> {
                    if (!STRUCTURE.contains(box.type())) {
                        metadata.foreign("mp4/" + box.type(), "", box);
                    }
                }
            }
        }

        private void inMovie(Mp4Boxes.Box box) throws IOException {
            switch (box.type()) {
                case "trak" -> boxes.forEach(box, this::inTrack);
                case "meta" -> metadata.meta(box);
                case "udta" -> metadata.userData(box);
                case "uuid" -> uuid(box);
                default -> {}
            }
        }

        private void inTrack(Mp4Boxes.Box box) throws IOException {
            switch (box.type()) {
                case "tkhd" -> trackHeader(box);
                case "meta" -> metadata.meta(box);
                case "udta" -> metadata.userData(box);
                case "uuid" -> uuid(box);
                default -> {}
            }
        }

        /** Takes the size of the first track that has one; sound tracks have none. */
        private void trackHeader(Mp4Boxes.Box box) throws IOException {
            if (sized || box.length() < 84) {
                return;
            }
            long sizes = box.start() + (window.u8(box.start()) == 1 ? 88 : 76);
            if (sizes + 8 <= box.end()) {
                int width = window.u16(sizes);
                int height = window.u16(sizes + 4);
                if (width > 0 && height > 0) {
                    sink.pixels(width, height);
                    sized = true;
                }
            }
        }

        private void uuid(Mp4Boxes.Box box) throws IOException {
            if (!box.isWhole()) {
                return;
            }
            if (box.length() < UUID_LENGTH) {
                sink.problem(Problem.at(Category.MALFORMED, ID, "a uuid box without its user type", box.start()));
                return;
            }
            String uuid = HexFormat.of().formatHex(bytes.readExactly(box.start(), UUID_LENGTH));
            Mp4Boxes.Box content = box.from(UUID_LENGTH);
            switch (uuid) {
                case XMP_UUID -> metadata.xmp(content);
                case C2paBox.UUID -> {
                    metadata.listed("mp4/c2pa", "", content);
                    C2paBox.store(content, window).ifPresent(store -> sink.manifestStore(List.of(store)));
                }
                default -> metadata.foreign("mp4/uuid", uuid, content);
            }
        }
    }
}
