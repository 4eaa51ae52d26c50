package org.latentprint.evidence.carve;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the head of a safetensors file (huggingface/safetensors, README.md): eight bytes of length, then JSON in which every entry
 * but {@code __metadata__} has type, shape and range. The weights have no checksum, so they are taken only where they lie in
 * one piece, and other files are looked for among them.
 */
final class SafetensorsCarver {
    /** The reference reader's limit for the JSON head, in bytes. */
    private static final long MAX_HEAD = 100_000_000;

    /** Characters of one metadata value; tag lists of large trainings reach several million. */
    private static final int MAX_TEXT = 16_000_000;

    /** Characters of a tensor's name; real ones have two hundred at most. */
    private static final int MAX_NAME = 2_000;

    /** The format nests three deep. */
    private static final int MAX_DEPTH = 50;

    private static final int LENGTH_BYTES = 8;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_NAME)
                    .build())
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private SafetensorsCarver() {}

    /**
     * Says what begins at that place.
     *
     * @throws IOException where the length cannot be read
     */
    static Optional<Claim> claim(SpaceReader in, long start) throws IOException {
        long length = Long.reverseBytes(in.u64(start));
        long head = start + LENGTH_BYTES + length;
        if (length < 2 || length > MAX_HEAD || head > in.space().size()) {
            return Optional.empty();
        }
        long data = dataLength(in, start + LENGTH_BYTES, head);
        if (data < 0) {
            return Optional.empty();
        }
        FreeSpace space = in.space();
        long end = head + data;
        if (data > 0 && (end < head || end > space.rangeEnd(head - 1))) {
            return Optional.of(Claim.cut(
                    CarvedKind.SAFETENSORS,
                    "safetensors",
                    start,
                    head,
                    "the head alone, which holds; its " + data
                            + " bytes of weights do not lie behind it in one piece"));
        }
        return Optional.of(Claim.whole(
                        CarvedKind.SAFETENSORS,
                        "safetensors",
                        start,
                        end,
                        "the head holds, and its weights fit in behind it; they have no checksum")
                .open(data == 0 ? List.of() : List.of(new Claim.Span(head, end))));
    }

    /** Returns where the last tensor ends, counted from the head's end; -1 where the bytes are no such head. */
    private static long dataLength(SpaceReader in, long from, long end) {
        long last = 0;
        boolean any = false;
        InputStreamReader text = new InputStreamReader(
                in.stream(from, end), StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return -1;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean metadata = json.currentName().equals("__metadata__");
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    return -1;
                }
                long behind = metadata ? skipped(json) : tensorEnd(json);
                if (behind < 0) {
                    return -1;
                }
                last = Math.max(last, behind);
                any = true;
            }
            // Behind the object there may be blanks only.
            return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null && any ? last : -1;
        } catch (JacksonException broken) {
            return -1;
        }
    }

    private static long skipped(JsonParser json) {
        json.skipChildren();
        return 0;
    }

    /** Returns the end of a tensor's range; -1 where type, shape or range is missing. */
    private static long tensorEnd(JsonParser json) {
        boolean type = false;
        boolean shape = false;
        long begin = -1;
        long end = -1;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "dtype" -> type = value == JsonToken.VALUE_STRING;
                case "shape" -> {
                    shape = value == JsonToken.START_ARRAY;
                    json.skipChildren();
                }
                case "data_offsets" -> {
                    if (value != JsonToken.START_ARRAY
                            || json.nextToken() != JsonToken.VALUE_NUMBER_INT
                            || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                        return -1;
                    }
                    begin = json.getLongValue();
                    if (json.nextToken() != JsonToken.VALUE_NUMBER_INT
                            || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                        return -1;
                    }
                    end = json.getLongValue();
                    if (json.nextToken() != JsonToken.END_ARRAY) {
                        return -1;
                    }
                }
                default -> json.skipChildren();
            }
        }
        return type && shape && begin >= 0 && end >= begin ? end : -1;
    }
}
