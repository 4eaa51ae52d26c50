package org.latentprint.evidence.carve;

import java.util.ArrayList;
import java.util.List;

/** Takes JSON that stands alone: ComfyUI's two forms of a graph, and the record of kohya's scripts. */
final class JsonCarver {
    /** Bytes before and behind the name by which it was found; workflows of several megabytes exist. */
    private static final int MAX_TEXT = 16 << 20;

    /** Braces that open no JSON, though a name in quotes follows: source code is full of such. */
    private static final int MAX_FAILURES = 1_000;

    /** How many times a run may be read, all in all; a brace that opens JSON which breaks far on costs a part of one. */
    private static final int MAX_PASSES = 8;

    /** What was found in a run of text, and where the run ends: nothing up to there has to be looked at again. */
    record Judged(List<Claim> claims, long end) {}

    private JsonCarver() {}

    /**
     * Looks at all JSON in the text around that place.
     *
     * @param floor place before which everything is known already
     */
    static Judged judge(SpaceReader in, long place, long floor) {
        TextRun run = TextRun.around(in, place, floor, MAX_TEXT, MAX_TEXT);
        byte[] bytes = run.bytes();
        List<Claim> claims = new ArrayList<>();
        int failures = 0;
        long parsed = 0;
        for (int at = 0; at < bytes.length && failures < MAX_FAILURES && parsed <= (long) MAX_PASSES * bytes.length; ) {
            if (bytes[at] != '{' || !opensNamed(bytes, at)) {
                at++;
                continue;
            }
            JsonShapes shapes = JsonShapes.read(bytes, at);
            for (JsonShapes.Shape shape : shapes.found()) {
                claims.add(Claim.fragment(
                        shape.kind(),
                        "json",
                        run.start() + shape.start(),
                        run.start() + shape.end(),
                        shape.reason() + ", without the file that it stood in"));
            }
            parsed += shapes.reached() - at;
            failures += shapes.end() < 0 ? 1 : 0;
            at = shapes.end() < 0 ? shapes.lastEnd(at) : Math.max(at + 1, shapes.end());
        }
        return new Judged(claims, run.end());
    }

    private static boolean opensNamed(byte[] bytes, int at) {
        int next = at + 1;
        while (next < bytes.length && bytes[next] <= ' ' && bytes[next] >= 0) {
            next++;
        }
        return next < bytes.length && bytes[next] == '"';
    }
}
