package org.latentprint.generator.comfyui;

import java.util.Optional;

/**
 * A text that a node gives.
 *
 * @param value the characters
 * @param rule by which it was concluded; empty where it is as recorded or follows from what is recorded without a choice
 */
record Text(String value, Optional<String> rule) {

    static Text of(String value) {
        return new Text(value, Optional.empty());
    }

    /** Returns the same text, concluded by the rule unless one is named already. */
    Text by(String furtherRule) {
        return rule.isPresent() ? this : new Text(value, Optional.of(furtherRule));
    }
}
