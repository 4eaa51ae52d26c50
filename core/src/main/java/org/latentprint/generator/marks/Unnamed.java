package org.latentprint.generator.marks;

/** The generator's name where a file declares that generative AI made it, and names no program. */
public final class Unnamed {
    public static final String SOURCE = "unnamed (declared AI source)";

    private Unnamed() {}
}
