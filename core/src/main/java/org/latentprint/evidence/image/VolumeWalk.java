package org.latentprint.evidence.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource.ItemVisitor;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.image.sleuthkit.ApfsPool;
import org.latentprint.evidence.image.sleuthkit.FileContent;
import org.latentprint.evidence.image.sleuthkit.FileSystem;
import org.latentprint.evidence.image.sleuthkit.SleuthKitImage;

/** One walk through the volumes of an image: their files, and at the end what lies in free space. */
final class VolumeWalk {
    private final SleuthKitImage image;
    private final ImageBytes bytes;
    private final ItemVisitor visitor;
    private final boolean searchesFreeSpace;
    private final FreeSpaceItems free = new FreeSpaceItems();

    VolumeWalk(SleuthKitImage image, ImageBytes bytes, ItemVisitor visitor, boolean searchesFreeSpace) {
        this.image = image;
        this.bytes = bytes;
        this.visitor = visitor;
        this.searchesFreeSpace = searchesFreeSpace;
    }

    /** Adds a range that is in no volume. */
    void free(long offset, long length) {
        free.add(offset, length);
    }

    /**
     * Gives the files of a volume, or the volume where they cannot be listed.
     *
     * @param prefix of their paths, empty or with a slash at its end
     * @param offset in bytes
     * @param length in bytes
     * @param description by the table of volumes
     */
    void volume(String prefix, long offset, long length, String description) throws InterruptedException {
        String path = prefix.isEmpty() ? "volume" : prefix.substring(0, prefix.length() - 1);
        String place = (description.isBlank() ? "a volume without a name" : description) + ", bytes " + offset + " + "
                + length + " of the image";
        if (!visitor.lists(path)) {
            visitor.visit(unreadable(path, "given up: " + place));
            return;
        }
        Optional<FileSystem> opened = FileSystem.open(image, offset);
        Optional<ApfsPool> pool = opened.isPresent() ? Optional.empty() : ApfsPool.open(image, offset);
        visitor.listed();
        if (opened.isPresent()) {
            files(opened.get(), prefix, path, offset);
        } else if (pool.isPresent()) {
            container(pool.get(), prefix, path, offset, place);
        } else {
            Optional<String> encryption = encryption(offset);
            if (encryption.isEmpty()) {
                free.add(offset, length);
            }
            visitor.visit(unreadable(
                    path,
                    encryption.orElse("the volume has no file system that is known, or it is damaged") + ": " + place));
        }
    }

    private void files(FileSystem opened, String prefix, String path, long offset) throws InterruptedException {
        try (FileSystem fileSystem = opened) {
            long behind = fileSystem.bytesBehindTheImage();
            if (behind > 0) {
                visitor.visit(missing(
                        "missing part of " + path,
                        "the file system claims " + behind
                                + " bytes behind the end of the image: the image is not whole, or the file system is"
                                + " damaged"));
            }
            List<ItemAddress.InFileSystem> deleted = new ArrayList<>();
            new FileSystemWalk(fileSystem, offset, 0, visitor, deleted::add).walk(prefix);
            if (searchesFreeSpace) {
                addFree(path, sink -> {
                    note(fileSystem, deleted);
                    fileSystem.unallocated(sink);
                });
            }
        }
    }

    private void container(ApfsPool opened, String prefix, String path, long offset, String place)
            throws InterruptedException {
        try (ApfsPool pool = opened) {
            for (ApfsPool.PoolVolume volume : pool.volumes()) {
                String own = prefix + "apfs" + volume.number();
                if (volume.encrypted()) {
                    visitor.visit(unreadable(own, "the volume is encrypted by APFS (FileVault): in " + place));
                    continue;
                }
                if (!visitor.lists(own)) {
                    visitor.visit(unreadable(own, "given up: in " + place));
                    continue;
                }
                Optional<FileSystem> inside = pool.open(volume);
                visitor.listed();
                if (inside.isEmpty()) {
                    visitor.visit(unreadable(own, "the volume's files cannot be listed: in " + place));
                    continue;
                }
                try (FileSystem fileSystem = inside.get()) {
                    new FileSystemWalk(fileSystem, offset, volume.block(), visitor, address -> {}).walk(own + "/");
                }
            }
            if (searchesFreeSpace) {
                addFree(path, pool::unallocated);
            }
        }
    }

    private void note(FileSystem fileSystem, List<ItemAddress.InFileSystem> deleted) {
        for (ItemAddress.InFileSystem address : deleted) {
            try (EvidenceBytes content = FileContent.open(fileSystem, bytes, address.content())) {
                free.addDeleted(content.runs());
            } catch (IOException unreadable) {
                // Its item says so when it is opened; what carving finds of it is an item of its own.
            }
        }
    }

    /** Lists the ranges that no live file holds. */
    @FunctionalInterface
    private interface FreeSpace {
        void list(FileSystem.RangeSink sink) throws IOException;
    }

    private void addFree(String path, FreeSpace space) throws InterruptedException {
        String part = path + ": unallocated space";
        if (!visitor.lists(part)) {
            visitor.visit(unreadable(part, "given up: which blocks no file holds"));
            return;
        }
        Optional<String> failed = Optional.empty();
        try {
            space.list(free::add);
        } catch (IOException failure) {
            failed = Optional.of(String.valueOf(failure.getMessage()));
        }
        visitor.listed();
        if (failed.isPresent()) {
            visitor.visit(unreadable(part, failed.get()));
        }
    }

    /** Gives what lies in free space, if it is to be searched. All is found before the first item is given, as in a folder. */
    void searchFreeSpace() throws InterruptedException {
        if (!searchesFreeSpace) {
            return;
        }
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

    private Optional<String> encryption(long offset) {
        try {
            return VolumeEncryption.of(bytes, offset).map(name -> "the volume is encrypted with " + name);
        } catch (IOException unreadable) {
            return Optional.of("the volume's beginning cannot be read: " + unreadable.getMessage());
        }
    }

    static ItemRef unreadable(String path, String note) {
        return said(path, ItemRef.Kind.UNREADABLE_VOLUME, note);
    }

    /** Returns what stands for bytes that the image should hold and does not. */
    static ItemRef missing(String path, String note) {
        return said(path, ItemRef.Kind.UNREADABLE_RANGE, note);
    }

    private static ItemRef said(String path, ItemRef.Kind kind, String note) {
        return new ItemRef(
                path,
                kind,
                0,
                ItemRef.Allocation.ALLOCATED,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(note));
    }
}
