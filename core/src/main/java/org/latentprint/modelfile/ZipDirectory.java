package org.latentprint.modelfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.latentprint.evidence.EvidenceBytes;

/**
 * The entries of a zip, by its local headers from the start: torch writes them without gaps, and a file that was cut has
 * them still. Where a local header leaves sizes open, the central directory is asked, that of zip64, too (APPNOTE.TXT 6.3.10).
 */
final class ZipDirectory {
    /** Large models have some 4,000 entries. */
    private static final int MAX_ENTRIES = 50_000;

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int CENTRAL_LENGTH = 46;
    private static final int END_LENGTH = 22;
    private static final int END_SEARCH = END_LENGTH + 0xffff;
    private static final int DEFLATED = 8;

    /** From so many bytes the first ones are unpacked: more than the tables at the start of a deflated entry take. */
    private static final int BEGINNING = 512;

    /** A size or place of which zip64 knows more. */
    private static final long OPEN = 0xffffffffL;

    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int LARGE_END = 0x06064b50;
    private static final int LARGE_END_LENGTH = 56;
    private static final int LARGE_FIELD = 1;

    private ZipDirectory() {}

    /** An entry: where its bytes lie, stored or deflated. */
    record Entry(String name, int method, boolean encrypted, long dataOffset, long stored) {

        /** Opens the content; a bound of the reader's own must stop it, since deflate can expand a thousandfold. */
        InputStream open(EvidenceBytes bytes, Inflater inflater) {
            InputStream raw = new EvidenceStream(bytes, dataOffset, stored);
            return method == DEFLATED ? new InflaterInputStream(raw, inflater) : raw;
        }

        /** Returns the first bytes of the content; fewer where it has fewer, or they cannot be unpacked. */
        byte[] beginning(EvidenceBytes bytes, int count) throws IOException {
            byte[] raw = new byte[Math.clamp(stored, 0, BEGINNING)];
            int read = bytes.read(dataOffset, raw, 0, raw.length);
            if (method != DEFLATED) {
                return Arrays.copyOf(raw, Math.min(count, read));
            }
            byte[] content = new byte[count];
            try (Inflater inflater = new Inflater(true)) {
                inflater.setInput(raw, 0, read);
                return Arrays.copyOf(content, inflater.inflate(content));
            } catch (DataFormatException damaged) {
                return new byte[0];
            }
        }

        Entry named(String otherName) {
            return new Entry(otherName, method, encrypted, dataOffset, stored);
        }

        /** Returns the entry with all that follows as its content: a pickle and deflated data say themselves where they end. */
        Entry until(long end) {
            return new Entry(name, method, encrypted, dataOffset, end - dataOffset);
        }
    }

    /** Returns the entries of local headers and central directory together; the same place is named once. */
    static List<Entry> read(EvidenceBytes bytes) throws IOException {
        List<Entry> entries = new ArrayList<>();
        long position = 0;
        while (entries.size() < MAX_ENTRIES) {
            Optional<Entry> entry = local(bytes, position, -1);
            if (entry.isEmpty() || entry.get().stored() < 0) {
                break;
            }
            entries.add(entry.get());
            position = entry.get().dataOffset() + entry.get().stored();
        }
        Map<Long, Entry> byPlace = new LinkedHashMap<>();
        entries.forEach(entry -> byPlace.putIfAbsent(entry.dataOffset(), entry));
        // Where the two differ in an entry's name, loaders take that of the directory.
        central(bytes).forEach(entry -> byPlace.put(entry.dataOffset(), entry));
        entries = new ArrayList<>(byPlace.values());
        if (entries.isEmpty()) {
            local(bytes, 0, -1).map(entry -> entry.until(bytes.size())).ifPresent(entries::add);
        }
        return entries;
    }

    private static Optional<Entry> local(EvidenceBytes bytes, long position, long storedElsewhere) throws IOException {
        if (position < 0 || position > bytes.size() - LOCAL_LENGTH) {
            return Optional.empty();
        }
        ByteBuffer header = at(bytes, position, LOCAL_LENGTH);
        if (header.getInt(0) != LOCAL) {
            return Optional.empty();
        }
        int flags = header.getShort(6);
        int nameLength = header.getShort(26) & 0xffff;
        int extraLength = header.getShort(28) & 0xffff;
        long data = position + LOCAL_LENGTH + nameLength + extraLength;
        if (data > bytes.size()) {
            return Optional.empty();
        }
        long stored = header.getInt(18) & OPEN;
        boolean open = (flags & 8) != 0 || stored == OPEN;
        long known = storedElsewhere >= 0 ? storedElsewhere : open ? -1 : stored;
        String name = name(bytes, position + LOCAL_LENGTH, nameLength);
        return Optional.of(new Entry(name, header.getShort(8), (flags & 1) != 0, data, known));
    }

    private static List<Entry> central(EvidenceBytes bytes) throws IOException {
        List<Entry> entries = new ArrayList<>();
        int length = (int) Math.min(END_SEARCH, bytes.size());
        long from = bytes.size() - length;
        ByteBuffer tail = at(bytes, from, length);
        int end = length - END_LENGTH;
        while (end >= 0 && tail.getInt(end) != END) {
            end--;
        }
        if (end < 0) {
            return entries;
        }
        long count = tail.getShort(end + 10) & 0xffff;
        long position = tail.getInt(end + 16) & OPEN;
        Optional<ByteBuffer> large = largeEnd(bytes, from + end - LOCATOR_LENGTH);
        if (large.isPresent()) {
            count = large.get().getLong(32);
            position = large.get().getLong(48);
        }
        for (long i = 0; i < Math.clamp(count, 0, MAX_ENTRIES); i++) {
            if (position < 0 || position > bytes.size() - CENTRAL_LENGTH) {
                break;
            }
            ByteBuffer header = at(bytes, position, CENTRAL_LENGTH);
            if (header.getInt(0) != CENTRAL) {
                break;
            }
            int nameLength = header.getShort(28) & 0xffff;
            int extraLength = header.getShort(30) & 0xffff;
            long extra = position + CENTRAL_LENGTH + nameLength;
            String name = nameLength <= bytes.size() - position - CENTRAL_LENGTH
                    ? name(bytes, position + CENTRAL_LENGTH, nameLength)
                    : "";
            sized(bytes, header, extra, extraLength)
                    .map(entry -> entry.named(name))
                    .ifPresent(entries::add);
            position = extra + extraLength + (header.getShort(32) & 0xffff);
        }
        return entries;
    }

    /** Returns the end record of zip64, to which a locator right before the ordinary one points. */
    private static Optional<ByteBuffer> largeEnd(EvidenceBytes bytes, long locator) throws IOException {
        if (locator < 0 || at(bytes, locator, LOCATOR_LENGTH).getInt(0) != LOCATOR) {
            return Optional.empty();
        }
        long place = at(bytes, locator, LOCATOR_LENGTH).getLong(8);
        if (place < 0 || place > locator - LARGE_END_LENGTH) {
            return Optional.empty();
        }
        ByteBuffer end = at(bytes, place, LARGE_END_LENGTH);
        return end.getInt(0) == LARGE_END ? Optional.of(end) : Optional.empty();
    }

    /** Finds an entry's local header; sizes and places of zip64 stand in the extra field, each only where it is needed. */
    private static Optional<Entry> sized(EvidenceBytes bytes, ByteBuffer header, long extra, int extraLength)
            throws IOException {
        long stored = header.getInt(20) & OPEN;
        long unpacked = header.getInt(24) & OPEN;
        long place = header.getInt(42) & OPEN;
        if ((stored == OPEN || place == OPEN || unpacked == OPEN) && extra <= bytes.size() - extraLength) {
            ByteBuffer fields = at(bytes, extra, extraLength);
            while (fields.remaining() >= 4) {
                int id = fields.getShort() & 0xffff;
                int length = Math.min(fields.getShort() & 0xffff, fields.remaining());
                ByteBuffer field = fields.slice(fields.position(), length).order(ByteOrder.LITTLE_ENDIAN);
                fields.position(fields.position() + length);
                if (id == LARGE_FIELD) {
                    if (unpacked == OPEN && field.remaining() >= 8) {
                        field.getLong();
                    }
                    stored = stored == OPEN && field.remaining() >= 8 ? field.getLong() : stored;
                    place = place == OPEN && field.remaining() >= 8 ? field.getLong() : place;
                }
            }
        }
        return stored < 0 ? Optional.empty() : local(bytes, place, stored);
    }

    private static String name(EvidenceBytes bytes, long offset, int length) throws IOException {
        return new String(bytes.readExactly(offset, length), StandardCharsets.UTF_8);
    }

    private static ByteBuffer at(EvidenceBytes bytes, long offset, int length) throws IOException {
        return ByteBuffer.wrap(bytes.readExactly(offset, length)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
