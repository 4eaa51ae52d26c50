package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.BigTiffFixture;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.ExifFixture.Comment;
import org.latentprint.fixture.FlacFixture;
import org.latentprint.fixture.GifFixture;
import org.latentprint.fixture.GltfFixture;
import org.latentprint.fixture.HeifFixture;
import org.latentprint.fixture.Id3Fixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.JxlFixture;
import org.latentprint.fixture.MatroskaFixture;
import org.latentprint.fixture.Mp4Fixture;
import org.latentprint.fixture.OggFixture;
import org.latentprint.fixture.PhotoshopFixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.RiffFixture;
import org.latentprint.fixture.VorbisCommentFixture;
import org.latentprint.fixture.WebpFixture;

/** What an attacker or a failing disk does to a file costs findings of that file at most. */
class DamageTest {
    private static final int FLIPS = 3000;

    private static final PhotoshopFixture PHOTOSHOP = new PhotoshopFixture()
            .resource(0x040B, "a", "https://garden.example".getBytes(StandardCharsets.UTF_8))
            .dataset(1, 90, "\u001B%G")
            .dataset(2, 5, "a garden")
            .longDataset(2, 120, "a cat on a bicycle before a lighthouse");

    private record Found(String container, String key, long offset, long length, String text, String repaired) {
        static Found of(MetadataBlock block) {
            return new Found(
                    block.container(),
                    block.key(),
                    block.origin().offset(),
                    block.origin().length(),
                    block.textOrEmpty(),
                    block.repaired().orElse(""));
        }
    }

    static Stream<Arguments> files() {
        ExifFixture exif = ExifFixture.littleEndian()
                .ascii(ExifFixture.MAKE, "workflow:{\"nodes\": [1, 2]}")
                .ascii(ExifFixture.MODEL, "prompt:{\"1\": {\"seed\": 1}}")
                .wrongOffset(6)
                .userComment("a cat\nSteps: 20", Comment.UNICODE_BIG_ENDIAN)
                .ascii(ExifFixture.Directory.GPS, 0x1D, "2026:01:02")
                .ascii(ExifFixture.Directory.THUMBNAIL, ExifFixture.SOFTWARE, "a program");
        return Stream.of(
                arguments(
                        "png",
                        PngFixture.of(4, 4)
                                .text("parameters", "a cat")
                                .compressedText("Dream", "a garden")
                                .exif(exif)
                                .c2pa(new byte[30])
                                .afterPixels()
                                .compressedInternationalText("Description", "a bicycle")
                                .xmp("<x:xmpmeta/>")
                                .chunk("tIME", new byte[] {7, (byte) 0xEA, 1, 2, 3, 4, 5})
                                .profile("exif", exif.bytes())
                                .profile("iptc", PHOTOSHOP.bytes())
                                .trailing(new byte[20])
                                .bytes()),
                arguments(
                        "jpeg",
                        JpegFixture.of(8, 8)
                                .exif(exif)
                                .xmp("<x:xmpmeta/>")
                                .extendedXmp("0123456789ABCDEF0123456789ABCDEF", "<x>" + "y".repeat(90), 40)
                                .comment("a cat")
                                .jumbf(new byte[20])
                                .jumbf("6579d6fbdba2446bb2ac1b82feeb89d1", "a label", "{}")
                                .photoshop(PHOTOSHOP, 60)
                                .progressive()
                                .bytes()),
                arguments(
                        "webp",
                        WebpFixture.of(8, 8)
                                .frames(2)
                                .exifWithHeader(exif)
                                .xmp("<x:xmpmeta/>")
                                .chunk("C2PA", new byte[9])
                                .bytes()),
                arguments(
                        "mp4",
                        Mp4Fixture.mp4(64, 48)
                                .item("\u00A9cmt", "a cat")
                                .freeform("org.example", "settings", "Steps: 20")
                                .key("prompt", "{}")
                                .xmp("<x:xmpmeta/>")
                                .bytes()),
                arguments(
                        "avif",
                        HeifFixture.avif(64, 48)
                                .exif(exif)
                                .xmp("<x:xmpmeta/>")
                                .uuid("d8fec3d61b0e483c92975828877ec481", new byte[9])
                                .bytes()),
                arguments(
                        "heic",
                        HeifFixture.heic(64, 48)
                                .version(2)
                                .inData()
                                .wideNumbers()
                                .exifWithHeader(exif)
                                .xmp("<x:xmpmeta/>")
                                .mime("text/plain", "", new byte[4])
                                .bytes()),
                arguments(
                        "gif",
                        GifFixture.of(8, 8)
                                .comment("a cat")
                                .application("example1.0", new byte[9])
                                .xmp("<x:xmpmeta/>")
                                .frames(2)
                                .bytes()),
                arguments(
                        "tiff",
                        ExifFixture.littleEndian()
                                .ascii(ExifFixture.IMAGE_DESCRIPTION, "a garden\nSteps: 20, Sampler: Euler a, Seed: 7")
                                .ascii(ExifFixture.MODEL, "prompt:{\"1\": {\"seed\": 1}}")
                                .tag(
                                        ExifFixture.Directory.IMAGE,
                                        0x02BC,
                                        1,
                                        "<x:xmpmeta/>".getBytes(StandardCharsets.UTF_8))
                                .userComment("a cat\nSteps: 20", Comment.UNICODE_BIG_ENDIAN)
                                .ascii(ExifFixture.Directory.THUMBNAIL, ExifFixture.SOFTWARE, "a program")
                                .bytes()),
                arguments(
                        "tiff with iptc",
                        ExifFixture.bigEndian()
                                .tag(ExifFixture.Directory.IMAGE, 0x83BB, 7, PHOTOSHOP.iptc())
                                .tag(ExifFixture.Directory.IMAGE, 0x8649, 1, PHOTOSHOP.bytes())
                                .bytes()),
                arguments(
                        "bigtiff",
                        BigTiffFixture.of(ByteOrder.LITTLE_ENDIAN, 8, 8)
                                .ascii(ExifFixture.MODEL, "prompt:{\"1\": {\"seed\": 1}}")
                                .tag(0x83BB, PHOTOSHOP.iptc())
                                .exifAscii(ExifFixture.DATE_TIME_ORIGINAL, "2026:01:02 03:04:05")
                                .bytes()),
                arguments(
                        "jxl",
                        JxlFixture.of(64, 48)
                                .exif(exif)
                                .packedExif(exif)
                                .packedXmp("<x:xmpmeta/>")
                                .xmp("<x:xmpmeta/>")
                                .box("jumb", new byte[30])
                                .inParts()),
                arguments("glb", GltfFixture.binary(GltfFixture.comfy("{\"1\": {}}", "{\"nodes\": []}"))),
                arguments(
                        "svg",
                        ("<?xml version=\"1.0\"?><!-- a --><!DOCTYPE svg [<!ENTITY a 'b'>]><svg width='64' height='48'>"
                                        + "<title>a &amp; b</title><metadata><![CDATA[{\"prompt\": {}}]]><rdf:RDF><a/>"
                                        + "</rdf:RDF><x>words</x></metadata><desc>a cat</desc></svg><!-- b --> ")
                                .getBytes(StandardCharsets.UTF_8)),
                arguments(
                        "mov",
                        Mp4Fixture.quickTime(64, 48)
                                .userData("\u00A9cmt", "a garden")
                                .movieKey("comment", "a bicycle")
                                .wideSizes()
                                .bytes()),
                arguments(
                        "webm",
                        MatroskaFixture.webm(64, 48)
                                .tag("PROMPT", "{}")
                                .valueFirst("COMMENT", "a cat")
                                .nested("A", "a garden", 3)
                                .attachment("a.png", new byte[5])
                                .bytes()),
                arguments(
                        "flac",
                        FlacFixture.flac()
                                .comment("prompt", "{}")
                                .comment("TITLE", "a cat")
                                .application("abcd", new byte[4])
                                .picture("image/png", "a garden", new byte[9])
                                .followedBy(Id3Fixture.old("a bicycle", "", ""))
                                .bytes()),
                arguments(
                        "mp3",
                        Id3Fixture.version(3)
                                .unsynchronised()
                                .extendedHeader()
                                .named("prompt", "{} \u00FF\u00FF")
                                .in(Id3Fixture.Encoding.UTF_16)
                                .language("COMM", "workflow", "a cat")
                                .picture("a garden", new byte[9])
                                .chapter("ch0", Id3Fixture.version(3).text("TIT2", "a chapter"))
                                .compressed("TALB", "an album")
                                .mp3(Id3Fixture.old("a bicycle", "", ""))),
                arguments(
                        "mp3 2.4",
                        Id3Fixture.version(4)
                                .in(Id3Fixture.Encoding.UTF_8)
                                .named("prompt", "{}")
                                .compressed("TALB", "an album")
                                .object("application/c2pa", "c2pa", new byte[9])
                                .owned("XMP", new byte[] {'<', 'x', '>'})
                                .mp3()),
                arguments(
                        "mp3 2.2",
                        Id3Fixture.version(2)
                                .named("prompt", "{}")
                                .text("TT2", "a title")
                                .mp3()),
                arguments(
                        "ogg",
                        OggFixture.ogg()
                                .pagesOf(255)
                                .theora(1, 64, 48, new VorbisCommentFixture().add("A", "a cat".repeat(80)))
                                .flac(2, new VorbisCommentFixture().add("B", "a garden"))
                                .bytes()),
                arguments(
                        "wav",
                        RiffFixture.wav()
                                .list("INFO", "ICMT", "a cat")
                                .broadcast("a garden", "a program", "")
                                .chunk(
                                        "id3 ",
                                        Id3Fixture.version(3).named("a", "b").tag())
                                .label("a place")
                                .chunk("C2PA", new byte[9])
                                .bytes()),
                arguments(
                        "rf64",
                        RiffFixture.longWav("RF64")
                                .longSound(9)
                                .list("INFO", "ICMT", "a cat")
                                .text("_PMX", "<x:xmpmeta/>")
                                .bytes()),
                arguments(
                        "avi",
                        RiffFixture.avi(64, 48, "a stream")
                                .list("INFO", "ISFT", "a program")
                                .bytes()),
                arguments(
                        "aiff",
                        RiffFixture.aiff()
                                .text("NAME", "a garden")
                                .comment("a cat")
                                .text("APPL", "XMP <x:xmpmeta/>")
                                .bytes()),
                arguments(
                        "mkv",
                        MatroskaFixture.matroska(64, 48)
                                .unsized()
                                .tag("WORKFLOW", "{}")
                                .bytes()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aFileCutAnywhereGivesOnlyWhatTheWholeOneHas(String name, byte[] file) {
        ItemMetadata whole = read(file);
        Set<Found> all = found(whole);
        assertThat(all).hasSizeGreaterThan(1);
        int before = 0;
        for (int length = 0; length < file.length; length++) {
            ItemMetadata cut = read(Arrays.copyOf(file, length));
            assertThat(all).as("%s cut to %d bytes", name, length).containsAll(found(cut));
            assertThat(cut.blocks().size())
                    .as("%s cut to %d bytes", name, length)
                    .isGreaterThanOrEqualTo(before);
            before = cut.blocks().size();
            assertThat(cut.problems()).noneMatch(problem -> problem.category() == Category.READER_FAILED);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void flippedBytesNeverMakeAReaderFail(String name, byte[] file) {
        Random random = new Random(name.hashCode());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int round = 0; round < FLIPS; round++) {
                byte[] damaged = file.clone();
                int flips = 1 + random.nextInt(8);
                for (int i = 0; i < flips; i++) {
                    damaged[random.nextInt(damaged.length)] =
                            (byte) (random.nextBoolean() ? random.nextInt(256) : 0xFF * random.nextInt(2));
                }
                ItemMetadata metadata = read(damaged);
                assertThat(metadata.problems())
                        .as("%s, round %d", name, round)
                        .noneMatch(problem -> problem.category() == Category.READER_FAILED
                                || problem.category() == Category.UNREADABLE);
                for (MetadataBlock block : metadata.blocks()) {
                    assertThat(block.origin().offset() + block.origin().length())
                            .isLessThanOrEqualTo(damaged.length);
                }
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void onlyItsOwnReaderRecognisesAFile(String name, byte[] file) {
        byte[] head = Arrays.copyOf(file, Math.min(file.length, ContainerReaders.HEAD_LENGTH));
        assertThat(ContainerReaders.ALL.stream()
                        .filter(reader -> reader.recognise(head).isPresent()))
                .as(name)
                .hasSize(1);
        byte[] words = ("a text about " + name).getBytes(StandardCharsets.UTF_8);
        assertThat(ContainerReaders.forHead(words)).isEmpty();
    }

    private static Set<Found> found(ItemMetadata metadata) {
        Set<Found> found = new HashSet<>();
        metadata.blocks().forEach(block -> found.add(Found.of(block)));
        return found;
    }

    private static ItemMetadata read(byte[] file) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(file));
    }
}
