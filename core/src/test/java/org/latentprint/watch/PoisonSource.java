package org.latentprint.watch;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.ItemRef;

/** A folder with two more parts, as a library for disk images could have them: one it never returns from, one it dies of. */
record PoisonSource(EvidenceSource source) implements EvidenceSource {
    /** A folder of this name is read as such a source. */
    static final String NAME = "poisoned-walk";

    @Override
    public String location() {
        return source.location();
    }

    @Override
    public String kind() {
        return source.kind();
    }

    @Override
    public boolean walksCheaply() {
        return false;
    }

    @Override
    public void walk(ItemVisitor visitor) throws IOException, InterruptedException {
        source.walk(visitor);
        list("loops", visitor);
        list("dies", visitor);
        visitor.visit(item("after", ItemRef.Kind.LINK));
    }

    private static void list(String part, ItemVisitor visitor) throws InterruptedException {
        if (!visitor.lists(part)) {
            visitor.visit(item(part, ItemRef.Kind.UNREADABLE_FOLDER));
            return;
        }
        if (part.equals("dies")) {
            Runtime.getRuntime().halt(134);
        }
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    private static ItemRef item(String path, ItemRef.Kind kind) {
        return new ItemRef(path, kind, 0, ItemRef.Allocation.ALLOCATED, List.of(), Optional.empty(), Optional.empty());
    }

    @Override
    public EvidenceBytes open(ItemRef item) throws IOException {
        return source.open(item);
    }

    @Override
    public void requirePresent() throws IOException {
        source.requirePresent();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
