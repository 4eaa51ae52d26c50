package org.latentprint.evidence.image.sleuthkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.ItemTime;

/**
 * Reads a tiny image that comes with the program, and compares what the library says of it with what it holds: a disk with an
 * MBR and one ext2 volume, in which lies one text file. Where a library says its release and has other structures all the
 * same, this shows it before evidence is read.
 */
final class SelfTest {
    private static final String IMAGE = "self-test.img.gz";
    /** The image has 65 KiB. */
    private static final int MAX_IMAGE = 1 << 20;

    private static final long VOLUME_OFFSET = 512;
    private static final long VOLUME_LENGTH = 65_536;
    private static final String NAME = "self-test.txt";
    private static final String TEXT = "latentprint reads this file to see that it understands the library.\n";
    private static final Instant MODIFIED = Instant.parse("2024-05-06T07:08:09Z");

    private SelfTest() {}

    /**
     * Runs the test.
     *
     * @throws SleuthKitMissing where the library gives anything else than the image holds
     */
    static void run(SleuthKit kit) throws SleuthKitMissing {
        try (SleuthKitImage image = new SleuthKitImage(kit, image(), () -> {})) {
            List<Volumes.Volume> volumes = Volumes.of(image).stream()
                    .filter(volume -> volume.use() == Volumes.Use.VOLUME)
                    .toList();
            require(
                    volumes.size() == 1
                            && volumes.getFirst().offset() == VOLUME_OFFSET
                            && volumes.getFirst().length() == VOLUME_LENGTH,
                    "volumes " + volumes);
            Optional<FileSystem> opened = FileSystem.open(image, VOLUME_OFFSET);
            require(opened.isPresent(), "no file system");
            try (FileSystem fileSystem = opened.orElseThrow()) {
                require(fileSystem.type() == FileSystemType.EXT, "file system " + fileSystem.type());
                Entry file = fileSystem.list(fileSystem.root()).stream()
                        .filter(entry -> entry.name().equals(NAME))
                        .findFirst()
                        .orElseThrow(() -> unlike("the file is missing"));
                Entry.Metadata metadata = file.metadata().orElseThrow(() -> unlike("the file has no metadata"));
                ItemTime modified = metadata.times().getFirst();
                require(
                        file.allocated()
                                && file.kind() == Entry.Kind.FILE
                                && metadata.allocated()
                                && metadata.names() == 1
                                && metadata.size() == TEXT.length()
                                && modified.kind() == ItemTime.Kind.MODIFIED
                                && modified.time().equals(MODIFIED),
                        "file " + file);
                try (EvidenceBytes bytes =
                        FileContent.open(fileSystem, image(), FileContent.Address.main(file.address()))) {
                    String text =
                            new String(bytes.readExactly(0, Math.toIntExact(bytes.size())), StandardCharsets.US_ASCII);
                    require(text.equals(TEXT) && bytes.runs().size() == 1, "text " + text);
                }
            }
        } catch (SleuthKitMissing unlike) {
            throw unlike;
        } catch (IOException | RuntimeException failure) {
            throw unlike(String.valueOf(failure.getMessage()));
        }
    }

    private static EvidenceBytes image() throws IOException {
        try (InputStream packed = SelfTest.class.getResourceAsStream(IMAGE)) {
            if (packed == null) {
                throw new IOException("the image of the self-test is missing from the program");
            }
            return HeapBytes.wrap(new GZIPInputStream(packed).readNBytes(MAX_IMAGE));
        }
    }

    private static void require(boolean good, String found) throws SleuthKitMissing {
        if (!good) {
            throw unlike(found);
        }
    }

    private static SleuthKitMissing unlike(String found) {
        return new SleuthKitMissing("The Sleuth Kit's library on this machine does not read the image that comes with"
                + " latentprint as it should (" + found + "); install Debian 12's package libtsk19 anew");
    }
}
