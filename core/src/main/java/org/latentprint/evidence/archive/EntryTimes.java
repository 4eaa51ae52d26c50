package org.latentprint.evidence.archive;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentprint.evidence.ItemTime;

/** Gathers the times of a member. Only times in UTC come here: a local time without its zone says no moment. */
final class EntryTimes {
    private static final String BASIS = "archive entry";

    /** No archive was made before, and what a field holds then is "not set" or damage. */
    private static final Instant FIRST = Instant.parse("1970-01-02T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final List<ItemTime> times = new ArrayList<>();

    EntryTimes add(ItemTime.Kind kind, Optional<FileTime> time) {
        time.map(FileTime::toInstant)
                .filter(instant -> instant.isAfter(FIRST) && instant.isBefore(LAST))
                .filter(instant -> times.stream().noneMatch(known -> known.kind() == kind))
                .ifPresent(instant -> times.add(new ItemTime(kind, instant, BASIS)));
        return this;
    }

    List<ItemTime> list() {
        return List.copyOf(times);
    }
}
