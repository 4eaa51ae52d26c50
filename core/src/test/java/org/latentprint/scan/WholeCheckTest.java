package org.latentprint.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentprint.casefile.InFlightJournal;
import org.latentprint.casefile.Profile;
import org.latentprint.casefile.SuspectItems;
import org.latentprint.evidence.FolderSource;
import org.latentprint.evidence.ImageCheck;
import org.latentprint.fixture.CheckedSource;

@Timeout(60)
class WholeCheckTest {
    private static final ImageCheck SOUND = new ImageCheck(List.of(), List.of(), 0, 0);

    @TempDir
    Path root;

    @Test
    void runsBesideItsMakerAndGivesItsResult() throws Exception {
        CountDownLatch examined = new CountDownLatch(1);
        CheckedSource source = source(beat -> {
            examined.await();
            return Optional.of(SOUND);
        });

        try (WholeCheck check = new WholeCheck(Profile.FULL, 2, source, ScanWatch.none())) {
            examined.countDown();
            assertThat(check.await()).contains(SOUND);
        }
    }

    @Test
    void triageChecksNothing() throws Exception {
        CheckedSource source = source(beat -> Optional.of(SOUND));

        try (WholeCheck check = new WholeCheck(Profile.TRIAGE, 2, source, ScanWatch.none())) {
            assertThat(check.await()).isEmpty();
        }
    }

    @Test
    void anImageThatCannotBeReadIsAnError() {
        CheckedSource source = source(beat -> {
            throw new IOException("the disk is gone");
        });

        try (WholeCheck check = new WholeCheck(Profile.FULL, 2, source, ScanWatch.none())) {
            assertThatThrownBy(check::await).isInstanceOf(IOException.class).hasMessage("the disk is gone");
        }
    }

    @Test
    void closingStopsItAndWaitsUntilItNoLongerReads() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        CheckedSource source = source(beat -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                Thread.sleep(50);
                ended.set(true);
            }
            return Optional.of(SOUND);
        });

        WholeCheck check = new WholeCheck(Profile.FULL, 2, source, ScanWatch.none());
        begun.await();
        check.close();

        assertThat(ended).isTrue();
        assertThatThrownBy(check::await).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anItemThatIsReadAloneWaitsForAPieceOfTheCheckOnly() throws Exception {
        Path folder = Files.createDirectory(root.resolve("case"));
        SuspectItems.of(folder, "K1").suspect("poison");
        ScanWatch watch = ScanWatch.of(
                InFlightJournal.create(folder, ScanWatch.places(1), 1, "K1"), SuspectItems.of(folder, "K1"));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        CheckedSource source = source(beat -> {
            begun.countDown();
            while (!read.await(1, TimeUnit.MILLISECONDS)) {
                beat.run();
            }
            return Optional.of(SOUND);
        });

        try (WholeCheck check = new WholeCheck(Profile.FULL, 1, source, watch)) {
            begun.await();
            ScanWatch.Worker worker = watch.worker(0);
            worker.begin("poison");
            read.countDown();
            worker.ends();
            assertThat(check.await()).contains(SOUND);
        }
    }

    private CheckedSource source(CheckedSource.Check check) {
        try {
            return new CheckedSource(FolderSource.open(root.toString()), check);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
