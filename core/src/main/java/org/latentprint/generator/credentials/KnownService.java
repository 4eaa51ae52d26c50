package org.latentprint.generator.credentials;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A service that writes Content Credentials, and how it names itself in them. The names were taken from samples (OpenAI,
 * Firefly, Google) and from manifests and documentation in public: Microsoft Learn on Azure OpenAI ({@code Azure OpenAI
 * DALL-E}, {@code Azure OpenAI ImageGen}), manifests of Bing's image creator ({@code Microsoft_Responsible_AI/1.0}, {@code
 * Image Creator from Designer}), of OpenAI ({@code OpenAI-API}, {@code DALL·E}, {@code gpt-image}, {@code OpenAI Media Service
 * API}, {@code Truepic Lens CLI in Sora}), of Black Forest Labs (signer and claim generator; the agent is the model, such as
 * {@code FLUX.2}) and of Suno. How Amazon, Stability AI, ElevenLabs, Runway, xAI and TikTok name themselves was seen in no
 * manifest: their marks are the names of the houses and their products, and any other name stays as recorded.
 *
 * @param name as findings show it
 * @param marks lower-case words, one of which its name as recorded begins with or holds behind a space, no letter following
 * @param agentSuffices whether this name as the software agent that created a picture declares a generation, even where no
 *     source type is recorded; so only where samples or documentation show how the service's generator names itself as an
 *     agent. Of all others only a declared source type counts: their names may stand for cameras, editors or whole houses,
 *     too
 * @param attestation the description by which an action of this agent attests what a model made, where documentation says so;
 *     it then needs no source type either
 * @param houseSuffices whether the signer's name, with an agent that is not known, names the service: so only for houses
 *     that sign nothing but what their own models make
 */
public record KnownService(
        String name, List<String> marks, boolean agentSuffices, Optional<String> attestation, boolean houseSuffices) {
    private static final Optional<String> NONE = Optional.empty();

    /** Asked in this order. */
    private static final List<KnownService> ALL = List.of(
            new KnownService("Adobe Firefly", List.of("adobe firefly", "firefly"), true, NONE, false),
            // Before OpenAI, whose name is a part of one of its marks.
            new KnownService(
                    "Microsoft (Bing/Designer)",
                    List.of(
                            "bing image creator",
                            "image creator from designer",
                            "microsoft designer",
                            "azure openai",
                            "microsoft responsible ai"),
                    false,
                    Optional.of("AI Generated Image"),
                    false),
            new KnownService(
                    "ChatGPT/OpenAI",
                    List.of("chatgpt", "openai", "dall-e", "dall·e", "sora", "gpt-4o", "gpt-image"),
                    true,
                    NONE,
                    true),
            new KnownService(
                    "Amazon (Titan/Nova)",
                    List.of(
                            "amazon titan",
                            "amazon nova",
                            "amazon bedrock",
                            "titan image generator",
                            "nova canvas",
                            "nova reel"),
                    false,
                    NONE,
                    false),
            new KnownService(
                    "Stability AI", List.of("stability ai", "stable image", "stability.ai"), false, NONE, true),
            new KnownService("Black Forest Labs", List.of("black forest labs"), false, NONE, true),
            new KnownService(
                    "Google (Gemini/Imagen)", List.of("gemini", "imagen", "veo", "google"), false, NONE, false),
            new KnownService("ElevenLabs", List.of("elevenlabs", "eleven labs"), false, NONE, true),
            new KnownService("Runway", List.of("runway", "runwayml"), false, NONE, true),
            new KnownService("Suno", List.of("suno"), false, NONE, true),
            new KnownService("Grok/xAI", List.of("grok", "xai", "x.ai"), false, NONE, true),
            new KnownService("TikTok", List.of("tiktok"), false, NONE, false));

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
