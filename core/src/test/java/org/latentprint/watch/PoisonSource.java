package org.latentprint.watch;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.ForwardingSource;
import org.latentprint.evidence.ItemRef;

/** A folder with two more parts, as a library for disk images could have them: one it never returns from, one it dies of. */
final class PoisonSource extends ForwardingSource {
    /** A folder of this name is read as such a source. */
    static final String NAME = "poisoned-walk";

    PoisonSource(EvidenceSource source) {
        super(source);
    }

    @Override
    public boolean walksCheaply() {
        return false;
    }

    @Override
    public void walk(ItemVisitor visitor) throws IOException, InterruptedException {
        super.walk(visitor);
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
}
