package org.latentprint.modelfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.latentprint.evidence.DigestedBytes;
import org.latentprint.evidence.EvidenceBytes;

/** The hashes by which programs and sites name a model file; section by section as their programs compute them. */
final class ModelHashes {
    private static final int PIECE = 1 << 20;
    private static final long LEGACY_START = 0x100000;
    private static final int LEGACY_LENGTH = 0x10000;

    private ModelHashes() {}

    /**
     * Computes the hashes.
     *
     * @param blake computes BLAKE3 where all bytes are to be read; if empty, only those hashes that need no full read are given
     */
    static Map<String, String> of(EvidenceBytes bytes, String name, ModelHead head, Optional<Blake3Digester> blake)
            throws IOException {
        Map<String, String> hashes = new LinkedHashMap<>();
        if (blake.isPresent()) {
            wholeFile(bytes, head.dataStart(), blake.get(), hashes);
        }
        hashes.put("autoV1", range(bytes, LEGACY_START, LEGACY_LENGTH).substring(0, 8));
        // Forge of 2024-08 to 2025-02 hashed the name, not the content: modules/hashes.py, commit cfa5242a.
        hashes.put("nameSha256", HexFormat.of().formatHex(sha256().digest(name.getBytes(StandardCharsets.UTF_8))));
        if (head.legacyShorterBy().isPresent() && head.dataStart().isPresent()) {
            long start = LEGACY_START + head.legacyShorterBy().getAsLong();
            // Where the header reaches that far, its bytes would count, too; where the file ends before, nothing would.
            if (start >= head.dataStart().getAsLong() && start < bytes.size()) {
                hashes.put(
                        "addnetLegacyHash", range(bytes, start, LEGACY_LENGTH).substring(0, 8));
            }
        }
        claim(head, "sshs_model_hash").ifPresent(hash -> hashes.put("sshsModelHash", hash));
        claim(head, "sshs_legacy_hash").ifPresent(hash -> hashes.put("sshsLegacyHash", hash));
        claim(head, "modelspec.hash_sha256").ifPresent(hash -> hashes.put("modelspecSha256", hash));
        return hashes;
    }

    private static Optional<String> claim(ModelHead head, String key) {
        return Optional.ofNullable(head.metadata().get(key))
                .map(value -> value.startsWith("0x") ? value.substring(2) : value)
                .filter(value -> value.matches("[0-9a-fA-F]{8,64}"))
                .map(value -> value.toLowerCase(Locale.ROOT));
    }

    private static void wholeFile(
            EvidenceBytes bytes, OptionalLong dataStart, Blake3Digester blakes, Map<String, String> hashes)
            throws IOException {
        Optional<MessageDigest> file = bytes instanceof DigestedBytes ? Optional.empty() : Optional.of(sha256());
        MessageDigest data = sha256();
        CRC32 crc = new CRC32();
        Blake3Digester.Running blake = blakes.begin(bytes.size());
        byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, bytes.size()))];
        long position = 0;
        while (position < bytes.size()) {
            int read = bytes.read(position, piece, 0, piece.length);
            if (read <= 0) {
                throw new IOException("the item ended at " + position);
            }
            file.ifPresent(digest -> digest.update(piece, 0, read));
            crc.update(piece, 0, read);
            blake.update(piece, 0, read);
            if (dataStart.isPresent()) {
                int skip = Math.clamp(dataStart.getAsLong() - position, 0, read);
                data.update(piece, skip, read - skip);
            }
            position += read;
        }
        String sha256 = file.map(digest -> HexFormat.of().formatHex(digest.digest()))
                .or(() -> ((DigestedBytes) bytes).sha256())
                .orElseThrow(() -> new IOException("the item was not read to its end"));
        hashes.put("sha256", sha256);
        hashes.put("autoV2", sha256.substring(0, 10));
        hashes.put("crc32", String.format(Locale.ROOT, "%08X", crc.getValue()));
        hashes.put("blake3", HexFormat.of().formatHex(blake.digest()));
        if (dataStart.isPresent()) {
            String tensors = HexFormat.of().formatHex(data.digest());
            hashes.put("tensorSha256", tensors);
            hashes.put("autoV3", tensors.substring(0, 12));
        }
    }

    /** Returns the digest of bytes in memory. */
    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** Returns the digest of the bytes of a range that the item has. */
    static String range(EvidenceBytes bytes, long offset, long length) throws IOException {
        MessageDigest digest = sha256();
        byte[] piece = new byte[1 << 16];
        long end = Math.min(bytes.size(), offset + length);
        for (long position = offset; position < end; ) {
            int read = bytes.read(position, piece, 0, (int) Math.min(piece.length, end - position));
            if (read <= 0) {
                throw new IOException("the item ended at " + position);
            }
            digest.update(piece, 0, read);
            position += read;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
