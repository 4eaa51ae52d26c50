package org.latentprint.generator.infotext;

/**
 * One setting of an infotext.
 *
 * @param key as recorded, such as {@code CFG scale}
 * @param value as recorded, without the quotes that the writer put around it; empty where the writer left it empty
 */
public record Pair(String key, String value) {}
