package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.Id3Fixture;
import org.latentprint.fixture.RiffFixture;

/** WAV, AVI and AIFF, which are all made of chunks. */
class RiffReaderTest {

    @Test
    void everyPlaceOfWordsInSoundIsRead() {
        ItemMetadata metadata = read(RiffFixture.wav()
                .list("INFO", "ICMT", "a garden \u5EAD\0")
                .broadcast("a cat", "a program", "A=PCM\r\n")
                .text("iXML", "<BWFXML/>")
                .text("_PMX", "<x:xmpmeta/>")
                .chunk("id3 ", Id3Fixture.version(3).named("prompt", "{}").tag())
                .label("a place")
                .chunk("C2PA", new byte[9])
                .chunk("abcd", new byte[3])
                .trailing("words".getBytes(StandardCharsets.US_ASCII))
                .bytes());
        assertThat(metadata.mediaType()).contains("audio/wav");
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("wav/info", "ICMT", "a garden \u5EAD"),
                        tuple("wav/bext", "Description", "a cat"),
                        tuple("wav/bext", "Originator", "a program"),
                        tuple("wav/bext", "OriginationDate", "2026-01-05"),
                        tuple("wav/bext", "OriginationTime", "10:00:00"),
                        tuple("wav/bext", "CodingHistory", "A=PCM\r\n"),
                        tuple("wav/iXML", "", "<BWFXML/>"),
                        tuple("wav/xmp", "", "<x:xmpmeta/>"),
                        tuple("id3/TXXX", "prompt", "{}"),
                        tuple("wav/adtl", "labl", "a place"),
                        tuple("wav/c2pa", "", ""),
                        tuple("wav/abcd", "", ""));
        assertThat(metadata.trailing())
                .hasValueSatisfying(trailing -> assertThat(trailing.length()).isEqualTo(5));
        assertThat(metadata.problems()).isEmpty();
    }

    @Test
    void aManifestStoreIsFound() {
        byte[] data = "a store".getBytes(StandardCharsets.US_ASCII);
        assertThat(StorePlaces.store(
                        new RiffReader(), RiffFixture.wav().chunk("C2PA", data).bytes()))
                .isEqualTo(data);
        assertThat(StorePlaces.store(
                        new RiffReader(),
                        RiffFixture.avi(64, 48, "a stream").chunk("C2PA", data).bytes()))
                .isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RF64", "BW64"})
    void sizesOfLongFilesAreTakenFromTheirChunk(String form) {
        ItemMetadata metadata = read(RiffFixture.longWav(form)
                .longSound(31)
                .list("INFO", "ISFT", "a program")
                .bytes());
        assertThat(metadata.mediaType()).contains("audio/wav");
        assertThat(metadata.withKey("ISFT")).hasSize(1);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.trailing()).isEmpty();
    }

    @Test
    void filesWithTheHighByteFirstAreRead() {
        ItemMetadata film = read(RiffFixture.highFirstAvi(640, 360, "a stream")
                .list("INFO", "ISFT", "a program")
                .bytes());
        assertThat(film.mediaType()).contains("video/x-msvideo");
        assertThat(film.width()).isEqualTo(640);
        assertThat(film.height()).isEqualTo(360);
        assertThat(film.problems()).isEmpty();
        assertThat(film.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::textOrEmpty)
                .contains(tuple("avi/strn", "a stream"), tuple("avi/info", "a program"));
        ItemMetadata sound = read(RiffFixture.highFirstWav()
                .list("INFO", "ICMT", "a garden")
                .text("_PMX", "<x:xmpmeta/>")
                .bytes());
        assertThat(sound.mediaType()).contains("audio/wav");
        assertThat(sound.problems()).isEmpty();
        assertThat(sound.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::textOrEmpty)
                .containsExactly(tuple("wav/info", "a garden"), tuple("wav/xmp", "<x:xmpmeta/>"));
    }

    @Test
    void pictureWithTheHighByteFirstIsToldAndNotRead() {
        ItemMetadata picture =
                read(RiffFixture.highFirst("WEBP").text("XMP ", "<x:xmpmeta/>").bytes());
        assertThat(picture.mediaType()).contains("image/webp");
        assertThat(picture.blocks()).isEmpty();
        assertThat(picture.problems()).extracting(Problem::category).containsExactly(Category.UNSUPPORTED);
    }

    @Test
    void filmsGiveTheirSizeAndTheirWords() {
        ItemMetadata metadata = read(RiffFixture.avi(640, 360, "a stream")
                .list("INFO", "ISFT", "a program")
                .text("_PMX", "<x:xmpmeta/>")
                .bytes());
        assertThat(metadata.mediaType()).contains("video/x-msvideo");
        assertThat(metadata.width()).isEqualTo(640);
        assertThat(metadata.height()).isEqualTo(360);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.trailing()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("avi/strn", "strn", "a stream"),
                        tuple("avi/IDIT", "IDIT", "MON JAN 05 10:00:00 2026\n"),
                        tuple("avi/info", "ISFT", "a program"),
                        tuple("avi/xmp", "", "<x:xmpmeta/>"));
    }

    @Test
    void everyPlaceOfWordsInAiffIsRead() {
        ItemMetadata metadata = read(RiffFixture.aiff()
                .text("NAME", "a garden")
                .text("ANNO", "a cat")
                .comment("a bicycle")
                .text("APPL", "XMP <x:xmpmeta/>")
                .chunk("APPL", new byte[6])
                .chunk("ID3 ", Id3Fixture.version(4).named("prompt", "{}").tag())
                .bytes());
        assertThat(metadata.mediaType()).contains("audio/aiff");
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.trailing()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("aiff/text", "NAME", "a garden"),
                        tuple("aiff/text", "ANNO", "a cat"),
                        tuple("aiff/comment", "", "a bicycle"),
                        tuple("aiff/xmp", "", "<x:xmpmeta/>"),
                        tuple("aiff/appl", "", ""),
                        tuple("id3/TXXX", "prompt", "{}"));
    }

    @Test
    void aLengthThatLeavesTheFileIsSaid() {
        byte[] file = RiffFixture.wav().text("iXML", "<BWFXML/>").bytes();
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("data") + 4;
        Arrays.fill(file, at, at + 4, (byte) 0xFE);
        ItemMetadata metadata = read(file);
        assertThat(metadata.blocks()).isEmpty();
        assertThat(metadata.problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.MALFORMED);
    }

    @Test
    void chunksAreBounded() {
        RiffFixture wav = RiffFixture.wav();
        for (int i = 0; i < 100_001; i++) {
            wav.chunk("JUNK", new byte[0]);
        }
        assertThat(read(wav.bytes()).problems())
                .extracting(problem -> problem.category())
                .containsExactly(Category.LIMIT);
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
