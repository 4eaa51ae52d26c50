package org.latentprint.evidence.carve;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.latentprint.fixture.ComfyGraph;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.GifFixture;
import org.latentprint.fixture.HeifFixture;
import org.latentprint.fixture.JpegFixture;
import org.latentprint.fixture.Mp4Fixture;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.RiffFixture;
import org.latentprint.fixture.SafetensorsFixture;
import org.latentprint.fixture.WebpFixture;

/** Files that a test loses on a disk. */
final class CarvedFiles {
    static final String INFOTEXT = "a lighthouse in fog, ä bicycle\nNegative prompt: rain\nSteps: 20, Sampler: Euler a,"
            + " CFG scale: 7, Seed: 1234567890123456789, Size: 64x64, Model: sample";
    static final String WORKFLOW =
            "{\"id\": \"a\", \"last_node_id\": 2, \"nodes\": [{\"id\": 1, \"type\": \"KSampler\","
                    + " \"inputs\": [{\"name\": \"model\", \"link\": 1}], \"widgets_values\": [5, \"a { cat\"]},"
                    + " {\"id\": 2, \"type\": \"Note\", \"widgets_values\": [NaN]}], \"links\": [[1, 2, 0, 1, 0, \"MODEL\"]]}";
    static final String RECORD = "{\"ss_output_name\":\"bicycle\",\"ss_training_started_at\":\"1718445123.5\","
            + "\"ss_tag_frequency\":\"{\\\"10_bicycle\\\": {\\\"wheel\\\": 19}}\"}";

    private CarvedFiles() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] prompt() {
        return utf8(new ComfyGraph()
                .textToImage("garden.safetensors", "a cat in a { garden", "rain", 7)
                .json());
    }

    /** Returns a picture that does not shrink. */
    static BufferedImage noise(int size, long seed) {
        Random random = new Random(seed);
        BufferedImage noise = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                noise.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        return noise;
    }

    /** Returns what a file of {@link #whole} or {@link #bare} is. */
    static CarvedKind kind(Map.Entry<String, byte[]> file) {
        return CarvedKind.valueOf(file.getKey().split(" ", 2)[0]);
    }

    /** Returns whole files of every kind, name (kind, blank, variant) to bytes. */
    static Map<String, byte[]> whole() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        ExifFixture exif = ExifFixture.littleEndian().userComment(INFOTEXT, ExifFixture.Comment.UNICODE_BIG_ENDIAN);
        files.put(
                "PNG text",
                PngFixture.of(9, 9).text("parameters", INFOTEXT).exif(exif).bytes());
        files.put("PNG plain", PngFixture.of(noise(40, 1)).bytes());
        files.put(
                "PNG wrong", PngFixture.of(9, 9).text("prompt", "{}").wrongCrc().bytes());
        files.put(
                "JPEG exif",
                JpegFixture.of(noise(32, 2))
                        .exif(exif)
                        .xmp("<x:xmpmeta/>")
                        .comment("a cat")
                        .bytes());
        files.put("JPEG progressive", JpegFixture.of(noise(48, 3)).progressive().bytes());
        files.put("JPEG plain", JpegFixture.of(64, 64).bytes());
        files.put("WEBP plain", WebpFixture.of(8, 8).bytes());
        files.put(
                "WEBP exif",
                WebpFixture.of(8, 8).frames(2).exif(exif).xmp("<x:xmpmeta/>").bytes());
        files.put("WAV list", RiffFixture.wav().list("INFO", "ICMT", "a cat").bytes());
        files.put(
                "AVI list",
                RiffFixture.avi(64, 48, "a stream")
                        .list("INFO", "ISFT", "a program")
                        .bytes());
        files.put("GIF plain", GifFixture.of(8, 8).comment("a cat").frames(3).bytes());
        files.put(
                "FILM last",
                Mp4Fixture.mp4(64, 48).key("prompt", "{}").xmp("<x:xmpmeta/>").bytes());
        files.put(
                "FILM first",
                Mp4Fixture.mp4(64, 48).movieFirst().item("\u00A9cmt", "a cat").bytes());
        files.put("FILM pieces", Mp4Fixture.mp4(64, 48).fragmented(3).bytes());
        files.put(
                "FILM wide",
                Mp4Fixture.quickTime(64, 48)
                        .userData("\u00A9cmt", "a garden")
                        .wideSizes()
                        .bytes());
        files.put("HEIF avif", HeifFixture.avif(64, 48).exif(exif).bytes());
        files.put(
                "HEIF heic",
                HeifFixture.heic(64, 48).inData().xmp("<x:xmpmeta/>").bytes());
        files.put(
                "SAFETENSORS trained",
                new SafetensorsFixture()
                        .metadata(RECORD.substring(1, RECORD.length() - 1))
                        .tensor("lora_unet.lora_down.weight", 4, 320)
                        .tensor("lora_unet.lora_up.weight", 320, 4)
                        .build());
        return files;
    }

    /** Returns metadata that stand alone, name (kind, blank, variant) to bytes. */
    static Map<String, byte[]> bare() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("PNG_TEXT one", PngFixture.textChunks(PngFixture.of(2, 2).text("parameters", INFOTEXT)));
        files.put(
                "PNG_TEXT more",
                PngFixture.textChunks(PngFixture.of(2, 2)
                        .text("prompt", new String(prompt(), StandardCharsets.UTF_8))
                        .compressedText("Title", "a garden")
                        .compressedInternationalText("Description", "a bicycle")));
        files.put("INFOTEXT plain", utf8(INFOTEXT));
        files.put("COMFYUI_PROMPT plain", prompt());
        files.put("COMFYUI_WORKFLOW plain", utf8(WORKFLOW));
        files.put("TRAINING_RECORD plain", utf8(RECORD));
        files.put(
                "TRAINING_RECORD head",
                utf8("{\"__metadata__\":" + RECORD
                        + ",\"lora_unet.alpha\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}}"));
        return files;
    }
}
