package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.MarkedFiles.TYPES;
import static org.latentprint.generator.MarkedFiles.UUID;
import static org.latentprint.generator.MarkedFiles.block;
import static org.latentprint.generator.MarkedFiles.only;
import static org.latentprint.generator.MarkedFiles.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.CredentialsFixture;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.WebpFixture;
import org.latentprint.fixture.XmpFixture;

/** Declared source types, the IPTC's properties for generated pictures, Grok's pair and the table of services. */
class ServiceMarksTest {
    private static final String UNNAMED = "unnamed (declared AI source)";

    @ParameterizedTest
    @CsvSource({
        "trainedAlgorithmicMedia, true",
        "compositeWithTrainedAlgorithmicMedia, true",
        "trainedAlgorithmicData, true",
        "compositeSynthetic, false",
        "composite, false",
        "compositeCapture, false",
        "algorithmicMedia, false",
        "algorithmicallyEnhanced, false",
        "digitalCapture, false",
        "computationalCapture, false",
        "digitalArt, false",
        "digitalCreation, false",
        "humanEdits, false",
        "virtualRecording, false",
        "untrainedAlgorithmicMedia, false"
    })
    void takesTheTermsThatNameATrainedModel(String term, boolean claims) {
        for (String value : List.of(
                TYPES + term, "digsrctype:" + term, term, "https://cv.iptc.org/newscodes/digitalsourcetype/" + term)) {
            Reading reading = read(JpegFixture.of(8, 8)
                    .xmp(new XmpFixture()
                            .attribute("Iptc4xmpExt:DigitalSourceType", value)
                            .packet())
                    .bytes());
            assertThat(reading.generations()).as(value).hasSize(claims ? 1 : 0);
            if (claims) {
                Generation generation = only(reading);
                assertThat(generation.generator()).isEqualTo(UNNAMED);
                assertThat(generation.declaration())
                        .contains(new Declaration(Declaration.Mark.SOURCE_TYPE, "DigitalSourceType", value));
                assertThat(generation.settings()).containsEntry("digital_source_type", term);
                assertThat(generation.positivePrompt()).isEmpty();
                assertThat(reading.claimed()).hasSize(1);
            }
        }
    }

    @Test
    void takesTheTypeAsAddressElementAndByItsOlderName() {
        for (String element : List.of(
                "<Iptc4xmpExt:DigitalSourceType rdf:resource=\"" + TYPES + "trainedAlgorithmicMedia\"/>",
                "<Iptc4xmpExt:DigitalSourceType>" + TYPES + "trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>",
                "<Iptc4xmpExt:DigitalSourceFileType>trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceFileType>",
                "<Iptc4xmpExt:DigitalSourcefileType>" + TYPES
                        + "trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourcefileType>")) {
            assertThat(read(WebpFixture.of(8, 8)
                                    .xmp(new XmpFixture().raw(element).packet())
                                    .bytes())
                            .generations())
                    .as(element)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "photoshop:Credit|Made with Google AI|Google (Gemini/Imagen)|false",
                "photoshop:Credit|Edited with Google AI|Google (Gemini/Imagen)|false",
                "photoshop:Credit|Apple Photos Clean Up|Apple Photos (Clean Up)|false",
                "photoshop:Credit|OpenAI|ChatGPT/OpenAI|true",
                "xmp:CreatorTool|Adobe Firefly 3.0|Adobe Firefly|false",
                "xmp:CreatorTool|DALL-E 3|ChatGPT/OpenAI|true",
                "xmp:CreatorTool|Garden Painter 2|Garden Painter 2|true",
                "photoshop:Credit|Jane Gardener/Lighthouse News|unnamed (declared AI source)|false",
                "photoshop:Credit|Firefly Media House|unnamed (declared AI source)|false",
                "xmp:CreatorTool|Adobe Photoshop 25.0 (Windows)|unnamed (declared AI source)|false",
                "xmp:CreatorTool|17.5.1|unnamed (declared AI source)|false"
            })
    void namesTheProgramThatTheFieldsName(String field, String value, String generator, boolean inferred) {
        Generation generation = only(read(JpegFixture.of(8, 8)
                .xmp(new XmpFixture()
                        .attribute("Iptc4xmpExt:DigitalSourceType", TYPES + "trainedAlgorithmicMedia")
                        .attribute(field, value)
                        .packet())
                .bytes()));
        assertThat(generation.generator()).isEqualTo(generator);
        assertThat(generation.namesProgram()).isEqualTo(!generator.equals(UNNAMED));
        assertThat(generation.settings()).containsValue(value);
        assertThat(generation.inferences()).hasSize(inferred ? 1 : 0);
    }

    @Test
    void readsThePacketThatGooglesProgramsWrite() {
        Reading reading = read(PngFixture.of(8, 8)
                .exif(ExifFixture.littleEndian().ascii(ExifFixture.SOFTWARE, "Picasa"))
                .xmp(new XmpFixture()
                        .attribute("Iptc4xmpExt:DigitalSourceFileType", TYPES + "compositeWithTrainedAlgorithmicMedia")
                        .attribute("Iptc4xmpExt:DigitalSourceType", TYPES + "compositeWithTrainedAlgorithmicMedia")
                        .attribute("photoshop:Credit", "Edited with Google AI")
                        .packet())
                .bytes());
        assertThat(only(reading).generator()).isEqualTo("Google (Gemini/Imagen)");
        assertThat(only(reading).settings())
                .containsEntry("credit", "Edited with Google AI")
                .containsEntry("software", "Picasa");
        assertThat(reading.claimed()).hasSize(1);
    }

    @Test
    void namesNoCameraForTheEditorOfAPhotograph() {
        Reading reading = read(JpegFixture.of(8, 8)
                .exif(ExifFixture.bigEndian()
                        .ascii(ExifFixture.MAKE, "Google")
                        .ascii(ExifFixture.MODEL, "Pixel 9")
                        .ascii(ExifFixture.SOFTWARE, "HDR+ 1.0.345618096nd"))
                .xmp(new XmpFixture()
                        .attribute("Iptc4xmpExt:DigitalSourceType", TYPES + "compositeWithTrainedAlgorithmicMedia")
                        .attribute("xmp:CreatorTool", "HDR+ 1.0.345618096nd")
                        .attribute("crs:Version", "15")
                        .packet())
                .bytes());
        assertThat(only(reading).generator()).isEqualTo(UNNAMED);
        assertThat(only(reading).settings())
                .containsEntry("digital_source_type", "compositeWithTrainedAlgorithmicMedia")
                .containsEntry("make", "Google")
                .containsEntry("software", "HDR+ 1.0.345618096nd");
        assertThat(reading.claimed())
                .as("the packet and the camera's tags say more")
                .isEmpty();
    }

    @Test
    void takesTheCreditOfTheInterchangeModelForTheProgram() {
        Reading reading = read(List.of(
                block(
                        "jpeg/xmp",
                        "",
                        new XmpFixture()
                                .attribute("Iptc4xmpExt:DigitalSourceType", TYPES + "trainedAlgorithmicMedia")
                                .packet()),
                block("jpeg/iptc", "2:110 Credit", "Made with Google AI")));
        assertThat(only(reading).generator()).isEqualTo("Google (Gemini/Imagen)");
        for (String key : List.of("2:110", "2:110 Credit", "2:110 (Credit)")) {
            Generation alone = only(read("jpeg/iptc", key, "Made with Google AI"));
            assertThat(alone.generator()).isEqualTo("Google (Gemini/Imagen)");
            assertThat(alone.inferences()).extracting(Inference::field).containsExactly("generator");
        }
        assertThat(read("jpeg/iptc", "2:1100 Other", "Made with Google AI").generations())
                .isEmpty();
        assertThat(read("jpeg/iptc", "2:120 Caption-Abstract", "Made with Google AI")
                        .generations())
                .isEmpty();
    }

    @Test
    void leavesAPictureToTheProgramThatWroteItsOwnRecord() {
        String declared = new XmpFixture()
                .attribute("Iptc4xmpExt:DigitalSourceType", TYPES + "trainedAlgorithmicMedia")
                .attribute("photoshop:Credit", "Made with Google AI")
                .packet();
        Reading text = read(PngFixture.of(8, 8)
                .text(
                        "parameters",
                        "a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 8x8, Version: v1.9.4")
                .xmp(declared)
                .bytes());
        assertThat(only(text).generator()).isEqualTo("A1111");
        ItemMetadata signed = MetadataExtractor.extract(
                "signed",
                HeapBytes.wrap(new CredentialsFixture()
                        .created("Garden Kit", "GPT-4o", Optional.of(TYPES + "trainedAlgorithmicMedia"))
                        .png(8, 8)));
        List<MetadataBlock> blocks = new ArrayList<>(signed.blocks());
        blocks.add(block("png/iTXt", "XML:com.adobe.xmp", declared));
        Reading credentials = GeneratorReaders.readAll(signed.withBlocks(blocks));
        assertThat(only(credentials).generator()).isEqualTo("ChatGPT/OpenAI");
        Reading processed = read(PngFixture.of(8, 8)
                .text("postprocessing", "Postprocess crop: 1, Resize: 2, Width: 3, Height: 4")
                .xmp(declared)
                .bytes());
        assertThat(processed.generations())
                .extracting(Generation::generator)
                .containsExactly("A1111", "Google (Gemini/Imagen)");
    }

    @Test
    void readsTheIptcsPropertiesForGeneratedPictures() {
        Reading reading = read(PngFixture.of(8, 8)
                .xmp(new XmpFixture()
                        .element("Iptc4xmpExt:AISystemUsed", "ChatGPT DALL-E")
                        .element("Iptc4xmpExt:AISystemVersionUsed", "3")
                        .element("Iptc4xmpExt:AIPromptInformation", "a robot that draws a garden; no people")
                        .element("Iptc4xmpExt:AIPromptWriterName", "Ann Gardener")
                        .attribute("Iptc4xmpExt:DigitalSourceType", TYPES + "trainedAlgorithmicMedia")
                        .packet())
                .bytes());
        Generation generation = only(reading);
        assertThat(generation.generator()).isEqualTo("ChatGPT/OpenAI");
        assertThat(generation.version()).contains("3");
        assertThat(generation.positivePrompt()).contains("a robot that draws a garden; no people");
        assertThat(generation.negativePrompt()).isEmpty();
        assertThat(generation.settings())
                .containsEntry("ai_system", "ChatGPT DALL-E")
                .containsEntry("ai_prompt_writer", "Ann Gardener")
                .containsEntry("digital_source_type", "trainedAlgorithmicMedia");
        assertThat(reading.claimed()).hasSize(1);

        assertThat(only(read(xmp(new XmpFixture().element("Iptc4xmpExt:AISystemUsed", "Garden Painter"))))
                        .generator())
                .isEqualTo("Garden Painter");
        Generation prompt = only(read(xmp(new XmpFixture().element("Iptc4xmpExt:AIPromptInformation", "a cat"))));
        assertThat(prompt.generator()).isEqualTo(UNNAMED);
        assertThat(prompt.positivePrompt()).contains("a cat");
        assertThat(read(xmp(new XmpFixture().element("Iptc4xmpExt:AIPromptWriterName", "Ann")))
                        .generations())
                .isEmpty();
        assertThat(read(xmp(new XmpFixture()
                                .element("Iptc4xmpExt:AISystemUsed", "Garden Painter")
                                .attribute("Iptc4xmpExt:DigitalSourceType", TYPES + "digitalCapture")))
                        .generations())
                .isEmpty();
    }

    @Test
    void readsGroksPair() {
        String signature = "Ab3+/".repeat(60) + "==";
        Reading reading = read(JpegFixture.of(8, 8)
                .exif(ExifFixture.littleEndian()
                        .ascii(ExifFixture.IMAGE_DESCRIPTION, "Signature: " + signature)
                        .ascii(ExifFixture.ARTIST, UUID))
                .bytes());
        Generation generation = only(reading);
        assertThat(generation.generator()).isEqualTo("xAI Grok");
        assertThat(generation.settings()).containsEntry("image_id", UUID).containsEntry("signature", signature);
        assertThat(generation.inferences()).extracting(Inference::field).containsExactly("generator");
        assertThat(reading.claimed()).hasSize(2);

        assertThat(exif("Signature: " + signature, "Ann Gardener").generations())
                .isEmpty();
        assertThat(exif("Signature: Ann", UUID).generations()).isEmpty();
        assertThat(exif("Signature: " + "a b".repeat(60), UUID).generations()).isEmpty();
        assertThat(exif("My signature: " + signature, UUID).generations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Make, Ideogram AI, Ideogram",
        "Software, Adobe Firefly, Adobe Firefly",
        "Software, adobe firefly 1.0, Adobe Firefly",
        "Software, reve.com, Reve",
        "Software, Midjourney, Midjourney",
        "Model, Apple Image Playground, Apple Image Playground"
    })
    void takesAServicesNameInTheFieldOfTheMakerAndSaysThatItIsInferred(String key, String value, String service) {
        Reading reading = read("jpeg/exif", key, value);
        assertThat(only(reading).generator()).isEqualTo(service);
        assertThat(only(reading).inferences()).extracting(Inference::field).containsExactly("generator");
        assertThat(reading.claimed()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Adobe Photoshop 25.0 (Windows)",
                "Adobe Lightroom Classic 13.1",
                "Canva",
                "Fireflyer 2",
                "Firefly",
                "Edited by hand, not Midjourney",
                "Midjourneyman 1",
                "Adobe Firefly was not used for this picture of a garden",
                "GIMP 2.10",
                "17.5.1",
                "HDR+ 1.0.345618096nd",
                "Made with Google AI",
                "NIKON Z 8 Ver.01.00"
            })
    void takesNoOtherProgramForAService(String software) {
        assertThat(read("jpeg/exif", "Software", software).generations()).isEmpty();
        assertThat(read("png/tEXt", "Software", software).generations()).isEmpty();
        assertThat(read(xmp(new XmpFixture().attribute("xmp:CreatorTool", software)))
                        .generations())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A lighthouse. Not AI, not Midjourney: a photograph.",
                "Talk about trainedAlgorithmicMedia and DigitalSourceType in the garden house",
                "Made with Google AI",
                "Imagined with AI",
                "AIGC",
                "{\"AIGC\": \"a garden club\"}",
                "AI generated? No: drawn by hand. Adobe Firefly, Midjourney and DALL-E were not used."
            })
    void takesNoCaptionForAMark(String caption) {
        assertThat(read(JpegFixture.of(8, 8)
                                .exif(ExifFixture.bigEndian()
                                        .ascii(ExifFixture.MAKE, "Canon")
                                        .ascii(ExifFixture.MODEL, "Canon EOS R5")
                                        .ascii(ExifFixture.SOFTWARE, "Adobe Lightroom Classic 13.1 (Macintosh)")
                                        .ascii(ExifFixture.ARTIST, "Ann Gardener")
                                        .ascii(ExifFixture.IMAGE_DESCRIPTION, caption)
                                        .userComment(caption, ExifFixture.Comment.ASCII))
                                .xmp(new XmpFixture()
                                        .attribute("xmp:CreatorTool", "Adobe Lightroom Classic 13.1 (Macintosh)")
                                        .attribute("photoshop:Credit", "Ann Gardener")
                                        .array("dc:creator", "Seq", "Ann Gardener")
                                        .array("dc:description", "Alt", caption)
                                        .packet())
                                .bytes())
                        .generations())
                .isEmpty();
        assertThat(read("png/tEXt", "Comment", caption).generations()).isEmpty();
        assertThat(read("jpeg/iptc", "2:120 Caption-Abstract", caption).generations())
                .isEmpty();
        assertThat(read("jpeg/COM", "", caption).generations()).isEmpty();
    }

    @Test
    void tellsOfABrokenPacketAndKeepsWhatStandsBeforeTheBreak() {
        String packet = new XmpFixture()
                .attribute("Iptc4xmpExt:DigitalSourceType", TYPES + "trainedAlgorithmicMedia")
                .packet();
        Reading reading = read(JpegFixture.of(8, 8)
                .xmp(packet.substring(0, packet.indexOf("</rdf:Description>")) + "</wrong>")
                .bytes());
        assertThat(only(reading).generator()).isEqualTo(UNNAMED);
        assertThat(reading.claimed()).isEmpty();
        assertThat(reading.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.category()).isEqualTo(Problem.Category.MALFORMED));
    }

    private static byte[] xmp(XmpFixture fixture) {
        return JpegFixture.of(8, 8).xmp(fixture.packet()).bytes();
    }

    private static Reading exif(String description, String artist) {
        return read(List.of(block("jpeg/exif", "ImageDescription", description), block("jpeg/exif", "Artist", artist)));
    }
}
