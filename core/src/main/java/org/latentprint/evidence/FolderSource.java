package org.latentprint.evidence;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A mounted folder, or a single file. Items come depth first, sorted by the bytes of their names. Only the listings of the
 * folders on the way down are held in memory. Links are listed and never followed.
 *
 * <p>What a mounted folder cannot give: deleted files, and alternate data streams. Each hard link is an item of its own.
 */
public final class FolderSource implements EvidenceSource {
    /** Deeper than any honest tree; a path of one-letter names reaches the system's limit of 4,096 bytes at twice this. */
    public static final int MAX_DEPTH = 1_000;

    private final String location;
    private final Path folder;
    private final Optional<Path> onlyFile;
    private final Optional<Object> identity;
    private final ReadBuffers buffers = new ReadBuffers();

    private FolderSource(String location, Path folder, Optional<Path> onlyFile) throws IOException {
        this.location = location;
        this.folder = folder;
        this.onlyFile = onlyFile;
        this.identity = identity(folder);
    }

    /**
     * Opens a folder or file. The place itself may be reached through links; what is below it may not.
     *
     * @param location path as the examiner gave it
     * @throws IOException where there is nothing that can be read
     */
    public static FolderSource open(String location) throws IOException {
        Path real = Path.of(location).toRealPath();
        if (Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            return new FolderSource(location, real, Optional.empty());
        }
        Path parent = real.getParent();
        Path name = real.getFileName();
        if (parent == null || name == null || !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("neither a folder nor a file: " + location);
        }
        return new FolderSource(location, parent, Optional.of(name));
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public String kind() {
        return onlyFile.isPresent() ? "file" : "folder";
    }

    @Override
    public void walk(ItemVisitor visitor) throws IOException, InterruptedException {
        if (onlyFile.isPresent()) {
            Path name = onlyFile.get();
            visitor.visit(FolderEntry.read(folder.resolve(name)).item(PathText.ofName(name)));
            return;
        }
        Deque<Level> levels = new ArrayDeque<>();
        levels.push(Level.list(folder, ""));
        while (!levels.isEmpty()) {
            Level level = levels.element();
            if (!level.names.hasNext()) {
                levels.pop();
                continue;
            }
            Path name = level.names.next();
            String itemPath = level.prefix + PathText.ofName(name);
            FolderEntry entry = FolderEntry.read(level.folder.resolve(name));
            if (!entry.isFolder()) {
                visitor.visit(entry.item(itemPath));
                continue;
            }
            Optional<Level> below =
                    levels.size() < MAX_DEPTH ? listIfPossible(entry.path(), itemPath) : Optional.empty();
            if (below.isPresent()) {
                levels.push(below.get());
            } else {
                visitor.visit(entry.item(itemPath));
            }
        }
    }

    @Override
    public EvidenceBytes open(ItemRef item) throws IOException {
        if (item.kind() != ItemRef.Kind.FILE || item.stream().isPresent()) {
            throw new IOException("a folder source gives the bytes of files only: " + item.path());
        }
        Path file = PathText.resolve(folder, item.path());
        Path parent = file.getParent();
        if (parent == null || !parent.toRealPath().equals(parent)) {
            throw new IOException("a folder on the way is a link now: " + item.path());
        }
        return FileBytes.open(file, buffers);
    }

    @Override
    public void requirePresent() throws IOException {
        boolean there;
        try {
            there = identity(folder).equals(identity);
        } catch (IOException gone) {
            there = false;
        }
        if (!there) {
            throw new IOException("the source " + location + " is no longer there: unplugged, unmounted or moved away");
        }
    }

    /** An empty folder is left where something was mounted, with another identity. */
    private static Optional<Object> identity(Path folder) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(folder, BasicFileAttributes.class).fileKey());
    }

    @Override
    public void close() {
        // Nothing is held open between calls.
    }

    private static Optional<Level> listIfPossible(Path folder, String itemPath) {
        try {
            return Optional.of(Level.list(folder, itemPath + "/"));
        } catch (IOException | DirectoryIteratorException unreadable) {
            return Optional.empty();
        }
    }

    private record Level(Path folder, String prefix, Iterator<Path> names) {

        static Level list(Path folder, String prefix) throws IOException {
            List<Path> names = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    // The name alone takes a fraction of the memory of the whole path.
                    names.add(entry.getFileName());
                }
            } catch (DirectoryIteratorException failure) {
                throw failure.getCause();
            }
            // Paths of Unix file systems compare by the bytes of their names, whatever the locale.
            Collections.sort(names);
            return new Level(folder, prefix, names.iterator());
        }
    }
}
