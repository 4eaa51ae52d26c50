package org.latentprint.evidence.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentprint.fixture.ImageFixture;
import org.latentprint.fixture.ImageFixture.Kind;

/** Some variants of each file system; {@code bench/image-damage} runs a thousand. */
@Timeout(600)
class ImageDamageTest {
    private static final int VARIANTS = 12;

    @TempDir
    private Path work;

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EXT3", "FAT12"})
    void damagedMetadataCostWhatTheySayAndNoMore(Kind kind) throws Exception {
        ImageDamage.Result result = ImageDamage.run(new ImageFixture(work, 9).image(kind), VARIANTS, 2);
        assertThat(result.hung()).isZero();
        assertThat(result.failed()).isZero();
        assertThat(result.items()).as("files are still found").isGreaterThan(VARIANTS);
    }
}
