package org.latentprint.evidence.image;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.FileBytes;
import org.latentprint.evidence.ReadBuffers;

/**
 * The files of an image of the Expert Witness format, and whether they are whole and all of them there. The library reads what
 * there is of a disk, and of the rest says only that it cannot be read.
 */
final class EwfSegments implements Closeable {
    private final List<Segment> list;

    /**
     * One file.
     *
     * @param sections of it; empty where it is not of the format's first version
     */
    record Segment(String name, FileBytes bytes, Optional<EwfSections> sections) {}

    private EwfSegments(List<Segment> list) {
        this.list = list;
    }

    /**
     * Opens the files of an image.
     *
     * @param files in their order, as far as they were found
     * @throws IOException where one of them cannot be opened
     */
    static EwfSegments open(List<Path> files) throws IOException {
        ReadBuffers buffers = new ReadBuffers();
        EwfSegments segments = new EwfSegments(new ArrayList<>());
        boolean opened = false;
        try {
            for (Path file : files) {
                FileBytes bytes = FileBytes.open(file.toRealPath(), buffers);
                segments.list.add(new Segment(String.valueOf(file.getFileName()), bytes, EwfSections.of(bytes)));
            }
            opened = true;
            return segments;
        } finally {
            if (!opened) {
                segments.close();
            }
        }
    }

    List<Segment> list() {
        return List.copyOf(list);
    }

    /** Returns what is missing, in words; empty where nothing is. */
    Optional<String> missing() {
        return list.stream().map(this::missing).flatMap(Optional::stream).findFirst();
    }

    private Optional<String> missing(Segment segment) {
        if (segment.sections.isEmpty()) {
            return Optional.empty();
        }
        EwfSections sections = segment.sections.get();
        if (sections.broken().isPresent()) {
            return Optional.of(segment.name + " of the image ends early, or is damaged: "
                    + sections.broken().get() + "; bytes of the disk may be missing, or stand in another place");
        }
        boolean goesOn = sections.list().getLast().type().equals(EwfSections.FOLLOWED);
        return goesOn && segment.equals(list.getLast())
                ? Optional.of("the image goes on behind " + segment.name
                        + ", and the file that follows is not there: what lies in it and in later ones cannot be read")
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        for (Segment segment : list) {
            segment.bytes.close();
        }
    }
}
