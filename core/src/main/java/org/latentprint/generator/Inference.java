package org.latentprint.generator;

/**
 * Says that one field of a generation is not recorded but concluded.
 *
 * @param field name of the field, as the output spells it, such as {@code positive_prompt}
 * @param rule name of the heuristic, in words that an examiner can look up in the documentation
 */
public record Inference(String field, String rule) {}
