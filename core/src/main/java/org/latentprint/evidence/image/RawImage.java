package org.latentprint.evidence.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.latentprint.evidence.FileBytes;
import org.latentprint.evidence.ReadBuffers;

/** A raw image: the disk's bytes as they are, in one file or in several that follow each other. */
final class RawImage implements ImageBytes {
    /** Numbers of three digits go so far. */
    static final int MAX_PARTS = 1_000;

    private final List<Part> parts;
    private final long size;

    private record Part(Path file, FileBytes bytes, long start) {
        long length() {
            return bytes.size();
        }
    }

    private RawImage(List<Part> parts) {
        this.parts = List.copyOf(parts);
        this.size = parts.getLast().start + parts.getLast().length();
    }

    /**
     * Opens an image.
     *
     * @param first the only file, or the first of several: {@code disk.001}, {@code disk.002} and so on
     * @throws IOException where a part cannot be opened
     */
    static RawImage open(Path first) throws IOException {
        List<Part> parts = new ArrayList<>();
        ReadBuffers buffers = new ReadBuffers();
        long start = 0;
        try {
            Optional<Path> next = Optional.of(first);
            while (next.isPresent() && parts.size() < MAX_PARTS) {
                FileBytes bytes = FileBytes.open(next.get(), buffers);
                parts.add(new Part(next.get(), bytes, start));
                start += bytes.size();
                next = following(next.get());
            }
            return new RawImage(parts);
        } catch (IOException failure) {
            for (Part part : parts) {
                part.bytes.close();
            }
            throw failure;
        }
    }

    /** Says whether a file's name is that of the first of several parts. */
    static boolean isFirstPart(String name) {
        return name.matches("(?s).*\\.00[01]");
    }

    private static Optional<Path> following(Path file) {
        return later(file, 1).filter(RawImage::isThere);
    }

    /** Returns the path that a part has so many numbers later; empty where this one's name has no number, or it ends before. */
    private static Optional<Path> later(Path file, int by) {
        String name = String.valueOf(file.getFileName());
        int point = name.lastIndexOf('.');
        if (point < 0 || !name.substring(point + 1).matches("[0-9]{3}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(name.substring(point + 1)) + by;
        return number >= MAX_PARTS
                ? Optional.empty()
                : Optional.of(
                        file.resolveSibling(name.substring(0, point + 1) + String.format(Locale.ROOT, "%03d", number)));
    }

    private static boolean isThere(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Optional<String> missing() {
        Path last = parts.getLast().file;
        return IntStream.range(2, MAX_PARTS)
                .mapToObj(by -> later(last, by))
                .flatMap(Optional::stream)
                .filter(RawImage::isThere)
                .findFirst()
                .map(found -> found.getFileName() + " is there, and the part behind " + last.getFileName()
                        + " is not: if they belong together, what follows " + last.getFileName() + " cannot be read");
    }

    @Override
    public String format() {
        return parts.size() > 1 ? "raw, split" : "raw";
    }

    @Override
    public List<String> files() {
        return parts.stream()
                .map(part -> String.valueOf(part.file.getFileName()))
                .toList();
    }

    @Override
    public SortedMap<String, String> storedHashes() {
        return Collections.emptySortedMap();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
        int done = 0;
        while (done < length && offset + done < size) {
            Part part = part(offset + done);
            long within = offset + done - part.start;
            int piece = (int) Math.min(length - done, part.length() - within);
            int read = part.bytes.read(within, target, targetOffset + done, piece);
            if (read <= 0) {
                throw new IOException(part.file + " ends at byte " + within + "; it had " + part.length()
                        + " bytes when it was opened");
            }
            done += read;
        }
        return done;
    }

    private Part part(long offset) {
        int low = 0;
        int high = parts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (parts.get(middle).start <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return parts.get(low);
    }

    @Override
    public void close() throws IOException {
        for (Part part : parts) {
            part.bytes.close();
        }
    }
}
