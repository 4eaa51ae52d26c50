package org.latentprint.generator.comfyui;

/**
 * A size as a node states it.
 *
 * @param width in pixels
 * @param height in pixels
 */
record Size(int width, int height) {
    /** No program makes pictures wider or higher; anything above is damage. */
    static final int MAX_SIDE = 1 << 20;
}
