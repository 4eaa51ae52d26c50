package org.latentprint.generator.comfyui;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.generator.Task;

/**
 * Tells the nodes that have a service on the network make the picture: ComfyUI's own {@code comfy_api_nodes} and packs like
 * them. On these, prompt, seed and the service's model stand on the node itself.
 *
 * <p>Source: the {@code define_schema} and {@code INPUT_TYPES} of {@code comfy_api_nodes/nodes_*.py} in
 * comfyanonymous/ComfyUI, in versions from May 2025 on. An input that the schema calls optional stands behind all that it
 * requires ({@code comfy_api/latest/_io.py}, {@code add_to_dict_v1}).
 */
final class Services {
    private static final Pattern PROVIDER = Pattern.compile(
            "^(OpenAI|Luma|Runway|Stability|Flux(Pro|Kontext(Pro|Max)|2(Pro|Max))|Kling|Minimax|MiniMax|Pika|Veo|Ideogram|Recraft"
                    + "|Gemini(Image|NanoBanana|2)|GoogleImagen|ByteDance|Wan\\w*Api|Moonvalley|Vidu|Pixverse|PixVerse|Hailuo|Sora"
                    + "|LtxvApi|Bria|Topaz|Grok|ReveImage|Magnific|Hit[Pp]aw|Wave[Ss]peed|FreePik|Krea2ImageNode$"
                    + "|Tripo(Text|Image|Multiview|Texture|Refine)|Rodin3D|Meshy|Tencent(Text|Image|3D|Smart|Model)|Quiver)");

    /** Words in the names of nodes that only prepare something for another, and take no prompt. */
    private static final String[] HELPERS = {
        "inputfiles",
        "reference",
        "colorrgb",
        "style",
        "controls",
        "concept",
        "config",
        "template",
        "camera",
        "loader",
        "asset"
    };

    /** Words in the names of nodes that are asked for a picture, film or shape, whether they take a prompt or not. */
    private static final String[] MAKERS = {"image", "video", "upscale", "background", "tryon", "tomodel", "3d"};

    /** Inputs that depend on the chosen model stand below it: {@code model.size}. */
    private static final String BELOW_MODEL = "model.";

    /** Where the text stands; of several that are filled in, the first counts. */
    private static final List<String> PROMPT =
            List.of("prompt", "prompt_text", "text", "positive_prompt", "edit_instruction", "structured_prompt");

    private static final List<String> NEGATIVE = List.of("negative_prompt", "negative");
    private static final List<String> MODEL = List.of("model", "model_name", "model_version");

    /** How Kling's nodes name the model within a choice: {@code mode / duration / model}. */
    private static final Pattern MODE_WITH_MODEL = Pattern.compile("[^/]{1,40} / [^/]{1,20} / ([^/ ]{1,60})");

    private Services() {}

    static boolean isService(Node node) {
        // Asked of every node, and only few pass the first question
        if (!PROVIDER.matcher(node.type()).lookingAt() || node.isNamed("chat")) {
            return false;
        }
        boolean prompted = PROMPT.stream().anyMatch(plain(node)::has);
        boolean makes = node.isNamed(MAKERS)
                || node.outputs().stream()
                        .anyMatch(output -> Kind.ofType(output.type()).isMedium());
        return prompted || (makes && !node.isNamed(HELPERS));
    }

    /** Tells what a node does that is asked for a change to a picture or film only; empty for one that draws. */
    static Optional<Task> change(Node node) {
        if (node.isNamed("upscale", "enhance", "flashvsr")) {
            return Optional.of(Task.UPSCALE);
        }
        boolean takesAway = node.isNamed("remove") && node.isNamed("background");
        return takesAway ? Optional.of(Task.PROCESSED) : Optional.empty();
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
        return isSpoken(node) ? Optional.empty() : first(node, PROMPT, texts);
    }

    static Optional<Text> negative(Node node, Texts texts) {
        return first(node, NEGATIVE, texts);
    }

    /** Says whether the node's text is what a person in the film is made to say. */
    static boolean isSpoken(Node node) {
        return node.isNamed("lipsync");
    }

    private static Optional<Text> first(Node node, List<String> names, Texts texts) {
        List<Text> given =
                names.stream().flatMap(name -> texts.of(node, name).stream()).toList();
        return given.stream()
                .filter(text -> !text.value().isBlank())
                .findFirst()
                .or(() -> given.stream().findFirst());
    }

    static Optional<String> model(Node node, Scalars scalars) {
        return scalars.text(node, MODEL)
                .or(() -> scalars.text(node, List.of("mode"))
                        .map(MODE_WITH_MODEL::matcher)
                        .filter(Matcher::matches)
                        .map(matcher -> matcher.group(1)));
    }
}
