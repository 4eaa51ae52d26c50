package org.latentprint.generator;

/**
 * One of several texts that make up a prompt.
 *
 * @param encoder where it went: a text encoder's input such as {@code clip_g}, {@code t5xxl}, {@code tags}, or the pass or
 *     region it belongs to, such as {@code adetailer}
 * @param text as recorded
 */
public record PromptPart(String encoder, String text) {}
