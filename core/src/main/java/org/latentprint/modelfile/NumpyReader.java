package org.latentprint.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.latentprint.evidence.EvidenceBytes;

/**
 * Reads the heads of numpy's arrays: those in a zip (.npz), in which MLX keeps weights beside a config.json, and single ones
 * that hold objects, which are pickles (numpy: lib/format.py; ml-explore/mlx: python/src/load.cpp). Arrays of numbers alone,
 * and zips without names of weights, are no models.
 */
public final class NumpyReader implements ModelFileReader {
    private static final String MAGIC = "\u0093NUMPY";
    private static final int MAGIC_LENGTH = 8;

    /** The first form of the format counts its head in two bytes, the later ones in four. */
    private static final int FIRST_FORM = 1;

    /** Real heads have 128 bytes; structured types some more. */
    private static final int MAX_HEAD = 64 << 10;

    /** Arrays of one file whose heads are read; models of MLX have some thousand. */
    private static final int MAX_ARRAYS = 10_000;

    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']{1,40})'");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]{0,400})\\)");

    /** Last words of the names of weights; other zips of arrays are data. */
    private static final Pattern WEIGHT = Pattern.compile("\\w.*\\.(?:weight|bias|scales|biases|lora_a|lora_b)");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("f2", "F16"),
            Map.entry("f4", "F32"),
            Map.entry("f8", "F64"),
            Map.entry("i1", "I8"),
            Map.entry("i2", "I16"),
            Map.entry("i4", "I32"),
            Map.entry("i8", "I64"),
            Map.entry("u1", "U8"),
            Map.entry("u2", "U16"),
            Map.entry("u4", "U32"),
            Map.entry("u8", "U64"),
            Map.entry("b1", "BOOL"));

    @Override
    public String id() {
        return "numpy/1";
    }

    @Override
    public boolean recognise(byte[] head, String name, long size) {
        if (head.length < MAGIC_LENGTH) {
            return false;
        }
        String start = new String(head, StandardCharsets.ISO_8859_1);
        boolean zip = start.startsWith("PK\u0003\u0004");
        return (zip && (ModelFileReaders.ending(name).equals("npz") || start.contains(".npy")))
                || start.startsWith(MAGIC);
    }

    @Override
    public Optional<ModelHead> read(EvidenceBytes bytes, String name) throws IOException {
        if (bytes.readExactly(0, 1)[0] != 'P') {
            ModelHead head = new ModelHead(id(), "npy");
            PickleScan scan = new PickleScan(head);
            head.range(0, Math.min(bytes.size(), MAX_HEAD));
            boolean objects = array(new EvidenceStream(bytes, 0, bytes.size()), "", head, scan);
            return objects ? finished(head, scan) : Optional.empty();
        }
        List<ZipDirectory.Entry> arrays = ZipDirectory.read(bytes).stream()
                .filter(entry -> entry.name().endsWith(".npy") && !entry.encrypted())
                .limit(MAX_ARRAYS)
                .toList();
        ModelHead head = new ModelHead(id(), "npz");
        PickleScan scan = new PickleScan(head);
        boolean objects = false;
        boolean weights = arrays.stream()
                .anyMatch(entry -> WEIGHT.matcher(arrayName(entry)).matches());
        for (ZipDirectory.Entry entry : arrays) {
            if (entry.equals(arrays.getFirst())) {
                head.range(entry.dataOffset(), Math.clamp(entry.stored(), 0, MAX_HEAD));
            }
            objects |= entry(bytes, entry, head, scan);
        }
        if (!weights && !objects) {
            return Optional.empty();
        }
        return objects ? finished(head, scan) : Optional.of(head);
    }

    private static Optional<ModelHead> finished(ModelHead head, PickleScan scan) {
        scan.finish();
        return Optional.of(head);
    }

    private static String arrayName(ZipDirectory.Entry entry) {
        return entry.name().substring(0, entry.name().length() - ".npy".length());
    }

    private static boolean entry(EvidenceBytes bytes, ZipDirectory.Entry entry, ModelHead head, PickleScan scan)
            throws IOException {
        Inflater inflater = new Inflater(true);
        try (InputStream stream = entry.open(bytes, inflater)) {
            return array(stream, arrayName(entry), head, scan);
        } catch (ZipException | EOFException broken) {
            head.malformed("the array " + entry.name() + " cannot be read: " + broken.getMessage(), entry.dataOffset());
            return false;
        } finally {
            inflater.end();
        }
    }

    /** Reads one array's head; of an array of objects also the pickle behind it. Returns whether it is one. */
    private static boolean array(InputStream stream, String name, ModelHead head, PickleScan scan) throws IOException {
        byte[] start = exactly(stream, MAGIC_LENGTH);
        if (!new String(start, StandardCharsets.ISO_8859_1).startsWith(MAGIC)) {
            throw new EOFException("no array of numpy");
        }
        byte[] length = exactly(stream, start[MAGIC.length()] == FIRST_FORM ? 2 : 4);
        long count = 0;
        for (int i = length.length - 1; i >= 0; i--) {
            count = (count << 8) | (length[i] & 0xff);
        }
        if (count > MAX_HEAD) {
            throw new EOFException("a head of " + count + " bytes is announced, real ones have 128");
        }
        String text = new String(exactly(stream, (int) count), StandardCharsets.ISO_8859_1);
        Matcher type = TYPE.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!type.find() || !shape.find()) {
            throw new EOFException("the head names no type or shape");
        }
        if (type.group(1).endsWith("O")) {
            scan.read(stream, 1, false);
            return true;
        }
        String word = TYPES.getOrDefault(type.group(1).replaceFirst("^[<>|=]", ""), type.group(1));
        TensorInfo tensor = new TensorInfo(name, word, sizes(shape.group(1)), 0);
        head.tensors().add(new TensorInfo(name, word, tensor.shape(), ModelCounts.bytes(tensor.elements(), word)));
        return false;
    }

    private static byte[] exactly(InputStream stream, int count) throws IOException {
        byte[] bytes = stream.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("it ends after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    private static List<Long> sizes(String text) {
        List<Long> sizes = new ArrayList<>();
        for (String part : text.split("[,\\sL]+", -1)) {
            if (part.matches("\\d{1,18}")) {
                sizes.add(Long.valueOf(part));
            }
        }
        return sizes;
    }
}
