package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latentprint.container.ChunkWalk.Chunk;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads RIFF with sound or film: WAV, its forms for more than 4 GiB (RF64, BW64), AVI, and RIFX, which has the high byte of its numbers first.
 * Texts of the lists {@code INFO} and
 * {@code adtl}, broadcast extension, iXML, XMP, an ID3 tag, C2PA; sound and pictures are stepped over. WebP, which is RIFF,
 * too, is read by {@link WebpReader}. Sources: EBU Tech 3285 ({@code bext}); what FFmpeg reads in {@code
 * libavformat/wavdec.c} ({@code ds64}) and {@code avidec.c}; c2pa-rs, {@code riff_io.rs} ({@code C2PA}, {@code XMP}); XMP part
 * 3 ({@code _PMX}). RIFX is of Microsoft's and
 * IBM's specification; WebP knows no such form, so one is told and not read. BW64, RIFX, iXML and C2PA were held against no file.
 */
public final class RiffReader implements ContainerReader {
    private static final String ID = "riff/2";
    private static final int FIRST_CHUNK = 12;

    /** AVI nests its lists three deep. */
    private static final int MAX_DEPTH = 4;

    private static final Set<String> LONG_FORMS = Set.of("RF64", "BW64");
    private static final String HIGH_FIRST = "RIFX";
    private static final String WEBP = "WEBP";

    /** Chunks of the standards that hold no metadata of programs. */
    private static final Set<String> STRUCTURE = Set.of(
            "fmt ", "data", "fact", "cue ", "plst", "smpl", "inst", "PEAK", "JUNK", "junk", "PAD ", "FLLR", "ds64",
            "idx1", "avih", "strh", "strf", "strd", "vprp", "indx", "dmlh", "levl", "minf", "elm1", "slnt", "chna");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        String outer = code(head, 0);
        String form = code(head, 8);
        boolean plain = outer.equals("RIFF") || outer.equals(HIGH_FIRST);
        if (form.equals("WAVE") && (plain || LONG_FORMS.contains(outer))) {
            return Optional.of("audio/wav");
        }
        if (outer.equals(HIGH_FIRST) && form.equals(WEBP)) {
            return Optional.of("image/webp");
        }
        return plain && form.equals("AVI ") ? Optional.of("video/x-msvideo") : Optional.empty();
    }

    private static String code(byte[] head, int at) {
        return head.length < at + 4 ? "" : new String(head, at, 4, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        if (code(bytes.readExactly(0, FIRST_CHUNK), 8).equals(WEBP)) {
            sink.problem(Problem.at(
                    Category.UNSUPPORTED, ID, "WebP with the high byte of its numbers first (RIFX) is not read", 0));
            return;
        }
        new Walk(bytes, sink).run();
    }

    /** One walk over one item's chunks. */
    private static final class Walk {
        /** Entries of the table of long sizes; real files have a few. */
        private static final int MAX_SIZES = 1000;

        private static final int SIZE_ENTRY = 12;
        private static final int AVI_HEADER = 40;
        private static final int CUE_NUMBER = 4;

        private final EvidenceBytes bytes;
        private final BlockSink sink;
        private final ByteWindow window;
        private final String outer;
        private final ChunkWalk chunks;
        private final Map<String, Long> longSizes = new HashMap<>();

        Walk(EvidenceBytes bytes, BlockSink sink) throws IOException {
            this.bytes = bytes;
            this.sink = sink;
            this.window = new ByteWindow(bytes);
            String format = window.code(8).equals("WAVE") ? "wav" : "avi";
            this.outer = window.code(0);
            this.chunks = new ChunkWalk(window, !outer.equals(HIGH_FIRST), format, ID, sink);
        }

        void run() throws IOException {
            boolean wide = LONG_FORMS.contains(outer);
            long position = 0;
            // An AVI of more than a gigabyte goes on in further RIFF chunks.
            while (bytes.size() - position >= FIRST_CHUNK
                    && (position == 0 || window.code(position).equals(outer))) {
                long stated = wide ? longSize() : chunks.u32(position + 4);
                long end = position + ChunkWalk.HEADER_LENGTH + stated;
                if (end < position + FIRST_CHUNK || end > bytes.size()) {
                    chunks.problem(
                            Category.MALFORMED,
                            stated < 0
                                    ? "the file states no size that fits it"
                                    : "the file states " + stated + " bytes and has "
                                            + (bytes.size() - position - ChunkWalk.HEADER_LENGTH),
                            position + 4);
                    end = bytes.size();
                }
                forEach(position + FIRST_CHUNK, end, 1);
                position = end + (end % 2 != 0 && end < bytes.size() && window.u8(end) == 0 ? 1 : 0);
            }
            if (position < bytes.size()) {
                sink.trailing(position, bytes.size() - position);
            }
        }

        /** Reads the sizes that exceed 32 bits, which must stand in the first chunk, and returns that of the file. */
        private long longSize() throws IOException {
            long content = FIRST_CHUNK + ChunkWalk.HEADER_LENGTH;
            if (bytes.size() - content < 28 || !window.code(FIRST_CHUNK).equals("ds64")) {
                return -1;
            }
            longSizes.put("data", low64(content + 8));
            long count = chunks.u32(content + 24);
            if (count > MAX_SIZES) {
                chunks.problem(
                        Category.LIMIT, count + " long sizes; the first " + MAX_SIZES + " are read", content + 24);
            }
            long entry = content + 28;
            for (int i = 0; i < Math.min(count, MAX_SIZES) && bytes.size() - entry >= SIZE_ENTRY; i++) {
                longSizes.put(window.code(entry), low64(entry + 4));
                entry += SIZE_ENTRY;
            }
            long size = low64(content);
            return size > bytes.size() ? -1 : size;
        }

        private long low64(long offset) throws IOException {
            return chunks.u32(offset + 4) << 32 | chunks.u32(offset);
        }

        private void forEach(long start, long end, int depth) throws IOException {
            chunks.forEach(start, end, type -> Optional.ofNullable(longSizes.get(type)), chunk -> chunk(chunk, depth));
        }

        private void chunk(Chunk chunk, int depth) throws IOException {
            switch (chunk.type()) {
                case "LIST" -> list(chunk, depth);
                case "bext" -> broadcast(chunk);
                case "iXML", "axml" -> chunks.text(chunk.type(), "", chunk);
                case "_PMX", "XMP " -> chunks.text("xmp", "", chunk);
                case "IDIT", "ISMP", "strn" -> chunks.text(chunk.type(), chunk.type(), chunk);
                case "id3 ", "ID3 " -> {
                    long read = new Id3Tag(bytes, window, ID, sink).read(chunk.start(), chunk.end());
                    if (read == chunk.start()) {
                        chunks.listed(chunk);
                    }
                }
                case "C2PA" -> {
                    chunks.listed(chunk);
                    if (chunk.isWhole()) {
                        sink.manifestStore(List.of(new ByteRange(chunk.start(), chunk.length())));
                    }
                }
                case "avih" -> size(chunk);
                default -> {
                    if (!STRUCTURE.contains(chunk.type())) {
                        chunks.listed(chunk);
                    }
                }
            }
        }

        private void list(Chunk list, int depth) throws IOException {
            if (list.length() < 4) {
                return;
            }
            String form = window.code(list.start());
            long first = list.start() + 4;
            switch (form) {
                case "INFO" -> chunks.forEach(first, list.end(), type -> Optional.empty(), this::information);
                case "adtl" -> chunks.forEach(first, list.end(), type -> Optional.empty(), this::label);
                case "movi", "rec " -> {}
                default -> {
                    if (depth < MAX_DEPTH) {
                        forEach(first, list.end(), depth + 1);
                    } else {
                        chunks.problem(
                                Category.LIMIT,
                                "lists nested more than " + MAX_DEPTH + " deep; the inner ones were not read",
                                list.start());
                    }
                }
            }
        }

        private void information(Chunk chunk) throws IOException {
            chunks.text("info", chunk.type(), chunk);
        }

        /** Takes a text on a place in the sound, which has the place's number before it. */
        private void label(Chunk chunk) throws IOException {
            boolean text = chunk.type().equals("labl") || chunk.type().equals("note");
            if (text && chunk.isWhole() && chunk.length() >= CUE_NUMBER) {
                chunks.text("adtl", chunk.type(), chunk.start() + CUE_NUMBER, chunk.length() - CUE_NUMBER);
            } else {
                chunks.listed(chunk);
            }
        }

        private void broadcast(Chunk chunk) throws IOException {
            if (!chunk.isWhole() || chunk.length() < 602) {
                chunks.listed(chunk);
                return;
            }
            long start = chunk.start();
            chunks.field("bext", "Description", start, 256);
            chunks.field("bext", "Originator", start + 256, 32);
            chunks.field("bext", "OriginatorReference", start + 288, 32);
            chunks.field("bext", "OriginationDate", start + 320, 10);
            chunks.field("bext", "OriginationTime", start + 330, 8);
            if (chunk.length() > 602) {
                chunks.text("bext", "CodingHistory", start + 602, chunk.length() - 602);
            }
        }

        private void size(Chunk header) throws IOException {
            if (header.length() < AVI_HEADER) {
                return;
            }
            long width = chunks.u32(header.start() + 32);
            long height = chunks.u32(header.start() + 36);
            if (width > 0 && height > 0 && width <= Integer.MAX_VALUE && height <= Integer.MAX_VALUE) {
                sink.pixels((int) width, (int) height);
            }
        }
    }
}
