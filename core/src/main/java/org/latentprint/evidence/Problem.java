package org.latentprint.evidence;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * What went wrong, or looked wrong, with one item. A problem costs at most its item, never the scan.
 *
 * @param category what kind of problem, so that they can be counted and compared
 * @param reader name and version of who noticed it, such as {@code png/1}
 * @param message what is wrong, in plain words; where a bound bit: what was asked and what was granted
 * @param offset where in the item, if it has a place
 */
public record Problem(Category category, String reader, String message, OptionalLong offset) {

    /** Makes a problem without a place. */
    public static Problem of(Category category, String reader, String message) {
        return new Problem(category, reader, message, OptionalLong.empty());
    }

    /** Makes a problem at a byte offset of the item. */
    public static Problem at(Category category, String reader, String message, long offset) {
        return new Problem(category, reader, message, OptionalLong.of(offset));
    }

    /** Kinds of problems. */
    public enum Category {
        /** The bytes could not be read from the source. */
        UNREADABLE(true),
        /** A reader failed in a way its author did not foresee; the item's other readers went on. */
        READER_FAILED(true),
        /** The program was ended from outside or by a native library while it read the item, twice, the second time alone. */
        CRASHED(true),
        /** Reading the item did not come to an end, twice, the second time alone. */
        TIMED_OUT(true),
        /** Reading the item took all the memory there is, twice, the second time alone. */
        OUT_OF_MEMORY(true),
        /** A bound of the program was reached, so something was left unread. */
        LIMIT(true),
        /** The bytes break the rules of their format; what could be read was read. */
        MALFORMED(false),
        /** The format, or a variant of it, is known and not read by this version. */
        UNSUPPORTED(false),
        /** Two statements about the item do not agree, such as its name and its content. */
        MISMATCH(false);

        private final boolean lossy;

        Category(boolean lossy) {
            this.lossy = lossy;
        }

        /** Says whether something of the item may have been left unread because of it. */
        public boolean lossy() {
            return lossy;
        }

        /** Returns the word used in reports and exports, such as {@code reader-failed}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
