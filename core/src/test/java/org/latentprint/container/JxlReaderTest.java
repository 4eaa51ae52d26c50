package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentprint.container.c2pa.Check;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.BrotliWriter;
import org.latentprint.fixture.CredentialsFixture;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.JumbfFixture;
import org.latentprint.fixture.JxlFixture;
import org.latentprint.generator.Generation;
import org.latentprint.generator.GeneratorReaders;

class JxlReaderTest {
    private static final String TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
    private static final String XMP = "<x:xmpmeta>a garden</x:xmpmeta>";
    private static final String C2PA = "6332706100110010800000aa00389b71";
    private static final String OTHER = "6579d6fbdba2446bb2ac1b82feeb89d1";

    /** An XMP packet, as the reference encoder packs it at its highest quality. */
    private static final String PACKED_XMP = "G0QBAGR0W+onXyNm64R2UcwHbwLz7u8eoMCeBRTK1DN3pUTx3HC2TT4++Jl+8Tdvs774XVH7"
            + "LwPrVcQVNuUwyNNDmXho+17NoUwmuzh02tNBwoEwzBgMOXj+y8U/uJwRyHmDgzz0QzEGINdKxn27jylNSmKFNkwRFeerZKwdRh+q6S"
            + "Li5AGJw6sPrpGU88MO9AhirsowpnjUnKcY5xXP4LDwjEvsAShmPZkD";

    /** Six mebibytes of spaces, packed the same way. */
    private static final String BOMB = "m///X/glQOKxQCD3/gs=";

    @Test
    void aBareCodestreamHasASizeAndNothingElse() {
        ItemMetadata metadata = read(JxlFixture.codestream(1200, 800));
        assertThat(metadata.mediaType()).contains("image/jxl");
        assertThat(metadata.width()).isEqualTo(1200);
        assertThat(metadata.height()).isEqualTo(800);
        assertThat(metadata.blocks()).isEmpty();
        assertThat(metadata.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "64, 128, 0",
        "160, 160, 1",
        "192, 160, 2",
        "213, 160, 3",
        "240, 160, 4",
        "284, 160, 5",
        "200, 160, 6",
        "320, 160, 7"
    })
    void smallSizesAndRatiosAreRead(int width, int height, int ratio) {
        ItemMetadata metadata = read(JxlFixture.smallCodestream(width, height, ratio));
        assertThat(metadata.width()).isEqualTo(width);
        assertThat(metadata.height()).isEqualTo(height);
    }

    @Test
    void twoBytesAloneAreNoCodestream() {
        assertThat(read(new byte[] {(byte) 0xFF, 0x0A, 'a', 'b'}).mediaType()).isEmpty();
        byte[] huge = new byte[16];
        Arrays.fill(huge, (byte) 0xFE);
        huge[0] = (byte) 0xFF;
        huge[1] = 0x0A;
        assertThat(read(huge).mediaType()).isEmpty();
    }

    @Test
    void plainAndPackedMetadataAreTheSame() {
        ExifFixture exif = ExifFixture.littleEndian().ascii(ExifFixture.MAKE, "prompt:{\"1\": {}}");
        byte[] plain = JxlFixture.of(1200, 800).exif(exif).xmp(XMP).bytes();
        byte[] packed = JxlFixture.of(1200, 800).packedExif(exif).packedXmp(XMP).inParts();
        for (byte[] file : new byte[][] {plain, packed}) {
            ItemMetadata metadata = read(file);
            assertThat(metadata.width()).isEqualTo(1200);
            assertThat(metadata.problems()).isEmpty();
            assertThat(metadata.trailing()).isEmpty();
            assertThat(metadata.blocks())
                    .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                    .containsExactly(tuple("jxl/exif", "Make", "prompt:{\"1\": {}}"), tuple("jxl/xmp", "", XMP));
        }
        assertThat(new String(bytesOf(plain, read(plain).blocks().getFirst()), StandardCharsets.UTF_8))
                .isEqualTo("prompt:{\"1\": {}}\0");
        assertThat(bytesOf(plain, read(plain).blocks().getLast())).isEqualTo(XMP.getBytes(StandardCharsets.UTF_8));
        // The place of what is packed is that of the packed bytes, behind the box's type.
        MetadataBlock last = read(packed).blocks().getLast();
        assertThat(packed[(int) last.origin().offset() - 1]).isEqualTo((byte) ' ');
        assertThat(last.origin().length()).isEqualTo(XMP.length() + 4);
    }

    @Test
    void whatTheReferenceEncoderPackedIsUnpacked() {
        ItemMetadata metadata = read(JxlFixture.of(64, 64)
                .packed("xml ", Base64.getDecoder().decode(PACKED_XMP))
                .bytes());
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks().getFirst().textOrEmpty())
                .startsWith("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF")
                .contains("a lighthouse at dusk")
                .endsWith("</x:xmpmeta>")
                .hasSize(325);
    }

    @Test
    void aSmallBoxThatBlowsUpIsNotUsed() {
        ItemMetadata metadata = read(JxlFixture.of(64, 64)
                .packed("xml ", Base64.getDecoder().decode(BOMB))
                .xmp(XMP)
                .bytes());
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Category.LIMIT);
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::textOrEmpty)
                .containsExactly(tuple("jxl/brob", ""), tuple("jxl/xmp", XMP));
    }

    @Test
    void damagedPackedDataAreToldAndListed() {
        byte[] packed = Base64.getDecoder().decode(PACKED_XMP);
        ItemMetadata metadata = read(JxlFixture.of(64, 64)
                .packed("xml ", Arrays.copyOf(packed, packed.length / 2))
                .bytes());
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Category.MALFORMED);
        assertThat(metadata.blocks()).extracting(MetadataBlock::container).containsExactly("jxl/brob");
    }

    @Test
    void packedDataThatAreDamagedAnywhereCostLittle() {
        byte[] packed = Base64.getDecoder().decode(PACKED_XMP);
        Random random = new Random(7);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int round = 0; round < 3000; round++) {
                byte[] damaged = packed.clone();
                for (int i = 0; i < 1 + random.nextInt(4); i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                ItemMetadata metadata =
                        read(JxlFixture.of(64, 64).packed("xml ", damaged).bytes());
                assertThat(metadata.blocks()).hasSize(1);
                assertThat(metadata.problems()).noneMatch(problem -> problem.category() == Category.READER_FAILED);
            }
        });
    }

    @Test
    void theNumberOfPackedBoxesIsBounded() {
        JxlFixture file = JxlFixture.of(64, 64);
        for (int i = 0; i < 70; i++) {
            file.packedXmp(XMP);
        }
        ItemMetadata metadata = read(file.bytes());
        assertThat(metadata.blocks())
                .filteredOn(block -> block.container().equals("jxl/xmp"))
                .hasSize(64);
        assertThat(metadata.blocks()).hasSize(70);
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Category.LIMIT);
    }

    @Test
    void aPackedStoreIsRead() {
        ItemMetadata metadata = read(new CredentialsFixture()
                .created("Garden Kit", "Brush", Optional.of(TRAINED))
                .jxl(64, 48));
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.credentials()).singleElement().satisfies(credentials -> {
            assertThat(credentials.active().orElseThrow().signature().check().outcome())
                    .isEqualTo(Check.Outcome.PASSED);
            assertThat(credentials.origin())
                    .isEqualTo(metadata.blocks().getFirst().origin().readBy("c2pa/1"));
        });
        assertThat(GeneratorReaders.readAll(metadata).generations())
                .extracting(Generation::generator)
                .containsExactly("Brush");
    }

    @Test
    void aPackedSuperboxOfAnotherTypeIsListedOnly() {
        byte[] other = JumbfFixture.superbox(OTHER, "a label", "{}");
        ItemMetadata metadata = read(JxlFixture.of(64, 48)
                .packed("jumb", BrotliWriter.stored(Arrays.copyOfRange(other, 8, other.length)))
                .bytes());
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.credentials()).isEmpty();
        assertThat(metadata.blocks()).extracting(MetadataBlock::key).containsExactly("jumb");
    }

    @Test
    void superboxesAreListedByTypeAndLabel() {
        ItemMetadata metadata = read(JxlFixture.of(64, 64)
                .box(
                        "jumb",
                        Arrays.copyOfRange(
                                JumbfFixture.superbox(OTHER, "a label", "{}"),
                                8,
                                JumbfFixture.superbox(OTHER, "a label", "{}").length))
                .box(
                        "jumb",
                        Arrays.copyOfRange(
                                JumbfFixture.superbox(C2PA, "c2pa", "{}"),
                                8,
                                JumbfFixture.superbox(C2PA, "c2pa", "{}").length))
                .box("jbrd", new byte[3])
                .packed("jumb", new byte[5])
                .bytes());
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key)
                .containsExactly(
                        tuple("jxl/jumb", OTHER + " a label"),
                        tuple("jxl/jumb", C2PA + " c2pa"),
                        tuple("jxl/jbrd", ""),
                        tuple("jxl/brob", "jumb"));
        assertThat(metadata.credentials()).hasSize(1);
        assertThat(metadata.problems())
                .filteredOn(problem -> problem.message().contains("Brotli"))
                .extracting(Problem::category)
                .as("five zeros are no Brotli data")
                .containsExactly(Category.MALFORMED);
    }

    private static byte[] bytesOf(byte[] file, MetadataBlock block) {
        int offset = (int) block.origin().offset();
        return Arrays.copyOfRange(file, offset, offset + (int) block.origin().length());
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
