package org.latentprint.evidence.archive;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.latentprint.evidence.EvidenceBytes;

/** An archive's bytes, used by its reader and by members that lie in it; closed when the last of them is. */
final class SharedBytes implements Closeable {
    private final EvidenceBytes bytes;
    private final AtomicInteger users = new AtomicInteger(1);

    SharedBytes(EvidenceBytes bytes) {
        this.bytes = bytes;
    }

    EvidenceBytes bytes() {
        return bytes;
    }

    SharedBytes share() {
        users.incrementAndGet();
        return this;
    }

    @Override
    public void close() throws IOException {
        if (users.decrementAndGet() == 0) {
            bytes.close();
        }
    }
}
