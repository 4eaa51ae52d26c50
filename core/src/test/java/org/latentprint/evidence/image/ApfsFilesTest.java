package org.latentprint.evidence.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.evidence.ByteRun;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.ItemRef.Allocation;
import org.latentprint.evidence.ItemTime;
import org.latentprint.fixture.ApfsFixture;
import org.latentprint.fixture.ImageFixture;
import org.latentprint.fixture.ImageTools;
import org.latentprint.fixture.PngFixture;

/** Holds the files of an APFS volume against what was put there, and against The Sleuth Kit's own programs. */
class ApfsFilesTest {
    private static final String IN_PIECES = "garden/deep/pieces.bin";

    /** What paths of the container's first volume begin with. */
    private static final String VOLUME = "apfs0/";

    @TempDir
    private Path work;

    private final Map<String, byte[]> files = new TreeMap<>();
    private Path image = Path.of("");

    @BeforeEach
    void makeVolume() throws IOException {
        ImageTools.require("mkapfs", "fls", "icat");
        byte[] large = new byte[50_000];
        new Random(3).nextBytes(large);
        files.put("empty.txt", new byte[0]);
        files.put("notes.txt", "tall grass and fog\n".repeat(20).getBytes(StandardCharsets.US_ASCII));
        files.put(
                "garden/lighthouse.png",
                PngFixture.of(64, 64)
                        .text("parameters", ImageFixture.infotext(4))
                        .bytes());
        files.put(IN_PIECES, large);
        image = work.resolve("apfs.img");
        ApfsFixture.write(image, files, IN_PIECES);
    }

    @Test
    void givesEveryFileWithItsBytesAndTheirPlaces() throws Exception {
        Map<String, byte[]> found = new TreeMap<>();
        try (ImageSource source = ImageSource.open(image.toString(), false)) {
            for (ItemRef item : files(source)) {
                assertThat(item.allocation()).isEqualTo(Allocation.ALLOCATED);
                try (EvidenceBytes bytes = source.open(item)) {
                    byte[] all = bytes.readExactly(0, (int) item.size());
                    found.put(inVolume(item), all);
                    assertThat(dd(bytes.runs())).as(item.path()).isEqualTo(all);
                    assertThat(bytes.runs()).as(item.path()).hasSize(pieces(inVolume(item)));
                }
            }
        }
        assertThat(found.keySet()).isEqualTo(files.keySet());
        found.forEach((path, bytes) -> assertThat(bytes).as(path).isEqualTo(files.get(path)));
    }

    @Test
    void agreesWithTheSleuthKitsPrograms() throws Exception {
        try (ImageSource source = ImageSource.open(image.toString(), false)) {
            List<ItemRef> items = files(source);
            String block = items.getFirst().address().orElseThrow().split("[@/]", -1)[1];
            Map<String, String[]> lines = fls(block);
            assertThat(items).extracting(ApfsFilesTest::inVolume).containsExactlyElementsOf(lines.keySet());
            for (ItemRef item : items) {
                String path = inVolume(item);
                String[] line = Objects.requireNonNull(lines.get(path));
                assertThat(item.size()).isEqualTo(Long.parseLong(line[6]));
                // Of an empty file, icat says that it has no content.
                if (item.size() > 0) {
                    byte[] icat = ImageTools.output("icat", "-P", "apfs", "-B", block, image.toString(), line[2]);
                    try (EvidenceBytes bytes = source.open(item)) {
                        assertThat(bytes.readExactly(0, (int) item.size()))
                                .as(path)
                                .isEqualTo(icat);
                    }
                }
                assertThat(seconds(item, ItemTime.Kind.ACCESSED)).isEqualTo(Long.parseLong(line[7]));
                assertThat(seconds(item, ItemTime.Kind.MODIFIED)).isEqualTo(Long.parseLong(line[8]));
                assertThat(seconds(item, ItemTime.Kind.BORN))
                        .isEqualTo(Long.parseLong(line[10]))
                        .isGreaterThan(ApfsFixture.BORN / 1_000_000_000L);
            }
        }
    }

    private static String inVolume(ItemRef item) {
        assertThat(item.path()).startsWith(VOLUME);
        return item.path().substring(VOLUME.length());
    }

    private static int pieces(String path) {
        return path.equals(IN_PIECES) ? 3 : path.equals("empty.txt") ? 0 : 1;
    }

    private Map<String, String[]> fls(String block) {
        Map<String, String[]> lines = new TreeMap<>();
        byte[] text =
                ImageTools.output("fls", "-P", "apfs", "-B", block, "-r", "-m", "", "-z", "UTC", image.toString());
        new String(text, StandardCharsets.UTF_8).lines().forEach(line -> {
            String[] parts = line.split("\\|", -1);
            if (parts[3].startsWith("r/r")) {
                lines.put(parts[1].substring(1), parts);
            }
        });
        return lines;
    }

    private byte[] dd(List<ByteRun> runs) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
            for (ByteRun run : runs) {
                byte[] piece = new byte[(int) run.length()];
                file.seek(run.imageOffset());
                file.readFully(piece);
                all.write(piece);
            }
        }
        return all.toByteArray();
    }

    private static long seconds(ItemRef item, ItemTime.Kind kind) {
        return item.times().stream()
                .filter(time -> time.kind() == kind)
                .findFirst()
                .orElseThrow()
                .time()
                .getEpochSecond();
    }

    private static List<ItemRef> files(ImageSource source) throws Exception {
        List<ItemRef> items = new ArrayList<>();
        source.walk(item -> {
            if (item.kind() == ItemRef.Kind.FILE) {
                items.add(item);
            }
        });
        items.sort(Comparator.comparing(ItemRef::path));
        return items;
    }
}
