package org.latentprint.modelfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.latentprint.evidence.EvidenceBytes;

/**
 * The entries of a zip, by its local headers from the start: torch writes them without gaps, and a file that was cut has
 * them still. Where a local header leaves sizes open, the central directory is asked (APPNOTE.TXT 6.3.10).
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

    private ZipDirectory() {}

    /** An entry: where its bytes lie, stored or deflated. */
    record Entry(String name, int method, boolean encrypted, long dataOffset, long stored) {

        /** Opens the content; a bound of the reader's own must stop it, since deflate can expand a thousandfold. */
        InputStream open(EvidenceBytes bytes, Inflater inflater) {
            InputStream raw = new EvidenceStream(bytes, dataOffset, stored);
            return method == DEFLATED ? new InflaterInputStream(raw, inflater) : raw;
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
        for (Entry entry : central(bytes)) {
            boolean known = entries.stream().anyMatch(other -> other.dataOffset() == entry.dataOffset());
            if (!known) {
                entries.add(entry);
            }
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
        long stored = header.getInt(18) & 0xffffffffL;
        boolean open = (flags & 8) != 0 || stored == 0xffffffffL;
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
        int count = tail.getShort(end + 10) & 0xffff;
        long position = tail.getInt(end + 16) & 0xffffffffL;
        for (int i = 0; i < Math.min(count, MAX_ENTRIES) && position <= bytes.size() - CENTRAL_LENGTH; i++) {
            ByteBuffer header = at(bytes, position, CENTRAL_LENGTH);
            if (header.getInt(0) != CENTRAL) {
                break;
            }
            local(bytes, header.getInt(42) & 0xffffffffL, header.getInt(20) & 0xffffffffL)
                    .ifPresent(entries::add);
            position += CENTRAL_LENGTH
                    + (header.getShort(28) & 0xffff)
                    + (header.getShort(30) & 0xffff)
                    + (header.getShort(32) & 0xffff);
        }
        return entries;
    }

    private static String name(EvidenceBytes bytes, long offset, int length) throws IOException {
        return new String(bytes.readExactly(offset, length), StandardCharsets.UTF_8);
    }

    private static ByteBuffer at(EvidenceBytes bytes, long offset, int length) throws IOException {
        return ByteBuffer.wrap(bytes.readExactly(offset, length)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
