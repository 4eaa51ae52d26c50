package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.StealthFixture;
import org.latentprint.generator.GeneratorReaders;

class StealthTextTest {
    private static final String TEXT = "a lighthouse in fog, Köln\nNegative prompt: rain\nSteps: 20, Sampler: Euler a,"
            + " CFG scale: 7, Seed: 42, Size: 64x64, Model: sample";

    @ParameterizedTest
    @CsvSource({
        "stealth_pnginfo, 64, 64",
        "stealth_pngcomp, 64, 64",
        "stealth_rgbinfo, 64, 64",
        "stealth_rgbcomp, 64, 64",
        "stealth_pnginfo, 20, 300",
        "stealth_rgbinfo, 300, 20",
        "stealth_rgbcomp, 40, 41"
    })
    void readsEachFormInAnyShape(String signature, int width, int height) throws IOException {
        byte[] file = PngFixture.of(StealthFixture.picture(signature, TEXT, width, height))
                .bytes();

        ItemMetadata metadata = MetadataExtractor.extract("a.png", HeapBytes.wrap(file));

        assertThat(metadata.blocks()).singleElement().satisfies(block -> {
            assertThat(block.container()).isEqualTo("png/stealth");
            assertThat(block.key()).isEqualTo(signature);
            assertThat(block.text()).contains(TEXT);
        });
        assertThat(GeneratorReaders.readAll(metadata).generations())
                .singleElement()
                .satisfies(generation -> assertThat(generation.seed()).contains("42"));
    }

    @Test
    void picturesWithoutSignatureGiveNothing() {
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            BufferedImage picture = new BufferedImage(30, 50, BufferedImage.TYPE_INT_ARGB);
            for (int y = 0; y < 50; y++) {
                for (int x = 0; x < 30; x++) {
                    picture.setRGB(x, y, random.nextInt());
                }
            }
            ItemMetadata metadata = MetadataExtractor.extract(
                    "a.png", HeapBytes.wrap(PngFixture.of(picture).bytes()));
            assertThat(metadata.blocks()).isEmpty();
            assertThat(metadata.problems()).isEmpty();
        }
    }

    @Test
    void aLengthThatThePictureCannotHoldIsAProblem() throws IOException {
        BufferedImage picture = StealthFixture.picture("stealth_pnginfo", TEXT, 64, 64);
        for (int bit = 120; bit < 152; bit++) {
            picture.setRGB(bit / 64, bit % 64, picture.getRGB(bit / 64, bit % 64) | 0x01000000);
        }
        ItemMetadata metadata = MetadataExtractor.extract(
                "a.png", HeapBytes.wrap(PngFixture.of(picture).bytes()));
        assertThat(metadata.blocks())
                .singleElement()
                .satisfies(block -> assertThat(block.text()).isEmpty());
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Problem.Category.MALFORMED);
    }
}
