package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypeByNameTest {

    @Test
    void aNameThatAgreesIsNoMismatch() {
        assertThat(TypeByName.mismatch("a/b/PICTURE.PNG", Optional.of("image/png")))
                .isEmpty();
        assertThat(TypeByName.mismatch("x.jfif", Optional.of("image/jpeg"))).isEmpty();
        assertThat(TypeByName.mismatch("x.heic", Optional.of("image/heif"))).isEmpty();
        assertThat(TypeByName.mismatch("x.mov", Optional.of("video/mp4"))).isEmpty();
        assertThat(TypeByName.mismatch("x.jxl", Optional.of("image/jxl"))).isEmpty();
        assertThat(TypeByName.mismatch("x.gltf", Optional.of("model/gltf+json")))
                .isEmpty();
        assertThat(TypeByName.mismatch("x.m4v", Optional.of("video/mp4"))).isEmpty();
        assertThat(TypeByName.mismatch("x.mp4", Optional.of("video/quicktime"))).isEmpty();
        assertThat(TypeByName.mismatch("2026_settings.txt", Optional.of("application/json")))
                .isEmpty();
        assertThat(TypeByName.mismatch("x.m4a", Optional.of("audio/mp4"))).isEmpty();
        assertThat(TypeByName.mismatch("x.m4a", Optional.of("video/mp4"))).isEmpty();
        assertThat(TypeByName.mismatch("x.opus", Optional.of("audio/ogg"))).isEmpty();
        assertThat(TypeByName.mismatch("x.ogg", Optional.of("video/ogg"))).isEmpty();
        assertThat(TypeByName.mismatch("x.mka", Optional.of("video/x-matroska")))
                .isEmpty();
        assertThat(TypeByName.mismatch("x.tar.zst", Optional.of("application/zstd")))
                .isEmpty();
    }

    @Test
    void whatCannotBeSaidIsNotSaid() {
        assertThat(TypeByName.mismatch("x.dat", Optional.of("image/png"))).isEmpty();
        assertThat(TypeByName.mismatch("folder.png/x", Optional.of("image/jpeg")))
                .isEmpty();
        assertThat(TypeByName.mismatch("x.svg", Optional.empty())).isEmpty();
    }

    @Test
    void aNameThatHidesItsContentIsAMismatch() {
        assertThat(TypeByName.mismatch("x.avif", Optional.of("image/heic"))).isPresent();
        assertThat(TypeByName.mismatch("x.txt", Optional.of("image/png"))).isPresent();
        assertThat(TypeByName.mismatch("x.mp3", Optional.of("audio/flac"))).isPresent();
        assertThat(TypeByName.mismatch("x.rar", Optional.of("application/zip"))).isPresent();
        assertThat(TypeByName.mismatch("x.flac", Optional.empty())).isPresent();
        assertThat(TypeByName.mismatch("x.jpg", Optional.of("image/png")))
                .contains("the name promises image/jpeg, the bytes are image/png");
        assertThat(TypeByName.mismatch("x.png", Optional.empty())).isPresent();
        assertThat(TypeByName.mismatch("x.bmp", Optional.empty())).isPresent();
        assertThat(TypeByName.mismatch("x.glb", Optional.of("model/gltf+json"))).isPresent();
    }
}
