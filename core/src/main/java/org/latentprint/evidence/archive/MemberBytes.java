package org.latentprint.evidence.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** One member, unpacked into memory. */
final class MemberBytes {
    private static final int PIECE = 1 << 14;

    private final byte[] bytes;
    private final Optional<Throwable> failure;
    private final boolean longer;

    private MemberBytes(byte[] bytes, Optional<Throwable> failure, boolean longer) {
        this.bytes = bytes;
        this.failure = failure;
        this.longer = longer;
    }

    /** Returns what could be unpacked, from the first byte on; not copied. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns what ended it early: damage, or a bound. */
    Optional<Throwable> failure() {
        return failure;
    }

    /** Says whether the member goes on behind {@link ArchiveLimits#MAX_MEMBER}. */
    boolean longer() {
        return longer;
    }

    /** Unpacks a member. */
    static MemberBytes read(InputStream input, ExpansionBudget budget) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(PIECE);
        byte[] piece = new byte[PIECE];
        try {
            while (true) {
                int read = input.read(piece, 0, Math.min(PIECE, ArchiveLimits.MAX_MEMBER + 1 - bytes.size()));
                if (read <= 0) {
                    return new MemberBytes(bytes.toByteArray(), Optional.empty(), false);
                }
                budget.take(read);
                if (bytes.size() + read > ArchiveLimits.MAX_MEMBER) {
                    bytes.write(piece, 0, ArchiveLimits.MAX_MEMBER - bytes.size());
                    return new MemberBytes(bytes.toByteArray(), Optional.empty(), true);
                }
                bytes.write(piece, 0, read);
            }
        } catch (IOException | RuntimeException | StackOverflowError failure) {
            return new MemberBytes(bytes.toByteArray(), Optional.of(failure), false);
        }
    }

    /** Unpacks the rest of a member and forgets it, since the next one can be had in no other way. */
    static void pass(InputStream input, ExpansionBudget budget) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int read = input.read(piece); read > 0; read = input.read(piece)) {
            budget.take(read);
        }
    }
}
