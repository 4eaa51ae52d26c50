package org.latentprint.evidence.image;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.latentprint.evidence.EvidenceSource.ItemVisitor;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.ItemRef.Allocation;
import org.latentprint.evidence.image.sleuthkit.Entry;
import org.latentprint.evidence.image.sleuthkit.FileContent.Address;
import org.latentprint.evidence.image.sleuthkit.FileSystem;

/**
 * Lists the files of one file system, live and deleted, depth first, in the order of their names. A folder is listed as a
 * whole before its first item is given, so that a folder of which the library dies gives nothing, today and when it is tried
 * again.
 */
final class FileSystemWalk {
    /** Deeper than any honest tree. */
    static final int MAX_DEPTH = 1_000;

    /** A damaged file system may show folders without end; an honest disk has a million. */
    static final int MAX_FOLDERS = 10_000_000;

    private final FileSystem fileSystem;
    private final long offset;
    private final long poolBlock;
    private final ItemVisitor visitor;
    private final Consumer<ItemAddress.InFileSystem> deleted;
    private final Set<Long> folders = new HashSet<>();
    private final Set<Long> named = new HashSet<>();
    private final Deque<Level> levels = new ArrayDeque<>();

    /** A folder on the way: what is left of it, and what holds for all below it. */
    private record Level(String prefix, Iterator<Named> entries, Allocation allocation) {}

    /** An entry with the path that it gets. */
    private record Named(String path, Entry entry) {}

    /**
     * Makes a walk.
     *
     * @param offset where the file system, or its container, begins in the image, in bytes
     * @param poolBlock block of the container where the volume begins; 0 without one
     * @param deleted is told the address of each deleted file that is an item
     */
    FileSystemWalk(
            FileSystem fileSystem,
            long offset,
            long poolBlock,
            ItemVisitor visitor,
            Consumer<ItemAddress.InFileSystem> deleted) {
        this.deleted = deleted;
        this.poolBlock = poolBlock;
        this.fileSystem = fileSystem;
        this.offset = offset;
        this.visitor = visitor;
    }

    /**
     * Gives all items to the visitor.
     *
     * @param prefix of their paths, empty or with a slash at its end
     */
    void walk(String prefix) throws InterruptedException {
        enter(
                prefix,
                prefix.isEmpty() ? "." : prefix.substring(0, prefix.length() - 1),
                fileSystem.root(),
                Allocation.ALLOCATED);
        while (!levels.isEmpty()) {
            Level level = levels.element();
            if (level.entries.hasNext()) {
                visit(level, level.entries.next());
            } else {
                levels.pop();
            }
        }
    }

    private void visit(Level level, Named named) throws InterruptedException {
        Entry entry = named.entry;
        Allocation allocation = allocation(level, entry);
        if (entry.kind() == Entry.Kind.VIRTUAL) {
            // A part of the file system that the library shows as a file.
            return;
        }
        if (allocation == Allocation.DELETED && isGone(entry)) {
            visitor.visit(nameOnly(named));
            return;
        }
        switch (entry.kind()) {
            case FOLDER -> {
                streams(named, allocation);
                enter(named.path + "/", named.path, entry.address(), allocation);
            }
            case ORPHANS -> orphans(named);
            case LINK -> visitor.visit(item(named, ItemRef.Kind.LINK, allocation));
            case SPECIAL -> visitor.visit(item(named, ItemRef.Kind.SPECIAL, allocation));
            case FILE, UNKNOWN -> file(named, allocation);
            case VIRTUAL -> throw new IllegalStateException("left out above");
        }
    }

    private static Allocation allocation(Level level, Entry entry) {
        if (level.allocation != Allocation.ALLOCATED) {
            return level.allocation;
        }
        boolean live = entry.allocated()
                && entry.metadata().map(Entry.Metadata::allocated).orElse(true);
        return live ? Allocation.ALLOCATED : Allocation.DELETED;
    }

    /** Says whether nothing is left of a deleted file but its name. */
    private static boolean isGone(Entry entry) {
        return entry.metadata().isEmpty()
                || (!entry.allocated() && entry.metadata().get().allocated());
    }

    private void orphans(Named named) throws InterruptedException {
        if (!fileSystem.hasRoomForItsFiles()) {
            visitor.visit(unreadable(
                    named.path, Allocation.ORPHAN, "the file system claims more files than it has room for"));
        } else if (fileSystem.type().findsOrphans()) {
            enter(named.path + "/", named.path, named.entry.address(), Allocation.ORPHAN);
        }
    }

    private void file(Named named, Allocation allocation) throws InterruptedException {
        if (allocation != Allocation.ALLOCATED) {
            deleted.accept(new ItemAddress.InFileSystem(offset, poolBlock, Address.main(named.entry.address())));
        }
        Optional<Entry.Metadata> metadata = named.entry.metadata();
        if (allocation == Allocation.ORPHAN
                && metadata.filter(Entry.Metadata::used).isEmpty()) {
            // A place for metadata that no file has used yet.
            return;
        }
        boolean severalNames = metadata.filter(found -> found.names() > 1).isPresent();
        if (allocation == Allocation.ALLOCATED && severalNames && !this.named.add(named.entry.address())) {
            visitor.visit(otherName(named));
            return;
        }
        if (metadata.map(Entry.Metadata::streams).orElse(List.of()).stream()
                .noneMatch(stream -> stream.name().isEmpty())) {
            boolean onlyStreams =
                    metadata.filter(found -> !found.streams().isEmpty()).isPresent();
            if (!onlyStreams) {
                // NTFS has files that consist of an index alone, and records that were never a file's.
                boolean hasContent = fileSystem.type().everyFileHasContent();
                if (!hasContent && allocation == Allocation.ORPHAN) {
                    return;
                }
                visitor.visit(item(named, hasContent ? ItemRef.Kind.FILE : ItemRef.Kind.NO_CONTENT, allocation));
            }
        }
        streams(named, allocation);
    }

    private void streams(Named named, Allocation allocation) throws InterruptedException {
        for (Entry.Stream stream :
                named.entry.metadata().map(Entry.Metadata::streams).orElse(List.of())) {
            visitor.visit(stream(named, stream, allocation));
        }
    }

    private void enter(String prefix, String path, long address, Allocation allocation) throws InterruptedException {
        if (levels.size() >= MAX_DEPTH) {
            visitor.visit(unreadable(path, allocation, "folders are listed to a depth of " + MAX_DEPTH));
            return;
        }
        if (folders.size() >= MAX_FOLDERS) {
            visitor.visit(
                    unreadable(path, allocation, MAX_FOLDERS + " folders were listed before it, which is the most"));
            return;
        }
        if (!folders.add(address)) {
            visitor.visit(unreadable(path, allocation, "its metadata are those of a folder that was listed already"));
            return;
        }
        if (!visitor.lists(path)) {
            visitor.visit(unreadable(path, allocation, "given up"));
            return;
        }
        List<Named> entries;
        try {
            entries = sorted(prefix, fileSystem.list(address));
        } catch (IOException failure) {
            visitor.listed();
            visitor.visit(unreadable(path, allocation, String.valueOf(failure.getMessage())));
            return;
        }
        visitor.listed();
        levels.push(new Level(prefix, entries.iterator(), allocation));
    }

    /** Gives each entry a path of its own; of several with one name the live one has the plain path. */
    private static List<Named> sorted(String prefix, List<Entry> entries) {
        List<Named> sorted = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            sorted.add(new Named(prefix + entry.name(), entry));
        }
        sorted.sort(Comparator.comparing(Named::path)
                .thenComparing(named -> !named.entry.allocated())
                .thenComparingLong(named -> named.entry.address()));
        Set<String> taken = new HashSet<>();
        for (int index = 0; index < sorted.size(); index++) {
            Named named = sorted.get(index);
            String path = named.path;
            if (!taken.add(path)) {
                path = named.path + "%(" + Long.toUnsignedString(named.entry.address()) + ")";
                for (int again = 2; !taken.add(path); again++) {
                    path = named.path + "%(" + Long.toUnsignedString(named.entry.address()) + "," + again + ")";
                }
                sorted.set(index, new Named(path, named.entry));
            }
        }
        return sorted;
    }

    private ItemRef item(Named named, ItemRef.Kind kind, Allocation allocation) {
        Optional<Entry.Metadata> metadata = named.entry.metadata();
        long size =
                kind == ItemRef.Kind.FILE ? metadata.map(Entry.Metadata::size).orElse(0L) : 0;
        return new ItemRef(
                named.path,
                kind,
                size,
                allocation,
                metadata.map(Entry.Metadata::times).orElse(List.of()),
                Optional.empty(),
                metadata.flatMap(Entry.Metadata::linkTarget),
                Optional.of(address(Address.main(named.entry.address()))),
                note(size, allocation));
    }

    private ItemRef stream(Named named, Entry.Stream stream, Allocation allocation) {
        Optional<String> name = stream.name();
        boolean wholeVolume =
                named.entry.address() == 8 && name.filter("$Bad"::equals).isPresent();
        return new ItemRef(
                named.path + name.map(text -> ":" + text).orElse(""),
                wholeVolume ? ItemRef.Kind.SPECIAL : ItemRef.Kind.FILE,
                wholeVolume ? 0 : stream.size(),
                allocation,
                named.entry.metadata().map(Entry.Metadata::times).orElse(List.of()),
                name,
                Optional.empty(),
                Optional.of(address(new Address(named.entry.address(), stream.type(), stream.id()))),
                note(stream.size(), allocation));
    }

    private static Optional<String> note(long size, Allocation allocation) {
        if (allocation == Allocation.ALLOCATED) {
            return Optional.empty();
        }
        String deleted = allocation == Allocation.ORPHAN
                ? "its metadata are there, and no folder names it"
                : "deleted; its name and metadata are still there";
        return Optional.of(
                size == 0
                        ? deleted + ", and its size is 0 or was cleared"
                        : deleted + "; other files may have used its place since");
    }

    private ItemRef nameOnly(Named named) {
        return new ItemRef(
                named.path,
                ItemRef.Kind.NAME_ONLY,
                0,
                Allocation.DELETED,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(address(Address.main(named.entry.address()))),
                Optional.of(
                        named.entry.metadata().isPresent()
                                ? "deleted; the place of its metadata belongs to another file now"
                                : "deleted; its metadata are gone"));
    }

    private ItemRef otherName(Named named) {
        return new ItemRef(
                named.path,
                ItemRef.Kind.LINK,
                0,
                Allocation.ALLOCATED,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(address(Address.main(named.entry.address()))),
                Optional.of("another name of a file that is listed before; its metadata have the same address"));
    }

    private ItemRef unreadable(String path, Allocation allocation, String why) {
        return new ItemRef(
                path,
                ItemRef.Kind.UNREADABLE_FOLDER,
                0,
                allocation,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(why));
    }

    private String address(Address content) {
        return new ItemAddress.InFileSystem(offset, poolBlock, content).text();
    }
}
