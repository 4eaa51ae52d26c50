package org.latentprint.container.c2pa;

import java.time.Instant;
import java.util.Optional;

/**
 * When a signature was made, as a time stamp token beside it states.
 *
 * @param time as the token states; empty where there is none that can be read
 * @param check whether the token is one over this signature, signed by the key of a certificate in it
 */
record TimeStamp(Optional<Instant> time, Check check) {

    static TimeStamp none(String reason) {
        return new TimeStamp(Optional.empty(), Check.notChecked(reason));
    }

    /** Returns the time, where the token passed its check. */
    Optional<Instant> checkedTime() {
        return check.outcome() == Check.Outcome.PASSED ? time : Optional.empty();
    }
}
