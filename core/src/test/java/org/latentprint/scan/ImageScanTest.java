package org.latentprint.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.casefile.CaseDatabase;
import org.latentprint.casefile.CaseFolder;
import org.latentprint.casefile.CaseSettings;
import org.latentprint.casefile.CaseVerify;
import org.latentprint.casefile.Profile;
import org.latentprint.casefile.ScanCounts;
import org.latentprint.evidence.image.ImageSource;
import org.latentprint.fixture.ImageFixture;
import org.latentprint.fixture.ImageFixture.Kind;
import org.latentprint.fixture.ImageTools;
import org.latentprint.fixture.PngFixture;
import org.latentprint.fixture.TestDigests;
import org.latentprint.link.CaseLinks;

/** Scans images of disks as a whole: files, deleted files and free space, with the place of each finding in the image. */
class ImageScanTest {
    @TempDir
    private Path root;

    private ImageFixture fixture;
    private Path disk;

    @BeforeEach
    void makeDisk() throws Exception {
        ImageTools.require("mke2fs", "debugfs", "mkfs.fat", "mcopy", "mdel", "sfdisk", "ewfacquire");
        fixture = new ImageFixture(root.resolve("work"), 3);
        Path ext = fixture.image(Kind.EXT4);
        hide(ext);
        disk = fixture.disk(ext, fixture.image(Kind.FAT16));
    }

    /** Puts a picture where no file is, near the end of the volume. */
    private static void hide(Path volume) throws Exception {
        byte[] all = Files.readAllBytes(volume);
        byte[] picture = hidden();
        System.arraycopy(picture, 0, all, all.length - 300 * 1024, picture.length);
        Files.write(volume, all);
    }

    private static byte[] hidden() {
        return PngFixture.of(64, 64)
                .text("parameters", ImageFixture.infotext(77))
                .bytes();
    }

    @Test
    void findsLiveDeletedAndCarvedPicturesEachWithItsPlace() throws Exception {
        Path path = root.resolve("case");
        scan(disk, path, Profile.FULL);
        try (CaseFolder folder = CaseFolder.openToRead(path, InstantSource.system())) {
            List<String> found = folder.database()
                    .query(
                            "SELECT allocation || ' ' || seed || ' ' || regexp_replace(path, '[0-9]{15}', 'N') FROM"
                                    + " generation JOIN item USING (item_id) ORDER BY item_id",
                            row -> row.getString(1));
            assertThat(found)
                    .contains(
                            "allocated 1 vol4/photos/lighthouse.png",
                            "allocated 2 vol4/photos/garden.png",
                            "allocated 1 vol5/photos/lighthouse.png",
                            "deleted 3 vol5/photos/_one.png",
                            "carved 77 unallocated/N.png");
            // A deleted file that is an item by its name is not carved a second time.
            assertThat(found)
                    .contains("deleted 3 vol4/photos/gone.png")
                    .noneMatch(line -> line.startsWith("carved 3 "));
            everyOriginIsWhereTheCaseSays(folder.database());
            assertThat(verify(folder, disk).agrees()).isTrue();
        }
    }

    @Test
    void triageLeavesFreeSpaceAloneAndFullCompletesIt() throws Exception {
        Path path = root.resolve("case");
        ScanCounts triage = scan(disk, path, Profile.TRIAGE);
        ScanCounts full = scan(disk, path, Profile.FULL);
        assertThat(full.seen()).isGreaterThan(triage.seen());
        try (CaseFolder folder = CaseFolder.openToRead(path, InstantSource.system())) {
            assertThat(folder.database().number("SELECT count(*) FROM exhibit")).isOne();
            assertThat(folder.database().number("SELECT count(*) FROM item WHERE allocation = 'carved'"))
                    .isPositive();
        }
    }

    @Test
    void aStreamOfAPictureSaysWhereItWasDownloadedFrom() throws Exception {
        ImageTools.require("mkntfs", "ntfs-3g");
        Path path = root.resolve("case");
        scan(fixture.image(Kind.NTFS), path, Profile.TRIAGE);
        try (CaseFolder folder = CaseFolder.open(path, InstantSource.system())) {
            CaseLinks.rebuild(folder.database());
            assertThat(folder.database()
                            .query(
                                    "SELECT file.path, l.grade, b.key, b.text FROM download_mark_link l"
                                            + " JOIN item file USING (item_id) JOIN metadata_block b ON b.item_id = mark_item_id"
                                            + " ORDER BY file.path, b.ordinal",
                                    row -> String.join(
                                            " ",
                                            row.getString(1),
                                            row.getString(2),
                                            row.getString(3),
                                            row.getString(4))))
                    .containsExactly(
                            "notes.txt recorded ZoneId 3",
                            "notes.txt recorded HostUrl https://example.org/notes.txt",
                            "photos/lighthouse.png recorded ZoneId 3",
                            "photos/lighthouse.png recorded HostUrl https://example.org/notes.txt");
        }
    }

    @Test
    void checksAnImageAgainstItsOwnHash() throws Exception {
        Path image = acquire();
        Path path = root.resolve("case");
        scan(image, path, Profile.FULL);
        try (CaseFolder folder = CaseFolder.openToRead(path, InstantSource.system())) {
            assertThat(hashes(folder.database())).containsExactly("md5 match", "sha1 match");
            assertThat(verify(folder, image).agrees()).isTrue();
            assertThat(Files.readString(path.resolve("audit.jsonl"))).contains("\"image_md5_verdict\":\"match\"");
        }
    }

    @Test
    void aDamagedImageCostsItsFilesAndIsSaid() throws Exception {
        Path image = acquire();
        byte[] content = Files.readAllBytes(image);
        byte[] noise = fixture.files().get("large.bin");
        String all = new String(content, StandardCharsets.ISO_8859_1);
        String part = new String(Arrays.copyOfRange(noise, 400_000, 400_032), StandardCharsets.ISO_8859_1);
        int at = all.indexOf(part);
        assertThat(at).isPositive();
        content[at] ^= 1;
        Files.write(image, content);
        Path path = root.resolve("case");
        ScanCounts counts = scan(image, path, Profile.FULL);
        assertThat(counts.failed()).isPositive();
        try (CaseFolder folder = CaseFolder.openToRead(path, InstantSource.system())) {
            assertThat(hashes(folder.database())).containsExactly("md5 not computed", "sha1 not computed");
            assertThat(folder.database().query("SELECT reason FROM image_range", row -> row.getString(1)))
                    .singleElement()
                    .asString()
                    .contains("checksum");
            assertThat(folder.database()
                            .query(
                                    "SELECT name FROM item WHERE outcome_reason LIKE '%checksum%'",
                                    row -> row.getString(1)))
                    .containsAnyOf("large.bin", "pieces.bin");
        }
    }

    private Path acquire() {
        return ImageTools.acquire(disk, root.resolve("acquired"), "none", 1L << 40);
    }

    private static List<String> hashes(CaseDatabase database) throws Exception {
        return database.query(
                "SELECT algorithm || ' ' || verdict FROM image_hash ORDER BY algorithm", row -> row.getString(1));
    }

    /** Cuts the bytes out of the raw image by the rows of the case alone, as dd would. */
    private void everyOriginIsWhereTheCaseSays(CaseDatabase database) throws Exception {
        byte[] raw = Files.readAllBytes(disk);
        List<Long> checked = new ArrayList<>();
        for (long item : database.query(
                "SELECT DISTINCT item_id FROM metadata_block JOIN item_run USING (item_id) ORDER BY 1",
                row -> row.getLong(1))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            database.forEach(
                    "SELECT image_offset, length FROM item_run WHERE item_id = ? ORDER BY ordinal",
                    row -> bytes.write(raw, (int) row.getLong(1), (int) row.getLong(2)),
                    item);
            database.forEach(
                    "SELECT origin_offset, origin_length, origin_sha256 FROM metadata_block WHERE item_id = ?",
                    row -> {
                        int from = (int) row.getLong(1);
                        byte[] range = Arrays.copyOfRange(bytes.toByteArray(), from, from + (int) row.getLong(2));
                        assertThat(TestDigests.sha256(range)).isEqualTo(row.getString(3));
                        checked.add(item);
                    },
                    item);
        }
        assertThat(checked).hasSizeGreaterThan(5);
    }

    private static CaseVerify.Result verify(CaseFolder folder, Path image) throws Exception {
        try (ImageSource source = ImageSource.open(image.toString(), false)) {
            return CaseVerify.run(folder, Map.of("K1", source), true, CaseVerify.Watcher.NONE);
        }
    }

    private ScanCounts scan(Path image, Path path, Profile profile) throws Exception {
        try (CaseFolder folder = Files.exists(path)
                        ? CaseFolder.open(path, InstantSource.system())
                        : CaseFolder.create(path, CaseSettings.DEFAULT, InstantSource.system());
                ImageSource source = ImageSource.open(image.toString(), profile == Profile.FULL)) {
            return CaseScan.run(
                    folder,
                    source,
                    new ItemExaminer(profile),
                    new CaseScan.Request("K1", 2, "test", "scan", Optional.empty()),
                    progress -> {});
        }
    }
}
