package org.latentprint.generator.comfyui;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells the nodes that have a service on the network make the picture: ComfyUI's own {@code comfy_api_nodes} and packs like
 * them. On these, prompt, seed and the service's model stand on the node itself.
 */
final class Services {
    private static final Pattern PROVIDER = Pattern.compile(
            "^(OpenAI|Luma|Runway|Stability|Flux(Pro|Kontext(Pro|Max)|2(Pro|Max))|Kling|Minimax|MiniMax|Pika|Veo|Ideogram|Recraft"
                    + "|Gemini(Image|2)|GoogleImagen|ByteDance|Wan\\w*Api|Moonvalley|Vidu|Pixverse|PixVerse|Hailuo|Sora|LtxvApi"
                    + "|Bria|Topaz|Grok|Reve|Magnific|Hitpaw|WaveSpeed|FreePik|Krea2ImageNode$).*");

    /** Words in the names of nodes that only prepare something for another, and take no prompt. */
    private static final String[] HELPERS = {
        "inputfiles", "reference", "colorrgb", "style", "controls", "concept", "config", "template", "camera", "loader"
    };

    /** Inputs that depend on the chosen model stand below it: {@code model.size}. */
    private static final String BELOW_MODEL = "model.";

    private static final List<String> PROMPT = List.of("prompt", "prompt_text", "text", "positive_prompt");
    private static final List<String> NEGATIVE = List.of("negative_prompt", "negative");
    private static final List<String> MODEL = List.of("model", "model_name", "model_version");

    private Services() {}

    static boolean isService(Node node) {
        boolean provider = PROVIDER.matcher(node.type()).matches();
        boolean prompted = PROMPT.stream().anyMatch(plain(node)::has);
        boolean drawn = prompted || (node.isNamed("image", "video") && !node.isNamed(HELPERS));
        return provider && drawn && !node.isNamed("chat");
    }

    /** Returns the node with its inputs below the model under their plain names, too. */
    static Node plain(Node node) {
        Map<String, Value> inputs = new LinkedHashMap<>(node.inputs());
        node.inputs().forEach((name, value) -> {
            if (name.startsWith(BELOW_MODEL)) {
                inputs.putIfAbsent(name.substring(BELOW_MODEL.length()), value);
            }
        });
        return new Node(node.id(), node.type(), inputs, node.outputs());
    }

    static Optional<Text> positive(Node node, Texts texts) {
        return first(node, PROMPT, texts);
    }

    static Optional<Text> negative(Node node, Texts texts) {
        return first(node, NEGATIVE, texts);
    }

    private static Optional<Text> first(Node node, List<String> names, Texts texts) {
        return names.stream().flatMap(name -> texts.of(node, name).stream()).findFirst();
    }

    static Optional<String> model(Node node, Scalars scalars) {
        return scalars.text(node, MODEL);
    }
}
