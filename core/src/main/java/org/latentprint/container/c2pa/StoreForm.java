package org.latentprint.container.c2pa;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.brotli.dec.BrotliInputStream;

/** How a container writes the bytes of a manifest store. */
public enum StoreForm {
    /** As they are. */
    PLAIN {
        @Override
        byte[] open(byte[] written) {
            return written;
        }
    },

    /** As Base64 in the text of an element: C2PA Technical Specification 2.x, "Embedding manifests into SVG"; c2pa-rs. */
    BASE64 {
        @Override
        byte[] open(byte[] written) throws MalformedStoreException {
            String text = new String(written, StandardCharsets.ISO_8859_1).replaceAll("[ \t\r\n]+", "");
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException noBase64) {
                throw new MalformedStoreException("its Base64 is damaged: " + noBase64.getMessage());
            }
        }
    },

    /**
     * As the content of a JUMBF box without its header, by Brotli: the box {@code brob} of JPEG XL (libjxl, {@code
     * doc/format_overview.md}). C2PA writes its store plain, so that this is the work of a program behind the signer.
     */
    BROTLI_BOX {
        @Override
        byte[] open(byte[] written) throws MalformedStoreException {
            byte[] content = unpacked(written, ManifestStoreReader.MAX_STORE - BOX_HEADER);
            return ByteBuffer.allocate(BOX_HEADER + content.length)
                    .putInt(BOX_HEADER + content.length)
                    .put("jumb".getBytes(StandardCharsets.US_ASCII))
                    .put(content)
                    .array();
        }
    };

    private static final int BOX_HEADER = 8;

    /**
     * Returns the store.
     *
     * @param written as the item has it, at most {@link ManifestStoreReader#MAX_STORE} bytes
     * @throws MalformedStoreException where the bytes are not of this form, or are too many
     */
    abstract byte[] open(byte[] written) throws MalformedStoreException;

    /**
     * Unpacks Brotli data.
     *
     * @param most bytes that may come of it
     * @throws MalformedStoreException where they are damaged, or more come of it
     */
    static byte[] unpacked(byte[] packed, long most) throws MalformedStoreException {
        try (InputStream in = new BrotliInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = in.readNBytes((int) most + 1);
            if (bytes.length > most) {
                throw MalformedStoreException.beyondBound("what is compressed has more than "
                        + ManifestStoreReader.MAX_STORE + " bytes in all; up to that many are read");
            }
            return bytes;
        } catch (IOException | IndexOutOfBoundsException | IllegalStateException damaged) {
            // The decoder meets some damage with an index out of bounds.
            throw new MalformedStoreException("its Brotli data are damaged: " + damaged.getMessage());
        }
    }
}
