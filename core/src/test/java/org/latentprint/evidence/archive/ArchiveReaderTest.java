package org.latentprint.evidence.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.latentprint.fixture.ArchiveFixture.members;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.ItemTime;
import org.latentprint.evidence.Problem;
import org.latentprint.evidence.Problem.Category;
import org.latentprint.fixture.ArchiveFixture;
import org.latentprint.fixture.MemorySource;

@Timeout(120)
class ArchiveReaderTest {
    private static final byte[] CAT = "a cat in a garden, drawn".repeat(40).getBytes(UTF_8);
    private static final byte[] BICYCLE =
            "a bicycle beside a lighthouse".repeat(90).getBytes(UTF_8);
    private static final Map<String, byte[]> TWO = members("garden/cat.png", CAT, "bicycle.png", BICYCLE);

    /** What a reader gave, with the members' bytes. */
    private record Given(Map<String, byte[]> bytes, List<ArchiveMember> members, List<Problem> problems) {}

    static Stream<byte[]> archives() {
        return Stream.of(
                ArchiveFixture.zip(TWO),
                ArchiveFixture.storedZip(TWO),
                ArchiveFixture.tar(TWO),
                ArchiveFixture.sevenZip(TWO, Optional.empty()),
                ArchiveFixture.compressed("gz", ArchiveFixture.tar(TWO)),
                ArchiveFixture.compressed("bzip2", ArchiveFixture.tar(TWO)),
                ArchiveFixture.compressed("xz", ArchiveFixture.tar(TWO)),
                ArchiveFixture.compressed("lzma", ArchiveFixture.tar(TWO)),
                ArchiveFixture.compressed("lz4-framed", ArchiveFixture.tar(TWO)),
                ArchiveFixture.oldCompressed(ArchiveFixture.tar(TWO)));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void givesAllMembersWithBytesAndTimes(byte[] archive) throws Exception {
        Given given = read("x.bin", archive);

        assertThat(given.problems).isEmpty();
        assertThat(given.bytes).containsOnlyKeys("x.bin!/garden/cat.png", "x.bin!/bicycle.png");
        assertThat(given.bytes.get("x.bin!/garden/cat.png")).isEqualTo(CAT);
        assertThat(given.bytes.get("x.bin!/bicycle.png")).isEqualTo(BICYCLE);
        assertThat(given.members).allSatisfy(member -> {
            assertThat(member.item().archive()).contains("x.bin");
            assertThat(member.problems()).isEmpty();
            assertThat(member.item().times())
                    .contains(new ItemTime(ItemTime.Kind.MODIFIED, ArchiveFixture.TIME, "archive entry"));
        });
    }

    /** The library knows Zstandard, and takes its unpacker from another library. */
    @Test
    void aMethodWithoutUnpackerCostsTheMember() throws Exception {
        byte[] zip = ArchiveFixture.storedZip(TWO);
        int central = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\001\002");
        zip[8] = 93;
        zip[central + 10] = 93;

        Given given = read("x.zip", zip);

        assertThat(given.bytes.get("x.zip!/bicycle.png")).isEqualTo(BICYCLE);
        assertThat(given.members.getFirst().content()).isInstanceOf(ArchiveMember.Unread.class);
        assertThat(given.members.getFirst().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.category()).isEqualTo(Category.UNSUPPORTED);
            assertThat(problem.message()).contains("93").contains("ZSTD");
        });

        Given broken = read("x.zip", Arrays.copyOf(zip, central));
        assertThat(broken.problems).extracting(Problem::category).contains(Category.UNSUPPORTED);
    }

    @ParameterizedTest
    @MethodSource("archives")
    void keepsWhatIsReadableOfADamagedArchive(byte[] archive) throws Exception {
        // What compress wrote ends where its file does, so that a cut before a tar's first record cannot be told.
        boolean endIsMarked = !ArchiveFormat.recognise(archive).equals(Optional.of(ArchiveFormat.COMPRESS));
        for (int length = 0; length < archive.length; length += Math.max(1, archive.length / 150)) {
            byte[] cut = Arrays.copyOf(archive, length);
            if (ArchiveFormat.recognise(cut).isEmpty()) {
                continue;
            }
            Given given = read("cut", cut);
            boolean complete =
                    given.members.stream().filter(ArchiveReaderTest::isWhole).count() == 2;
            if (!complete && endIsMarked) {
                assertThat(given.problems.size()
                                + given.members.stream()
                                        .mapToInt(member -> member.problems().size())
                                        .sum())
                        .as("cut at %d of %d", length, archive.length)
                        .isPositive();
            }
        }
        Random random = new Random(11);
        for (int round = 0; round < 400; round++) {
            byte[] flipped = archive.clone();
            for (int i = 0; i <= round % 4; i++) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (ArchiveFormat.recognise(flipped).isPresent()) {
                read("flipped", flipped);
            }
        }
    }

    @Test
    void aCutZipStillGivesItsFirstMember() throws Exception {
        byte[] zip = ArchiveFixture.storedZip(members("cat.png", CAT, "bicycle.png", BICYCLE));
        Given given = read("cut.zip", Arrays.copyOf(zip, zip.length / 2));

        assertThat(given.bytes.get("cut.zip!/cat.png")).isEqualTo(CAT);
        assertThat(given.problems).extracting(Problem::category).contains(Category.MALFORMED);
    }

    @Test
    void opensSingleCompressedFiles() throws Exception {
        assertThat(read("cat.png.gz", ArchiveFixture.compressed("gz", CAT)).bytes)
                .containsOnlyKeys("cat.png.gz!/cat.png");
        assertThat(read("cat.png.BZ2", ArchiveFixture.compressed("bzip2", CAT)).bytes)
                .containsOnlyKeys("cat.png.BZ2!/cat.png");
        assertThat(read("folder/cat", ArchiveFixture.compressed("xz", CAT)).bytes)
                .containsOnlyKeys("folder/cat!/content");
        assertThat(read("cat.png.lz4", ArchiveFixture.compressed("lz4-framed", CAT)).bytes)
                .containsExactly(Map.entry("cat.png.lz4!/cat.png", CAT));
        assertThat(read("cat.png.Z", ArchiveFixture.oldCompressed(CAT)).bytes)
                .containsExactly(Map.entry("cat.png.Z!/cat.png", CAT));
    }

    @Test
    void namesAreDataOnly() throws Exception {
        Given given = read(
                "z",
                ArchiveFixture.zip(members(
                        "../../cat.png", CAT,
                        "/etc/cat.png", CAT,
                        "a//b\u0001.png", CAT,
                        "100%.png", CAT,
                        "inner.zip!/cat.png", CAT,
                        "cat.png", CAT,
                        "cat.png#2", BICYCLE)));

        assertThat(given.bytes.keySet())
                .containsExactly(
                        "z!/%2E%2E/%2E%2E/cat.png",
                        "z!/%2F/etc/cat.png",
                        "z!/a/%2F/b%01.png",
                        "z!/100%25.png",
                        "z!/inner.zip%21/cat.png",
                        "z!/cat.png",
                        "z!2/cat.png");
        assertThat(given.bytes.get("z!2/cat.png")).isEqualTo(BICYCLE);
        assertThat(given.members.getLast().item().name()).isEqualTo("cat.png");
    }

    /** Java's own zip writes the name as it is; programs that unpack such a member make a folder or a file of it. */
    @Test
    void aNameThatEndsLikeAFoldersHidesNoContent() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("garden/"));
            zip.putNextEntry(new ZipEntry("garden/cat/"));
            zip.write(CAT);
        }
        assertThat(read("z", out.toByteArray()).bytes).containsExactly(Map.entry("z!/garden/cat/%2F", CAT));
    }

    @Test
    void listsWhatIsEncrypted() throws Exception {
        byte[] zip = ArchiveFixture.zip(members("cat.png", CAT));
        for (int i = 0; i < zip.length - 4; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
                zip[i + 8] |= 1;
            }
        }
        for (byte[] encrypted : List.of(zip, ArchiveFixture.sevenZip(TWO, Optional.of("tulip")))) {
            Given given = read("locked", encrypted);
            assertThat(given.members)
                    .isNotEmpty()
                    .allSatisfy(
                            member -> assertThat(member.content()).isEqualTo(new ArchiveMember.Unread("encrypted")));
        }
    }

    @Test
    void stopsABombAndSaysSo() throws Exception {
        byte[] zeros = new byte[10 << 20];
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            many.put("zeros" + i, zeros);
        }
        for (byte[] bomb :
                List.of(ArchiveFixture.zip(many), ArchiveFixture.compressed("gz", ArchiveFixture.tar(many)))) {
            Given given = read("bomb", bomb);
            long unpacked = given.bytes.values().stream()
                    .mapToLong(bytes -> bytes.length)
                    .sum();
            assertThat(unpacked).isBetween(ArchiveLimits.RATIO_FREE - (10L << 20), ArchiveLimits.RATIO_FREE);
            assertThat(given.problems)
                    .anySatisfy(problem -> assertThat(problem.message())
                            .contains("more than " + ArchiveLimits.RATIO_FREE)
                            .contains("are granted"));
            assertThat(given.problems).extracting(Problem::category).containsOnly(Category.LIMIT);
        }
    }

    @Test
    void readsTheBeginningOfALongMemberAndTheOnesBehind() throws Exception {
        byte[] noise = new byte[ArchiveLimits.MAX_MEMBER + 5];
        new Random(3).nextBytes(noise);
        Map<String, byte[]> members = members("long.mp4", noise, "cat.png", CAT);
        for (byte[] archive : List.of(ArchiveFixture.compressed("gz", ArchiveFixture.tar(members)))) {
            Given given = read("a", archive);
            assertThat(given.members.getFirst().problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.category()).isEqualTo(Category.LIMIT));
            assertThat(given.bytes.get("a!/long.mp4")).hasSize(ArchiveLimits.MAX_MEMBER);
            assertThat(given.bytes.get("a!/cat.png")).isEqualTo(CAT);
        }
        assertThat(read("a", ArchiveFixture.tar(members)).bytes.get("a!/long.mp4"))
                .isEqualTo(noise);
        assertThat(read("a", ArchiveFixture.storedZip(members)).bytes.get("a!/long.mp4"))
                .isEqualTo(noise);
    }

    @Test
    void leavesModelFilesClosedButNothingElse() throws Exception {
        Map<String, byte[]> model = members("m/data.pkl", CAT, "m/version", CAT, "m/data/0", CAT);
        assertThat(read("m.ckpt", ArchiveFixture.storedZip(model)).members).isEmpty();
        assertThat(read("a.npz", ArchiveFixture.zip(members("a.npy", CAT))).members)
                .isEmpty();
        model.put("m/cat.png", CAT);
        assertThat(read("m.ckpt", ArchiveFixture.storedZip(model)).members).hasSize(4);
    }

    @Test
    void saysWhatItDoesNotOpen() throws Exception {
        Map<String, String> closed = Map.of(
                "application/vnd.rar", "Rar!\u001a\u0007\u0001\u0000 and more",
                "application/zstd", "(\u00b5/\u00fd and more");
        closed.forEach((type, head) -> {
            byte[] archive = head.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(ArchiveFormat.recognise(archive).map(ArchiveFormat::mediaType))
                    .contains(type);
            assertThat(given("a.bin", archive).problems).singleElement().satisfies(problem -> {
                assertThat(problem.category()).isEqualTo(Category.UNSUPPORTED);
                assertThat(problem.message()).contains(type).contains("not examined");
            });
        });
    }

    @Test
    void framesWithoutEndCostTheirArchiveOnly() throws Exception {
        byte[] empty = ArchiveFixture.compressed("lz4-framed", new byte[0]);
        byte[] many = new byte[empty.length * 50_000];
        for (int at = 0; at < many.length; at += empty.length) {
            System.arraycopy(empty, 0, many, at, empty.length);
        }
        Given given = read("a.lz4", many);
        assertThat(given.bytes).isEmpty();
        assertThat(given.problems).extracting(Problem::category).containsExactly(Category.MALFORMED);
    }

    @Test
    void widthsOfCodesThatNoProgramWritesAreNotTaken() {
        byte[] archive = ArchiveFixture.oldCompressed(CAT);
        assertThat(ArchiveFormat.recognise(archive)).contains(ArchiveFormat.COMPRESS);
        archive[2] = (byte) (0x80 | 31);
        assertThat(ArchiveFormat.recognise(archive)).isEmpty();
    }

    private static Given given(String path, byte[] archive) {
        try {
            return read(path, archive);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void takesNoOtherFileForAnArchive() {
        Random random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            byte[] head = new byte[512];
            random.nextBytes(head);
            assertThat(ArchiveFormat.recognise(head)).isEmpty();
        }
        assertThat(ArchiveFormat.recognise(new byte[0])).isEmpty();
        assertThat(ArchiveFormat.recognise("PK".getBytes(UTF_8))).isEmpty();
    }

    private static boolean isWhole(ArchiveMember member) {
        return member.content() instanceof ArchiveMember.Whole
                && member.problems().isEmpty();
    }

    private static Given read(String path, byte[] archive) throws IOException {
        ItemRef item = MemorySource.item(path, ItemRef.Kind.FILE, archive.length);
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        List<ArchiveMember> members = new ArrayList<>();
        try (ArchiveReader reader = ArchiveReader.open(
                item,
                HeapBytes.wrap(archive),
                ArchiveFormat.recognise(archive).orElseThrow(),
                ExpansionBudget.forArchive(archive.length))) {
            for (Optional<ArchiveMember> next = reader.next(); next.isPresent(); next = reader.next()) {
                members.add(next.get());
                EvidenceBytes content = switch (next.get().content()) {
                    case ArchiveMember.Whole whole -> whole.bytes();
                    case ArchiveMember.Beginning beginning -> beginning.bytes();
                    case ArchiveMember.Unread unread -> HeapBytes.wrap(new byte[0]);
                    case ArchiveMember.Lost lost -> HeapBytes.wrap(new byte[0]);
                };
                bytes.put(next.get().item().path(), content.readExactly(0, (int) content.size()));
                content.close();
            }
            return new Given(bytes, members, reader.problems());
        }
    }
}
