package org.latentprint.generator;

/**
 * A list in the metadata that is longer than what is read of it.
 *
 * @param what names its entries, such as {@code LoRAs}
 * @param recorded how many the metadata hold
 * @param read how many of them stand in the generation
 */
public record Cut(String what, int recorded, int read) {}
