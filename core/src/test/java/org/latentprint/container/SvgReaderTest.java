package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.latentprint.container.c2pa.Check;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.ComfyGraph;
import org.latentprint.fixture.CredentialsFixture;
import org.latentprint.generator.Generation;
import org.latentprint.generator.GeneratorReaders;
import org.latentprint.generator.Reading;

class SvgReaderTest {
    private static final String TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
    private static final String OPEN = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height='48px'>";

    @Test
    void everythingThatSpeaksIsABlockWithItsPlace() {
        String rdf = "<rdf:RDF xmlns:rdf=\"r\"><dc:title>a garden</dc:title></rdf:RDF>";
        String meta = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">" + rdf + "</x:xmpmeta>";
        String file = "\uFEFF<?xml version=\"1.0\"?>\n<!-- drawn by a program -->\n"
                + "<!DOCTYPE svg [<!-- don't --><!ENTITY x \"y\">]>\n" + OPEN
                + "<title>a garden &amp; a cat &x; &#x5EAD;</title><desc>by\n<a>hand</a></desc>"
                + "<style><![CDATA[.a > .b {}]]></style>"
                + "<metadata>" + rdf + "<work x=\"1>2\"><a/></work> by nobody </metadata>"
                + "<metadata><?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>" + meta
                + "<?xpacket end=\"w\"?></metadata>"
                + "<metadata><c2pa:manifest xmlns:c2pa=\"http://c2pa.org/manifest\">AA\n\tAA</c2pa:manifest></metadata>"
                + "<g><title>a bicycle</title></g></svg>\n<!-- end -->\n";
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        ItemMetadata metadata = read(bytes);
        assertThat(metadata.mediaType()).contains("image/svg+xml");
        assertThat(metadata.width()).isEqualTo(64);
        assertThat(metadata.height()).isEqualTo(48);
        assertThat(metadata.trailing()).isEmpty();
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.credentials()).as("three zeros are no store").isEmpty();
        assertThat(metadata.blocks())
                .extracting(MetadataBlock::container, MetadataBlock::key, MetadataBlock::textOrEmpty)
                .containsExactly(
                        tuple("svg/comment", "", "drawn by a program"),
                        tuple("svg/title", "", "a garden & a cat &x; \u5EAD"),
                        tuple("svg/desc", "", "by\nhand"),
                        tuple("svg/rdf", "", rdf),
                        tuple("svg/metadata", "work", "<work x=\"1>2\"><a/></work>"),
                        tuple("svg/metadata", "", "by nobody"),
                        tuple("svg/xmp", "", meta),
                        tuple("svg/c2pa", "", "AA\n\tAA"),
                        tuple("svg/title", "", "a bicycle"),
                        tuple("svg/comment", "", "end"));
        assertThat(new String(bytesOf(bytes, metadata.blocks().get(6)), StandardCharsets.UTF_8))
                .isEqualTo(meta);
        assertThat(new String(bytesOf(bytes, metadata.blocks().get(1)), StandardCharsets.UTF_8))
                .isEqualTo("a garden &amp; a cat &x; &#x5EAD;");
    }

    @Test
    void readsCredentialsInBase64() {
        byte[] file = new CredentialsFixture()
                .created("Garden Kit", "Brush", Optional.of(TRAINED))
                .svg();
        String text = new String(file, StandardCharsets.US_ASCII);
        for (String written : List.of(
                text,
                text.replace("</c2pa:manifest>", "\r\n </c2pa:manifest>"),
                text.replaceFirst("manifest\">(.{100})", "manifest\">$1<!-- a garden -->"),
                text.replaceFirst("manifest\">([^<]*)", "manifest\"><![CDATA[$1]]>"))) {
            ItemMetadata metadata = read(written.getBytes(StandardCharsets.US_ASCII));
            assertThat(metadata.problems()).isEmpty();
            assertThat(metadata.credentials())
                    .singleElement()
                    .satisfies(credentials -> assertThat(credentials
                                    .active()
                                    .orElseThrow()
                                    .signature()
                                    .check()
                                    .outcome())
                            .isEqualTo(Check.Outcome.PASSED));
            Reading reading = GeneratorReaders.readAll(metadata);
            assertThat(reading.generations()).extracting(Generation::generator).containsExactly("Brush");
            assertThat(reading.claimed()).hasSize(1);
        }
        assertThat(read(file)
                        .credentials()
                        .getFirst()
                        .active()
                        .orElseThrow()
                        .dataHash()
                        .outcome())
                .isEqualTo(Check.Outcome.PASSED);
        assertThat(read(text.replace("M0 0", "M0 1").getBytes(StandardCharsets.US_ASCII))
                        .credentials()
                        .getFirst()
                        .active()
                        .orElseThrow()
                        .dataHash()
                        .outcome())
                .isEqualTo(Check.Outcome.FAILED);
    }

    @Test
    void damagedBase64IsToldAndCostsNothingElse() {
        String open = OPEN + "<title>a cat</title><metadata><c2pa:manifest>";
        String close = "</c2pa:manifest></metadata></svg>";
        for (String damaged : List.of("AAA*", "A", "AA=A", "\u5EAD\u5EAD")) {
            ItemMetadata metadata = read((open + damaged + close).getBytes(StandardCharsets.UTF_8));
            assertThat(metadata.problems())
                    .as(damaged)
                    .extracting(Problem::category)
                    .containsExactly(Category.MALFORMED);
            assertThat(metadata.blocks()).extracting(MetadataBlock::container).containsExactly("svg/title", "svg/c2pa");
        }
        ItemMetadata cut = read((open + "AAAA<!-- -->".repeat(1_001) + close).getBytes(StandardCharsets.UTF_8));
        assertThat(cut.problems()).extracting(Problem::category).containsExactly(Category.LIMIT);
        assertThat(read((open + close).getBytes(StandardCharsets.UTF_8)).problems())
                .isEmpty();
    }

    @Test
    void graphsOfComfyUiAreRead() {
        String prompt = new ComfyGraph()
                .textToImage("sample-base.safetensors", "a lighthouse at dusk", "rain", 7)
                .json();
        byte[] file = (OPEN + "\n  <metadata>\n                <![CDATA[\n            {\n  \"prompt\": " + prompt
                        + ",\n  \"workflow\": {\"nodes\": [], \"links\": [], \"version\": 0.4}\n}\n                ]]>\n"
                        + "            </metadata>\n            <path d=\"M0 0\"/></svg>")
                .getBytes(StandardCharsets.UTF_8);
        ItemMetadata metadata = read(file);
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.blocks()).singleElement().satisfies(block -> {
            assertThat(block.container()).isEqualTo("svg/metadata");
            assertThat(block.textOrEmpty()).startsWith("{").endsWith("}");
        });
        assertThat(GeneratorReaders.readAll(metadata).generations())
                .singleElement()
                .satisfies(generation -> {
                    assertThat(generation.generator()).isEqualTo("ComfyUI");
                    assertThat(generation.positivePrompt()).contains("a lighthouse at dusk");
                });
    }

    @Test
    void otherXmlIsNoDrawing() {
        for (String text : new String[] {"<html><svg/></html>", "svg", "<!-- <svg> -->", "</svg>", "<svgx>"}) {
            assertThat(read(text.getBytes(StandardCharsets.UTF_8)).mediaType())
                    .as(text)
                    .isEmpty();
        }
        assertThat(read("<svg:svg/>".getBytes(StandardCharsets.UTF_8)).mediaType())
                .contains("image/svg+xml");
    }

    @Test
    void whatStandsBehindTheDrawingIsTold() {
        byte[] file = (OPEN + "</svg>\n \nsomething").getBytes(StandardCharsets.UTF_8);
        assertThat(read(file).trailing()).contains(new ItemMetadata.Trailing(file.length - 9, 9));
    }

    @Test
    void onlyASizeInPixelsIsASize() {
        for (String size :
                new String[] {"width='64mm' height='48mm'", "width='100%' height='100%'", "viewBox='0 0 9 9'"}) {
            ItemMetadata metadata = read(("<svg " + size + "/>").getBytes(StandardCharsets.UTF_8));
            assertThat(metadata.width()).isZero();
            assertThat(metadata.problems()).isEmpty();
        }
    }

    @Test
    void textsAreBounded() {
        byte[] file = (OPEN + "<title>a</title>".repeat(1200) + "</svg>").getBytes(StandardCharsets.UTF_8);
        ItemMetadata metadata = read(file);
        assertThat(metadata.blocks()).hasSize(1000);
        assertThat(metadata.problems()).extracting(Problem::category).containsExactly(Category.LIMIT);
    }

    @Test
    void hostileTextsCostLittle() {
        int count = 2 << 20;
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (String part :
                    new String[] {"&", "<", "<!--", "<a ", "<a='", "<![CDATA[", "<metadata>", "<x:xmpmeta>"}) {
                read((OPEN + "<metadata>" + part.repeat(count / part.length())).getBytes(StandardCharsets.UTF_8));
                read((OPEN + "<title>" + part.repeat(count / part.length()) + "</title></svg>")
                        .getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static byte[] bytesOf(byte[] file, MetadataBlock block) {
        int offset = (int) block.origin().offset();
        return Arrays.copyOfRange(file, offset, offset + (int) block.origin().length());
    }

    private static ItemMetadata read(byte[] bytes) {
        return MetadataExtractor.extract("file", HeapBytes.wrap(bytes));
    }
}
