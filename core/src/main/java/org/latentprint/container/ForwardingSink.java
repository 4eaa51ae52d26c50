package org.latentprint.container;

import java.util.List;
import java.util.Optional;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.container.c2pa.StoreForm;
import org.latentprint.evidence.Problem;

/** Passes everything on to another sink; what differs is overridden. */
abstract class ForwardingSink implements BlockSink {
    private final BlockSink target;

    ForwardingSink(BlockSink target) {
        this.target = target;
    }

    @Override
    public void block(
            String container, String key, long offset, long length, MetadataBlock.Crc crc, Optional<DecodedText> text) {
        target.block(container, key, offset, length, crc, text);
    }

    @Override
    public void manifestStore(List<ByteRange> ranges, StoreForm form) {
        target.manifestStore(ranges, form);
    }

    @Override
    public void pixels(int width, int height) {
        target.pixels(width, height);
    }

    @Override
    public void trailing(long offset, long length) {
        target.trailing(offset, length);
    }

    @Override
    public void problem(Problem problem) {
        target.problem(problem);
    }
}
