package org.latentprint.container;

import java.util.List;
import java.util.Optional;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.container.c2pa.StoreForm;
import org.latentprint.evidence.Problem;

/**
 * Takes what a container reader finds, as it finds it, so that nothing found is lost when the reader fails later. Used by
 * the thread that runs the reader.
 */
public interface BlockSink {

    /**
     * Takes a metadata block.
     *
     * @param container and {@code key}: see {@link MetadataBlock}
     * @param offset of the block's bytes in the item
     * @param length of the block's bytes
     * @param crc state of its checksum
     * @param text decoded text, if it has any
     */
    void block(
            String container, String key, long offset, long length, MetadataBlock.Crc crc, Optional<DecodedText> text);

    /**
     * Takes the place of a C2PA manifest store, whose bytes are also listed as blocks. It is read when the reader has ended,
     * so that what it costs cannot cost other findings.
     *
     * @param ranges in the order in which they make the store
     * @param form how the ranges write it
     */
    void manifestStore(List<ByteRange> ranges, StoreForm form);

    /** As {@link #manifestStore(List, StoreForm)}, for a store that is written as it is. */
    default void manifestStore(List<ByteRange> ranges) {
        manifestStore(ranges, StoreForm.PLAIN);
    }

    /** Takes the item's media type, where only bytes behind its first ones tell it. A sink of blocks alone lets it go. */
    default void mediaType(String mediaType) {}

    /** Takes the picture's or film's own size in pixels, as the container states it. */
    void pixels(int width, int height);

    /** Takes a run of bytes behind the end of the format's own data. */
    void trailing(long offset, long length);

    /** Takes a problem; the reader then goes on where it can. */
    void problem(Problem problem);
}
