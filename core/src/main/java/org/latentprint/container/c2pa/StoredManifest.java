package org.latentprint.container.c2pa;

import java.util.List;
import java.util.Optional;

/** A manifest's boxes, with the bytes in which they lie: those of the store, or those that a compressed one holds. */
final class StoredManifest {
    private static final List<String> CLAIMS = List.of("c2pa.claim.v2", "c2pa.claim");
    private static final String UPDATE = "6332756d";
    private static final String TIME_STAMP = "6332746d";

    private final byte[] bytes;
    private final JumbfBox box;

    StoredManifest(byte[] bytes, JumbfBox box) {
        this.bytes = bytes;
        this.box = box;
    }

    String label() {
        return box.label();
    }

    /** Says whether it only adds to another manifest and binds no data of its own. */
    boolean isUpdate() {
        return box.kind().equals(UPDATE) || isTimeStamp();
    }

    /** Says whether it is of the deprecated kind whose signature is one over another claim's signature. */
    boolean isTimeStamp() {
        return box.kind().equals(TIME_STAMP);
    }

    /** Returns the claim's bytes, which are what is signed. */
    byte[] claimBytes() throws MalformedStoreException {
        return CLAIMS.stream()
                .map(box::child)
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(claim -> claim.content("cbor", bytes))
                .orElseThrow(() -> new MalformedStoreException("the manifest has no claim that can be read"));
    }

    CborValue claim() throws MalformedStoreException {
        return CborReader.read(claimBytes());
    }

    /** Returns the content of the signature box. */
    Optional<byte[]> signature() {
        return box.child("c2pa.signature").flatMap(signature -> signature.content("cbor", bytes));
    }

    Assertions assertions(CborValue claim) {
        return new Assertions(bytes, box, claim);
    }
}
