package org.latentprint.container;

import java.util.List;
import java.util.Optional;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.Problem;

/**
 * Gives blocks that were read from several joined runs of bytes their places in the item. What spans two runs gets the place
 * from its first byte to its last, with what stands between the runs.
 */
final class JoinedSink extends ForwardingSink {
    private final List<ByteRange> runs;

    /**
     * Makes a sink.
     *
     * @param runs in the order in which they were joined, which is that of the item
     */
    JoinedSink(BlockSink target, List<ByteRange> runs) {
        super(target);
        this.runs = List.copyOf(runs);
    }

    @Override
    public void block(
            String container, String key, long offset, long length, MetadataBlock.Crc crc, Optional<DecodedText> text) {
        long start = place(offset);
        long end = length == 0 ? start : place(offset + length - 1) + 1;
        super.block(container, key, start, end - start, crc, text);
    }

    @Override
    public void problem(Problem problem) {
        long offset = place(problem.offset().orElse(0));
        super.problem(Problem.at(problem.category(), problem.reader(), problem.message(), offset));
    }

    private long place(long joined) {
        long left = joined;
        for (ByteRange run : runs) {
            if (left < run.length()) {
                return run.offset() + left;
            }
            left -= run.length();
        }
        return runs.getLast().end();
    }
}
