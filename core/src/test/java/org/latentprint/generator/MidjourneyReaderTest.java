package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.generator.MarkedFiles.TYPES;
import static org.latentprint.generator.MarkedFiles.UUID;
import static org.latentprint.generator.MarkedFiles.only;
import static org.latentprint.generator.MarkedFiles.read;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.evidence.Problem;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.WebpFixture;
import org.latentprint.fixture.XmpFixture;

class MidjourneyReaderTest {
    private static final String JOB = " Job ID: " + UUID;
    private static final String GUID = "1338fb17-2986-466a-a23e-b8b3c25c8c82";

    @Test
    void readsADownloadedPicture() {
        byte[] file = PngFixture.of(16, 9)
                .text(
                        "Description",
                        "a lighthouse, fog::2 --ar 16:9 --seed 4294967295 --no boats, birds --raw --v 6.1" + JOB)
                .text("Author", "gardener")
                .text("Creation Time", "Tue, 02 Jul 2024 10:11:12 GMT")
                .xmp(marks().packet())
                .bytes();
        Reading reading = read(file);
        Generation generation = only(reading);

        assertThat(generation.generator()).isEqualTo("Midjourney");
        assertThat(generation.version()).contains("6.1");
        assertThat(generation.variant()).isEmpty();
        assertThat(generation.positivePrompt()).contains("a lighthouse, fog::2");
        assertThat(generation.positiveParts())
                .containsExactly(new PromptPart(
                        "as recorded",
                        "a lighthouse, fog::2 --ar 16:9 --seed 4294967295 --no boats, birds --raw --v 6.1"));
        assertThat(generation.negativePrompt()).contains("boats, birds");
        assertThat(generation.seed()).contains("4294967295");
        assertThat(generation.settings())
                .containsEntry("ar", "16:9")
                .containsEntry("raw", "")
                .containsEntry("v", "6.1")
                .containsEntry("job_id", UUID)
                .containsEntry("author", "gardener")
                .containsEntry("creation_time", "Tue, 02 Jul 2024 10:11:12 GMT")
                .containsEntry("image_guid", GUID)
                .containsEntry("digital_source_type", "trainedAlgorithmicMedia");
        assertThat(generation.inferences()).isEmpty();
        assertThat(generation.inputs()).isEmpty();
        assertThat(generation.task()).isEmpty();
        assertThat(generation.models()).isEmpty();
        assertThat(generation.furtherOrigins()).hasSize(3);
        assertThat(reading.claimed()).hasSize(4);
    }

    @Test
    void readsPicturesThatWereFedIn() {
        Generation generation = only(read(PngFixture.of(8, 8)
                .text(
                        "Description",
                        "<https://s.mj.run/abc> https://cdn.example.org/cat.png::2 a cat on a wall like https://x.example/wall.jpg"
                                + " --sref https://s.mj.run/style::3 random 123456 --cref https://s.mj.run/ann --cw 50"
                                + " --oref https://s.mj.run/obj --iw 2 --v 7" + JOB)
                .bytes()));
        assertThat(generation.positivePrompt()).contains("a cat on a wall like https://x.example/wall.jpg");
        assertThat(generation.inputs())
                .containsExactly(
                        new InputMedia("init", "https://s.mj.run/abc"),
                        new InputMedia("init", "https://cdn.example.org/cat.png"),
                        new InputMedia("input", "https://x.example/wall.jpg"),
                        new InputMedia("reference", "https://s.mj.run/style"),
                        new InputMedia("reference", "https://s.mj.run/ann"),
                        new InputMedia("reference", "https://s.mj.run/obj"));
        assertThat(generation.task()).contains(Task.IMG2IMG);
        assertThat(generation.inferences()).extracting(Inference::field).containsExactly("task");
        assertThat(generation.settings())
                .containsEntry("sref", "https://s.mj.run/style::3 random 123456")
                .containsEntry("cw", "50");
    }

    @Test
    void readsAFilmsLine() {
        Generation generation = only(read(
                "mp4/ilst",
                "\u00A9cmt",
                "https://s.mj.run/first the cat turns --motion high --bs 1 --end https://s.mj.run/last --video 1"
                        + JOB));
        assertThat(generation.inputs())
                .containsExactly(
                        new InputMedia("init", "https://s.mj.run/first"),
                        new InputMedia("end", "https://s.mj.run/last"));
        assertThat(generation.task()).contains(Task.IMG2VID);
    }

    @Test
    void readsTheSameLineInOtherPlaces() {
        String line = "a garden --niji 6 --s 250" + JOB;
        Generation exif = only(read(JpegFixture.of(8, 8)
                .exif(ExifFixture.bigEndian().ascii(ExifFixture.IMAGE_DESCRIPTION, line))
                .bytes()));
        assertThat(exif.variant()).contains("Niji");
        assertThat(exif.version()).contains("6");
        assertThat(exif.positivePrompt()).contains("a garden");

        Reading webp = read(WebpFixture.of(8, 8)
                .xmp(marks().array("dc:description", "Alt", line).packet())
                .bytes());
        assertThat(only(webp).positivePrompt()).contains("a garden");
        assertThat(only(webp).settings()).containsEntry("job_id", UUID).containsEntry("image_guid", GUID);
        assertThat(webp.claimed()).hasSize(1);

        Reading declared = read(WebpFixture.of(8, 8)
                .xmp(new XmpFixture()
                        .attribute("Iptc4xmpExt:DigitalSourceType", TYPES + "trainedAlgorithmicMedia")
                        .array("dc:description", "Alt", line)
                        .packet())
                .bytes());
        assertThat(only(declared).settings()).containsEntry("digital_source_type", "trainedAlgorithmicMedia");

        Reading both = read(PngFixture.of(8, 8)
                .text("Description", line)
                .xmp(marks().array("dc:description", "Alt", line)
                        .attribute("crs:Version", "1")
                        .packet())
                .bytes());
        assertThat(only(both).furtherOrigins()).hasSize(1);
        assertThat(both.claimed()).as("the packet says more than was read").hasSize(1);
    }

    @Test
    void saysOnWhatALineWithoutItsNumberIsTakenFor() {
        Generation version = only(read("png/tEXt", "Description", "a cat, fur \u2014ar 3:2 --v 5.2"));
        assertThat(version.positivePrompt()).contains("a cat, fur");
        assertThat(version.settings()).containsEntry("ar", "3:2");
        assertThat(version.inferences()).extracting(Inference::field).containsExactly("generator");

        Generation marked = only(read(PngFixture.of(8, 8)
                .text("Description", "a cat --tile")
                .xmp(marks().packet())
                .bytes()));
        assertThat(marked.generator()).isEqualTo("Midjourney");
        assertThat(marked.inferences()).extracting(Inference::field).containsExactly("generator");

        Generation bare = only(read("png/tEXt", "Description", "a cat" + JOB));
        assertThat(bare.positivePrompt()).contains("a cat");
        assertThat(bare.positiveParts()).isEmpty();
        assertThat(bare.inferences()).extracting(Inference::field).containsExactly("generator");
    }

    @Test
    void keepsRepeatedAndUnknownParameters() {
        Generation generation =
                only(read("png/tEXt", "Description", "a cat --no fog --no rain --garden on --seed many" + JOB));
        assertThat(generation.settings())
                .containsEntry("no", "fog")
                .containsEntry("no (2)", "rain")
                .containsEntry("garden", "on")
                .containsEntry("seed", "many");
        assertThat(generation.seed()).isEmpty();
        assertThat(generation.unknowns()).containsExactly("--garden");
        Generation first = only(read("png/tEXt", "Description", "a cat \u2014soft, --garden on --v 3" + JOB));
        assertThat(first.positivePrompt()).contains("a cat \u2014soft,");
        assertThat(first.settings()).containsEntry("garden", "on");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Our cat, drawn with Midjourney",
                "AI art by Midjourney v6, lighthouse at night",
                "A painting --- oil on wood -- of a garden",
                "usage: garden --v 2 --h",
                "run it with --verbose --version 1.2",
                "Printed as Job ID: 4711",
                "Job ID: not-a-number --v",
                "a cat --ar 16:9",
                "yes or --no"
            })
    void takesNoCaptionForALine(String text) {
        assertThat(read("png/tEXt", "Description", text).generations()).isEmpty();
        assertThat(read("jpeg/exif", "ImageDescription", text).generations()).isEmpty();
        assertThat(read("jpeg/COM", "", text + JOB + " and more").generations()).isEmpty();
    }

    @Test
    void takesNoOtherTextsNumberForAJobs() {
        assertThat(read("jpeg/COM", "", "Sent to the printer." + JOB).generations())
                .isEmpty();
        assertThat(read("jpeg/COM", "", "a cat --ar 16:9 --v 6" + JOB).generations())
                .hasSize(1);
        assertThat(read("jpeg/COM", "", "a cat --ar 16:9 --v 6").generations()).isEmpty();
    }

    @Test
    @Timeout(30)
    void boundsWhatItReads() {
        Reading many = read("png/tEXt", "Description", "a cat" + " --ar 1:1".repeat(1_000) + JOB);
        assertThat(many.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.category()).isEqualTo(Problem.Category.LIMIT));
        assertThat(only(many).settings()).hasSize(MidjourneyCommand.MAX_PARAMETERS + 1);
        assertThat(read("png/tEXt", "Description", "https://a.b/ ".repeat(200_000) + JOB)
                        .generations())
                .isEmpty();
        Random random = new Random(11);
        String line = "<https://s.mj.run/abc> a cat::2 --sref https://s.mj.run/s::3 --no x --v 6.1" + JOB;
        for (int round = 0; round < 3_000; round++) {
            StringBuilder changed = new StringBuilder(line);
            changed.setCharAt(random.nextInt(changed.length()), " -<>:\u2014\0x".charAt(random.nextInt(8)));
            read("png/tEXt", "Description", changed.substring(random.nextInt(4)));
        }
    }

    private static XmpFixture marks() {
        return new XmpFixture()
                .attribute("iptcExt:DigImageGUID", GUID)
                .attribute("iptcExt:DigitalSourceType", TYPES + "trainedAlgorithmicMedia");
    }
}
