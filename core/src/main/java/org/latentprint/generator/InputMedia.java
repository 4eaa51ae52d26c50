package org.latentprint.generator;

/**
 * A picture, film or sound that was fed in. For the examiner the most important field of all.
 *
 * @param role {@code init} (image to image, start frame), {@code end} (last frame), {@code mask}, {@code control},
 *     {@code reference} (adapter, face, style), {@code video}, {@code audio}, {@code input} where the use is not clear, or
 *     {@code unconnected} where it was loaded in the same project and nothing leads from it to the file: a lead, no more
 * @param name as recorded, path included
 */
public record InputMedia(String role, String name) {}
