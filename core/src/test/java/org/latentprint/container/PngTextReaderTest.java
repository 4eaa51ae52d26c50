package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.PngFixture;

class PngTextReaderTest {
    private static final String TEXT = "a lighthouse in fog\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5";

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("a.pngtext", HeapBytes.wrap(bytes));
    }

    @Test
    void readsChunksOneBehindTheOther() {
        byte[] chunks = PngFixture.textChunks(PngFixture.of(2, 2)
                .text("parameters", TEXT)
                .compressedText("Title", "a garden")
                .compressedInternationalText("Description", "a bicycle"));

        ItemMetadata item = read(chunks);

        assertThat(item.problems()).isEmpty();
        assertThat(item.mediaType()).contains("application/x-png-text");
        assertThat(item.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("png/tEXt", "parameters", TEXT),
                        tuple("png/zTXt", "Title", "a garden"),
                        tuple("png/iTXt", "Description", "a bicycle"));
        assertThat(item.blocks()).extracting(MetadataBlock::crc).containsOnly(MetadataBlock.Crc.OK);
        assertThat(item.blocks().getFirst().origin().offset()).isEqualTo(8);
    }

    @Test
    void anyWrongBitMakesItNoSuchItem() {
        byte[] chunk = PngFixture.textChunks(PngFixture.of(2, 2).text("parameters", TEXT));
        for (int bit = 0; bit < 8 * chunk.length; bit++) {
            byte[] changed = chunk.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(read(changed).blocks())
                    .as("bit %d", bit)
                    .noneMatch(block -> block.container().startsWith("png/"));
        }
        for (int length = 0; length < chunk.length; length++) {
            assertThat(new PngTextReader().recognise(Arrays.copyOf(chunk, length)))
                    .as("length %d", length)
                    .isEmpty();
        }
    }

    @Test
    void aLongChunkIsReadOnlyWhereItsChecksumHolds() {
        byte[] chunk = PngFixture.textChunks(PngFixture.of(2, 2).text("parameters", "a cat, ".repeat(2_000) + TEXT));
        assertThat(read(chunk).blocks()).hasSize(1);

        chunk[9_000] ^= 1;
        assertThat(read(chunk).blocks()).isEmpty();
        assertThat(read(chunk).problems())
                .singleElement()
                .extracting(Problem::category)
                .isEqualTo(Problem.Category.MALFORMED);
    }

    @Test
    void aLengthBeyondTheItemIsNotBelieved() {
        byte[] chunk = PngFixture.textChunks(PngFixture.of(2, 2).text("parameters", "a cat, ".repeat(2_000)));
        for (int length : new int[] {Integer.MAX_VALUE, -1, 1 << 24, chunk.length - 11}) {
            ByteBuffer.wrap(chunk).putInt(length);

            assertThat(read(chunk).blocks()).as("length %d", length).isEmpty();
        }
    }

    @Test
    void goesOnAsFarAsChunksHold() {
        byte[] chunks = PngFixture.textChunks(
                PngFixture.of(2, 2).text("parameters", TEXT).text("Title", "a garden"));
        chunks[chunks.length - 1] ^= 1;

        ItemMetadata item = read(chunks);

        assertThat(item.blocks()).extracting(MetadataBlock::key).containsExactly("parameters");
        assertThat(item.problems()).hasSize(1);
    }
}
