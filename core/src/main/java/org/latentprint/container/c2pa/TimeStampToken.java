package org.latentprint.container.c2pa;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes the time out of the time stamp token (RFC 3161) of a signature. The token's own signature is not checked, so the
 * time is what the token states.
 */
final class TimeStampToken {
    /** Object identifier 1.2.840.113549.1.9.16.1.4, id-ct-TSTInfo, with its type and length. */
    private static final byte[] TST_INFO = {
        0x06, 0x0B, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x04
    };

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int EXPLICIT = 0xA0;
    private static final int GENERALIZED_TIME = 0x18;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

    private final byte[] der;
    private int at;

    private TimeStampToken(byte[] der, int at) {
        this.der = der;
        this.at = at;
    }

    /** Returns the time in the token of an unprotected header: {@code sigTst} or {@code sigTst2}. */
    static Optional<Instant> time(CborValue unprotectedHeader) {
        return unprotectedHeader.get("sigTst2", "sigTst").get("tstTokens").items().stream()
                .findFirst()
                .flatMap(token -> token.get("val").bytes())
                .flatMap(TimeStampToken::read);
    }

    private static Optional<Instant> read(byte[] der) {
        for (int at = 0; at + TST_INFO.length <= der.length; at++) {
            if (java.util.Arrays.equals(der, at, at + TST_INFO.length, TST_INFO, 0, TST_INFO.length)) {
                return new TimeStampToken(der, at + TST_INFO.length).time();
            }
        }
        return Optional.empty();
    }

    /** Reads on behind the identifier: content, octets, TSTInfo, of which the time is the fifth field. */
    private Optional<Instant> time() {
        if (enter(EXPLICIT) < 0 || enter(OCTETS) < 0 || enter(SEQUENCE) < 0) {
            return Optional.empty();
        }
        for (int field = 0; field < 4; field++) {
            if (at >= der.length) {
                return Optional.empty();
            }
            int length = enter(der[at] & 0xFF);
            if (length < 0) {
                return Optional.empty();
            }
            at += length;
        }
        int length = enter(GENERALIZED_TIME);
        if (length < 15) {
            return Optional.empty();
        }
        String text = new String(der, at, length, StandardCharsets.US_ASCII);
        try {
            return text.endsWith("Z")
                    ? Optional.of(
                            LocalDateTime.parse(text.substring(0, 14), TIME).toInstant(ZoneOffset.UTC))
                    : Optional.empty();
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /** Steps over type and length; returns the length, or -1 where the type is another or the bytes end. */
    private int enter(int type) {
        if (at + 2 > der.length || (der[at] & 0xFF) != type) {
            return -1;
        }
        int length = der[at + 1] & 0xFF;
        at += 2;
        if (length > 0x80 && length <= 0x84) {
            int bytes = length & 0x7F;
            if (bytes > der.length - at) {
                return -1;
            }
            long stated = 0;
            for (int i = 0; i < bytes; i++) {
                stated = stated << 8 | (der[at++] & 0xFF);
            }
            length = stated > der.length ? -1 : (int) stated;
        } else if (length >= 0x80) {
            // An indefinite length: some authorities write the outer parts so (BER); they end where the bytes end.
            length = der.length - at;
        }
        return length <= der.length - at ? length : -1;
    }
}
