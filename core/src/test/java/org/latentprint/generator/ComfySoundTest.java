package org.latentprint.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.fixture.ComfyGraph.member;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataExtractor;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.ComfyGraph;
import org.latentprint.fixture.FlacFixture;
import org.latentprint.fixture.Id3Fixture;
import org.latentprint.fixture.MatroskaFixture;
import org.latentprint.fixture.OggFixture;
import org.latentprint.fixture.VorbisCommentFixture;

/** What ComfyUI's saving nodes leave in sound and film files, from the file's bytes to the record. */
class ComfySoundTest {
    private static final String LYRICS = "[verse]\\nA lighthouse \u706F\u53F0 in the fog";
    private static final String CANVAS = "{\"nodes\": [], \"links\": [], \"version\": 0.4}";

    private static ComfyGraph song(String encoder, String latent, String saver) {
        return song(encoder, saver).node("4", latent, "\"seconds\": 120, \"batch_size\": 1");
    }

    /** Makes all but the latent (4). */
    private static ComfyGraph song(String encoder, String saver) {
        return new ComfyGraph()
                .node("1", "CheckpointLoaderSimple", member("ckpt_name", "sound.safetensors"))
                .node(
                        "2",
                        encoder,
                        "\"clip\": [\"1\", 1], " + member("tags", "folk, accordion") + ", \"lyrics\": \"" + LYRICS
                                + "\", \"lyrics_strength\": 0.99")
                .node("3", "ConditioningZeroOut", "\"conditioning\": [\"2\", 0]")
                .node(
                        "5",
                        "KSampler",
                        "\"seed\": 18446744073709551615, \"steps\": 50, \"cfg\": 5, \"sampler_name\": \"euler\","
                                + " \"scheduler\": \"simple\", \"denoise\": 1, \"model\": [\"1\", 0],"
                                + " \"positive\": [\"2\", 0], \"negative\": [\"3\", 0], \"latent_image\": [\"4\", 0]")
                .node("6", "VAEDecodeAudio", "\"samples\": [\"5\", 0], \"vae\": [\"1\", 2]")
                .node("7", saver, "\"audio\": [\"6\", 0], \"filename_prefix\": \"audio/ComfyUI\"");
    }

    private static String song(String saver) {
        return song("TextEncodeAceStepAudio", "EmptyAceStepLatentAudio", saver).json();
    }

    static Stream<Arguments> songs() {
        String flac = song("SaveAudio");
        String mp3 = song("SaveAudioMP3");
        String opus = song("SaveAudioOpus");
        return Stream.of(
                Arguments.arguments(
                        "flac",
                        FlacFixture.flac()
                                .comment("prompt", flac)
                                .comment("workflow", CANVAS)
                                .comment("encoder", "Lavf61.7.100")
                                .bytes()),
                Arguments.arguments(
                        "mp3",
                        Id3Fixture.version(4)
                                .in(Id3Fixture.Encoding.UTF_8)
                                .named("prompt", mp3)
                                .named("workflow", CANVAS)
                                .text("TSSE", "Lavf61.7.100")
                                .mp3()),
                Arguments.arguments(
                        "opus",
                        OggFixture.ogg()
                                .opus(
                                        1,
                                        new VorbisCommentFixture()
                                                .add("encoder", "Lavc61.19.100 libopus")
                                                .add("prompt", opus)
                                                .add("workflow", CANVAS))
                                .bytes()),
                Arguments.arguments(
                        "webm",
                        MatroskaFixture.webm(64, 48)
                                .tag("PROMPT", flac)
                                .tag("WORKFLOW", CANVAS)
                                .bytes()),
                Arguments.arguments(
                        "mka",
                        MatroskaFixture.matroska(64, 48)
                                .tag("PROMPT", flac)
                                .tag("WORKFLOW", CANVAS)
                                .bytes()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("songs")
    void aSongsTagsAndLyricsComeOut(String name, byte[] file) {
        Reading reading = read(file);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.claimed())
                .extracting(block -> block.key().toLowerCase(Locale.ROOT))
                .containsExactly("prompt", "workflow");
        Generation generation = reading.generations().getFirst();
        assertThat(reading.generations()).hasSize(1);
        assertThat(generation.generator()).isEqualTo("ComfyUI");
        assertThat(generation.task()).contains(Task.AUDIO);
        assertThat(generation.seed()).contains("18446744073709551615");
        assertThat(generation.models()).containsExactly(NamedModel.named("checkpoint", "sound.safetensors"));
        assertThat(generation.positiveParts())
                .containsExactlyInAnyOrder(
                        new PromptPart("tags", "folk, accordion"),
                        new PromptPart("lyrics", LYRICS.replace("\\n", "\n")));
        assertThat(generation.negativeParts()).isEmpty();
        assertThat(generation.width()).isEmpty();
    }

    @Test
    void theLaterEncoderIsReadTheSameWay() {
        String graph = song("TextEncodeAceStepAudio1.5", "EmptyAceStep1.5LatentAudio", "SaveAudioMP3")
                .json();
        Generation generation = read(Id3Fixture.version(4)
                        .in(Id3Fixture.Encoding.UTF_8)
                        .named("prompt", graph)
                        .mp3())
                .generations()
                .getFirst();
        assertThat(generation.task()).contains(Task.AUDIO);
        assertThat(generation.positiveParts())
                .extracting(PromptPart::encoder)
                .containsExactlyInAnyOrder("tags", "lyrics");
    }

    @Test
    void soundThatWasFedInIsAnInput() {
        String graph = song("TextEncodeAceStepAudio", "SaveAudio")
                .node("8", "LoadAudio", member("audio", "fog horn.wav"))
                .node("4", "VAEEncodeAudio", "\"audio\": [\"8\", 0], \"vae\": [\"1\", 2]")
                .json();
        Generation generation = read(FlacFixture.flac().comment("prompt", graph).bytes())
                .generations()
                .getFirst();
        assertThat(generation.task()).contains(Task.AUDIO);
        assertThat(generation.inputs()).extracting(InputMedia::name).contains("fog horn.wav");
    }

    private static Reading read(byte[] file) {
        ItemMetadata metadata = MetadataExtractor.extract("file", HeapBytes.wrap(file));
        assertThat(metadata.problems()).isEmpty();
        return GeneratorReaders.readAll(metadata);
    }
}
