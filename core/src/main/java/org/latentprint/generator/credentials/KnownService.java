package org.latentprint.generator.credentials;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A service that writes Content Credentials, and how it names itself in them.
 *
 * @param name as findings show it
 * @param marks lower-case words, one of which its name as recorded begins with or holds behind a space
 * @param generatesOnly whether what bears this name as its software agent comes from a generative model, even where no
 *     source type is recorded; not so for makers of cameras and editors, too
 */
public record KnownService(String name, List<String> marks, boolean generatesOnly) {
    /** Asked in this order. */
    private static final List<KnownService> ALL = List.of(
            new KnownService("Adobe Firefly", List.of("adobe firefly", "firefly"), true),
            new KnownService(
                    "ChatGPT/OpenAI",
                    List.of("chatgpt", "openai", "dall-e", "dall·e", "sora", "gpt-4o", "gpt-image"),
                    true),
            new KnownService(
                    "Microsoft (Bing/Designer)",
                    List.of("bing image creator", "microsoft designer", "azure openai", "microsoft responsible ai"),
                    true),
            new KnownService("Amazon (Titan/Nova)", List.of("amazon titan", "amazon nova", "amazon bedrock"), true),
            new KnownService("Stability AI", List.of("stability ai", "stable image", "stability.ai"), true),
            new KnownService("Black Forest Labs", List.of("black forest labs", "flux.1"), true),
            new KnownService("Google (Gemini/Imagen)", List.of("gemini", "imagen", "google"), false),
            new KnownService("TikTok", List.of("tiktok"), false));

    public KnownService {
        marks = List.copyOf(marks);
    }

    /** Returns the service that a recorded name stands for. */
    public static Optional<KnownService> named(String recorded) {
        String words = " " + recorded.toLowerCase(Locale.ROOT).replace('_', ' ');
        return ALL.stream()
                .filter(service -> service.marks().stream().anyMatch(mark -> words.contains(" " + mark)))
                .findFirst();
    }
}
