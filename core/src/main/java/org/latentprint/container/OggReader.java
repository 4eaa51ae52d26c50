package org.latentprint.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;

/**
 * Reads Ogg with Vorbis, Opus, FLAC, Speex or Theora in it: the comments of each stream, also of streams that follow each
 * other. ComfyUI's SaveAudioOpus ({@code comfy_extras/nodes_audio.py}) writes its graphs as comments, through FFmpeg. Source:
 * RFC 3533.
 */
public final class OggReader implements ContainerReader {
    private static final String ID = "ogg/1";

    /** A film of two hours has some hundred thousand. */
    private static final int MAX_PAGES = 1_000_000;

    /** Sound, picture and subtitles; streams of several songs in a row. Each may make an item's bytes be read once more. */
    private static final int MAX_STREAMS = 16;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        if (!OggPages.begins(head)) {
            return Optional.empty();
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.contains("\u0080theora")) {
            return Optional.of("video/ogg");
        }
        boolean sound = text.contains("\1vorbis")
                || text.contains("OpusHead")
                || text.contains("\u007FFLAC")
                || text.contains("Speex   ");
        return Optional.of(sound ? "audio/ogg" : "application/ogg");
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        OggPages pages = new OggPages(bytes, new ByteWindow(bytes));
        Map<Long, OggStream> streams = new LinkedHashMap<>();
        long position = 0;
        int begun = 0;
        for (int count = 0; position < bytes.size(); count++) {
            Optional<OggPages.Page> next = pages.at(position);
            if (next.isEmpty()) {
                sink.trailing(position, bytes.size() - position);
                break;
            }
            OggPages.Page page = next.get();
            if (count == MAX_PAGES) {
                problem(sink, Category.LIMIT, "more than " + MAX_PAGES + " pages; the rest was not read", position);
                return;
            }
            if (page.begins()) {
                begun++;
                if (begun == MAX_STREAMS + 1) {
                    problem(
                            sink,
                            Category.LIMIT,
                            "more than " + MAX_STREAMS + " streams; the rest was not read",
                            position);
                }
                if (begun <= MAX_STREAMS) {
                    streams.put(page.stream(), new OggStream(bytes, ID, sink));
                }
            }
            OggStream stream = streams.get(page.stream());
            if (stream != null && !stream.isDone()) {
                stream.page(page, pages.checksumFits(page));
            }
            if (!page.isWhole()) {
                problem(sink, Category.MALFORMED, "the file ends within a page", position);
            }
            position = page.end();
        }
        for (OggStream stream : streams.values()) {
            stream.end(position);
        }
    }

    private static void problem(BlockSink sink, Category category, String message, long offset) {
        sink.problem(Problem.at(category, ID, message, offset));
    }
}
