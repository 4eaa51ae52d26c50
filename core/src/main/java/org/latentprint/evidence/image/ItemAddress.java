package org.latentprint.evidence.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.ByteRun;
import org.latentprint.evidence.image.sleuthkit.FileContent;

/** Where an image has an item: a file of a file system, or ranges of the image itself. */
sealed interface ItemAddress {
    /** The unit in which programs take the place of a file system. */
    int SECTOR = 512;

    /** A carved item lies in a few pieces. */
    int MAX_RANGES = 10_000;

    /**
     * A content of a file in a file system.
     *
     * @param offset where the file system, or the container that holds it, begins in the image, in bytes
     * @param poolBlock block of the container where the volume begins; 0 where there is no container
     * @param content which file and which of its contents
     */
    record InFileSystem(long offset, long poolBlock, FileContent.Address content) implements ItemAddress {
        @Override
        public String text() {
            return offset / SECTOR + (poolBlock == 0 ? "" : "@" + poolBlock) + "/" + content.text();
        }
    }

    /** Ranges of the image, one behind the other. */
    record InImage(List<ByteRun> runs) implements ItemAddress {
        public InImage {
            runs = List.copyOf(runs);
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder("bytes");
            char between = ' ';
            for (ByteRun run : runs) {
                text.append(between).append(run.imageOffset()).append('+').append(run.length());
                between = ',';
            }
            return text.toString();
        }

        long size() {
            return runs.isEmpty() ? 0 : runs.getLast().end();
        }
    }

    /** Returns the address as a case keeps it. */
    String text();

    /** Reads the text. */
    static Optional<ItemAddress> parse(String text) {
        try {
            return text.startsWith("bytes ") ? Optional.of(inImage(text.substring(6))) : inFileSystem(text);
        } catch (ArithmeticException | IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    private static ItemAddress inImage(String text) {
        List<ByteRun> runs = new ArrayList<>();
        long end = 0;
        for (String range : text.split(",", MAX_RANGES)) {
            int plus = range.indexOf('+');
            long length = Long.parseLong(range.substring(plus + 1));
            runs.add(new ByteRun(end, Long.parseLong(range.substring(0, plus)), length, ByteRun.Content.STORED));
            end = Math.addExact(end, length);
        }
        return new InImage(runs);
    }

    private static Optional<ItemAddress> inFileSystem(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String[] place = text.substring(0, slash).split("@", 2);
        long offset = Math.multiplyExact(Long.parseLong(place[0]), (long) SECTOR);
        long poolBlock = place.length == 2 ? Long.parseLong(place[1]) : 0;
        return FileContent.Address.parse(text.substring(slash + 1))
                .map(content -> new InFileSystem(offset, poolBlock, content));
    }
}
