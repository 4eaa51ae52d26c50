package org.latentprint.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.evidence.EvidenceBytes;

/** Reads producer, inputs, outputs and weights' shapes of ONNX files by their protobuf fields (onnx/onnx: onnx.proto). */
public final class OnnxReader implements ModelFileReader {
    /** DeepFaceLive's models of one person's face are ONNX files under a name of their own. */
    private static final Set<String> ENDINGS = Set.of("onnx", "dfm");

    /** Fields read of one file; large graphs have some 100,000 nodes, which are passed over. */
    private static final int MAX_FIELDS = 2_000_000;

    /** Inputs and outputs of a graph; real models have a dozen. */
    private static final int MAX_PORTS = 200;

    /** Bytes of a name; longer ones say nothing more. */
    private static final int MAX_TEXT = 1_000;

    /** Real tensors have five at most. */
    private static final int MAX_DIMENSIONS = 32;

    @Override
    public String id() {
        return "onnx/1";
    }

    @Override
    public boolean recognise(byte[] head, String name, long size) {
        return ENDINGS.contains(ModelFileReaders.ending(name)) && head.length > 2 && head[0] == 8;
    }

    @Override
    public Optional<ModelHead> read(EvidenceBytes bytes, String name) throws IOException {
        ModelHead head = new ModelHead(id(), "onnx");
        head.range(0, bytes.size() > 1 << 16 ? 1 << 16 : bytes.size());
        Wire wire = new Wire(bytes);
        try {
            model(wire, head);
        } catch (EOFException broken) {
            head.malformed(String.valueOf(broken.getMessage()), wire.position);
        }
        return Optional.of(head);
    }

    private static void model(Wire wire, ModelHead head) throws IOException {
        long end = wire.size;
        while (wire.next(end)) {
            switch (wire.field) {
                case 1 -> head.formatFacts().put("onnx.irVersion", Long.toString(wire.value));
                case 2 -> head.formatFacts().put("onnx.producer", wire.text());
                case 3 -> head.formatFacts().merge("onnx.producer", wire.text(), (a, b) -> a + " " + b);
                case 8 -> opset(wire, head);
                case 7 -> graph(wire, head);
                default -> wire.skip();
            }
        }
    }

    private static void opset(Wire wire, ModelHead head) throws IOException {
        long end = wire.end();
        while (wire.next(end)) {
            if (wire.field == 2) {
                head.formatFacts().putIfAbsent("onnx.opset", Long.toString(wire.value));
            } else {
                wire.skip();
            }
        }
    }

    private static void graph(Wire wire, ModelHead head) throws IOException {
        long end = wire.end();
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        while (wire.next(end)) {
            switch (wire.field) {
                case 5 -> initializer(wire, head);
                case 11 -> port(wire, inputs);
                case 12 -> port(wire, outputs);
                default -> wire.skip();
            }
        }
        head.formatFacts()
                .put("onnx.initializers", Integer.toString(head.tensors().size()));
        head.formatFacts().put("onnx.inputs", String.join(" ", inputs));
        head.formatFacts().put("onnx.outputs", String.join(" ", outputs));
    }

    private static void initializer(Wire wire, ModelHead head) throws IOException {
        long end = wire.end();
        String name = "";
        List<Long> shape = new ArrayList<>();
        while (wire.next(end)) {
            if (wire.field == 8) {
                name = wire.text();
            } else if (wire.field == 1 && wire.type == 0) {
                shape.add(Math.max(0, wire.value));
            } else if (wire.field == 1) {
                long packed = wire.end();
                while (wire.position < packed && shape.size() < MAX_DIMENSIONS) {
                    shape.add(Math.max(0, wire.varint()));
                }
                wire.position = packed;
            } else {
                wire.skip();
            }
            if (shape.size() > MAX_DIMENSIONS) {
                throw new EOFException("a tensor of more than " + MAX_DIMENSIONS + " dimensions");
            }
        }
        if (head.tensors().size() < SafetensorsReader.MAX_TENSORS) {
            head.tensors().add(new TensorInfo(name, "onnx", shape, end));
        }
    }

    /** ValueInfoProto: name = 1, type = 2 > tensor_type = 1 > shape = 2 > dim = 1 > (dim_value = 1 | dim_param = 2). */
    private static void port(Wire wire, List<String> ports) throws IOException {
        long end = wire.end();
        String name = "";
        List<String> dimensions = new ArrayList<>();
        while (wire.next(end)) {
            if (wire.field == 1) {
                name = wire.text();
            } else if (wire.field == 2) {
                shape(wire, 0, dimensions);
            } else {
                wire.skip();
            }
        }
        if (ports.size() < MAX_PORTS) {
            ports.add(name + "[" + String.join(",", dimensions) + "]");
        }
    }

    /** Fields that lead from a type to the values of its dimensions, level by level. */
    private static final int[] PATH = {1, 2, 1};

    private static void shape(Wire wire, int level, List<String> dimensions) throws IOException {
        long end = wire.end();
        boolean named = false;
        while (wire.next(end)) {
            if (level < PATH.length && wire.field == PATH[level] && wire.type == 2) {
                shape(wire, level + 1, dimensions);
            } else if (level == PATH.length && dimensions.size() < MAX_DIMENSIONS && !named) {
                named = true;
                dimensions.add(wire.type == 0 ? Long.toString(wire.value) : wire.text());
            } else {
                wire.skip();
            }
        }
    }

    /** Protobuf's wire form: keys, varints and lengths, each bounded by what contains it. */
    private static final class Wire {
        private final EvidenceBytes bytes;
        private final long size;
        private final byte[] window = new byte[1 << 14];
        private long windowStart = -1;
        private int windowLength;
        private long position;
        private int fields;
        private int field;
        private int type;
        private long value;
        private long within;

        Wire(EvidenceBytes bytes) {
            this.bytes = bytes;
            size = bytes.size();
        }

        boolean next(long end) throws IOException {
            if (position >= end) {
                return false;
            }
            if (++fields > MAX_FIELDS) {
                throw new EOFException("more than " + MAX_FIELDS + " fields; the rest was not read");
            }
            long key = varint();
            field = (int) Math.min(key >>> 3, Integer.MAX_VALUE);
            type = (int) (key & 7);
            within = end;
            value = 0;
            switch (type) {
                case 0, 2 -> value = varint();
                case 1 -> position += 8;
                case 5 -> position += 4;
                default -> throw new EOFException("field type " + type + " does not exist, at byte " + position);
            }
            if (type == 2 && (value < 0 || value > end - position)) {
                throw new EOFException("a field of " + Long.toUnsignedString(value) + " bytes is announced at byte "
                        + position + ", " + (end - position) + " remain");
            }
            return true;
        }

        long end() throws EOFException {
            if (type != 2) {
                throw new EOFException("a number stands at byte " + position + " where a message should");
            }
            return Math.min(within, position + value);
        }

        void skip() {
            if (type == 2) {
                position += value;
            }
        }

        String text() throws IOException {
            if (type != 2) {
                throw new EOFException("a number stands at byte " + position + " where a text should");
            }
            byte[] text = bytes.readExactly(position, (int) Math.min(value, MAX_TEXT));
            position += value;
            return new String(text, StandardCharsets.UTF_8);
        }

        long varint() throws IOException {
            long result = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int next = at(position++);
                result |= (long) (next & 0x7f) << shift;
                if (next < 0x80) {
                    return result;
                }
            }
            throw new EOFException("a number has more than ten bytes, at byte " + position);
        }

        private int at(long offset) throws IOException {
            if (windowStart < 0 || offset < windowStart || offset >= windowStart + windowLength) {
                windowLength = bytes.read(offset, window, 0, window.length);
                windowStart = offset;
                if (windowLength <= 0) {
                    throw new EOFException("the file ends at " + offset + " inside a field");
                }
            }
            return window[(int) (offset - windowStart)] & 0xff;
        }
    }
}
