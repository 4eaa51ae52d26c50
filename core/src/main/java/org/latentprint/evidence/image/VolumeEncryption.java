package org.latentprint.evidence.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.latentprint.evidence.EvidenceBytes;

/** Recognises encrypted volumes by the marks that they begin with. An encryption without a mark looks like random bytes. */
final class VolumeEncryption {
    private static final int HEAD = 512;

    /** Of Core Storage's volume header, by the public notes on it of the libfvde project. */
    private static final int CORE_STORAGE_MARK = 88;

    private VolumeEncryption() {}

    /**
     * Returns the name of the encryption.
     *
     * @param offset of the volume within the image, in bytes
     * @return empty where the volume begins with no known mark
     * @throws IOException where its beginning cannot be read
     */
    static Optional<String> of(EvidenceBytes image, long offset) throws IOException {
        byte[] bytes = new byte[HEAD];
        int read = image.read(offset, bytes, 0, HEAD);
        String head = new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
        if (head.startsWith("-FVE-FS-", 3)) {
            return Optional.of("BitLocker");
        }
        if (head.startsWith("LUKS\u00BA\u00BE")) {
            return Optional.of("LUKS");
        }
        if (head.startsWith("CS", CORE_STORAGE_MARK)) {
            return Optional.of("Core Storage, which FileVault 2 uses");
        }
        return Optional.empty();
    }
}
