package org.latentprint.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** A sample of what {@code bench/damage} does in full. */
class DamageTest {
    private static final int WHOLE = 64;
    private static final int STEPS = 20;
    private static final int FLIPS = 4_000;

    @Test
    void aCutFileSaysNothingThatTheWholeOneDoesNot() throws Exception {
        Damage damage = new Damage();
        SortedMap<String, byte[]> files = Intact.fixtures();
        files.putAll(Intact.samples());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            damage.cut(file.getKey(), file.getValue(), WHOLE, Math.max(1, file.getValue().length / STEPS));
        }
        System.out.println(files.size() + " files cut: " + damage.summary());
        assertThat(damage.faults()).isEmpty();
    }

    @Test
    void noFlippedByteMakesAReaderFailOrLeaveTheFile() throws Exception {
        Damage damage = new Damage();
        SortedMap<String, byte[]> files = Intact.fixtures();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            damage.flip(file.getKey(), file.getValue(), Math.ceilDiv(FLIPS, files.size()), 1);
        }
        System.out.println(files.size() + " files flipped: " + damage.summary());
        assertThat(damage.faults()).isEmpty();
    }
}
