package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.ExifFixture.Comment;
import org.latentprint.fixture.WebpFixture;

/** EXIF whose entries state wrong places. */
class ExifRepairTest {
    private static final String WORKFLOW =
            "workflow:{\"nodes\": [{\"id\": 1, \"type\": \"KSampler\"}], \"note\": \"a } in text\"}";
    private static final String PROMPT = "prompt:{\"3\": {\"class_type\": \"KSampler\", \"inputs\": {\"seed\": 42}}}";
    private static final String SETTINGS = "a cat on a bicycle, {red|blue} sky\nSteps: 20, Sampler: Euler a, Seed: 7";

    @ParameterizedTest
    @ValueSource(ints = {-8, -6, -1, 1, 6, 8})
    void shiftedOffsetsAreMended(int shift) {
        byte[] webp = WebpFixture.of(8, 8)
                .exif(ExifFixture.bigEndian()
                        .ascii(ExifFixture.MAKE, WORKFLOW)
                        .wrongOffset(shift)
                        .ascii(ExifFixture.MODEL, PROMPT)
                        .wrongOffset(shift))
                .bytes();
        ItemMetadata metadata = read(webp);
        assertMended(webp, metadata, "Make", WORKFLOW);
        assertMended(webp, metadata, "Model", PROMPT);
    }

    @Test
    void shortAndLongLengthsAreMended() {
        byte[] webp = WebpFixture.of(8, 8)
                .exif(ExifFixture.littleEndian()
                        .ascii(ExifFixture.MAKE, WORKFLOW)
                        .wrongLength(-20)
                        .ascii(ExifFixture.MODEL, PROMPT)
                        .wrongLength(5000))
                .bytes();
        ItemMetadata metadata = read(webp);
        assertMended(webp, metadata, "Make", WORKFLOW);
        assertMended(webp, metadata, "Model", PROMPT);
    }

    @Test
    void anImpossiblePlaceIsMendedByTheOnlyTextThatFits() {
        byte[] webp = WebpFixture.of(8, 8)
                .exif(ExifFixture.bigEndian()
                        .ascii(ExifFixture.SOFTWARE, "a program")
                        .ascii(ExifFixture.IMAGE_DESCRIPTION, SETTINGS)
                        .wrongOffset(1 << 20))
                .bytes();
        assertMended(webp, read(webp), "ImageDescription", SETTINGS);
    }

    @Test
    void aUserCommentIsFoundByItsCode() {
        byte[] webp = WebpFixture.of(8, 8)
                .exif(ExifFixture.bigEndian()
                        .userComment(SETTINGS, Comment.UNICODE_BIG_ENDIAN)
                        .wrongOffset(-6))
                .bytes();
        MetadataBlock block = read(webp).withKey("UserComment").findFirst().orElseThrow();
        assertThat(block.text()).contains(SETTINGS);
        assertThat(block.repaired()).isPresent();
    }

    @Test
    void nothingIsGuessedWhereTwoTextsCouldBeMeant() {
        ItemMetadata metadata = read(WebpFixture.of(8, 8)
                .exif(ExifFixture.bigEndian()
                        .ascii(ExifFixture.MAKE, "{\"a\": \"cat\"}")
                        .wrongOffset(1 << 20)
                        .ascii(ExifFixture.MODEL, "{\"b\": \"dog\"}")
                        .wrongOffset(1 << 20))
                .bytes());
        assertThat(metadata.blocks()).isEmpty();
        assertThat(metadata.problems()).hasSize(2).allMatch(problem -> problem.category() == Category.MALFORMED);
    }

    @Test
    void rightPlacesStayAsTheyAre() {
        ItemMetadata metadata = read(WebpFixture.of(8, 8)
                .exif(ExifFixture.littleEndian()
                        .ascii(ExifFixture.MAKE, "Lamp & Co")
                        .ascii(ExifFixture.IMAGE_DESCRIPTION, SETTINGS)
                        .ascii(ExifFixture.COPYRIGHT, "the painter\0the editor")
                        .ascii(ExifFixture.MODEL, "{not json")
                        .userComment(PROMPT, Comment.BARE)
                        .windowsText(ExifFixture.XP_TITLE, "a \u706F\u5854"))
                .bytes());
        assertThat(metadata.blocks())
                .hasSize(6)
                .allMatch(block -> block.repaired().isEmpty());
        assertThat(metadata.withKey("Copyright").map(MetadataBlock::textOrEmpty))
                .containsExactly("the painter\nthe editor");
        assertThat(metadata.withKey("XPTitle").map(MetadataBlock::textOrEmpty)).containsExactly("a \u706F\u5854");
        assertThat(metadata.problems()).isEmpty();
    }

    @Test
    void textsAreFoundWhereTheDirectoryIsLost() {
        byte[] webp = WebpFixture.of(8, 8)
                .chunk("EXIF", ("\0\0\0\0" + PROMPT + "\0").getBytes(StandardCharsets.UTF_8))
                .bytes();
        assertMended(webp, read(webp), "", PROMPT);
    }

    private static void assertMended(byte[] file, ItemMetadata metadata, String key, String text) {
        MetadataBlock block = metadata.withKey(key).findFirst().orElseThrow();
        assertThat(block.text()).contains(text);
        assertThat(block.repaired()).isPresent();
        assertThat(new String(
                        file,
                        (int) block.origin().offset(),
                        (int) block.origin().length(),
                        StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
