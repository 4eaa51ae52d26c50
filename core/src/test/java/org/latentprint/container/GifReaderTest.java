package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.GifFixture;

class GifReaderTest {
    private static final String XMP = "<x:xmpmeta>a garden</x:xmpmeta>";

    @Test
    void textsAreReadAndOtherExtensionsListed() {
        ItemMetadata metadata = read(GifFixture.of(30, 20)
                .comment("a cat \u5EAD")
                .application("NETSCAPE2.0", new byte[] {1, 0, 0})
                .application("example1.0", new byte[300])
                .extension(0x42, new byte[3])
                .xmp(XMP)
                .frames(3)
                .bytes());
        assertThat(metadata.mediaType()).contains("image/gif");
        assertThat(metadata.width()).isEqualTo(30);
        assertThat(metadata.height()).isEqualTo(20);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.trailing()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("gif/comment", "", "a cat \u5EAD"),
                        tuple("gif/application", "example1.0", ""),
                        tuple("gif/0x42", "", ""),
                        tuple("gif/xmp", "", XMP));
        assertThat(metadata.blocks().getLast().origin().length()).isEqualTo(XMP.length());
    }

    @Test
    void aLongCommentIsJoinedAndItsPlaceSpansTheSubBlocks() {
        String text = "a lighthouse ".repeat(50);
        MetadataBlock block =
                read(GifFixture.of(4, 4).comment(text).bytes()).blocks().getFirst();
        assertThat(block.text()).contains(text);
        assertThat(block.origin().length()).isEqualTo(text.length() + 3 + 1);
    }

    @Test
    void aCommentThatIsNoUtf8IsLatin1() {
        byte[] text = "caf\u00E9".getBytes(StandardCharsets.ISO_8859_1);
        MetadataBlock block =
                read(GifFixture.of(4, 4).comment(text).bytes()).blocks().getFirst();
        assertThat(block.text()).contains("caf\u00E9");
        assertThat(block.encoding()).contains("latin-1");
    }

    @Test
    void xmpInSubBlocksIsJoined() {
        String packet = "<x:xmpmeta>" + "a garden ".repeat(60) + "</x:xmpmeta>";
        ItemMetadata metadata = read(GifFixture.of(4, 4)
                .application("XMP DataXMP", packet.getBytes(StandardCharsets.UTF_8))
                .bytes());
        assertThat(metadata.blocks()).extracting(MetadataBlock::textOrEmpty).containsExactly(packet);
        ItemMetadata without = read(GifFixture.of(4, 4)
                .application("XMP DataXMP", new byte[] {1, 2, 3})
                .bytes());
        assertThat(without.blocks()).extracting(MetadataBlock::textOrEmpty).containsExactly("");
        assertThat(without.problems()).extracting(Problem::category).containsExactly(Category.MALFORMED);
    }

    @Test
    void bytesBehindTheTrailerAreTold() {
        byte[] whole = GifFixture.of(4, 4).bytes();
        ItemMetadata metadata =
                read(GifFixture.of(4, 4).trailing(new byte[] {1, 2, 3}).bytes());
        assertThat(metadata.trailing()).contains(new ItemMetadata.Trailing(whole.length, 3));
        assertThat(read(GifFixture.of(4, 4).withoutTrailer().bytes()).problems())
                .extracting(Problem::category)
                .containsExactly(Category.MALFORMED);
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
