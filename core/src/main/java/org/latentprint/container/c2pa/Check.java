package org.latentprint.container.c2pa;

/**
 * What came of checking a signature or a hash. No check says whether what is signed is true.
 *
 * @param outcome what came of it
 * @param reason in words, why it failed or was not checked; what was compared where it passed
 */
public record Check(Outcome outcome, String reason) {

    /** What can come of a check. */
    public enum Outcome {
        PASSED,
        FAILED,
        NOT_CHECKED
    }

    static Check passed(String reason) {
        return new Check(Outcome.PASSED, reason);
    }

    static Check failed(String reason) {
        return new Check(Outcome.FAILED, reason);
    }

    static Check notChecked(String reason) {
        return new Check(Outcome.NOT_CHECKED, reason);
    }

    /** Returns the word for a signature: valid, invalid, not checked. */
    public String signatureWord() {
        return word("valid", "invalid");
    }

    /** Returns the word for a hash: match, mismatch, not checked. */
    public String hashWord() {
        return word("match", "mismatch");
    }

    /** Returns the word for a chain of certificates: holds within the file, does not hold, not checked. */
    public String chainWord() {
        return word("holds within the file", "does not hold");
    }

    private String word(String passed, String failed) {
        return switch (outcome) {
            case PASSED -> passed;
            case FAILED -> failed;
            case NOT_CHECKED -> "not checked";
        };
    }
}
