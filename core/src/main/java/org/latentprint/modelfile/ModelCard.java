package org.latentprint.modelfile;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the head of a model card, a README.md as the Hugging Face hub keeps it (huggingface_hub:
 * docs/source/en/guides/model-cards.md). Trainers write one beside what they trained, with the base model and the words by
 * which the training called its subject (huggingface/diffusers: src/diffusers/utils/hub_utils.py; ostris/ai-toolkit:
 * jobs/process/BaseSDTrainProcess.py; bghira/SimpleTuner: helpers/publishing/metadata.py).
 */
final class ModelCard {
    /** Lines of the head; real ones have some fifty. */
    private static final int MAX_LINES = 500;

    private static final List<String> KEYS =
            List.of("base_model", "instance_prompt", "library_name", "pipeline_tag", "license", "datasets");

    private ModelCard() {}

    /** Says whether a file may be a card of a model: other READMEs have no head, or one that names no library or base. */
    static boolean begins(String name, String start) {
        return name.equalsIgnoreCase("README.md")
                && start.startsWith("---")
                && (start.contains("\nbase_model:")
                        || start.contains("\nlibrary_name:")
                        || start.contains("\ninstance_prompt:"));
    }

    /** Takes the claims of the head. Where its end is missing, the last entry may be cut, and is left out. */
    static void read(String text, SideClaims claims) {
        List<String> lines = text.lines().limit(MAX_LINES).toList();
        List<String> items = new ArrayList<>();
        String key = "";
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            if (line.startsWith("---")) {
                put(key, items, claims);
                return;
            }
            String content = line.strip();
            if (content.startsWith("- ") && items.size() < SideClaims.MAX_WORDS) {
                items.add(plain(content.substring(2)));
                continue;
            }
            if (Character.isWhitespace(line.isEmpty() ? ' ' : line.charAt(0))) {
                continue;
            }
            put(key, items, claims);
            int colon = line.indexOf(':');
            key = colon < 0 ? "" : line.substring(0, colon).strip();
            items.clear();
            String value = colon < 0 ? "" : plain(line.substring(colon + 1));
            if (!value.isEmpty()) {
                items.add(value);
            }
        }
    }

    private static void put(String key, List<String> items, SideClaims claims) {
        if (KEYS.contains(key)) {
            claims.put(
                    switch (key) {
                        case "base_model" -> "baseModel";
                        case "instance_prompt" -> "trainedWords";
                        case "library_name" -> "library";
                        case "pipeline_tag" -> "pipeline";
                        default -> key;
                    },
                    String.join(", ", items));
        }
    }

    /** Returns a value without quotes; signs of YAML that announce a block or nothing are no value. */
    private static String plain(String value) {
        String stripped = value.strip();
        boolean quoted = stripped.length() > 1
                && (stripped.startsWith("\"") || stripped.startsWith("'"))
                && stripped.charAt(stripped.length() - 1) == stripped.charAt(0);
        if (quoted) {
            return stripped.substring(1, stripped.length() - 1);
        }
        return List.of("|", ">", "|-", ">-", "null", "~", "[]", "{}").contains(stripped) ? "" : stripped;
    }
}
