package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latentprint.generator.PromptPart;

/**
 * Tells what a detailer drew a part anew with: its own text, which stands in place of the prompt that is linked to it, or
 * behind that prompt where the text says so.
 *
 * <p>Source: {@code DetailerForEach.do_detail} of ComfyUI-Impact-Pack ({@code modules/impact/impact_pack.py}), as far as it
 * tells the text's marks: {@code [CONCAT]} before it, and others in brackets that share its parts out among the segments;
 * {@code modules/impact/pipe.py} for a text within a bundle.
 */
final class DetailPrompt {
    static final String SHARED_OUT = "text as typed; the detailer shares it out among the parts that it found";

    private static final String WILDCARD = "wildcard";

    private static final String BEHIND = "[CONCAT]";

    private DetailPrompt() {}

    /**
     * Returns the positive side of a pass.
     *
     * @param sampler may be any node that samples
     * @param bundles nodes behind it that bundle models and settings, nearest first
     * @param linked what is linked to it
     */
    static Prompt of(Node sampler, List<Node> bundles, Texts texts, Prompt linked) {
        Optional<Text> own = sampler.isNamed("detailer")
                ? holder(sampler, bundles)
                        .flatMap(holder -> texts.of(holder, WILDCARD))
                        .filter(text -> !text.value().isBlank())
                : Optional.empty();
        if (own.isEmpty()) {
            return linked;
        }
        String typed = own.get().value();
        boolean behind = typed.startsWith(BEHIND);
        String text = behind ? typed.substring(BEHIND.length()) : typed;
        Set<String> rules = new LinkedHashSet<>();
        own.get().rule().ifPresent(rules::add);
        if (text.contains("[")) {
            rules.add(SHARED_OUT);
        } else if (Texts.leavesToChance(text)) {
            rules.add(Texts.CHANGED);
        }
        PromptPart part = new PromptPart("text", text);
        if (!behind) {
            return new Prompt(List.of(part), rules);
        }
        rules.addAll(linked.rules());
        List<PromptPart> pieces = new ArrayList<>(linked.pieces());
        pieces.add(part);
        return new Prompt(pieces, rules);
    }

    /** Finds the node whose text counts: the detailer itself, else what filled the bundle, or changed it last. */
    private static Optional<Node> holder(Node sampler, List<Node> bundles) {
        if (sampler.has(WILDCARD) || sampler.link("detailer_pipe").isEmpty()) {
            return Optional.of(sampler);
        }
        for (Node bundle : bundles) {
            boolean leavesAsIs = bundle.isNamed("edit")
                    && bundle.text(WILDCARD).filter(String::isEmpty).isPresent();
            if (bundle.has(WILDCARD) && !leavesAsIs) {
                return Optional.of(bundle);
            }
        }
        return Optional.empty();
    }
}
