package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.BmpFixture;

class BmpReaderTest {

    @Test
    void sizesAreReadFromEachHeader() {
        for (byte[] file : new byte[][] {
            BmpFixture.windows(13, 5, false, new byte[0]),
            BmpFixture.windows(13, 5, true, new byte[0]),
            BmpFixture.core(13, 5)
        }) {
            ItemMetadata metadata = read(file);
            assertThat(metadata.mediaType()).contains("image/bmp");
            assertThat(metadata.width()).isEqualTo(13);
            assertThat(metadata.height()).isEqualTo(5);
            assertThat(metadata.blocks()).isEmpty();
            assertThat(metadata.problems()).isEmpty();
            assertThat(metadata.trailing()).isEmpty();
        }
    }

    @Test
    void bytesBehindThePictureAreToldAlsoWhereTheStatedSizeIsWrong() {
        byte[] file = BmpFixture.windows(13, 5, false, new byte[7]);
        ItemMetadata.Trailing expected = new ItemMetadata.Trailing(file.length - 7, 7);
        assertThat(read(file).trailing()).contains(expected);
        Arrays.fill(file, 2, 6, (byte) 0);
        assertThat(read(file).trailing()).contains(expected);
        Arrays.fill(file, 2, 6, (byte) 0x7F);
        assertThat(read(file).trailing()).contains(expected);
        assertThat(read(file).problems()).extracting(Problem::category).containsExactly(Category.MALFORMED);
    }

    @Test
    void aPictureThatIsCutIsTold() {
        byte[] file = BmpFixture.windows(13, 5, false, new byte[0]);
        for (int length = 0; length < file.length; length++) {
            ItemMetadata metadata = read(Arrays.copyOf(file, length));
            assertThat(metadata.trailing()).isEmpty();
            if (metadata.mediaType().isPresent() && length >= 38) {
                assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Category.MALFORMED);
            }
        }
    }

    @Test
    void textThatBeginsWithTheLettersIsNone() {
        assertThat(read("BMW is a company that makes cars, among others".getBytes(StandardCharsets.UTF_8))
                        .mediaType())
                .isEmpty();
    }

    @Test
    void flippedBytesNeverMakeAReaderFail() {
        Random random = new Random(5);
        byte[] file = BmpFixture.windows(13, 5, false, new byte[7]);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = file.clone();
            for (int i = 0; i < 4; i++) {
                damaged[random.nextInt(54)] = (byte) random.nextInt(256);
            }
            ItemMetadata metadata = read(damaged);
            assertThat(metadata.problems()).noneMatch(problem -> problem.category() == Category.READER_FAILED);
            metadata.trailing()
                    .ifPresent(trailing ->
                            assertThat(trailing.offset() + trailing.length()).isEqualTo(damaged.length));
        }
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
