package org.latentprint.evidence.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.latentprint.evidence.ItemRef;
import org.latentprint.evidence.ItemTime;

/** Gives the one member of a compressed file. */
final class SingleEntry implements EntryReader {
    private final InputStream content;
    private final String name;
    private final List<ItemTime> times;
    private boolean given;

    SingleEntry(InputStream content, String name, List<ItemTime> times) {
        this.content = content;
        this.name = name;
        this.times = times;
    }

    @Override
    public Optional<Entry> next() {
        if (given) {
            return Optional.empty();
        }
        given = true;
        return Optional.of(new Entry(
                name,
                false,
                ItemRef.Kind.FILE,
                OptionalLong.empty(),
                times,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                () -> content));
    }

    @Override
    public boolean sequential() {
        return false;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
