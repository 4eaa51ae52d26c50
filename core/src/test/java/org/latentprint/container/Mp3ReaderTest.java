package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.Id3Fixture;
import org.latentprint.fixture.Id3Fixture.Encoding;

class Mp3ReaderTest {
    private static final String WORDS = "a garden \u5EAD";

    @ParameterizedTest
    @CsvSource({
        "2, UTF_16, utf-16be",
        "3, UTF_16, utf-16be",
        "4, UTF_16, utf-16be",
        "4, UTF_16_BIG_ENDIAN, utf-16be",
        "4, UTF_8, utf-8",
        "3, UTF_8, utf-8"
    })
    void textsAreReadInEachEncoding(int version, Encoding encoding, String decoded) {
        boolean old = version == 2;
        ItemMetadata metadata = read(Id3Fixture.version(version)
                .in(encoding)
                .text(old ? "TT2" : "TIT2", WORDS)
                .named("prompt", "{}")
                .language(old ? "COM" : "COMM", "settings", WORDS)
                .language(old ? "ULT" : "USLT", "", "a bicycle\nand a cat")
                .mp3());
        assertThat(metadata.mediaType()).contains("audio/mpeg");
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple(old ? "id3/TT2" : "id3/TIT2", old ? "TT2" : "TIT2", WORDS),
                        tuple(old ? "id3/TXX" : "id3/TXXX", "prompt", "{}"),
                        tuple(old ? "id3/COM" : "id3/COMM", "settings", WORDS),
                        tuple(old ? "id3/ULT" : "id3/USLT", "", "a bicycle\nand a cat"));
        assertThat(metadata.blocks())
                .allSatisfy(block -> assertThat(block.encoding()).contains(decoded));
    }

    @Test
    void latinTextIsReadAsUtf8WhereItIsThat() {
        ItemMetadata metadata = read(Id3Fixture.version(3)
                .text("TIT2", "caf\u00E9")
                .frame("TALB", ("\0" + WORDS).getBytes(StandardCharsets.UTF_8))
                .mp3());
        assertThat(metadata.blocks())
                .extracting(
                        MetadataBlock::textOrEmpty, block -> block.encoding().orElse(""))
                .containsExactly(tuple("caf\u00E9", "latin-1"), tuple(WORDS, "utf-8"));
    }

    @Test
    void severalValuesAreSeveralBlocks() {
        ItemMetadata metadata = read(Id3Fixture.version(4)
                .in(Encoding.UTF_16)
                .text("TPE1", "a cat\0a bicycle")
                .named("tags", "one\0two\0")
                .mp3());
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("TPE1", "a cat"), tuple("TPE1", "a bicycle"), tuple("tags", "one"), tuple("tags", "two"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void unsynchronisationIsUndone(int version) {
        byte[] data = {1, (byte) 0xFF, 0, (byte) 0xFF, (byte) 0xE0, 2};
        byte[] file = Id3Fixture.version(version)
                .unsynchronised()
                .named("before", "\u00FF\u00FE a garden")
                .object("application/c2pa", "c2pa", data)
                .named("prompt", "{}")
                .mp3();
        ItemMetadata metadata = read(file);
        assertThat(metadata.withKey("before").findFirst().orElseThrow().text()).contains("\u00FF\u00FE a garden");
        MetadataBlock prompt = metadata.withKey("prompt").findFirst().orElseThrow();
        int at = (int) prompt.origin().offset();
        assertThat(Arrays.copyOfRange(file, at, at + 2)).containsExactly('{', '}');
        // The store lies in pieces, between which are the zeros that were put in.
        assertThat(store(file)).isEqualTo(data);
    }

    @Test
    void aManifestStoreIsFound() {
        byte[] data = "a store".getBytes(StandardCharsets.US_ASCII);
        for (String type : List.of("application/c2pa", "application/x-c2pa-manifest-store")) {
            byte[] file = Id3Fixture.version(4)
                    .in(Encoding.UTF_8)
                    .object(type, "c2pa", data)
                    .mp3();
            assertThat(store(file)).isEqualTo(data);
            assertThat(read(file).blocks())
                    .extracting(MetadataBlock::container, MetadataBlock::key)
                    .containsExactly(tuple("id3/GEOB", "c2pa"));
        }
        assertThat(store(
                        Id3Fixture.version(4).object("text/plain", "c2pa", data).mp3()))
                .isEmpty();
    }

    @Test
    void picturesPacketsAndUnknownFramesAreListed() {
        ItemMetadata metadata = read(Id3Fixture.version(3)
                .picture("a lighthouse", new byte[30])
                .owned("XMP", "<x:xmpmeta/>".getBytes(StandardCharsets.US_ASCII))
                .owned("org.example", new byte[4])
                .frame("WOAF", "https://example.org/".getBytes(StandardCharsets.US_ASCII))
                .frame("PCNT", new byte[4])
                .mp3());
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("id3/APIC", "a lighthouse", ""),
                        tuple("id3/xmp", "", "<x:xmpmeta/>"),
                        tuple("id3/PRIV", "org.example", ""),
                        tuple("id3/WOAF", "WOAF", "https://example.org/"),
                        tuple("id3/PCNT", "", ""));
        assertThat(read(Id3Fixture.version(2).picture("a cat", new byte[3]).mp3())
                        .blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key)
                .containsExactly(tuple("id3/PIC", "a cat"));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void extendedHeadersCompressionAndChaptersAreRead(int version) {
        ItemMetadata metadata = read(Id3Fixture.version(version)
                .extendedHeader()
                .compressed("TIT2", "a garden ".repeat(20))
                .chapter("ch0", Id3Fixture.version(version).text("TIT2", "a chapter"))
                .text("TALB", "an album")
                .mp3());
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("TIT2", "a garden ".repeat(20)),
                        tuple("", ""),
                        tuple("TIT2", "a chapter"),
                        tuple("TALB", "an album"));
    }

    @Test
    void sizesOfEightBitsAByteAreReadAndMarked() {
        ItemMetadata metadata = read(Id3Fixture.version(4)
                .plainSizes()
                .named("prompt", "a cat ".repeat(60))
                .text("TALB", "an album")
                .mp3());
        assertThat(metadata.problems()).isEmpty();
        MetadataBlock prompt = metadata.withKey("prompt").findFirst().orElseThrow();
        assertThat(prompt.text()).contains("a cat ".repeat(60));
        assertThat(prompt.repaired()).isPresent();
        assertThat(metadata.withKey("TALB").findFirst().orElseThrow().repaired())
                .isEmpty();
        // Rightful sizes of the same frames are not marked.
        assertThat(read(Id3Fixture.version(4)
                                .named("prompt", "a cat ".repeat(60))
                                .text("TALB", "an album")
                                .mp3())
                        .blocks())
                .allSatisfy(block -> assertThat(block.repaired()).isEmpty());
    }

    @Test
    void encryptedFramesAreSaidToBe() {
        ItemMetadata metadata =
                read(Id3Fixture.version(3).frame("TIT2", 0x40, new byte[9]).mp3());
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Category.UNSUPPORTED);
        assertThat(metadata.blocks()).hasSize(1);
    }

    @Test
    void tagsAtTheEndAreReadFromTheLastToTheFirst() {
        byte[] file = Id3Fixture.version(3)
                .text("TIT2", "a title")
                .mp3(
                        Id3Fixture.ape("prompt", "{}"),
                        Id3Fixture.lyrics("a song about a cat"),
                        Id3Fixture.old("a garden", "a cat", "Seed: 7"));
        ItemMetadata metadata = read(file);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("id3/TIT2", "TIT2", "a title"),
                        tuple("id3v1", "title", "a garden"),
                        tuple("id3v1", "artist", "a cat"),
                        tuple("id3v1", "year", "2026"),
                        tuple("id3v1", "comment", "Seed: 7"),
                        tuple("lyrics3", "IND", "00"),
                        tuple("lyrics3", "LYR", "a song about a cat"),
                        tuple("ape/item", "prompt", "{}"),
                        tuple("ape/item", "Cover Art (Front)", ""));
    }

    @Test
    void soundWithoutATagIsRecognised() {
        assertThat(read(Id3Fixture.sound(2)).mediaType()).contains("audio/mpeg");
        assertThat(read(Id3Fixture.sound(1)).mediaType()).isEmpty();
        byte[] wideText = "\uFEFFa text about a cat, of some length".getBytes(StandardCharsets.UTF_16LE);
        assertThat(read(wideText).mediaType()).isEmpty();
    }

    @Test
    void aTagLongerThanTheFileKeepsItsWholeFrames() {
        byte[] file = Id3Fixture.version(3)
                .named("a", "a cat")
                .text("TALB", "an album")
                .tag();
        ItemMetadata metadata = read(Arrays.copyOf(file, file.length - 12));
        assertThat(metadata.withKey("a")).hasSize(1);
        assertThat(metadata.withKey("TALB")).isEmpty();
        assertThat(metadata.problems()).hasSize(2);
    }

    private static byte[] store(byte[] file) {
        return StorePlaces.store(new Mp3Reader(), file);
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
