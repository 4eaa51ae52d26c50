package org.latentprint.generator.comfyui;

/**
 * One output of a node.
 *
 * @param name as the editor shows it, such as {@code positive}; empty where it is not known
 * @param type as the node declares it, such as {@code CONDITIONING}; empty where it is not known
 */
record Output(String name, String type) {
    static final Output UNKNOWN = new Output("", "");
}
