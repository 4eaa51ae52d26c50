package org.latentprint.generator.comfyui;

import tools.jackson.databind.JsonNode;

/** What stands on one input of a node. */
sealed interface Value {

    /** A value that was set on the node itself. */
    record Literal(JsonNode json) implements Value {}

    /**
     * A link to another node's output; it is never a value itself, so {@code ["10", 0]} never becomes a name.
     *
     * @param node identifier of the node that gives
     * @param slot number of its output, from 0
     */
    record Link(String node, int slot) implements Value {}
}
