package org.latentprint.container.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.container.c2pa.Check.Outcome;
import org.latentprint.evidence.HeapBytes;

/** Hashes over boxes; what they must come to is put together by hand from the boxes of each film. */
class BmffHashTest {
    private static final byte[] FTYP = box("ftyp", ascii("isom0000"));
    private static final byte[] FREE = box("free", new byte[12]);
    private static final byte[] TRACK = box("trak", box("tkhd", new byte[20]));
    private static final byte[] OTHER_TRACK = box("trak", box("tkhd", ascii("a lighthouse by the sea ")));
    private static final byte[] MOOV = box("moov", TRACK, OTHER_TRACK);
    private static final byte[] MDAT = box("mdat", ascii("garden, bicycle, cat: forty bytes of them"));
    private static final Map<String, Object> NO_FTYP = Map.of("xpath", "/ftyp");

    @Test
    void theFirstVersionHashesTheBoxesAlone() {
        byte[] film = join(FTYP, MOOV, MDAT);
        Map<String, Object> assertion = assertion(sha256(MOOV, MDAT), NO_FTYP);

        expect(assertion, 1, film, Outcome.PASSED);
        expect(assertion, 2, film, Outcome.FAILED);
        for (int at : new int[] {FTYP.length + 30, film.length - 1}) {
            expect(assertion, 1, flipped(film, at), Outcome.FAILED);
        }
        expect(assertion, 1, flipped(film, 9), Outcome.PASSED);
    }

    @Test
    void laterVersionsHashThePlaceOfEachBoxThatIsNotWhollyLeftOut() {
        byte[] film = join(FTYP, FREE, MOOV, MDAT);
        int moov = FTYP.length + FREE.length;
        Map<String, Object> assertion = assertion(
                sha256(place(moov), MOOV, place(moov + MOOV.length), MDAT), NO_FTYP, Map.of("xpath", "/free"));

        for (int version : new int[] {2, 3}) {
            expect(assertion, version, film, Outcome.PASSED);
            expect(assertion, version, join(FTYP, MOOV, FREE, MDAT), Outcome.FAILED);
            expect(assertion, version, flipped(film, film.length - 1), Outcome.FAILED);
        }
        expect(
                assertion(sha256(MOOV, MDAT), NO_FTYP, Map.of("xpath", "/free")),
                1,
                join(FTYP, MOOV, FREE, MDAT),
                Outcome.PASSED);
    }

    @Test
    void aPathMeansAllBoxesOfItsKindOrTheOneOfANumber() {
        byte[] film = join(FTYP, MOOV);
        byte[] head = Arrays.copyOf(MOOV, 8);
        expect(assertion(sha256(head), NO_FTYP, Map.of("xpath", "/moov/trak")), 1, film, Outcome.PASSED);
        expect(assertion(sha256(head, TRACK), NO_FTYP, Map.of("xpath", "/moov[1]/trak[2]")), 1, film, Outcome.PASSED);
        expect(
                assertion(sha256(head, OTHER_TRACK), NO_FTYP, Map.of("xpath", "/moov/trak[1]")),
                1,
                film,
                Outcome.PASSED);
        expect(assertion(sha256(MOOV), NO_FTYP, Map.of("xpath", "/moov/trak[3]")), 1, film, Outcome.PASSED);
        expect(assertion(sha256(MOOV), NO_FTYP, Map.of("xpath", "/moov/tkhd")), 1, film, Outcome.PASSED);
    }

    @Test
    void anEntryMeansABoxOnlyWhereAllThatItStatesFits() {
        byte[] box = box("emsg", new byte[] {1, 0, 5, 3}, ascii("a bicycle"));
        byte[] film = join(FTYP, box);
        Map<String, Object> fits = Map.of(
                "xpath",
                "/emsg",
                "length",
                box.length,
                "version",
                1,
                "flags",
                new byte[] {0, 5, 3},
                "data",
                List.of(Map.of("offset", 14, "value", ascii("bicycle"))));
        expect(assertion(sha256(), NO_FTYP, fits), 1, film, Outcome.PASSED);
        for (Map.Entry<String, Object> other : Map.<String, Object>of(
                        "length",
                        box.length + 1,
                        "version",
                        0,
                        "flags",
                        new byte[] {0, 5, 1},
                        "data",
                        List.of(Map.of("offset", 15, "value", ascii("bicycle"))))
                .entrySet()) {
            Map<String, Object> unfit = new HashMap<>(fits);
            unfit.put(other.getKey(), other.getValue());
            expect(assertion(sha256(box), NO_FTYP, unfit), 1, film, Outcome.PASSED);
        }
        Map<String, Object> atLeast = new HashMap<>(fits);
        atLeast.put("flags", new byte[] {0, 4, 1});
        expect(assertion(sha256(box), NO_FTYP, atLeast), 1, film, Outcome.PASSED);
        atLeast.put("exact", false);
        expect(assertion(sha256(), NO_FTYP, atLeast), 1, film, Outcome.PASSED);
    }

    @Test
    void aSubsetLeavesOutAPartAndKeepsTheBoxsPlace() {
        byte[] film = join(FTYP, MDAT);
        Map<String, Object> subset = Map.of(
                "xpath",
                "/mdat",
                "subset",
                List.of(Map.of("offset", 0, "length", 4), Map.of("offset", 20, "length", 0)));
        byte[] rest = Arrays.copyOfRange(MDAT, 4, 20);
        expect(assertion(sha256(rest), NO_FTYP, subset), 1, film, Outcome.PASSED);
        expect(assertion(sha256(place(FTYP.length), rest), NO_FTYP, subset), 3, film, Outcome.PASSED);
        expect(
                assertion(sha256(place(FTYP.length), rest), NO_FTYP, subset),
                3,
                flipped(film, film.length - 1),
                Outcome.PASSED);
        expect(
                assertion(sha256(place(FTYP.length), rest), NO_FTYP, subset),
                3,
                flipped(film, FTYP.length + 5),
                Outcome.FAILED);
    }

    @Test
    void mediaDataInBlocksAreHeldAgainstAnyRowOfTheirTree() {
        byte[] film = join(FTYP, MOOV, MDAT);
        byte[] payload = Arrays.copyOfRange(MDAT, 16, MDAT.length);
        List<byte[]> leaves = new ArrayList<>();
        for (int at = 0; at < payload.length; at += 10) {
            leaves.add(sha256(Arrays.copyOfRange(payload, at, Math.min(at + 10, payload.length))));
        }
        assertThat(leaves).hasSize(4);
        List<byte[]> above = List.of(sha256(leaves.get(0), leaves.get(1)), sha256(leaves.get(2), leaves.get(3)));
        List<byte[]> root = List.of(sha256(above.get(0), above.get(1)));
        for (List<byte[]> row : List.of(leaves, above, root)) {
            Map<String, Object> tree = tree(4, row, "fixedBlockSize", 10);
            expect(blocks(tree), 3, film, Outcome.PASSED);
            expect(blocks(tree), 3, flipped(film, film.length - 1), Outcome.FAILED);
            expect(blocks(tree), 3, flipped(film, FTYP.length + 20), Outcome.FAILED);
        }
        int last = payload.length - 30;
        expect(blocks(tree(4, root, "variableBlockSizes", List.of(10, 10, 10, last))), 3, film, Outcome.PASSED);
        expect(blocks(tree(4, root, "variableBlockSizes", List.of(10, 10, 10, last - 1))), 3, film, Outcome.FAILED);
        expect(blocks(tree(3, root, "fixedBlockSize", 10)), 3, film, Outcome.FAILED);
        expect(blocks(tree(4, List.of(), "fixedBlockSize", 10)), 3, film, Outcome.FAILED);
    }

    @Test
    void anOddNodeGoesUpUnchanged() {
        byte[] film = join(FTYP, MOOV, MDAT);
        byte[] payload = Arrays.copyOfRange(MDAT, 16, MDAT.length);
        byte[] first = sha256(Arrays.copyOfRange(payload, 0, 12));
        byte[] second = sha256(Arrays.copyOfRange(payload, 12, 24));
        byte[] third = sha256(Arrays.copyOfRange(payload, 24, payload.length));
        expect(blocks(tree(3, List.of(sha256(first, second), third), "fixedBlockSize", 12)), 3, film, Outcome.PASSED);
    }

    @Test
    void aTreeOverATracksChunksIsNotChecked() {
        Map<String, Object> tree = tree(2, List.of(new byte[32]), "localId", 0);
        expect(blocks(tree), 2, join(FTYP, MOOV, MDAT), Outcome.NOT_CHECKED);
    }

    @Test
    void fragmentsAreHeldAgainstTheirTreeAndWhatStandsBeforeThemAgainstItsHash() {
        byte[] moof = box("moof", box("mfhd", new byte[8]));
        byte[] film = join(FTYP, MOOV, moof, MDAT, moof, MDAT);
        int first = FTYP.length + MOOV.length;
        int second = first + moof.length + MDAT.length;
        List<byte[]> leaves = List.of(
                sha256(place(first), moof, place(first + moof.length), MDAT),
                sha256(place(second), moof, place(second + moof.length), MDAT));
        byte[] head = sha256(place(FTYP.length), MOOV);
        for (List<byte[]> row : List.of(leaves, List.of(sha256(leaves.get(0), leaves.get(1))))) {
            Map<String, Object> assertion = new HashMap<>();
            assertion.put("exclusions", List.of(NO_FTYP));
            assertion.put("merkle", List.of(tree(2, row, "initHash", head)));
            expect(assertion, 3, film, Outcome.PASSED);
            for (int at : new int[] {FTYP.length + 12, first + 12, film.length - 1}) {
                expect(assertion, 3, flipped(film, at), Outcome.FAILED);
            }
            expect(assertion, 3, Arrays.copyOf(film, second), Outcome.FAILED);
        }
    }

    @Test
    void aFileOfOtherBytesFailsAndAHostileOneEndsSoon() {
        expect(assertion(sha256(MOOV), NO_FTYP), 3, ascii("no film at all, but a garden"), Outcome.FAILED);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 250_000; i++) {
            many.writeBytes(box("free"));
        }
        expect(assertion(sha256(MOOV), NO_FTYP), 3, many.toByteArray(), Outcome.NOT_CHECKED);
        List<Map<String, Object>> exclusions = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            exclusions.add(Map.of("xpath", "/free"));
        }
        Map<String, Object> assertion = new HashMap<>(assertion(sha256(MOOV)));
        assertion.put("exclusions", exclusions);
        expect(assertion, 3, Arrays.copyOf(many.toByteArray(), 8 * 100_000), Outcome.NOT_CHECKED);
        expect(assertion(sha256(MOOV), Map.of("xpath", "moov")), 3, join(FTYP, MOOV), Outcome.NOT_CHECKED);
    }

    private static Map<String, Object> blocks(Map<String, Object> tree) {
        int moov = FTYP.length;
        int mdat = moov + MOOV.length;
        Map<String, Object> assertion = new HashMap<>(assertion(
                sha256(place(moov), MOOV, place(mdat), Arrays.copyOf(MDAT, 16)),
                NO_FTYP,
                Map.of("xpath", "/mdat", "subset", List.of(Map.of("offset", 16, "length", 0)))));
        assertion.put("merkle", List.of(tree));
        return assertion;
    }

    private static Map<String, Object> tree(int count, List<byte[]> row, String key, Object value) {
        Map<String, Object> tree = new HashMap<>();
        tree.put("uniqueId", 1);
        tree.put("localId", 0);
        tree.put("count", count);
        tree.put("alg", "sha256");
        tree.put("hashes", row);
        tree.put(key, value);
        return tree;
    }

    private static Map<String, Object> assertion(byte[] hash, Map<?, ?>... exclusions) {
        return Map.of("alg", "sha256", "hash", hash, "exclusions", List.of(exclusions));
    }

    private static void expect(Map<String, Object> assertion, int version, byte[] film, Outcome outcome) {
        Check check = BmffHash.check(Values.of(assertion), version, Optional.empty(), HeapBytes.wrap(film));
        assertThat(check.outcome()).as(check.reason()).isEqualTo(outcome);
    }

    private static byte[] flipped(byte[] film, int at) {
        byte[] flipped = film.clone();
        flipped[at] ^= 1;
        return flipped;
    }

    private static byte[] place(int offset) {
        return ByteBuffer.allocate(8).putLong(offset).array();
    }

    private static byte[] box(String type, byte[]... parts) {
        byte[] content = join(parts);
        return join(ByteBuffer.allocate(4).putInt(8 + content.length).array(), ascii(type), content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sha256(byte[]... parts) {
        MessageDigest digest = Hashes.named("sha256").orElseThrow();
        digest.update(join(parts));
        return digest.digest();
    }
}
