package org.latentprint.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;

/** Reads keys and tensor table of GGUF files, versions 1 to 3, of both byte orders (ggml-org/ggml: docs/gguf.md). */
public final class GgufReader implements ModelFileReader {
    /** As for the other formats. */
    private static final int MAX_TENSORS = SafetensorsReader.MAX_TENSORS;

    /** Real files have some 40 keys. */
    private static final int MAX_KEYS = 10_000;

    /** Names have up to 64 characters by the format's own rule; some converters write longer ones. */
    private static final int MAX_NAME = 1_000;

    /** Bytes of one text; longer ones are licences and templates of chats, which say nothing of what the model is. */
    private static final int MAX_VALUE = 4_000;

    /** The format has four (ggml.h, GGML_MAX_DIMS); room for a later version. */
    private static final int MAX_DIMENSIONS = 8;

    /** The type of arrays. */
    private static final int ARRAY = 9;

    /** Arrays of arrays are allowed and not seen. */
    private static final int MAX_NESTING = 4;

    /** Keys, those of the architecture without it, to the fact they give. */
    private static final Map<String, String> FACTS = new TreeMap<>(Map.of(
            "general.file_type", "gguf.fileType",
            ".block_count", "gguf.blockCount",
            ".embedding_length", "gguf.embeddingLength",
            ".context_length", "gguf.contextLength",
            ".expert_count", "gguf.expertCount"));

    /** Entries of arrays that are passed over; the largest vocabulary has some 260,000. */
    private static final long MAX_ARRAY = 4_000_000;

    /** Before the name of a tensor that was stored in another shape (city96/ComfyUI-GGUF: tools/convert.py). */
    private static final String ORIGINAL_SHAPE = "comfy.gguf.orig_shape.";

    @Override
    public String id() {
        return "gguf/1";
    }

    @Override
    public boolean recognise(byte[] head, String name, long size) {
        return head.length >= 4 && head[0] == 'G' && head[1] == 'G' && head[2] == 'U' && head[3] == 'F';
    }

    @Override
    public Optional<ModelHead> read(EvidenceBytes bytes, String name) throws IOException {
        ModelHead head = new ModelHead(id(), "gguf");
        Cursor cursor = new Cursor(bytes);
        try {
            readHead(cursor, head);
        } catch (EOFException end) {
            head.malformed(String.valueOf(end.getMessage()), cursor.in.position());
        }
        head.range(0, cursor.in.position());
        return Optional.of(head);
    }

    private static void readHead(Cursor cursor, ModelHead head) throws IOException {
        cursor.in.skipNBytes(4);
        long version = cursor.number(4);
        if (version > 0xffff) {
            cursor.bigEndian = true;
            version = Integer.toUnsignedLong(Integer.reverseBytes((int) version));
        }
        head.formatFacts().put("gguf.version", Long.toString(version));
        if (version < 1 || version > 3) {
            head.problem(Problem.Category.UNSUPPORTED, "version " + version + " of GGUF is not known", 4);
            return;
        }
        cursor.countBytes = version == 1 ? 4 : 8;
        long tensors = cursor.number(cursor.countBytes);
        long keys = cursor.number(cursor.countBytes);
        if (tensors < 0 || tensors > MAX_TENSORS || keys < 0 || keys > MAX_KEYS) {
            head.malformed(
                    "the head announces " + Long.toUnsignedString(tensors) + " tensors and "
                            + Long.toUnsignedString(keys) + " keys; read are at most " + MAX_TENSORS + " and "
                            + MAX_KEYS,
                    8);
            return;
        }
        for (long i = 0; i < keys; i++) {
            String key = cursor.text(MAX_NAME);
            int type = (int) cursor.number(4);
            if (type == ARRAY && key.startsWith(ORIGINAL_SHAPE)) {
                cursor.originalShape(key.substring(ORIGINAL_SHAPE.length()));
            } else {
                cursor.value(type, 0).ifPresent(text -> head.metadata().putIfAbsent(key, text));
            }
        }
        facts(head);
        for (long i = 0; i < tensors; i++) {
            head.tensors().add(cursor.tensor());
        }
    }

    /** Notes what says how large a language model is, and how the weights are stored. */
    private static void facts(ModelHead head) {
        String architecture = head.metadata().getOrDefault("general.architecture", "");
        // The format's own default where the key is absent.
        head.formatFacts().put("gguf.alignment", head.metadata().getOrDefault("general.alignment", "32"));
        FACTS.forEach((key, fact) -> {
            String value = head.metadata().get(key.startsWith(".") ? architecture + key : key);
            if (value != null) {
                head.formatFacts().put(fact, value);
            }
        });
    }

    /** Where reading stands, and how numbers are written. */
    private static final class Cursor {
        private final EvidenceStream in;
        private final long size;
        private final Map<String, List<Long>> originalShapes = new HashMap<>();
        private boolean bigEndian;
        private int countBytes = 8;

        Cursor(EvidenceBytes bytes) {
            in = new EvidenceStream(bytes, 0, bytes.size());
            size = bytes.size();
        }

        long number(int width) throws IOException {
            long value = 0;
            for (int i = 0; i < width; i++) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("the file ends inside its head");
                }
                value = bigEndian ? value << 8 | next : value | (long) next << (8 * i);
            }
            return value;
        }

        String text(int most) throws IOException {
            long length = number(countBytes);
            if (length < 0 || length > size - in.position()) {
                throw new EOFException("a text of " + Long.toUnsignedString(length) + " bytes is announced, "
                        + (size - in.position()) + " remain");
            }
            String text = new String(in.readNBytes((int) Math.min(length, most)), StandardCharsets.UTF_8);
            in.skipNBytes(Math.max(0, length - most));
            return text;
        }

        /** Returns a single value as text; an array is passed over. */
        Optional<String> value(int type, int depth) throws IOException {
            return switch (type) {
                case 0, 7 -> Optional.of(Long.toString(number(1)));
                case 1 -> Optional.of(Byte.toString((byte) number(1)));
                case 2 -> Optional.of(Long.toString(number(2)));
                case 3 -> Optional.of(Short.toString((short) number(2)));
                case 4 -> Optional.of(Long.toString(number(4)));
                case 5 -> Optional.of(Integer.toString((int) number(4)));
                case 6 -> Optional.of(Float.toString(Float.intBitsToFloat((int) number(4))));
                case 8 -> Optional.of(text(MAX_VALUE));
                case ARRAY -> array(depth);
                case 10 -> Optional.of(Long.toUnsignedString(number(8)));
                case 11 -> Optional.of(Long.toString(number(8)));
                case 12 -> Optional.of(Double.toString(Double.longBitsToDouble(number(8))));
                default -> throw new EOFException("value type " + type + " does not exist");
            };
        }

        private Optional<String> array(int depth) throws IOException {
            return array((int) number(4), number(countBytes), depth);
        }

        /** Reads the shape, in torch's order, that a tensor had before it was stored. */
        void originalShape(String tensor) throws IOException {
            int type = (int) number(4);
            long count = number(countBytes);
            boolean numbers = type == 4 || type == 5 || type == 10 || type == 11;
            if (!numbers || count < 1 || count > MAX_DIMENSIONS) {
                array(type, count, 0);
                return;
            }
            List<Long> shape = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                shape.add(number(type < 10 ? 4 : 8));
            }
            originalShapes.put(tensor, shape);
        }

        private Optional<String> array(int type, long count, int depth) throws IOException {
            if (count < 0 || count > MAX_ARRAY || depth > MAX_NESTING) {
                throw new EOFException("an array of " + Long.toUnsignedString(count)
                        + " entries is announced; read are at most " + MAX_ARRAY);
            }
            for (long i = 0; i < count; i++) {
                if (type == 8) {
                    text(0);
                } else {
                    value(type, depth + 1);
                }
            }
            return Optional.empty();
        }

        TensorInfo tensor() throws IOException {
            String name = text(MAX_NAME);
            long dimensions = number(4);
            if (dimensions < 0 || dimensions > MAX_DIMENSIONS) {
                throw new EOFException("a tensor of " + dimensions + " dimensions is announced");
            }
            List<Long> shape = new ArrayList<>();
            for (long i = 0; i < dimensions; i++) {
                long length = number(countBytes);
                if (length < 0) {
                    throw new EOFException("a dimension of " + Long.toUnsignedString(length) + " is announced");
                }
                shape.add(length);
            }
            Collections.reverse(shape);
            GgmlType type = GgmlType.of((int) number(4));
            number(8);
            TensorInfo stored = new TensorInfo(name, type.name(), shape, 0);
            TensorInfo original = new TensorInfo(name, type.name(), originalShapes.getOrDefault(name, shape), 0);
            boolean same = original.shape().stream().noneMatch(length -> length < 0)
                    && original.elements() == stored.elements();
            return new TensorInfo(name, type.name(), same ? original.shape() : shape, type.bytes(stored.elements()));
        }
    }
}
