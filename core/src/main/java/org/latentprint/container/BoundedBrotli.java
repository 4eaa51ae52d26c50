package org.latentprint.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.brotli.dec.BrotliInputStream;
import org.latentprint.container.BoundedInflater.Broken;
import org.latentprint.container.BoundedInflater.Inflated;
import org.latentprint.container.BoundedInflater.Result;
import org.latentprint.container.BoundedInflater.TooLarge;

/** Unpacks Brotli data (RFC 7932) up to the bounds of {@link BoundedInflater}. One object serves one item. */
final class BoundedBrotli {
    private static final int BUFFER = 1 << 14;

    /** A few repeated lines shrink to nearly nothing; from here on the ratio counts. */
    private static final int RATIO_COUNTS_FROM = 1 << 20;

    private long produced;

    /** Unpacks the bytes. */
    Result unpack(byte[] packed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, packed.length * 2));
        try (InputStream in = new BrotliInputStream(new ByteArrayInputStream(packed), BUFFER)) {
            byte[] buffer = new byte[BUFFER];
            int count = in.read(buffer, 0, buffer.length);
            while (count > 0) {
                out.writeBytes(count == buffer.length ? buffer : Arrays.copyOf(buffer, count));
                produced += count;
                if (produced > BoundedInflater.MAX_OUTPUT) {
                    return new TooLarge(
                            "compressed texts of this item exceed " + BoundedInflater.MAX_OUTPUT + " bytes");
                }
                if (out.size() > RATIO_COUNTS_FROM && out.size() / BoundedInflater.MAX_RATIO > packed.length) {
                    return new TooLarge("compressed metadata of " + packed.length + " bytes exceed "
                            + BoundedInflater.MAX_RATIO + " times their size");
                }
                count = in.read(buffer, 0, buffer.length);
            }
            return new Inflated(out.toByteArray());
        } catch (IOException | RuntimeException damaged) {
            // The decoder meets some damage with an index out of bounds.
            return new Broken("the compressed metadata cannot be unpacked: " + damaged.getMessage());
        }
    }
}
