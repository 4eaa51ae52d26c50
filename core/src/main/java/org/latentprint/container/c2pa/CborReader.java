package org.latentprint.container.c2pa;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one CBOR value out of bytes (RFC 8949). Every length is held against the bytes that are left before it is used, and
 * depth and number of values are bounded. Used by one thread, for one value.
 */
final class CborReader {
    /** Real claims and assertions nest below ten levels. */
    static final int MAX_DEPTH = 32;

    /** Of one value: an ingredient's validation results, the largest real ones, have some hundreds. */
    static final int MAX_VALUES = 200_000;

    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xFF;

    private final ByteBuffer in;
    private int values;

    private CborReader(ByteBuffer in) {
        this.in = in;
    }

    /**
     * Reads the value that the bytes begin with; what follows it is padding and is not looked at.
     *
     * @throws MalformedStoreException where the bytes are no CBOR or break a bound
     */
    static CborValue read(byte[] bytes) throws MalformedStoreException {
        return new CborReader(ByteBuffer.wrap(bytes)).value(0);
    }

    private CborValue value(int depth) throws MalformedStoreException {
        if (depth > MAX_DEPTH) {
            throw MalformedStoreException.beyondBound("CBOR nested deeper than " + MAX_DEPTH + " levels");
        }
        values++;
        if (values > MAX_VALUES) {
            throw MalformedStoreException.beyondBound("CBOR of more than " + MAX_VALUES + " values");
        }
        int first = u8();
        int kind = first >> 5;
        int detail = first & 0x1F;
        return switch (kind) {
            case 0 -> whole(argument(detail), false);
            case 1 -> whole(argument(detail), true);
            case 2 -> new CborValue.Bytes(string(kind, detail));
            case 3 -> new CborValue.Text(utf8(string(kind, detail)));
            case 4 -> list(detail, depth);
            case 5 -> map(detail, depth);
            case 6 -> {
                argument(detail);
                yield value(depth + 1);
            }
            default -> simple(detail);
        };
    }

    private static CborValue whole(long argument, boolean negative) {
        if (argument < 0) {
            return CborValue.nothing();
        }
        return new CborValue.Whole(negative ? -1 - argument : argument);
    }

    private CborValue simple(int detail) throws MalformedStoreException {
        return switch (detail) {
            case 20 -> new CborValue.Flag(false);
            case 21 -> new CborValue.Flag(true);
            case 25 -> new CborValue.Real(Float.float16ToFloat((short) argument(detail)));
            case 26 -> new CborValue.Real(Float.intBitsToFloat((int) argument(detail)));
            case 27 -> new CborValue.Real(Double.longBitsToDouble(argument(detail)));
            case INDEFINITE -> throw new MalformedStoreException("CBOR ends a run that did not begin");
            default -> {
                argument(detail);
                yield CborValue.nothing();
            }
        };
    }

    private CborValue list(int detail, int depth) throws MalformedStoreException {
        List<CborValue> items = new ArrayList<>();
        long count = count(detail);
        while (count < 0 ? !atBreak() : items.size() < count) {
            items.add(value(depth + 1));
        }
        return new CborValue.Items(items);
    }

    private CborValue map(int detail, int depth) throws MalformedStoreException {
        Map<String, CborValue> entries = new LinkedHashMap<>();
        long count = count(detail);
        while (count < 0 ? !atBreak() : entries.size() < count) {
            CborValue key = value(depth + 1);
            String name = key.scalar().orElseThrow(() -> new MalformedStoreException("a CBOR map's key is no name"));
            if (entries.put(name, value(depth + 1)) != null) {
                // Two readers could take different ones of the two: such a map says nothing reliable.
                throw new MalformedStoreException("a CBOR map has a key twice");
            }
        }
        return new CborValue.Entries(entries);
    }

    /** Returns how many there are; -1 where a mark ends them. Each takes a byte at least. */
    private long count(int detail) throws MalformedStoreException {
        return detail == INDEFINITE ? -1 : withinRest(argument(detail));
    }

    private byte[] string(int kind, int detail) throws MalformedStoreException {
        if (detail != INDEFINITE) {
            return take(argument(detail));
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (!atBreak()) {
            int first = u8();
            if (first >> 5 != kind || (first & 0x1F) == INDEFINITE) {
                throw new MalformedStoreException("a piece of a CBOR string is no string");
            }
            whole.writeBytes(take(argument(first & 0x1F)));
        }
        return whole.toByteArray();
    }

    private byte[] take(long length) throws MalformedStoreException {
        byte[] bytes = new byte[withinRest(length)];
        in.get(bytes);
        return bytes;
    }

    private int withinRest(long number) throws MalformedStoreException {
        if (number < 0 || number > in.remaining()) {
            throw new MalformedStoreException("CBOR states a length of " + Long.toUnsignedString(number) + ", "
                    + in.remaining() + " bytes are left");
        }
        return (int) number;
    }

    private boolean atBreak() throws MalformedStoreException {
        if (in.hasRemaining() && (in.get(in.position()) & 0xFF) == BREAK) {
            u8();
            return true;
        }
        return false;
    }

    private long argument(int detail) throws MalformedStoreException {
        if (detail < 24) {
            return detail;
        }
        int length = switch (detail) {
            case 24 -> 1;
            case 25 -> 2;
            case 26 -> 4;
            case 27 -> 8;
            default -> throw new MalformedStoreException("CBOR with the reserved number " + detail);
        };
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | u8();
        }
        return number;
    }

    private int u8() throws MalformedStoreException {
        if (!in.hasRemaining()) {
            throw new MalformedStoreException("CBOR ends within a value");
        }
        return in.get() & 0xFF;
    }

    private static String utf8(byte[] bytes) throws MalformedStoreException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            throw new MalformedStoreException("a CBOR text is not UTF-8");
        }
    }
}
