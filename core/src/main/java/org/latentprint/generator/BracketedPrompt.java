package org.latentprint.generator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt of InvokeAI's first two ages, whose words in square brackets are what the picture shall not show
 * ({@code get_uc_and_c} in {@code ldm/invoke/conditioning.py}).
 *
 * @param recorded the whole text
 * @param positive without the bracketed words
 * @param negative the bracketed words, joined by blanks; empty text where there are none
 */
record BracketedPrompt(String recorded, String positive, String negative) {
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]\\n]*)\\]");
    private static final Pattern BLANKS = Pattern.compile(" +");

    static BracketedPrompt of(String prompt) {
        StringBuilder negative = new StringBuilder();
        Matcher bracketed = BRACKETED.matcher(prompt);
        while (bracketed.find()) {
            negative.append(negative.isEmpty() ? "" : " ").append(bracketed.group(1));
        }
        if (negative.isEmpty()) {
            return new BracketedPrompt(prompt, prompt, "");
        }
        String positive = BLANKS.matcher(BRACKETED.matcher(prompt).replaceAll(" "))
                .replaceAll(" ")
                .strip();
        return new BracketedPrompt(prompt, positive, negative.toString());
    }

    void fill(GenerationBuilder builder) {
        builder.positivePrompt(Optional.of(positive));
        if (!negative.isEmpty()) {
            builder.negativePrompt(Optional.of(negative))
                    .setting("prompt", recorded)
                    .inferred(
                            "negativePrompt",
                            "words in square brackets; the program's first versions took them as they are");
        }
    }
}
