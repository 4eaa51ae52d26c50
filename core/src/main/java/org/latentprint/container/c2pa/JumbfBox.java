package org.latentprint.container.c2pa;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A box of JUMBF (ISO 19566-5), with its place in the store's bytes. A superbox ({@code jumb}) has a kind, a label and
 * children; any other box has content.
 *
 * @param type four letters, such as {@code jumb} or {@code cbor}
 * @param kind first four bytes of a superbox's type identifier in hex, such as {@code 63326d61} ("c2ma")
 * @param label of a superbox; empty where it has none
 * @param content place of the first byte behind the box's header
 * @param end place behind the last byte
 * @param children in their order, without the description box
 */
record JumbfBox(String type, String kind, String label, int content, int end, List<JumbfBox> children) {
    private static final int HEADER_LENGTH = 8;
    private static final int LONG_HEADER_LENGTH = 16;
    private static final int UUID_LENGTH = 16;
    private static final String SUPERBOX = "jumb";
    private static final String DESCRIPTION = "jumd";

    /** Store, manifest, assertion store, assertion, content: five. */
    private static final int MAX_DEPTH = 10;

    /** A chain of a hundred manifests with a hundred assertions each has some 30,000. */
    private static final int MAX_BOXES = 100_000;

    JumbfBox {
        children = List.copyOf(children);
    }

    /** Reads the boxes of a store. Used by one thread, once. */
    static final class Reader {
        private final byte[] bytes;
        private int boxes;
        private Optional<String> damage = Optional.empty();

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Returns the outermost boxes; what stands before damage is kept. */
        List<JumbfBox> read() {
            return boxes(0, bytes.length, 0);
        }

        /** Returns what ended the reading early, in words. */
        Optional<String> damage() {
            return damage;
        }

        private List<JumbfBox> boxes(int from, int limit, int depth) {
            List<JumbfBox> found = new ArrayList<>();
            int at = from;
            while (limit - at >= HEADER_LENGTH && damage.isEmpty()) {
                boxes++;
                if (depth > MAX_DEPTH || boxes > MAX_BOXES) {
                    damage =
                            Optional.of("JUMBF boxes nest deeper than " + MAX_DEPTH + " or are more than " + MAX_BOXES);
                    return found;
                }
                long stated = u32(at);
                int header = HEADER_LENGTH;
                if (stated == 1 && limit - at >= LONG_HEADER_LENGTH) {
                    stated = u32(at + 8) << 32 | u32(at + 12);
                    header = LONG_HEADER_LENGTH;
                } else if (stated == 0) {
                    stated = (long) limit - at;
                }
                if (stated < header || stated > limit - at) {
                    damage = Optional.of("a JUMBF box at " + at + " of the store states "
                            + Long.toUnsignedString(stated) + " bytes, " + (limit - at) + " are left");
                    return found;
                }
                int end = at + (int) stated;
                found.add(box(new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1), at + header, end, depth));
                at = end;
            }
            return found;
        }

        private JumbfBox box(String type, int content, int end, int depth) {
            if (!type.equals(SUPERBOX)) {
                return new JumbfBox(type, "", "", content, end, List.of());
            }
            boolean described = end - content >= HEADER_LENGTH + UUID_LENGTH + 1
                    && new String(bytes, content + 4, 4, StandardCharsets.ISO_8859_1).equals(DESCRIPTION);
            long length = described ? u32(content) : 0;
            if (length < HEADER_LENGTH + UUID_LENGTH + 1 || length > end - content) {
                damage = Optional.of("a JUMBF superbox without its description, at " + content + " of the store");
                return new JumbfBox(type, "", "", content, end, List.of());
            }
            int description = content + HEADER_LENGTH;
            int descriptionEnd = content + (int) length;
            return new JumbfBox(
                    type,
                    HexFormat.of().formatHex(bytes, description, description + 4),
                    label(description + UUID_LENGTH, descriptionEnd),
                    content,
                    end,
                    boxes(descriptionEnd, end, depth + 1));
        }

        /** Reads the label behind the toggles, whose second bit says that there is one; a zero ends it. */
        private String label(int toggles, int limit) {
            if ((bytes[toggles] & 2) == 0) {
                return "";
            }
            int end = toggles + 1;
            while (end < limit && bytes[end] != 0) {
                end++;
            }
            return new String(bytes, toggles + 1, end - toggles - 1, StandardCharsets.UTF_8);
        }

        private long u32(int at) {
            return (bytes[at] & 0xFFL) << 24
                    | (bytes[at + 1] & 0xFFL) << 16
                    | (bytes[at + 2] & 0xFFL) << 8
                    | (bytes[at + 3] & 0xFFL);
        }
    }

    /** Returns the child superbox of that label. */
    Optional<JumbfBox> child(String childLabel) {
        return children.stream().filter(box -> box.label().equals(childLabel)).findFirst();
    }

    /** Returns the first content of that type, such as {@code cbor}. */
    Optional<byte[]> content(String contentType, byte[] store) {
        return children.stream()
                .filter(box -> box.type().equals(contentType))
                .findFirst()
                .map(box -> Arrays.copyOfRange(store, box.content(), box.end()));
    }
}
