package org.latentprint.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.fixture.ExifFixture;
import org.latentprint.fixture.ExifFixture.Comment;
import org.latentprint.fixture.JpegFixture;

class UserCommentTest {
    private static final List<Comment> FORMS = List.of(Comment.values());
    private static final List<List<String>> WORDS = List.of(
            List.of("lighthouse", "garden", "bicycle", "cat", "dusk", "caf\u00E9", "stra\u00DFe", "(sunlight:1.2)"),
            List.of(
                    "\u043C\u0430\u044F\u043A",
                    "\u0441\u0430\u0434",
                    "\u043A\u043E\u0448\u043A\u0430",
                    "\u0432\u0435\u043B\u043E\u0441\u0438\u043F\u0435\u0434"),
            List.of("\u706F\u5854", "\u82B1\u56ED", "\u81EA\u884C\u8F66", "\u732B", "\u9EC4\u660F", "\u6674\u5929"),
            List.of(
                    "\u706F\u53F0",
                    "\u5EAD\u5712",
                    "\u81EA\u8EE2\u8ECA",
                    "\u306D\u3053",
                    "\u30CD\u30B3",
                    "\u5915\u66AE\u308C"),
            List.of("\uB4F1\uB300", "\uC815\uC6D0", "\uC790\uC804\uAC70", "\uACE0\uC591\uC774"),
            List.of("\uD83D\uDE80", "\uD83D\uDC31", "\uD83C\uDF3B", "cat", "\uD83D\uDEB2"));

    @Test
    void everyFormInEveryScriptIsReadWhateverTheHeaderSays() {
        Random random = new Random(7);
        for (int round = 0; round < 3000; round++) {
            String text = prompt(random);
            Comment form = FORMS.get(random.nextInt(FORMS.size()));
            ExifFixture exif = random.nextBoolean() ? ExifFixture.littleEndian() : ExifFixture.bigEndian();
            ItemMetadata metadata = MetadataExtractor.extract(
                    "file",
                    HeapBytes.wrap(JpegFixture.of(1, 1)
                            .exif(exif.ascii(ExifFixture.SOFTWARE, "test").userComment(text, form))
                            .bytes()));
            assertThat(metadata.withKey("UserComment").map(MetadataBlock::textOrEmpty))
                    .as("round %d, %s", round, form)
                    .containsExactly(text);
        }
    }

    @Test
    void chineseWithoutASingleBlankIsReadInBothOrders() {
        String text = "\u591C\u665A\u7684\u706F\u5854\uFF0C\u82B1\u56ED\u91CC\u7684\u732B\u548C\u81EA\u884C\u8F66";
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            assertThat(WideText.decode(text.getBytes(StandardCharsets.UTF_16BE), order))
                    .isEqualTo(DecodedText.of(text, "utf-16be"));
            assertThat(WideText.decode(text.getBytes(StandardCharsets.UTF_16LE), order))
                    .isEqualTo(DecodedText.of(text, "utf-16le"));
        }
    }

    @Test
    void aByteOrderMarkDecides() {
        assertThat(WideText.decode("\uFEFF\u732B".getBytes(StandardCharsets.UTF_16LE), ByteOrder.BIG_ENDIAN))
                .isEqualTo(DecodedText.of("\u732B", "utf-16le"));
    }

    @Test
    void zerosBehindTheTextAreNoText() {
        assertThat(UserComment.decode("ASCII\0\0\0a cat\0\0".getBytes(StandardCharsets.US_ASCII), ByteOrder.BIG_ENDIAN))
                .contains(DecodedText.of("a cat", "utf-8"));
        assertThat(UserComment.decode(new byte[8], ByteOrder.BIG_ENDIAN)).isEmpty();
    }

    @Test
    void japaneseBehindItsOwnCodeIsRead() {
        byte[] text = "\u732B".getBytes(Charset.forName("ISO-2022-JP"));
        byte[] value = new byte[8 + text.length];
        System.arraycopy("JIS\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII), 0, value, 0, 8);
        System.arraycopy(text, 0, value, 8, text.length);
        assertThat(UserComment.decode(value, ByteOrder.LITTLE_ENDIAN))
                .contains(DecodedText.of("\u732B", "iso-2022-jp"));
    }

    private static String prompt(Random random) {
        List<String> words = WORDS.get(random.nextInt(WORDS.size()));
        StringBuilder text = new StringBuilder();
        int count = 3 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : random.nextInt(5) == 0 ? "\n" : ", ")
                    .append(words.get(random.nextInt(words.size())));
        }
        return random.nextBoolean() ? text + "\nSteps: 20, Seed: " + random.nextInt(1 << 30) : text.toString();
    }
}
