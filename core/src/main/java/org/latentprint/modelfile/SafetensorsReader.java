package org.latentprint.modelfile;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads the JSON head of safetensors files (huggingface/safetensors: README.md, safetensors/src/tensor.rs). */
public final class SafetensorsReader implements ModelFileReader {
    /** The reference reader's limit for the JSON head, in bytes. */
    public static final long MAX_HEADER = 100_000_000;

    /** The largest model seen has some 4,000 tensors, and up to five for each where it is quantised. */
    public static final int MAX_TENSORS = 50_000;

    /** Characters of one metadata value; tag lists of large trainings reach several million. */
    private static final int MAX_TEXT = 8_000_000;

    /** Characters of all metadata values. */
    private static final long MAX_ALL_TEXT = 12_000_000;

    /** Characters of a tensor's name; real ones have two hundred at most. */
    private static final int MAX_NAME = 2_000;

    /** Real tensors have five at most. */
    private static final int MAX_DIMENSIONS = 32;

    /** The format nests three deep. */
    private static final int MAX_DEPTH = 50;

    /** Headers up to this size are read in one piece; those of models have some hundred KB, with long lists of tags a few MB. */
    private static final long MAX_IN_MEMORY = 4 << 20;

    private static final int LENGTH_BYTES = 8;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_NAME)
                    .build())
            // Names differ in every tensor: keeping them in a shared table would only cost memory.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private final KnownTables known;

    /**
     * Makes a reader.
     *
     * @param known the tables that were read lately; readers may share them
     */
    SafetensorsReader(KnownTables known) {
        this.known = known;
    }

    @Override
    public String id() {
        return "safetensors/1";
    }

    @Override
    public boolean recognise(byte[] head, String name, long size) {
        String ending = ModelFileReaders.ending(name);
        if (ending.equals("safetensors") || ending.equals("sft")) {
            return true;
        }
        if (head.length <= LENGTH_BYTES || head[LENGTH_BYTES] != '{') {
            return false;
        }
        long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return length > 1 && length <= MAX_HEADER;
    }

    @Override
    public Optional<ModelHead> read(EvidenceBytes bytes, String name) throws IOException {
        ModelHead head = new ModelHead(id(), "safetensors");
        head.range(0, Math.min(LENGTH_BYTES, bytes.size()));
        if (bytes.size() < LENGTH_BYTES) {
            head.malformed("the file is shorter than the 8 bytes of the header's length", 0);
            return Optional.of(head);
        }
        long length = ByteBuffer.wrap(bytes.readExactly(0, LENGTH_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (length < 0 || length > MAX_HEADER) {
            head.malformed(
                    "the header's length is " + Long.toUnsignedString(length) + " bytes, the format allows "
                            + MAX_HEADER,
                    0);
            return Optional.of(head);
        }
        long present = Math.min(length, bytes.size() - LENGTH_BYTES);
        if (present < length) {
            head.malformed(
                    "the header should have " + length + " bytes, and the file ends after " + present
                            + " of them (an interrupted download ends like this)",
                    0);
        }
        if (present == length && length <= MAX_IN_MEMORY) {
            Optional<ModelHead> ordinary = ordinary(bytes, (int) length);
            if (ordinary.isPresent()) {
                return ordinary;
            }
        }
        head.range(0, LENGTH_BYTES + present);
        List<Range> ranges = new ArrayList<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text(bytes, present))) {
            readHeader(json, head, ranges);
        } catch (JacksonException broken) {
            if (broken.getCause() instanceof IOException failure
                    && !(failure instanceof EOFException)
                    && !(failure instanceof CharacterCodingException)) {
                throw failure;
            }
            head.malformed("the header is no valid JSON: " + firstLine(broken), LENGTH_BYTES);
            head.tensors().clear();
            return Optional.of(head);
        }
        if (present < length) {
            head.tensors().clear();
            return Optional.of(head);
        }
        boolean all = head.problems().stream().noneMatch(problem -> problem.category() == Problem.Category.LIMIT);
        if (all && checkRanges(head, ranges, LENGTH_BYTES + length, bytes.size())) {
            head.dataFrom(LENGTH_BYTES + length);
        }
        return Optional.of(head);
    }

    /**
     * Reads a header of the form that writers write, in one piece; a header whose table was read lately costs little more than
     * its bytes. Empty where anything departs from that form, for the general way to say what.
     */
    private Optional<ModelHead> ordinary(EvidenceBytes bytes, int length) throws IOException {
        byte[] header = bytes.readExactly(0, LENGTH_BYTES + length);
        Optional<SafetensorsTable.Parts> parts = SafetensorsTable.parts(header, LENGTH_BYTES);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        ModelHead head = new ModelHead(id(), "safetensors");
        head.range(0, header.length);
        if (parts.get().metadataFrom() >= 0 && !readOnlyMetadata(header, parts.get(), head)) {
            return Optional.empty();
        }
        Optional<KnownTables.Hit> hit = known.find(header, parts.get().tableFrom());
        String digest = hit.flatMap(KnownTables.Hit::sha256).orElseGet(() -> ModelHashes.sha256(header));
        Optional<KnownTables.Entry> entry = hit.map(KnownTables.Hit::entry);
        if (entry.isEmpty()) {
            entry = SafetensorsTable.read(header, parts.get(), MAX_TENSORS)
                    .map(table -> new KnownTables.Entry(header, parts.get().tableFrom(), table, digest));
            entry.ifPresent(known::keep);
        }
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        head.table(entry.get());
        head.digest(digest);
        boolean all = head.problems().stream().noneMatch(problem -> problem.category() == Problem.Category.LIMIT);
        long dataStart = header.length;
        if (all && checkEnd(head, entry.get().table().end(), dataStart, bytes.size())) {
            head.dataFrom(dataStart);
            head.legacyShorterBy(LegacyCopy.shorterBy(header, parts.get(), head.metadata(), head.tensors()));
        }
        return Optional.of(head);
    }

    /** Reads the metadata alone; false where they are broken. */
    private static boolean readOnlyMetadata(byte[] header, SafetensorsTable.Parts parts, ModelHead head) {
        Reader text = new InputStreamReader(
                new ByteArrayInputStream(header, parts.metadataFrom(), parts.metadataTo() - parts.metadataFrom()),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            readMetadata(json, json.nextToken(), head);
            return json.nextToken() == null;
        } catch (JacksonException broken) {
            return false;
        }
    }

    /** The format allows UTF-8 only; a JSON parser left to itself takes zeros after the first brace for UTF-32. */
    private static Reader text(EvidenceBytes bytes, long length) {
        return new InputStreamReader(
                new EvidenceStream(bytes, LENGTH_BYTES, length),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
    }

    private static String firstLine(JacksonException broken) {
        // The parser's own words about where it began are of no use to an examiner.
        return broken.getOriginalMessage().split("\n| \\(start marker|: expected close marker", 2)[0];
    }

    private static void readHeader(JsonParser json, ModelHead head, List<Range> ranges) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            head.malformed("the header does not begin with {", LENGTH_BYTES);
            return;
        }
        Set<String> names = new HashSet<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (!names.add(name)) {
                head.malformed("the name stands twice in the header: " + name, LENGTH_BYTES);
            }
            JsonToken value = json.nextToken();
            if (name.equals("__metadata__")) {
                readMetadata(json, value, head);
            } else if (ranges.size() >= MAX_TENSORS) {
                head.problem(
                        Problem.Category.LIMIT,
                        "more than " + MAX_TENSORS + " tensors; the rest was not read",
                        LENGTH_BYTES);
                return;
            } else {
                readTensor(json, value, name, head, ranges);
            }
        }
    }

    private static void readMetadata(JsonParser json, JsonToken start, ModelHead head) {
        if (start != JsonToken.START_OBJECT) {
            tolerated(head, "__metadata__ is no object");
            json.skipChildren();
            return;
        }
        long total = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (value != JsonToken.VALUE_STRING) {
                tolerated(head, "the value of __metadata__ key " + key + " is no text");
            }
            if (value.isScalarValue()) {
                String text = json.getValueAsString("");
                total += text.length();
                if (total > MAX_ALL_TEXT) {
                    head.problem(
                            Problem.Category.LIMIT,
                            "more than " + MAX_ALL_TEXT + " characters of metadata; the rest was not read",
                            LENGTH_BYTES);
                    total = Long.MIN_VALUE / 2 + MAX_ALL_TEXT;
                    head.metadata().clear();
                } else if (total >= 0 && head.metadata().putIfAbsent(key, text) != null) {
                    head.malformed("the metadata key stands twice: " + key, LENGTH_BYTES);
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private static void tolerated(ModelHead head, String message) {
        head.problem(Problem.Category.MISMATCH, message, LENGTH_BYTES);
    }

    private static void readTensor(JsonParser json, JsonToken start, String name, ModelHead head, List<Range> ranges) {
        if (start != JsonToken.START_OBJECT) {
            head.malformed("what is said of the tensor is no object: " + name, LENGTH_BYTES);
            json.skipChildren();
            return;
        }
        String type = "";
        List<Long> shape = List.of();
        List<Long> offsets = List.of();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "dtype" -> type = json.getValueAsString("");
                case "shape" -> shape = readNumbers(json, value);
                case "data_offsets" -> offsets = readNumbers(json, value);
                default -> json.skipChildren();
            }
        }
        if (offsets.size() != 2 || shape.contains(-1L) || offsets.contains(-1L) || offsets.get(1) < offsets.get(0)) {
            head.malformed("shape or data_offsets of the tensor are not valid: " + name, LENGTH_BYTES);
            ranges.add(new Range(name, -1, -1));
            return;
        }
        long stored = offsets.get(1) - offsets.get(0);
        TensorInfo tensor = new TensorInfo(name, type, shape, stored);
        Integer bits = SafetensorsTable.BITS.get(type);
        if (bits == null) {
            head.problem(
                    Problem.Category.UNSUPPORTED,
                    "type " + type + " of the tensor " + name + " is not known",
                    LENGTH_BYTES);
        } else if (Math.multiplyHigh(tensor.elements(), (long) bits) != 0 || tensor.elements() * bits / 8 != stored) {
            head.malformed(
                    "shape times type of the tensor " + name + " is not the " + stored + " bytes of its range",
                    LENGTH_BYTES);
            ranges.add(new Range(name, -1, -1));
        }
        ranges.add(new Range(name, offsets.get(0), offsets.get(1)));
        head.tensors().add(tensor);
    }

    /** Returns the numbers; -1 stands for what is none, or is below zero or too large. */
    private static List<Long> readNumbers(JsonParser json, JsonToken start) {
        if (start != JsonToken.START_ARRAY) {
            json.skipChildren();
            return List.of(-1L);
        }
        List<Long> numbers = new ArrayList<>();
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY && token != null;
                token = json.nextToken()) {
            boolean number = token == JsonToken.VALUE_NUMBER_INT
                    && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && json.getLongValue() >= 0;
            json.skipChildren();
            if (numbers.size() <= MAX_DIMENSIONS) {
                numbers.add(number && numbers.size() < MAX_DIMENSIONS ? json.getLongValue() : -1L);
            }
        }
        return numbers;
    }

    private record Range(String name, long begin, long end) {}

    /** Checks that the ranges fill the data without hole or overlap; a file that ends early has a whole head. */
    private static boolean checkRanges(ModelHead head, List<Range> ranges, long dataStart, long size) {
        boolean sound = true;
        ranges.sort(Comparator.comparingLong(Range::begin).thenComparingLong(Range::end));
        long next = 0;
        for (Range range : ranges) {
            if (range.begin() < 0) {
                sound = false;
            } else if (range.begin() != next) {
                head.malformed(
                        (range.begin() < next ? "tensor ranges overlap at " : "tensor ranges leave a hole before ")
                                + range.name(),
                        LENGTH_BYTES);
                sound = false;
                break;
            } else {
                next = range.end();
            }
        }
        return sound && checkEnd(head, next, dataStart, size);
    }

    /** Checks that the file ends where its data do. */
    private static boolean checkEnd(ModelHead head, long next, long dataStart, long size) {
        boolean sound = true;
        long there = size - dataStart;
        if (there > next) {
            head.malformed((there - next) + " bytes after the last tensor", dataStart + next);
            sound = false;
        } else if (there < next) {
            head.problem(
                    Problem.Category.MALFORMED,
                    "data of " + (next - there) + " bytes are missing: the file ends at " + size + " of "
                            + (dataStart + next),
                    size);
            sound = false;
        }
        return sound;
    }
}
