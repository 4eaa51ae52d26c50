package org.latentprint.casefile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was done to a case, in the order it was done. Each line is a JSON object that carries the SHA-256 of the bytes of
 * the line before it (without the line's end), so that a line changed, removed or put in later breaks the chain. Whoever
 * can write the file can also write a new chain: keep the last hash elsewhere, such as on the printed report.
 *
 * <p>Layout of a line: {@code {"sequence":1,"time":"2026-01-01T00:00:00Z","event":"...","details":{...},"previous":"..."}}.
 */
public final class AuditLog implements Closeable {
    /** Stands for the line before the first. */
    public static final String NO_LINE = "0".repeat(64);

    /** A line of this tool has some hundred bytes; a longer one than this is not read, but counted as broken. */
    private static final int MAX_LINE = 1 << 24;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final FileChannel channel;
    private final InstantSource clock;
    private long sequence;
    private String lastHash;

    private AuditLog(FileChannel channel, InstantSource clock, long sequence, String lastHash) {
        this.channel = channel;
        this.clock = clock;
        this.sequence = sequence;
        this.lastHash = lastHash;
    }

    /**
     * Opens a log to append to it; a missing one is made.
     *
     * @throws IOException where the file cannot be read or written
     */
    static AuditLog open(Path file, InstantSource clock) throws IOException {
        Chain chain = Files.exists(file) ? read(file) : Chain.EMPTY;
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (chain.endsInsideLine) {
            // A line cut by a power failure stays as it is and shows up as broken; it must not swallow the next one.
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
        return new AuditLog(channel, clock, chain.lines, chain.lastHash);
    }

    /**
     * Appends a line and waits until the disk has it.
     *
     * @param event what was done, such as {@code scan started}
     * @param details names to values, written sorted by name
     * @throws IOException where it could not be written
     */
    public synchronized void append(String event, Map<String, ?> details) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("sequence", sequence + 1);
        line.put("time", clock.instant().toString());
        line.put("event", event);
        line.put("details", new TreeMap<>(details));
        line.put("previous", lastHash);
        byte[] bytes = JSON.writeValueAsString(line).getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 1)
                .put(bytes)
                .put((byte) '\n')
                .flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
        sequence++;
        lastHash = Sha256.of(bytes);
    }

    /** Returns the hash of the last line, or {@link #NO_LINE}. */
    public synchronized String lastHash() {
        return lastHash;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * What a check of the chain gave.
     *
     * @param lines how many lines there are
     * @param firstBroken number of the first line that does not fit, counted from 1; empty where all fit
     * @param lastHash of the last line's bytes, for comparison with one noted elsewhere
     */
    public record Verdict(long lines, OptionalLong firstBroken, String lastHash) {
        public boolean intact() {
            return firstBroken.isEmpty();
        }
    }

    /** Checks a log's chain from the first line to the last. */
    static Verdict verify(Path file) throws IOException {
        Chain chain = read(file);
        return new Verdict(chain.lines, chain.firstBroken, chain.lastHash);
    }

    private record Chain(long lines, OptionalLong firstBroken, String lastHash, boolean endsInsideLine) {
        static final Chain EMPTY = new Chain(0, OptionalLong.empty(), NO_LINE, false);
    }

    private static Chain read(Path file) throws IOException {
        Chain chain = Chain.EMPTY;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    if (line.size() >= MAX_LINE) {
                        throw new IOException("audit.jsonl has a line of more than " + MAX_LINE + " bytes");
                    }
                    line.write(next);
                    continue;
                }
                chain = after(chain, line.toByteArray(), false);
                line.reset();
            }
            return line.size() == 0 ? chain : after(chain, line.toByteArray(), true);
        }
    }

    private static Chain after(Chain before, byte[] line, boolean cut) {
        long number = before.lines + 1;
        boolean fits = !cut && fits(line, number, before.lastHash);
        OptionalLong broken = before.firstBroken.isPresent() || fits ? before.firstBroken : OptionalLong.of(number);
        return new Chain(number, broken, Sha256.of(line), cut);
    }

    private static boolean fits(byte[] line, long number, String previous) {
        try {
            JsonNode node = JSON.readTree(line);
            return node.path("sequence").asLong(-1) == number
                    && node.path("previous").asString("").equals(previous);
        } catch (JacksonException broken) {
            return false;
        }
    }
}
