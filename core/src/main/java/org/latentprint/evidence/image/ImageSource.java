package org.latentprint.evidence.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.ImageCheck;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.RunBytes;
import org.latentprint.evidence.image.sleuthkit.FileContent;
import org.latentprint.evidence.image.sleuthkit.FileSystem;
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
    private final Opener opener;
    private final boolean searchesFreeSpace;

    private ImageSource(String location, Path file, ImageBytes bytes, SleuthKit kit, boolean searchesFreeSpace)
            throws IOException {
        this.location = location;
        this.file = file;
        this.identity = identity(file);
        this.bytes = bytes;
        this.kit = kit;
        this.searchesFreeSpace = searchesFreeSpace;
        this.opener = new Opener(kit, bytes);
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
        SleuthKit kit = SleuthKit.load();
        ImageBytes bytes = switch (format) {
            case RAW -> RawImage.open(real);
            case EWF -> LibyalImage.open(LibyalLibrary.Kind.EWF, real);
            case QCOW -> LibyalImage.open(LibyalLibrary.Kind.QCOW, real);
            case VHD -> LibyalImage.open(LibyalLibrary.Kind.VHD, real);
            case VMDK -> LibyalImage.open(LibyalLibrary.Kind.VMDK, real);
            case UNSUPPORTED ->
                throw new IOException(
                        location + " is an image of a format that is not read: a logical evidence file, AFF"
                                + " or AFF4; convert it to raw or E01 with the program that made it");
        };
        return of(location, real, bytes, kit, searchesFreeSpace);
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
                visitor.visit(unreadable("volumes", "the table of volumes was given up"));
                return;
            }
            List<Volumes.Volume> volumes = Volumes.of(image);
            visitor.listed();
            FreeSpaceItems free = new FreeSpaceItems();
            if (volumes.stream().noneMatch(volume -> volume.use() == Volumes.Use.VOLUME)) {
                walkVolume(image, "", 0, bytes.size(), "the whole image", visitor, free);
            }
            for (Volumes.Volume volume : volumes) {
                switch (volume.use()) {
                    case VOLUME -> {
                        String prefix = "vol" + volume.number() + "/";
                        walkVolume(
                                image, prefix, volume.offset(), volume.length(), volume.description(), visitor, free);
                    }
                    case UNALLOCATED -> free.add(volume.offset(), volume.length());
                    case TABLE -> {
                        // Holds no files.
                    }
                }
            }
            if (searchesFreeSpace) {
                search(free, visitor);
            }
        }
    }

    /** All is found before the first item is given, as in a folder. */
    private void search(FreeSpaceItems free, ItemVisitor visitor) throws InterruptedException {
        if (!visitor.lists(FreeSpaceItems.FOLDER)) {
            visitor.visit(unreadable(FreeSpaceItems.FOLDER, "the search of unallocated space was given up"));
            return;
        }
        List<ItemRef> found = free.carve(bytes, visitor::moves);
        visitor.listed();
        for (ItemRef item : found) {
            visitor.visit(item);
        }
    }

    private void walkVolume(
            SleuthKitImage image,
            String prefix,
            long offset,
            long length,
            String description,
            ItemVisitor visitor,
            FreeSpaceItems free)
            throws InterruptedException {
        String path = prefix.isEmpty() ? "volume" : prefix.substring(0, prefix.length() - 1);
        String place = (description.isBlank() ? "a volume without a name" : description) + ", bytes " + offset + " + "
                + length + " of the image";
        if (!visitor.lists(path)) {
            visitor.visit(unreadable(path, "given up: " + place));
            return;
        }
        Optional<FileSystem> opened = FileSystem.open(image, offset);
        visitor.listed();
        if (opened.isEmpty()) {
            Optional<String> encryption = encryption(offset);
            if (encryption.isEmpty()) {
                free.add(offset, length);
            }
            visitor.visit(unreadable(
                    path,
                    encryption.orElse("the volume has no file system that is known, or it is damaged") + ": " + place));
            return;
        }
        try (FileSystem fileSystem = opened.get()) {
            Consumer<ItemAddress.InFileSystem> deleted =
                    searchesFreeSpace ? address -> note(fileSystem, address, free) : address -> {};
            new FileSystemWalk(fileSystem, offset, visitor, deleted).walk(prefix);
            if (searchesFreeSpace) {
                addFreeSpace(fileSystem, path, visitor, free);
            }
        }
    }

    private void note(FileSystem fileSystem, ItemAddress.InFileSystem address, FreeSpaceItems free) {
        try (EvidenceBytes content = FileContent.open(fileSystem, bytes, address.content())) {
            free.addDeleted(content.runs());
        } catch (IOException unreadable) {
            // Its item says so when it is opened; what carving finds of it is an item of its own.
        }
    }

    private static void addFreeSpace(FileSystem fileSystem, String path, ItemVisitor visitor, FreeSpaceItems free)
            throws InterruptedException {
        String part = path + ": unallocated space";
        if (!visitor.lists(part)) {
            visitor.visit(unreadable(part, "given up: which blocks no file holds"));
            return;
        }
        Optional<String> failed = Optional.empty();
        try {
            fileSystem.unallocated(free::add);
        } catch (IOException failure) {
            failed = Optional.of(String.valueOf(failure.getMessage()));
        }
        visitor.listed();
        if (failed.isPresent()) {
            visitor.visit(unreadable(part, failed.get()));
        }
    }

    private Optional<String> encryption(long offset) {
        try {
            return VolumeEncryption.of(bytes, offset).map(name -> "the volume is encrypted with " + name);
        } catch (IOException unreadable) {
            return Optional.of("the volume's beginning cannot be read: " + unreadable.getMessage());
        }
    }

    private static ItemRef unreadable(String path, String note) {
        return new ItemRef(
                path,
                ItemRef.Kind.UNREADABLE_VOLUME,
                0,
                ItemRef.Allocation.ALLOCATED,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(note));
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
    public Optional<ImageCheck> check(int threads, Runnable beat) throws IOException, InterruptedException {
        // A raw image keeps nothing that it could be checked against.
        return bytes.storedHashes().isEmpty()
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

    /** File systems opened for reading files, apart from those of a walk, which may be busy for minutes. */
    private static final class Opener {
        private final ImageBytes bytes;
        private final SleuthKitImage image;
        private final Map<Long, FileSystem> fileSystems = new HashMap<>();

        Opener(SleuthKit kit, ImageBytes bytes) throws IOException {
            this.bytes = bytes;
            this.image = new SleuthKitImage(kit, bytes, () -> {});
        }

        EvidenceBytes open(ItemAddress.InFileSystem address) throws IOException {
            synchronized (image) {
                FileSystem fileSystem = fileSystems.get(address.offset());
                if (fileSystem == null) {
                    fileSystem = FileSystem.open(image, address.offset())
                            .orElseThrow(() -> new IOException(
                                    "no file system begins at byte " + address.offset() + " of the image"));
                    fileSystems.put(address.offset(), fileSystem);
                }
                return FileContent.open(fileSystem, bytes, address.content());
            }
        }

        void close() {
            synchronized (image) {
                fileSystems.values().forEach(FileSystem::close);
                fileSystems.clear();
                image.close();
            }
        }
    }
}
