package org.latentprint.container.c2pa;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes the bytes that are signed: the Sig_structure of RFC 9052, section 4.4, a list of four, with no external data. */
final class SigStructure {
    private SigStructure() {}

    /**
     * Returns the bytes.
     *
     * @param context such as {@code Signature1}
     * @param protectedHeader as recorded
     * @param payload what the signature is over
     */
    static byte[] of(String context, byte[] protectedHeader, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x84);
        out.write(0x60 | context.length());
        out.writeBytes(context.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes(protectedHeader));
        out.writeBytes(bytes(new byte[0]));
        out.writeBytes(bytes(payload));
        return out.toByteArray();
    }

    /** Returns a byte string in CBOR, its length in the shortest form. */
    static byte[] bytes(byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (value.length < 24) {
            out.write(0x40 | value.length);
        } else if (value.length < 1 << 8) {
            out.write(0x58);
            out.write(value.length);
        } else if (value.length < 1 << 16) {
            out.write(0x59);
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) value.length).array());
        } else {
            out.write(0x5A);
            out.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
        }
        out.writeBytes(value);
        return out.toByteArray();
    }
}
