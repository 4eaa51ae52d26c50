package org.latentprint.scan;

import org.latentprint.evidence.EvidenceSource.ItemVisitor;
import org.latentprint.evidence.ItemRef;

/** Notes in the journal what a walk has a library list, since that can end the program, too. */
record WatchedWalk(ScanWatch.Worker walker, ScanWatch watch, ItemVisitor visitor) implements ItemVisitor {
    @Override
    public void visit(ItemRef item) throws InterruptedException {
        visitor.visit(item);
    }

    @Override
    public boolean lists(String path) throws InterruptedException {
        if (watch.isGivenUp(path)) {
            return false;
        }
        walker.begin(path);
        return true;
    }

    @Override
    public void listed() {
        walker.ends();
    }

    @Override
    public void moves() {
        walker.moves();
    }
}
