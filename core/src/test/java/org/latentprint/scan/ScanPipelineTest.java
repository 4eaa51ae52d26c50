package org.latentprint.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.casefile.CaseException;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.casefile.Profile;
import org.latentprint.casefile.ScanCounts;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.ForwardingSource;
import org.latentprint.evidence.HeapBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.fingerprint.DigestComputer;
import org.latentprint.fingerprint.Digests;
import org.latentprint.fixture.MemorySource;
import org.latentprint.fixture.PlainTextReaders;

@Timeout(60)
class ScanPipelineTest {
    private final ItemExaminer examiner =
            new ItemExaminer(Profile.FULL, PlainTextReaders::extract, List.of(PlainTextReaders.GENERATOR));

    @TempDir
    Path folder;

    @Test
    void keepsTheOrderBehindASlowItemAndAddsUp() throws Exception {
        MemorySource source = numbered(10_000)
                .file("0000000", 3, () -> {
                    pause();
                    return HeapBytes.wrap(new byte[3]);
                })
                .listed("0000500-link", ItemRef.Kind.LINK)
                .listed("0000600-folder", ItemRef.Kind.UNREADABLE_FOLDER)
                .file("0000700-bad", 9, () -> {
                    throw new IOException("bad sector");
                });
        List<String> written = new ArrayList<>();

        List<ScanProgress> progress = new ArrayList<>();
        ScanCounts counts = new ScanPipeline(source, examiner, 8, progress::add)
                .run(findings -> written.add(findings.item().path()));

        List<String> expected = new ArrayList<>();
        source.walk(item -> expected.add(item.path()));
        assertThat(written).isEqualTo(expected);
        assertThat(counts).isEqualTo(new ScanCounts(10_003, 10_000, 1, 2, 9_999, 0, 2, counts.bytes()));
        assertThat(progress.getLast().counts()).isEqualTo(counts);
        assertThat(progress.getLast().total())
                .hasValueSatisfying(total -> assertThat(total.items()).isEqualTo(10_003));
    }

    @Test
    void digestsItemsTogetherAsOneByOne() throws Exception {
        Random random = new Random(7);
        List<byte[]> contents = new ArrayList<>();
        MemorySource source = new MemorySource();
        for (int number = 0; number < 400; number++) {
            byte[] bytes = new byte[random.nextInt(number % 50 == 0 ? 3 << 20 : 200_000)];
            random.nextBytes(bytes);
            contents.add(bytes);
            source.file("%04d".formatted(number), bytes.length, () -> HeapBytes.wrap(bytes));
        }
        List<Optional<Digests>> digests = new ArrayList<>();

        new ScanPipeline(source, examiner, 2, progress -> {}).run(findings -> digests.add(findings.digests()));

        assertThat(digests)
                .isEqualTo(contents.stream()
                        .map(bytes -> Optional.of(DigestComputer.compute(bytes)))
                        .toList());
    }

    @Test
    void endsWhenItIsInterrupted() throws Exception {
        CountDownLatch hundred = new CountDownLatch(100);
        List<String> written = new ArrayList<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread scan = Thread.ofPlatform().start(() -> {
            try {
                new ScanPipeline(numbered(200_000), examiner, 4, progress -> {}).run(findings -> {
                    written.add(findings.item().path());
                    hundred.countDown();
                });
            } catch (InterruptedException expected) {
                interrupted.set(true);
            } catch (IOException | CaseException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        hundred.await();
        scan.interrupt();
        scan.join();

        assertThat(interrupted).isTrue();
        assertThat(written.size()).isBetween(100, 199_999);
        assertThat(written).isSorted().first().isEqualTo("0000000");
        assertThat(Integer.parseInt(written.getLast())).isEqualTo(written.size() - 1);
        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .noneMatch(name -> name.startsWith("latentprint-"));
    }

    @Test
    void endsWhenTheWriterFails() {
        assertThatThrownBy(() -> new ScanPipeline(numbered(50_000), examiner, 4, progress -> {}).run(findings -> {
                    throw new CaseException("disk full");
                }))
                .isInstanceOf(CaseException.class)
                .hasMessage("disk full");
    }

    @Test
    void endsWhenTheSourceCannotBeWalked() {
        MemorySource broken = new MemorySource() {
            @Override
            public void walk(ItemVisitor visitor) throws IOException {
                throw new IOException("unplugged");
            }
        };
        assertThatThrownBy(() -> new ScanPipeline(broken, examiner, 4, progress -> {}).run(findings -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unplugged");
    }

    @Test
    void failsTheItemsThatVanishFromASource() throws Exception {
        List<ItemFindings> written = new ArrayList<>();

        ScanCounts counts = scanWhile(written, () -> delete(folder.resolve("source"), false));

        assertThat(counts.seen()).isEqualTo(written.size());
        assertThat(counts.failed()).isPositive();
        assertThat(written.stream().filter(findings -> findings.outcome() != ItemFindings.Outcome.READ))
                .allSatisfy(findings -> assertThat(findings.problems()).isNotEmpty());
    }

    @Test
    void endsWhenTheSourceItselfVanishes() {
        List<ItemFindings> written = new ArrayList<>();
        assertThatThrownBy(() -> scanWhile(written, () -> delete(folder.resolve("source"), true)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no longer there");
        assertThat(written).hasSizeGreaterThan(200);
    }

    /** Scans 3,000 files in 30 folders; the change comes when 200 are written, before those of the folders 2 to 9 are read. */
    private ScanCounts scanWhile(List<ItemFindings> written, Runnable change) throws Exception {
        for (int i = 0; i < 3_000; i++) {
            Path file = folder.resolve(String.format(Locale.ROOT, "source/%d/%05d.print", i / 100, i));
            Files.createDirectories(file.getParent());
            Files.write(file, PlainTextReaders.file("cat", "" + i));
        }
        CountDownLatch changed = new CountDownLatch(1);
        EvidenceSource source = opensLaterOnesAfter(
                changed, FolderSource.open(folder.resolve("source").toString()));
        return new ScanPipeline(source, examiner, 4, progress -> {}).run(findings -> {
            if (written.size() == 200) {
                change.run();
                changed.countDown();
            }
            written.add(findings);
        });
    }

    /** Readers run ahead of the writer: without this they may be done before the change. Twelve folders come before "2". */
    private static EvidenceSource opensLaterOnesAfter(CountDownLatch gone, EvidenceSource source) {
        return new ForwardingSource(source) {
            @Override
            public EvidenceBytes open(ItemRef item) throws IOException {
                if (item.path().compareTo("2") >= 0) {
                    await(gone);
                }
                return super.open(item);
            }
        };
    }

    private static void await(CountDownLatch gone) {
        try {
            assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void estimatesTheTimeLeft() {
        ScanCounts half = new ScanCounts(500, 500, 0, 0, 0, 0, 0, 0);
        ScanProgress known =
                new ScanProgress(half, Optional.of(new ScanProgress.Total(1_000, 0)), Duration.ofSeconds(10));
        assertThat(known.timeLeft()).contains(Duration.ofSeconds(10));
        assertThat(known.itemsPerSecond()).isEqualTo(50.0);
        assertThat(new ScanProgress(half, Optional.empty(), Duration.ofSeconds(10)).timeLeft())
                .isEmpty();
        ScanProgress large =
                new ScanProgress(half, Optional.of(new ScanProgress.Total(1_000, 100_000_000)), Duration.ofSeconds(10));
        assertThat(large.timeLeft()).contains(Duration.ofSeconds(20));
    }

    private static MemorySource numbered(int count) {
        MemorySource source = new MemorySource();
        for (int i = 0; i < count; i++) {
            source.file(String.format(Locale.ROOT, "%07d", i), PlainTextReaders.file("garden " + i, "" + i));
        }
        return source;
    }

    private static void pause() {
        try {
            Thread.sleep(400);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path path, boolean itself) {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                if (itself || !each.equals(path)) {
                    Files.delete(each);
                }
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
