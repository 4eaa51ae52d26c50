package org.latentprint.generator.infotext;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A tag of a prompt that loads a small network, such as {@code <lora:watercolour:0.8>}. The syntax is that of A1111's
 * {@code modules/extra_networks.py} and {@code extensions-builtin/Lora/extra_networks_lora.py}: name, strength on the text
 * encoder, strength on the diffusion model, or {@code te=} and {@code unet=}. stable-diffusion.cpp puts {@code |high_noise|}
 * before the name.
 *
 * @param type in lower case: {@code lora}, {@code lyco}, {@code hypernet} ...
 * @param name as recorded
 * @param weight on the diffusion model; empty where the tag states none or no number
 */
public record NetworkTag(String type, String name, Optional<BigDecimal> weight) {
    /** More tags than any prompt of use has; a hostile prompt could have a million. */
    static final int MAX_TAGS = 500;

    /** A file's name, which ends at 255 bytes, and its weights. */
    private static final int MAX_TAG = 400;

    private static final Set<String> TYPES = Set.of("lora", "lyco", "loha", "lokr", "locon", "dora", "hypernet");
    private static final String HIGH_NOISE = "|high_noise|";

    /** Returns the tags of a prompt in their order. */
    public static List<NetworkTag> in(String prompt) {
        List<NetworkTag> tags = new ArrayList<>();
        int open = prompt.indexOf('<');
        while (open >= 0 && tags.size() < MAX_TAGS) {
            int close = -1;
            int limit = Math.min(prompt.length(), open + MAX_TAG);
            for (int at = open + 1; at < limit && close < 0; at++) {
                char character = prompt.charAt(at);
                if (character == '<' || character == '\n') {
                    break;
                }
                close = character == '>' ? at : -1;
            }
            if (close > 0) {
                read(prompt.substring(open + 1, close)).ifPresent(tags::add);
            }
            open = prompt.indexOf('<', open + 1);
        }
        return tags;
    }

    /** Says whether the tag names a LoRA or one of its relatives. */
    public boolean isLora() {
        return !type.equals("hypernet");
    }

    private static Optional<NetworkTag> read(String inner) {
        String[] parts = inner.split(":", -1);
        String type = parts[0].strip().toLowerCase(Locale.ROOT);
        if (parts.length < 2 || !TYPES.contains(type)) {
            return Optional.empty();
        }
        String name = parts[1].strip();
        if (name.startsWith(HIGH_NOISE)) {
            name = name.substring(HIGH_NOISE.length());
        }
        if (name.isEmpty()) {
            return Optional.empty();
        }
        List<String> positional = new ArrayList<>();
        Optional<BigDecimal> named = Optional.empty();
        for (int index = 2; index < parts.length; index++) {
            int equals = parts[index].indexOf('=');
            if (equals < 0) {
                positional.add(parts[index]);
            } else if (parts[index].substring(0, equals).strip().equals("unet")) {
                named = Numbers.decimal(parts[index].substring(equals + 1));
            }
        }
        Optional<BigDecimal> byPlace = positional.isEmpty()
                ? Optional.empty()
                : Numbers.decimal(positional.get(Math.min(1, positional.size() - 1)));
        return Optional.of(new NetworkTag(type, name, named.or(() -> byPlace)));
    }
}
