package org.latentprint.evidence.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentprint.evidence.ByteRun;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.ItemRef.Allocation;
import org.latentprint.evidence.ItemTime;
import org.latentprint.fixture.ImageFixture;
import org.latentprint.fixture.ImageFixture.Kind;
import org.latentprint.fixture.ImageTools;
import org.latentprint.fixture.PngFixture;

/** Holds the items of images against what was put into them, and against The Sleuth Kit's own programs. */
class ImageSourceTest {
    /** Size of the records that mkntfs makes. */
    private static final int NTFS_RECORD = 1_024;

    @TempDir
    private Path work;

    private ImageFixture fixture;

    @BeforeEach
    void makeFiles() throws IOException {
        ImageTools.require("fls", "icat");
        fixture = new ImageFixture(work, 42);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void givesEveryFileWithItsBytes(Kind kind) throws Exception {
        Path image = fixture.image(kind);
        try (ImageSource source = ImageSource.open(image.toString(), false)) {
            Map<String, ItemRef> items = items(source);
            for (Map.Entry<String, byte[]> file : fixture.files().entrySet()) {
                if (isLive(kind, file.getKey())) {
                    ItemRef item = of(items, file.getKey());
                    assertThat(item.allocation()).isEqualTo(Allocation.ALLOCATED);
                    assertThat(bytes(source, item)).as(file.getKey()).isEqualTo(file.getValue());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void agreesWithTheSleuthKitsPrograms(Kind kind) throws Exception {
        Path image = fixture.image(kind);
        Map<String, String[]> listed = fls(image);
        try (ImageSource source = ImageSource.open(image.toString(), false)) {
            Map<String, ItemRef> items = items(source);
            List<String> files = items.values().stream()
                    .filter(item -> item.kind() == ItemRef.Kind.FILE)
                    .map(ItemRef::path)
                    // Of HFS+, fls lists no forks.
                    .filter(path -> !path.startsWith("$OrphanFiles/") && !path.endsWith(":RSRC"))
                    .sorted()
                    .toList();
            List<String> theirs = listed.entrySet().stream()
                    .filter(line -> line.getValue()[3].startsWith("r/r") || line.getValue()[3].startsWith("-/r"))
                    .filter(line -> !line.getKey().startsWith("$OrphanFiles/"))
                    .filter(line -> !line.getValue()[2].contains("-144-"))
                    .map(Map.Entry::getKey)
                    .filter(path -> !path.startsWith("other-name.txt") && !path.equals("$BadClus:$Bad"))
                    .sorted()
                    .toList();
            assertThat(files).isEqualTo(theirs);
            for (String path : files) {
                ItemRef item = of(items, path);
                String[] line = of(listed, path);
                String address = item.address().orElseThrow().substring(2);
                // One of the two may leave out which of the file's contents it is.
                assertThat(line[2].equals(address)
                                || line[2].startsWith(address + "-")
                                || address.startsWith(line[2] + "-"))
                        .as(path)
                        .isTrue();
                byte[] icat = ImageTools.output("icat", image.toString(), address);
                byte[] kept = kept(source, item);
                // Of a deleted file whose place was used again, icat gives what it finds.
                assertThat(kept.length == item.size() || item.allocation() == Allocation.DELETED)
                        .as(path)
                        .isTrue();
                assertThat(kept).as(path).isEqualTo(Arrays.copyOf(icat, kept.length));
                assertThat(seconds(item, ItemTime.Kind.ACCESSED)).as(path).isEqualTo(Long.parseLong(line[7]));
                assertThat(seconds(item, ItemTime.Kind.MODIFIED)).as(path).isEqualTo(Long.parseLong(line[8]));
                assertThat(seconds(item, ItemTime.Kind.BORN)).as(path).isEqualTo(Long.parseLong(line[10]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void findsADeletedFileWithWhatIsLeftOfIt(Kind kind) throws Exception {
        if (kind == Kind.ISO9660 || kind == Kind.HFS_PLUS) {
            return;
        }
        Path image = fixture.image(kind);
        try (ImageSource source = ImageSource.open(image.toString(), false)) {
            List<ItemRef> found = list(source).stream()
                    .filter(item ->
                            item.name().startsWith("gone.png") || item.name().startsWith("_one.png"))
                    .toList();
            switch (kind) {
                case FAT12, FAT16, FAT32, EXFAT -> {
                    assertThat(found).hasSize(1);
                    assertThat(found.getFirst().allocation()).isEqualTo(Allocation.DELETED);
                    assertThat(bytes(source, found.getFirst()))
                            .isEqualTo(fixture.files().get(ImageFixture.deleted()));
                }
                // ext3 and ext4 clear the size and the place, and may take the inode again; NTFS drops the name.
                case EXT2, EXT3, EXT4 ->
                    assertThat(found)
                            .allSatisfy(item -> assertThat(item.allocation()).isEqualTo(Allocation.DELETED));
                case NTFS ->
                    assertThat(found).allSatisfy(item -> {
                        assertThat(item.allocation()).isNotEqualTo(Allocation.ALLOCATED);
                        assertThat(item.note()).isPresent();
                    });
                case HFS_PLUS, ISO9660 -> throw new IllegalStateException("left out above");
            }
        }
    }

    @Test
    void saysWhereTheBytesLieInTheImage() throws Exception {
        Path volume = fixture.image(Kind.EXT2);
        Path disk = fixture.disk(volume, fixture.image(Kind.FAT16));
        try (ImageSource source = ImageSource.open(disk.toString(), false)) {
            Map<String, ItemRef> items = items(source);
            assertThat(items.keySet()).anyMatch(path -> path.startsWith("vol4/"));
            int pieces = 0;
            for (ItemRef item : items.values()) {
                if (item.kind() == ItemRef.Kind.FILE && item.name().equals("pieces.bin")) {
                    try (EvidenceBytes bytes = source.open(item)) {
                        pieces = Math.max(pieces, bytes.runs().size());
                        assertThat(dd(disk, bytes.runs()))
                                .isEqualTo(fixture.files().get("large.bin"));
                    }
                }
            }
            assertThat(pieces).as("the file lies in pieces").isGreaterThan(1);
        }
    }

    @Test
    void readsStreamsAndOtherNamesOfNtfs() throws Exception {
        Path image = fixture.image(Kind.NTFS);
        try (ImageSource source = ImageSource.open(image.toString(), false)) {
            Map<String, ItemRef> items = items(source);
            ItemRef zone = of(items, "notes.txt:Zone.Identifier");
            assertThat(zone.stream()).contains("Zone.Identifier");
            assertThat(new String(bytes(source, zone), StandardCharsets.US_ASCII))
                    .isEqualTo(ImageFixture.zoneIdentifier());
            List<ItemRef> names = List.of(of(items, "notes.txt"), of(items, "other-name.txt"));
            assertThat(names).extracting(ItemRef::kind).containsExactly(ItemRef.Kind.FILE, ItemRef.Kind.LINK);
            assertThat(of(items, "notes.txt").times())
                    .extracting(ItemTime::basis)
                    .contains("NTFS $STANDARD_INFORMATION", "NTFS $FILE_NAME");
            ItemRef packed = of(items, "packed/large.bin");
            assertThat(bytes(source, packed)).isEqualTo(fixture.files().get("large.bin"));
            try (EvidenceBytes bytes = source.open(of(items, "packed/notes.txt"))) {
                assertThat(bytes.runs())
                        .as("packed bytes do not lie there as they are")
                        .isEmpty();
            }
        }
    }

    @Test
    void saysWhereTheRecordsOfNtfsHaveSmallFiles() throws Exception {
        Path disk = fixture.disk(fixture.image(Kind.EXT2), fixture.image(Kind.NTFS));
        int resident = 0;
        int continued = 0;
        int cut = 0;
        try (ImageSource source = ImageSource.open(disk.toString(), false)) {
            Map<String, ItemRef> items = items(source);
            List<ByteRun> table;
            try (EvidenceBytes bytes = source.open(of(items, "vol5/$MFT"))) {
                table = bytes.runs();
            }
            for (ItemRef item : items.values()) {
                boolean small = item.kind() == ItemRef.Kind.FILE && item.size() > 0 && item.size() < NTFS_RECORD;
                if (small && item.path().startsWith("vol5/") && isResident(disk, item)) {
                    String[] address = item.address().orElseThrow().split("/", -1);
                    try (EvidenceBytes bytes = source.open(item)) {
                        assertThat(dd(disk, bytes.runs()))
                                .as(item.path())
                                .isEqualTo(ImageTools.output("icat", "-o", address[0], disk.toString(), address[1]));
                        long record = recordAt(table, bytes.runs().getFirst().imageOffset());
                        assertThat(bytes.runs())
                                .as(item.path())
                                .allMatch(run -> recordAt(table, run.imageOffset()) == record);
                        resident++;
                        continued += record == Long.parseLong(address[1].split("-", -1)[0]) ? 0 : 1;
                        cut += bytes.runs().size() > 1 ? 1 : 0;
                    }
                }
            }
        }
        assertThat(resident)
                .as("the small files, and two marks of downloads")
                .isGreaterThan(ImageFixture.SMALL_STREAMS + 2);
        assertThat(continued)
                .as("contents in another record than the file's own")
                .isPositive();
        assertThat(cut).as("contents that a check number cuts").isPositive();
    }

    private static boolean isResident(Path disk, ItemRef item) {
        String[] address = item.address().orElseThrow().split("/", -1);
        String[] content = address[1].split("-", 2);
        String said = new String(
                ImageTools.output("istat", "-o", address[0], disk.toString(), content[0]), StandardCharsets.UTF_8);
        return said.lines().anyMatch(line -> line.contains("(" + content[1] + ")") && line.contains("   Resident"));
    }

    private static long recordAt(List<ByteRun> table, long imageOffset) {
        ByteRun found = table.stream()
                .filter(run -> imageOffset >= run.imageOffset() && imageOffset < run.imageOffset() + run.length())
                .findFirst()
                .orElseThrow();
        return (found.offset() + imageOffset - found.imageOffset()) / NTFS_RECORD;
    }

    @Test
    void givesTheSameItemsEachTime() throws Exception {
        Path image = fixture.image(Kind.EXT4);
        try (ImageSource first = ImageSource.open(image.toString(), false);
                ImageSource second = ImageSource.open(image.toString(), false)) {
            assertThat(list(first)).isEqualTo(list(second));
        }
    }

    @Test
    void reportsAnEncryptedVolume() throws Exception {
        byte[] luks = new byte[1 << 20];
        System.arraycopy("LUKS\u00BA\u00BE".getBytes(StandardCharsets.ISO_8859_1), 0, luks, 0, 6);
        byte[] bitlocker = new byte[1 << 20];
        System.arraycopy("\u00EBX\u0090-FVE-FS-".getBytes(StandardCharsets.ISO_8859_1), 0, bitlocker, 0, 11);
        Path one = java.nio.file.Files.write(work.resolve("luks"), luks);
        Path two = java.nio.file.Files.write(work.resolve("bitlocker"), bitlocker);
        try (ImageSource source = ImageSource.open(fixture.disk(one, two).toString(), false)) {
            assertThat(list(source)).extracting(ItemRef::kind).containsOnly(ItemRef.Kind.UNREADABLE_VOLUME);
            assertThat(list(source))
                    .extracting(item -> item.note().orElseThrow())
                    .satisfiesExactly(
                            note -> assertThat(note).contains("encrypted with LUKS", "bytes 1048576 + 1048576"),
                            note -> assertThat(note).contains("encrypted with BitLocker"));
        }
    }

    @Test
    void readsForksAndFreeSpaceOfHfsPlus() throws Exception {
        Path image = fixture.image(Kind.HFS_PLUS);
        byte[] picture = PngFixture.of(64, 64)
                .text("parameters", ImageFixture.infotext(5))
                .bytes();
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(12L << 20);
            file.write(picture);
        }
        try (ImageSource source = ImageSource.open(image.toString(), true)) {
            Map<String, ItemRef> items = items(source);
            ItemRef fork = of(items, "notes.txt:RSRC");
            assertThat(fork.stream()).contains("RSRC");
            assertThat(bytes(source, fork)).isEqualTo(ImageFixture.resourceFork());
            assertThat(items.values())
                    .filteredOn(item -> item.allocation() == Allocation.CARVED)
                    .singleElement()
                    .satisfies(item -> assertThat(bytes(source, item)).isEqualTo(picture));
        }
    }

    @Test
    void readsContainersOfApfsAndTheirFreeSpace() throws Exception {
        ImageTools.require("mkapfs");
        Path image = work.resolve("apfs.img");
        byte[] picture = PngFixture.of(64, 64)
                .text("parameters", ImageFixture.infotext(5))
                .bytes();
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(600L << 20);
        }
        ImageTools.output("mkapfs", "-L", "Garden", image.toString());
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(500L << 20);
            file.write(picture);
        }
        try (ImageSource source = ImageSource.open(image.toString(), true)) {
            List<ItemRef> items = list(source);
            assertThat(items).singleElement().satisfies(item -> {
                assertThat(item.allocation()).isEqualTo(Allocation.CARVED);
                assertThat(bytes(source, item)).isEqualTo(picture);
                assertThat(item.address()).contains("bytes " + (500L << 20) + "+" + picture.length);
            });
        }
    }

    private static <T> T of(Map<String, T> all, String path) {
        T found = all.get(path);
        if (found == null) {
            throw new AssertionError("no " + path + " among " + all.keySet());
        }
        return found;
    }

    private static boolean isLive(Kind kind, String path) {
        return kind == Kind.ISO9660
                || (!path.equals(ImageFixture.deleted())
                        && !path.endsWith("noise-3.bin")
                        && !path.endsWith("noise-7.bin"));
    }

    /** Returns lines of the body file by path: address at 2, mode at 3, times at 7 to 10. */
    private static Map<String, String[]> fls(Path image) {
        Map<String, String[]> lines = new TreeMap<>();
        String text = new String(
                ImageTools.output("fls", "-r", "-m", "", "-z", "UTC", image.toString()), StandardCharsets.UTF_8);
        for (String line : text.split("\n", -1)) {
            String[] parts = line.split("\\|", -1);
            if (parts.length > 10 && !parts[1].contains("($FILE_NAME)") && !parts[1].contains("(deleted-realloc)")) {
                String name = parts[1].substring(1).replace(" (deleted)", "");
                lines.put(name, parts);
            }
        }
        return lines;
    }

    private static long seconds(ItemRef item, ItemTime.Kind kind) {
        return item.times().stream()
                .filter(time -> time.kind() == kind)
                .findFirst()
                .map(time -> time.time().getEpochSecond())
                .orElse(0L);
    }

    private static byte[] dd(Path disk, List<ByteRun> runs) throws IOException {
        byte[] all = java.nio.file.Files.readAllBytes(disk);
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        for (ByteRun run : runs) {
            assertThat(run.content()).isEqualTo(ByteRun.Content.STORED);
            bytes.write(all, (int) run.imageOffset(), (int) run.length());
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(ImageSource source, ItemRef item) throws IOException {
        try (EvidenceBytes bytes = source.open(item)) {
            assertThat(bytes.size()).isEqualTo(item.size());
            return bytes.readExactly(0, (int) bytes.size());
        }
    }

    /** Returns the item's bytes up to where the file system no longer says where they lie. */
    private static byte[] kept(ImageSource source, ItemRef item) throws IOException {
        try (EvidenceBytes bytes = source.open(item)) {
            long end = bytes.size();
            for (ByteRun run : bytes.runs()) {
                if (run.content() == ByteRun.Content.LOST) {
                    end = Math.min(end, run.offset());
                }
            }
            return bytes.readExactly(0, (int) end);
        }
    }

    private static List<ItemRef> list(ImageSource source) throws Exception {
        List<ItemRef> items = new ArrayList<>();
        source.walk(items::add);
        return items;
    }

    private static Map<String, ItemRef> items(ImageSource source) throws Exception {
        Map<String, ItemRef> items = new LinkedHashMap<>();
        for (ItemRef item : list(source)) {
            assertThat(items.put(item.path(), item)).as(item.path()).isNull();
        }
        return items;
    }
}
