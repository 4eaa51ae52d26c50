package org.latentprint.container;

import java.io.IOException;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Reads MP3 and other MPEG sound, and whatever else begins with an ID3 tag: the tags before and behind the sound, which is
 * not looked at. ComfyUI's SaveAudioMP3 ({@code comfy_extras/nodes_audio.py}) writes its graphs as {@code TXXX} frames,
 * through FFmpeg. A FLAC stream behind the tag is read as one. Sources: see {@link Id3Tag}.
 */
public final class Mp3Reader implements ContainerReader {
    private static final String ID = "mp3/1";
    private static final String MEDIA_TYPE = "audio/mpeg";

    /** Files have one or two; joined ones a few. */
    private static final int MAX_TAGS = 64;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<String> recognise(byte[] head) {
        boolean sound = Id3Tag.begins(head) || MpegAudioFrame.isAt(head, 0);
        return sound ? Optional.of(MEDIA_TYPE) : Optional.empty();
    }

    @Override
    public void read(EvidenceBytes bytes, BlockSink sink) throws IOException {
        ByteWindow window = new ByteWindow(bytes);
        Id3Tag tag = new Id3Tag(bytes, window, ID, sink);
        long position = 0;
        for (int count = 0; count < MAX_TAGS; count++) {
            long behind = tag.read(position, bytes.size());
            if (behind == position) {
                break;
            }
            position = behind;
        }
        if (FlacReader.isAt(position, window)) {
            sink.mediaType(FlacReader.MEDIA_TYPE);
            FlacReader.readFrom(position, bytes, sink);
        } else {
            new AudioTail(bytes, window, ID, sink).read(position);
        }
    }
}
