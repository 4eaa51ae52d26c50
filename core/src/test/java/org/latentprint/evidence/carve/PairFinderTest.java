package org.latentprint.evidence.carve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PairFinderTest {
    private static final int LENGTH = 1_000;

    static Stream<PairFinder> finders() {
        return Stream.of(new WordPairs(), new VectorPairs());
    }

    private static int plain(byte[] window, int from, int end) {
        for (int at = from; at < end; at++) {
            boolean first = window[at] >= 'P' && window[at] <= '_';
            if (first && (window[at + 1] == 't' || window[at + 1] == 'v')) {
                return at;
            }
        }
        return end;
    }

    @ParameterizedTest
    @MethodSource("finders")
    void everyPairIsFoundWhereverItStands(PairFinder finder) {
        byte[] window = new byte[LENGTH + PairFinder.BEHIND];
        for (int place = 0; place < LENGTH; place++) {
            window[place] = 'S';
            window[place + 1] = 't';

            assertThat(finder.next(window, 0, LENGTH)).isEqualTo(place);
            assertThat(finder.next(window, place, LENGTH)).isEqualTo(place);
            assertThat(finder.next(window, place + 1, LENGTH)).isEqualTo(LENGTH);
            assertThat(finder.next(window, 0, place)).isEqualTo(place);
            Arrays.fill(window, place, place + 2, (byte) 0);
        }
    }

    @ParameterizedTest
    @MethodSource("finders")
    void theFirstOfSeveralIsFoundAndNoMoreThanLookedFor(PairFinder finder) {
        SplittableRandom random = new SplittableRandom(5);
        byte[] letters = {'O', 'P', 'X', '_', '`', 's', 't', 'u', 'v', 'w', (byte) 0xF4, (byte) 0xD0, 0};
        byte[] window = new byte[LENGTH + PairFinder.BEHIND];
        for (int round = 0; round < 300; round++) {
            for (int i = 0; i < window.length; i++) {
                window[i] = round % 2 == 0 ? letters[random.nextInt(letters.length)] : (byte) random.nextInt();
            }
            int from = random.nextInt(LENGTH);

            assertThat(finder.next(window, from, LENGTH)).isEqualTo(plain(window, from, LENGTH));
        }
    }

    @Test
    void aFinderThatFindsSomethingElseEndsTheSearch() {
        PairFinder pairs = new CheckedPairs((window, from, end) -> end, new WordPairs());
        byte[] window = new byte[LENGTH + PairFinder.BEHIND];
        window[10] = 'S';
        window[11] = 't';

        assertThatThrownBy(() -> pairs.next(window, 0, LENGTH))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("latentprint.lanes");
    }
}
