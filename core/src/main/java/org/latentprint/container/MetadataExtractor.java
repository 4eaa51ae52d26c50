package org.latentprint.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.latentprint.container.c2pa.ByteRange;
import org.latentprint.container.c2pa.ContentCredentials;
import org.latentprint.container.c2pa.ManifestStoreReader;
import org.latentprint.container.c2pa.StoreForm;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Origin;
import org.latentprint.evidence.Problem;

/**
 * Runs the container reader that knows an item's bytes, and gives every block its origin. What a reader found before it
 * failed is kept.
 */
public final class MetadataExtractor {
    /** Real files hold a few dozen blocks; a hostile one could hold millions of empty ones and fill the memory. */
    public static final int MAX_BLOCKS = 20_000;

    /** Problems of one item beyond this number say nothing new. */
    public static final int MAX_PROBLEMS = 200;

    /** A file has one store; those with more hold copies that editors left. */
    private static final int MAX_STORES = 16;

    /** Sum of the characters of all texts of one item: four times the largest workflow seen. */
    public static final long MAX_TEXT = 64L << 20;

    private static final String ID = "container/1";
    private static final int BUFFER = 1 << 16;

    private MetadataExtractor() {}

    /**
     * Reads an item's metadata blocks.
     *
     * @param item path of the item within its source
     * @param bytes the item's bytes
     * @return the blocks and problems; never throws for what the bytes hold
     */
    public static ItemMetadata extract(String item, EvidenceBytes bytes) {
        byte[] head = new byte[(int) Math.min(ContainerReaders.HEAD_LENGTH, bytes.size())];
        try {
            int read = bytes.read(0, head, 0, head.length);
            if (read < head.length) {
                head = Arrays.copyOf(head, read);
            }
        } catch (IOException failure) {
            return new ItemMetadata(
                    item,
                    Optional.empty(),
                    0,
                    0,
                    List.of(),
                    Optional.empty(),
                    List.of(Problem.at(
                            Problem.Category.UNREADABLE, ID, "the first bytes could not be read: " + failure, 0)));
        }
        byte[] firstBytes = head;
        Optional<ContainerReader> known = ContainerReaders.forHead(firstBytes);
        if (known.isEmpty()) {
            return new ItemMetadata(item, Optional.empty(), 0, 0, List.of(), Optional.empty(), List.of());
        }
        ContainerReader reader = known.get();
        Collector collector = new Collector(item, bytes, reader.id());
        try {
            reader.read(bytes, collector);
        } catch (EOFException end) {
            collector.problem(
                    Problem.of(Problem.Category.MALFORMED, reader.id(), "reading ended early: " + end.getMessage()));
        } catch (IOException failure) {
            collector.add(Problem.of(
                    Problem.Category.UNREADABLE, reader.id(), "bytes could not be read: " + failure.getMessage()));
        } catch (UncheckedIOException failure) {
            collector.add(Problem.of(
                    Problem.Category.UNREADABLE, reader.id(), "bytes could not be read: " + failure.getCause()));
        } catch (BoundReached bound) {
            collector.add(Problem.of(Problem.Category.LIMIT, reader.id(), String.valueOf(bound.getMessage())));
        } catch (RuntimeException | StackOverflowError failure) {
            collector.add(Problem.of(Problem.Category.READER_FAILED, reader.id(), "the reader failed: " + failure));
        }
        collector.readStores();
        return collector.result(reader.recognise(firstBytes));
    }

    /** Ends a reader that found more than one item may hold. */
    private static final class BoundReached extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BoundReached(String message) {
            super(message, null, false, false);
        }
    }

    private record Store(List<ByteRange> ranges, StoreForm form) {
        Store {
            ranges = List.copyOf(ranges);
        }
    }

    private static final class Collector implements BlockSink {
        private final String item;
        private final EvidenceBytes bytes;
        private final String reader;
        private final List<MetadataBlock> blocks = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<Store> stores = new ArrayList<>();
        private final List<ContentCredentials> credentials = new ArrayList<>();
        private Optional<ItemMetadata.Trailing> trailing = Optional.empty();
        private Optional<String> toldMediaType = Optional.empty();
        private int width;
        private int height;
        private long textLength;

        Collector(String item, EvidenceBytes bytes, String reader) {
            this.item = item;
            this.bytes = bytes;
            this.reader = reader;
        }

        @Override
        public void block(
                String container,
                String key,
                long offset,
                long length,
                MetadataBlock.Crc crc,
                Optional<DecodedText> decoded) {
            Optional<DecodedText> text = decoded.map(QuotedText::opened);
            if (blocks.size() >= MAX_BLOCKS) {
                throw new BoundReached("more than " + MAX_BLOCKS + " metadata blocks; the rest was not read");
            }
            textLength += decoded.map(each -> each.text().length()).orElse(0);
            if (textLength > MAX_TEXT) {
                throw new BoundReached("more than " + MAX_TEXT + " characters of metadata; the rest was not read");
            }
            blocks.add(new MetadataBlock(
                    container,
                    key,
                    new Origin(item, offset, length, digest(offset, length), reader),
                    crc,
                    text.map(DecodedText::text),
                    text.map(DecodedText::encoding),
                    text.flatMap(DecodedText::repaired)));
        }

        @Override
        public void manifestStore(List<ByteRange> ranges, StoreForm form) {
            if (stores.size() < MAX_STORES) {
                stores.add(new Store(ranges, form));
            } else {
                problem(Problem.of(
                        Problem.Category.LIMIT,
                        ManifestStoreReader.ID,
                        "more than " + MAX_STORES + " manifest stores"));
            }
        }

        @Override
        public void mediaType(String told) {
            toldMediaType = Optional.of(told);
        }

        @Override
        public void pixels(int pixelWidth, int pixelHeight) {
            width = pixelWidth;
            height = pixelHeight;
        }

        @Override
        public void trailing(long offset, long length) {
            trailing = Optional.of(new ItemMetadata.Trailing(offset, length));
        }

        @Override
        public void problem(Problem problem) {
            if (problems.size() < MAX_PROBLEMS) {
                problems.add(problem);
            } else if (problems.size() == MAX_PROBLEMS) {
                problems.add(Problem.of(
                        Problem.Category.LIMIT,
                        reader,
                        "more than " + MAX_PROBLEMS + " problems; the rest is not listed"));
            }
        }

        /** Adds a problem that must not be dropped by the bound. */
        void add(Problem problem) {
            problems.add(problem);
        }

        /** Reads the stores that were noted. */
        void readStores() {
            for (Store store : stores) {
                try {
                    readStore(store);
                } catch (IOException | UncheckedIOException failure) {
                    add(Problem.of(
                            Problem.Category.UNREADABLE,
                            ManifestStoreReader.ID,
                            "a store could not be read: " + failure));
                } catch (RuntimeException | StackOverflowError failure) {
                    add(Problem.of(
                            Problem.Category.READER_FAILED, ManifestStoreReader.ID, "the reader failed: " + failure));
                }
            }
        }

        private void readStore(Store store) throws IOException {
            List<ByteRange> ranges = store.ranges();
            long start = ranges.stream().mapToLong(ByteRange::offset).min().orElse(0);
            long length = ranges.stream().mapToLong(ByteRange::end).max().orElse(0) - start;
            if (length > ManifestStoreReader.MAX_STORE) {
                add(Problem.at(
                        Problem.Category.LIMIT,
                        ManifestStoreReader.ID,
                        "a manifest store of " + length + " bytes; up to " + ManifestStoreReader.MAX_STORE
                                + " are read",
                        start));
                return;
            }
            Origin origin = new Origin(item, start, length, digest(start, length), ManifestStoreReader.ID);
            ManifestStoreReader.read(ranges, store.form(), bytes, origin, this::problem)
                    .ifPresent(credentials::add);
        }

        ItemMetadata result(Optional<String> byFirstBytes) {
            Optional<String> mediaType = toldMediaType.or(() -> byFirstBytes);
            return new ItemMetadata(item, mediaType, width, height, blocks, credentials, trailing, problems);
        }

        private String digest(long offset, long length) {
            try {
                MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
                long position = offset;
                long end = offset + length;
                while (position < end) {
                    int read = bytes.read(position, buffer, 0, (int) Math.min(buffer.length, end - position));
                    if (read <= 0) {
                        throw new IOException("the item ends at " + position + ", inside a block that ends at " + end);
                    }
                    sha256.update(buffer, 0, read);
                    position += read;
                }
                return HexFormat.of().formatHex(sha256.digest());
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java runtime has SHA-256", impossible);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
