package org.latentprint.evidence.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.ImageCheck;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.RunBytes;
import org.latentprint.evidence.image.sleuthkit.SleuthKit;
import org.latentprint.evidence.image.sleuthkit.SleuthKitImage;
import org.latentprint.evidence.image.sleuthkit.SleuthKitMissing;
import org.latentprint.evidence.image.sleuthkit.Volumes;

/**
 * A disk image. Its items are the files of each volume's file system, live and deleted; a volume that cannot be read is an
 * item, too. Paths begin with {@code vol2/} for the volume that {@code mmls} numbers 2; in an image without a table of
 * volumes they begin at once.
 */
public final class ImageSource implements EvidenceSource {
    private final String location;
    private final Path file;
    private final Optional<Object> identity;
    private final ImageBytes bytes;
    private final SleuthKit kit;
    private final FileSystemOpener opener;
    private final boolean searchesFreeSpace;

    private ImageSource(String location, Path file, ImageBytes bytes, SleuthKit kit, boolean searchesFreeSpace)
            throws IOException {
        this.location = location;
        this.file = file;
        this.identity = identity(file);
        this.bytes = bytes;
        this.kit = kit;
        this.searchesFreeSpace = searchesFreeSpace;
        this.opener = new FileSystemOpener(kit, bytes);
    }

    /** Says whether a place is a file that holds a disk image, without opening it as one. */
    public static boolean isImage(String location) throws IOException {
        Path real = Path.of(location).toRealPath();
        return Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)
                && ImageFormat.of(real).isPresent();
    }

    /** Returns what is wrong with each library for images that cannot be used on this machine, in words. */
    public static List<String> missingLibraries() {
        List<String> missing = new ArrayList<>();
        try {
            SleuthKit.load();
        } catch (SleuthKitMissing absent) {
            missing.add(String.valueOf(absent.getMessage()));
        }
        for (LibyalLibrary.Kind kind : LibyalLibrary.Kind.values()) {
            try {
                LibyalLibrary.load(kind);
            } catch (IOException absent) {
                missing.add(String.valueOf(absent.getMessage()));
            }
        }
        return missing;
    }

    /**
     * Opens an image.
     *
     * @param location path of its first file, as the examiner gave it
     * @param searchesFreeSpace whether files are looked for in the space that no live file holds, too, which reads all of it
     * @throws IOException where it cannot be opened, or a library that it needs is missing
     */
    public static ImageSource open(String location, boolean searchesFreeSpace) throws IOException {
        Path real = Path.of(location).toRealPath();
        ImageFormat format = ImageFormat.of(real).orElseThrow(() -> new IOException("no disk image: " + location));
        if (format == ImageFormat.UNSUPPORTED) {
            throw notRead(location);
        }
        SleuthKit kit = SleuthKit.load();
        ImageBytes bytes = switch (format) {
            case RAW -> RawImage.open(real);
            case EWF -> EwfImage.open(real);
            case QCOW -> LibyalImage.open(LibyalLibrary.Kind.QCOW, real);
            case VHD -> LibyalImage.open(LibyalLibrary.Kind.VHD, real);
            case VMDK -> LibyalImage.open(LibyalLibrary.Kind.VMDK, real);
            case UNSUPPORTED -> throw notRead(location);
        };
        return of(location, real, bytes, kit, searchesFreeSpace);
    }

    private static IOException notRead(String location) {
        return new IOException(
                location + " is an image of a format that is not read: Ex01, a logical evidence file, AFF or AFF4;"
                        + " convert it to raw or E01 with the program that made it");
    }

    /** Makes a source of an open image, which is closed with it, also where this fails. */
    static ImageSource of(String location, Path file, ImageBytes bytes, SleuthKit kit, boolean searchesFreeSpace)
            throws IOException {
        try {
            return new ImageSource(location, file, bytes, kit, searchesFreeSpace);
        } catch (IOException failure) {
            bytes.close();
            throw failure;
        }
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public String kind() {
        return "image (" + bytes.format() + ")";
    }

    @Override
    public boolean walksCheaply() {
        return false;
    }

    @Override
    public Optional<EvidenceBytes> image() {
        return Optional.of(bytes);
    }

    @Override
    public void walk(ItemVisitor visitor) throws IOException, InterruptedException {
        try (SleuthKitImage image = new SleuthKitImage(kit, bytes, visitor::moves)) {
            if (!visitor.lists("volumes")) {
                visitor.visit(VolumeWalk.unreadable("volumes", "the table of volumes was given up"));
                return;
            }
            Optional<String> missing = bytes.missing();
            List<Volumes.Volume> volumes = Volumes.of(image);
            visitor.listed();
            if (missing.isPresent()) {
                visitor.visit(VolumeWalk.missing("missing part", missing.get()));
            }
            VolumeWalk walk = new VolumeWalk(image, bytes, visitor, searchesFreeSpace);
            if (volumes.stream().noneMatch(volume -> volume.use() == Volumes.Use.VOLUME)) {
                walk.volume("", 0, bytes.size(), "the whole image");
            }
            for (Volumes.Volume volume : volumes) {
                switch (volume.use()) {
                    case VOLUME ->
                        walk.volume(
                                "vol" + volume.number() + "/", volume.offset(), volume.length(), volume.description());
                    case UNALLOCATED -> walk.free(volume.offset(), volume.length());
                    case TABLE -> {
                        // Holds no files.
                    }
                }
            }
            walk.searchFreeSpace();
        }
    }

    @Override
    public EvidenceBytes open(ItemRef item) throws IOException {
        ItemAddress address = item.address()
                .flatMap(ItemAddress::parse)
                .orElseThrow(() -> new IOException("an item of an image is opened by its address: " + item.path()));
        return switch (address) {
            case ItemAddress.InImage ranges -> new RunBytes(bytes, ranges.runs(), ranges.size());
            case ItemAddress.InFileSystem file -> opener.open(file);
        };
    }

    @Override
    public SortedMap<String, String> storedHashes() {
        return bytes.storedHashes();
    }

    @Override
    public Optional<ImageCheck> check(int threads, Runnable beat) throws IOException, InterruptedException {
        // Other images than an E01 keep nothing that they could be checked against.
        return bytes.storedHashes().isEmpty() && !bytes.keepsChecksums()
                ? Optional.of(new ImageCheck(List.of(), List.of(), 0, 0))
                : Optional.of(ImageIntegrity.check(bytes, threads, beat));
    }

    @Override
    public void requirePresent() throws IOException {
        boolean there;
        try {
            there = identity(file).equals(identity);
        } catch (IOException gone) {
            there = false;
        }
        if (!there) {
            throw new IOException("the image " + location + " is no longer there: unplugged, unmounted or moved away");
        }
    }

    private static Optional<Object> identity(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    @Override
    public void close() throws IOException {
        opener.close();
        bytes.close();
    }
}
