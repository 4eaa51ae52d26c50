package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;

class DownloadMarkReaderTest {
    @Test
    void eachLineIsABlockWithTheBytesOfItsValue() {
        String mark =
                "\uFEFF[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://example.org/?a=b\r\n\r\nHostUrl=\nno line\n=x\nLast=\u00e9\n";
        ItemMetadata metadata = read(mark);

        assertThat(metadata.mediaType()).contains("text/x-zone-identifier");
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("windows/zone", "ZoneId", "3"),
                        tuple("windows/zone", "ReferrerUrl", "https://example.org/?a=b"),
                        tuple("windows/zone", "HostUrl", ""),
                        tuple("windows/zone", "Last", "\u00e9"));
        byte[] bytes = mark.getBytes(StandardCharsets.UTF_8);
        assertThat(metadata.blocks()).allSatisfy(block -> {
            Origin origin = block.origin();
            assertThat(new String(bytes, (int) origin.offset(), (int) origin.length(), StandardCharsets.UTF_8))
                    .isEqualTo(block.textOrEmpty());
        });
    }

    @Test
    void aLastLineWithoutItsEndMayBeCut() {
        ItemMetadata metadata = read("[ZoneTransfer]\nZoneId=3\nHostUrl=https://exam");

        assertThat(metadata.blocks()).hasSize(2);
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Problem.Category.MALFORMED);
    }

    @Test
    void boundsTheLines() {
        ItemMetadata metadata = read("[ZoneTransfer]\n" + "ZoneId=3\n".repeat(5_000));

        assertThat(metadata.blocks()).hasSize(100);
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Problem.Category.LIMIT);
    }

    @Test
    void aTextThatOnlyNamesItIsNone() {
        assertThat(read("a note on [ZoneTransfer]\nZoneId=3\n").mediaType()).isEmpty();
    }

    private static ItemMetadata read(String text) {
        return MetadataExtractor.extract(
                "cat.png:Zone.Identifier", HeapBytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
