package org.latentprint.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.ForwardingSource;
import org.latentprint.evidence.ItemRef;
import org.latentprint.fixture.PlainTextReaders;
import org.latentprint.watch.VerifyWatch;

/** A check in which a library never comes back from one item, and one of a disk that is slow. */
class CaseVerifyStallTest {
    /** Ten times as long as a slow read, so that a busy machine makes no stall of one. */
    private static final Duration LIMIT = Duration.ofMillis(1_500);

    @TempDir
    Path root;

    private Path evidence;
    private Path path;

    @BeforeEach
    void scan() throws Exception {
        evidence = Files.createDirectory(root.resolve("evidence"));
        for (int i = 1; i <= 3; i++) {
            Files.write(evidence.resolve("p" + i + ".print"), PlainTextReaders.file("a lighthouse " + i));
        }
        path = root.resolve("case");
        CaseFixture.scan(evidence, path);
    }

    @Test
    @Timeout(60)
    void theItemIsNamedAndWhatWasFoundBeforeIsKept() throws Exception {
        Files.write(evidence.resolve("p1.print"), PlainTextReaders.file("a lighthouse 9"));
        CountDownLatch released = new CountDownLatch(1);
        CompletableFuture<VerifyWatch.Stall> stall = new CompletableFuture<>();
        EvidenceSource hanging = new ForwardingSource(FolderSource.open(evidence.toString())) {
            @Override
            public EvidenceBytes open(ItemRef item) throws IOException {
                if (item.path().equals("p2.print")) {
                    await(released);
                }
                return super.open(item);
            }
        };

        try (VerifyWatch watch = new VerifyWatch(Duration.ofMillis(300), stall::complete)) {
            CompletableFuture<CaseVerify.Result> check =
                    CompletableFuture.supplyAsync(() -> verify(hanging, watch), Thread.ofPlatform()::start);

            assertThat(stall.get(30, TimeUnit.SECONDS).item()).isEqualTo("A1: p2.print");
            assertThat(stall.get().found())
                    .extracting(CaseVerify.Difference::item)
                    .containsExactly("p1.print");
            assertThat(check).isNotDone();
            released.countDown();
            assertThat(check.get(30, TimeUnit.SECONDS).differenceCount()).isEqualTo(1);
        }
    }

    @Test
    @Timeout(60)
    void aSlowDiskIsNoStall() throws Exception {
        CompletableFuture<VerifyWatch.Stall> stall = new CompletableFuture<>();
        EvidenceSource slow = new ForwardingSource(FolderSource.open(evidence.toString())) {
            @Override
            public EvidenceBytes open(ItemRef item) throws IOException {
                return new ByteByByte(super.open(item));
            }
        };

        try (VerifyWatch watch = new VerifyWatch(LIMIT, stall::complete)) {
            long start = System.nanoTime();
            assertThat(verify(slow, watch).agrees()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(LIMIT.multipliedBy(3));
        }
        assertThat(stall).isNotDone();
    }

    /** Takes longer for an item than the watch waits, and less for each byte. */
    private record ByteByByte(EvidenceBytes bytes) implements EvidenceBytes {
        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
            try {
                Thread.sleep(LIMIT.dividedBy(10));
            } catch (InterruptedException stopped) {
                throw new InterruptedIOException("stopped");
            }
            return bytes.read(offset, target, targetOffset, Math.min(length, 1));
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }

    private CaseVerify.Result verify(EvidenceSource source, CaseVerify.Watcher watcher) {
        try (CaseFolder folder = CaseFolder.openToRead(path, CaseFixture.CLOCK)) {
            return CaseVerify.run(folder, Map.of("A1", source), false, watcher);
        } catch (CaseException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException("stopped");
        }
    }
}
