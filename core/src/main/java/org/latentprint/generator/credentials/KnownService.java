package org.latentprint.generator.credentials;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A service that writes Content Credentials, and how it names itself in them.
 *
 * @param name as findings show it
 * @param marks lower-case words, one of which its name as recorded begins with or holds behind a space, no letter following
 * @param agentSuffices whether this name as the software agent that created a picture declares a generation, even where no
 *     source type is recorded; so only where samples show how the service's generator names itself as an agent. Of all
 *     others only a declared source type counts: their names may stand for cameras, editors or whole houses, too
 */
public record KnownService(String name, List<String> marks, boolean agentSuffices) {
    /** Asked in this order. */
    private static final List<KnownService> ALL = List.of(
            new KnownService("Adobe Firefly", List.of("adobe firefly", "firefly"), true),
            // Before OpenAI, whose name is a part of one of its marks.
            new KnownService(
                    "Microsoft (Bing/Designer)",
                    List.of("bing image creator", "microsoft designer", "azure openai", "microsoft responsible ai"),
                    false),
            new KnownService(
                    "ChatGPT/OpenAI",
                    List.of("chatgpt", "openai", "dall-e", "dall·e", "sora", "gpt-4o", "gpt-image"),
                    true),
            new KnownService("Amazon (Titan/Nova)", List.of("amazon titan", "amazon nova", "amazon bedrock"), false),
            new KnownService("Stability AI", List.of("stability ai", "stable image", "stability.ai"), false),
            new KnownService("Black Forest Labs", List.of("black forest labs", "flux.1"), false),
            new KnownService("Google (Gemini/Imagen)", List.of("gemini", "imagen", "google"), false),
            new KnownService("TikTok", List.of("tiktok"), false));

    public KnownService {
        marks = List.copyOf(marks);
    }

    /** Returns the service that a recorded name stands for. */
    public static Optional<KnownService> named(String recorded) {
        String words = " " + recorded.toLowerCase(Locale.ROOT).replace('_', ' ');
        return ALL.stream()
                .filter(service -> service.marks().stream().anyMatch(mark -> holds(words, " " + mark)))
                .findFirst();
    }

    /** A mark within a longer word, such as "sora" in "Soraphone", names something else. */
    private static boolean holds(String words, String mark) {
        for (int at = words.indexOf(mark); at >= 0; at = words.indexOf(mark, at + 1)) {
            int end = at + mark.length();
            if (end == words.length() || !Character.isLetter(words.codePointAt(end))) {
                return true;
            }
        }
        return false;
    }
}
