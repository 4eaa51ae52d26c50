package org.latentprint.damage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.latentprint.casefile.Profile;

/** Damages files, examines what is left, and counts. Used by one thread. */
final class Damage {
    /** No input may take longer, in milliseconds; the usual one takes less than one. */
    static final long MOST_MILLIS = 5_000;

    /** Faults beyond this number say nothing new. */
    private static final int LISTED = 200;

    private final List<String> faults = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private long slowest;
    private String slowestInput = "";

    /**
     * Cuts a file at many lengths.
     *
     * @param every so many bytes the file is cut, behind the first {@code whole} at which every length is tried
     */
    void cut(String name, byte[] bytes, int whole, int every) throws InterruptedException {
        Examination intact = Examination.of(name, bytes, Profile.TRIAGE);
        note(name, intact);
        Support support = new Support(intact);
        int length = 0;
        while (length < bytes.length) {
            Examination cut = Examination.of(name, Arrays.copyOf(bytes, length), Profile.TRIAGE);
            String input = name + " cut to " + length + " of " + bytes.length;
            note(input, cut);
            support.unsupported(cut).forEach(value -> fault(input + " says what the whole file does not: " + value));
            count("cut");
            length += length < whole ? 1 : every;
        }
    }

    /** Sets up to eight bytes of a file at random. */
    void flip(String name, byte[] bytes, int rounds, long seed) throws InterruptedException {
        Random random = new Random(seed + name.hashCode());
        for (int round = 0; round < rounds && bytes.length > 0; round++) {
            byte[] damaged = bytes.clone();
            for (int left = 1 + random.nextInt(8); left > 0; left--) {
                int at = random.nextInt(damaged.length);
                damaged[at] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : damaged[at] ^ 1 << random.nextInt(8));
            }
            note(name + ", round " + round + " of seed " + seed, Examination.of(name, damaged, Profile.FULL));
            count("flipped");
        }
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Returns the counts in words. */
    String summary() {
        return counts + "; slowest " + slowest + " ms: " + slowestInput + "; " + faults.size() + " faults";
    }

    private void note(String input, Examination examination) {
        examination.faults().forEach(fault -> fault(input + ": " + fault));
        long millis = examination.nanos() / 1_000_000;
        if (millis > MOST_MILLIS) {
            fault(input + " took " + millis + " ms");
        }
        if (millis > slowest) {
            slowest = millis;
            slowestInput = input;
        }
        examination.items().values().forEach(findings -> {
            count("items");
            counts.merge(
                    "findings",
                    (long) findings.generations().size()
                            + findings.modelFile().map(model -> 1).orElse(0),
                    Long::sum);
            counts.merge("problems", (long) findings.problems().size(), Long::sum);
        });
    }

    private void fault(String words) {
        if (faults.size() < LISTED) {
            faults.add(words);
        }
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }
}
