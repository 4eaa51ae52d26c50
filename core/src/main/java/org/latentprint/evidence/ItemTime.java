package org.latentprint.evidence;

import java.time.Instant;

/**
 * One time of an item and what it rests on.
 *
 * @param kind what happened at that time
 * @param time in UTC, with the precision the source has
 * @param basis where the time was read, in words, such as {@code file system}
 */
public record ItemTime(Kind kind, Instant time, String basis) {

    /** The events that file systems date. The words are written in full, since "C-time" means two things. */
    public enum Kind {
        MODIFIED,
        ACCESSED,
        CHANGED,
        BORN,
        DELETED
    }
}
