package org.latentprint.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.latentprint.casefile.ItemFindings;
import org.latentprint.casefile.ItemFindings.Outcome;
import org.latentprint.casefile.Profile;
import org.latentprint.container.ItemMetadata;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.Problem;
import org.latentprint.fingerprint.Digests;
import org.latentprint.fixture.MemorySource;
import org.latentprint.fixture.PlainTextReaders;
import org.latentprint.fixture.TestDigests;
import org.latentprint.generator.GeneratorReader;
import org.latentprint.generator.Reading;

class ItemExaminerTest {
    private static final byte[] PRINT = PlainTextReaders.file("a bicycle", "42");

    private final ItemExaminer full = examiner(Profile.FULL, PlainTextReaders::extract);

    @Test
    void readsAnItemWhole() {
        ItemFindings findings = examine(full, new MemorySource().file("a.print", PRINT));

        assertThat(findings.outcome()).isEqualTo(Outcome.READ);
        assertThat(findings.digests())
                .contains(new Digests(
                        TestDigests.of("MD5", PRINT), TestDigests.of("SHA-1", PRINT), TestDigests.sha256(PRINT)));
        assertThat(findings.generations())
                .singleElement()
                .satisfies(generation -> assertThat(generation.positivePrompt()).contains("a bicycle"));
        assertThat(findings.unclaimed()).isEmpty();
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void leavesDigestsOutInTriage() {
        ItemFindings findings =
                examine(examiner(Profile.TRIAGE, PlainTextReaders::extract), new MemorySource().file("a.print", PRINT));

        assertThat(findings.outcome()).isEqualTo(Outcome.READ);
        assertThat(findings.digests()).isEmpty();
        assertThat(findings.generations()).hasSize(1);
    }

    @Test
    void countsAnEmptyItemAsRead() {
        ItemFindings findings = examine(full, new MemorySource().file("empty", new byte[0]));

        assertThat(findings.outcome()).isEqualTo(Outcome.READ);
        assertThat(findings.digests()).isPresent();
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void givesTheSameDigestsOnBothSidesOfTheMemoryBound() {
        for (int size : new int[] {ItemExaminer.MAX_IN_MEMORY, ItemExaminer.MAX_IN_MEMORY + 1}) {
            byte[] bytes = new byte[size];
            Arrays.fill(bytes, (byte) 7);
            assertThat(examine(full, new MemorySource().file("big", bytes)).digests())
                    .map(Digests::sha256)
                    .contains(TestDigests.sha256(bytes));
        }
    }

    @Test
    void listsWhatIsNoFile() {
        assertThat(examine(full, new MemorySource().listed("l", ItemRef.Kind.LINK)))
                .returns(Outcome.SKIPPED, ItemFindings::outcome)
                .satisfies(findings -> assertThat(findings.reason()).isPresent());
        assertThat(examine(full, new MemorySource().listed("p", ItemRef.Kind.SPECIAL))
                        .outcome())
                .isEqualTo(Outcome.SKIPPED);
        assertThat(examine(full, new MemorySource().listed("d", ItemRef.Kind.UNREADABLE_FOLDER)))
                .returns(Outcome.FAILED, ItemFindings::outcome)
                .satisfies(findings -> assertThat(categories(findings)).containsExactly(Problem.Category.UNREADABLE));
    }

    @Test
    void failsAnItemThatCannotBeOpened() {
        ItemFindings findings = examine(full, new MemorySource().file("a", 3, () -> {
                    throw new IOException("no permission");
                }));

        assertThat(findings.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(findings.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no permission"));
    }

    @Test
    void keepsTheMetadataOfAnItemWhoseEndCannotBeRead() {
        byte[] head = PRINT;
        ItemExaminer headOnly = examiner(Profile.FULL, (path, bytes) -> {
            try {
                return PlainTextReaders.extract(path, heap(bytes.readExactly(0, head.length)));
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        });
        for (long size : new long[] {3 << 20, ItemExaminer.MAX_IN_MEMORY + 1L}) {
            ItemFindings findings =
                    examine(headOnly, new MemorySource().file("a", size, () -> new Torn(size, size, 1 << 20, head)));

            assertThat(findings.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(findings.digests()).isEmpty();
            assertThat(findings.generations()).hasSize(1);
            assertThat(findings.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.category()).isEqualTo(Problem.Category.UNREADABLE);
                assertThat(problem.offset()).hasValue(1 << 20);
            });
        }
    }

    @Test
    void notesAnItemThatChangesWhileItIsRead() {
        for (long real : new long[] {90, 110}) {
            ItemFindings findings = examine(
                    full, new MemorySource().file("a", 100, () -> new Torn(100, real, Long.MAX_VALUE, new byte[0])));
            assertThat(findings.digests()).isEmpty();
            assertThat(findings.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(findings.problems().getFirst().message()).contains("changed while it was read");
        }
        ItemFindings findings =
                examine(full, new MemorySource().file("a", 80, () -> new Torn(100, 100, Long.MAX_VALUE, new byte[0])));
        assertThat(categories(findings)).containsExactly(Problem.Category.MISMATCH);
    }

    @Test
    void losesNoMoreThanTheItemToAReaderThatFails() {
        List<Runnable> faults = List.of(
                () -> {
                    throw new IllegalStateException("planted");
                },
                () -> {
                    throw new StackOverflowError("planted");
                },
                () -> {
                    throw new OutOfMemoryError("planted");
                });
        for (Runnable fault : faults) {
            ItemFindings findings = examine(
                    examiner(Profile.FULL, (path, bytes) -> {
                        fault.run();
                        return PlainTextReaders.extract(path, bytes);
                    }),
                    new MemorySource().file("a", PRINT));
            assertThat(findings.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(categories(findings)).containsExactly(Problem.Category.READER_FAILED);
            assertThat(findings.digests()).isPresent();
        }
    }

    @Test
    void keepsOtherFindingsWhenAGeneratorReaderFails() {
        GeneratorReader failing = new GeneratorReader() {
            @Override
            public String id() {
                return "failing/1";
            }

            @Override
            public Reading read(ItemMetadata metadata) {
                throw new IllegalStateException("planted");
            }
        };
        ItemExaminer examiner =
                new ItemExaminer(Profile.FULL, PlainTextReaders::extract, List.of(failing, PlainTextReaders.GENERATOR));

        ItemFindings findings = examine(examiner, new MemorySource().file("a", PRINT));

        assertThat(findings.outcome()).isEqualTo(Outcome.READ);
        assertThat(findings.generations()).hasSize(1);
        assertThat(categories(findings)).containsExactly(Problem.Category.READER_FAILED);
    }

    @Test
    void notesANameThatStandsForAnotherType() {
        assertThat(examine(full, new MemorySource().file("a.PNG", PRINT)).typeMismatch())
                .isTrue();
        assertThat(examine(full, new MemorySource().file("a.print", PRINT)).typeMismatch())
                .isFalse();
        assertThat(examine(full, new MemorySource().file("png", PRINT)).typeMismatch())
                .isFalse();
    }

    private static ItemExaminer examiner(
            Profile profile, BiFunction<String, EvidenceBytes, ItemMetadata> containerReaders) {
        return new ItemExaminer(profile, containerReaders, List.of(PlainTextReaders.GENERATOR));
    }

    private static ItemFindings examine(ItemExaminer examiner, MemorySource source) {
        List<ItemRef> items = new ArrayList<>();
        try {
            source.walk(items::add);
        } catch (IOException | InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
        return examiner.examine(source, items.getFirst());
    }

    private static List<Problem.Category> categories(ItemFindings findings) {
        return findings.problems().stream().map(Problem::category).toList();
    }

    private static EvidenceBytes heap(byte[] bytes) {
        return org.latentprint.evidence.HeapBytes.wrap(bytes);
    }

    /** States one size, ends at another, fails from an offset on, and begins with a given head. */
    private static final class Torn implements EvidenceBytes {
        private final long size;
        private final long real;
        private final long failsFrom;
        private final byte[] head;

        Torn(long size, long real, long failsFrom, byte[] head) {
            this.size = size;
            this.real = real;
            this.failsFrom = failsFrom;
            this.head = head;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
            if (offset + length > failsFrom) {
                throw new IOException("bad sector");
            }
            int count = (int) Math.max(0, Math.min(length, real - offset));
            for (int i = 0; i < count; i++) {
                target[targetOffset + i] = offset + i < head.length ? head[(int) offset + i] : 0;
            }
            return count;
        }

        @Override
        public void close() {}
    }
}
