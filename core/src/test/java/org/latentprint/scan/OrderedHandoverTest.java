package org.latentprint.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderedHandoverTest {
    private static final int COUNT = 4_000;

    @Test
    void givesResultsInOrderWhateverTheThreadsDo() throws Exception {
        for (long seed = 0; seed < 6; seed++) {
            // A window of one, and a weight that fits no two results, are the hardest cases.
            OrderedHandover<Long> handover = new OrderedHandover<>(seed % 2 == 0 ? 1 : 64, seed % 3 == 0 ? 5 : 500);
            AtomicLong numbers = new AtomicLong();
            AtomicLong running = new AtomicLong();
            for (int t = 0; t < 8; t++) {
                Random random = new Random(seed * 100 + t);
                Thread.ofPlatform().daemon().start(() -> {
                    for (long number = numbers.getAndIncrement(); number < COUNT; number = numbers.getAndIncrement()) {
                        if (random.nextInt(200) == 0) {
                            LockSupport.parkNanos(20_000);
                        }
                        try {
                            running.incrementAndGet();
                            handover.put(number, number, 1 + random.nextInt(900));
                        } catch (InterruptedException ended) {
                            return;
                        }
                    }
                });
            }
            handover.end(COUNT);
            for (long expected = 0; expected < COUNT; expected++) {
                assertThat(handover.take()).contains(expected);
            }
            assertThat(handover.take()).isEmpty();
            assertThat(running).hasValue(COUNT);
        }
    }

    @Test
    void holdsBackThreadsThatAreFarAhead() throws Exception {
        OrderedHandover<String> handover = new OrderedHandover<>(10, 1_000);
        handover.put(9, "inside the window", 1);
        Thread ahead = Thread.ofPlatform().daemon().start(() -> {
            try {
                handover.put(10, "outside", 1);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        Thread heavy = Thread.ofPlatform().daemon().start(() -> {
            try {
                handover.put(1, "too heavy for now", 2_000);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        ahead.join(200);
        assertThat(ahead.isAlive()).isTrue();
        assertThat(heavy.isAlive()).isTrue();

        handover.put(0, "first", 5_000);
        assertThat(handover.take()).contains("first");
        assertThat(handover.take()).contains("too heavy for now");
        ahead.join();
    }

    @Test
    void passesAFailureOn() throws Exception {
        OrderedHandover<String> handover = new OrderedHandover<>(10, 1_000);
        handover.fail(new IllegalStateException("planted"));
        assertThatThrownBy(handover::take).isInstanceOf(IOException.class).hasMessageContaining("planted");
        OrderedHandover<String> ended = new OrderedHandover<>(10, 1_000);
        ended.end(0);
        assertThat(ended.take()).isEqualTo(Optional.empty());
    }
}
