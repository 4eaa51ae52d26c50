package org.latentprint.container;

import java.util.Optional;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.evidence.Problem;

/**
 * Gives blocks that were read from unpacked bytes the place of the packed ones, which alone stand in the item: compressed
 * boxes, profiles in hex.
 */
final class PackedSink extends ForwardingSink {
    private final ByteRange packed;
    private final MetadataBlock.Crc crc;
    private final Optional<String> repaired;

    /**
     * Makes a sink for what is read from one packed run.
     *
     * @param packed the bytes in the item
     * @param crc state of their checksum
     */
    PackedSink(BlockSink target, ByteRange packed, MetadataBlock.Crc crc) {
        this(target, packed, crc, Optional.empty());
    }

    /** Makes the same for bytes that had to be mended; the reason goes to every text. */
    PackedSink(BlockSink target, ByteRange packed, MetadataBlock.Crc crc, Optional<String> repaired) {
        super(target);
        this.packed = packed;
        this.crc = crc;
        this.repaired = repaired;
    }

    @Override
    public void block(
            String container,
            String key,
            long offset,
            long length,
            MetadataBlock.Crc ignored,
            Optional<DecodedText> text) {
        Optional<DecodedText> told = repaired.isEmpty()
                ? text
                : text.map(decoded -> new DecodedText(decoded.text(), decoded.encoding(), repaired));
        super.block(container, key, packed.offset(), packed.length(), crc, told);
    }

    @Override
    public void problem(Problem problem) {
        super.problem(Problem.at(problem.category(), problem.reader(), problem.message(), packed.offset()));
    }
}
