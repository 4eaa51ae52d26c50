package org.latentprint.fuzz;

import java.io.IOException;

/** What Jazzer calls with ever new bytes. {@code bench/fuzz} starts it; the property {@code fuzz.target} names the reader. */
public final class FuzzTarget {
    private static final Targets.Target TARGET = Targets.named(System.getProperty("fuzz.target", Targets.EVERY));

    private FuzzTarget() {}

    /** Called by Jazzer once: loading classes must not count as the time of the first input. */
    public static void fuzzerInitialize() throws IOException {
        for (byte[] seed :
                Seeds.of(System.getProperty("fuzz.target", Targets.EVERY)).values()) {
            TARGET.check(seed);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        TARGET.check(bytes);
    }
}
