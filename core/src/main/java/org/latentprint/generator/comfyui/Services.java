package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.generator.PromptPart;
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
    /** The models of MiniMax whose weights are published run in nodes of ComfyUI itself. */
    private static final Pattern PROVIDER = Pattern.compile("^("
            + String.join(
                    "|",
                    "OpenAI|Luma|Runway|Stability|Ideogram(V\\d|PImage)|Recraft|Moonvalley|ReveImage|OpenRouterImage|Krea2ImageNode$",
                    "Flux(Pro|Kontext(Pro|Max)|2(Pro|Max)|2ImageNode$|3(Text|Image|Video)|EraseNode$|VTONode$|Video(Upscale|Edit))",
                    "Kling|Minimax|MiniMax(?!H3|Music)|Hailuo|Pika|Veo|Sora|Vidu|Pixverse|PixVerse|ByteDance|LtxvApi|LtxApi|Grok|Pruna",
                    "Gemini(Image|NanoBanana|2|VideoOmni)|GoogleImagen",
                    "(Wan|HappyHorse|HunyuanImage|QwenImage|MetaMuse)\\w*Api",
                    "Beeble|Bria|Topaz|Magnific|Hit[Pp]aw|Wave[Ss]peed|FreePik|Quiver",
                    "HeyGen(TalkingPhoto|AvatarVideo|VideoTranslate|TextToSpeech)|Sync(LipSync|TalkingImage)",
                    "ElevenLabs(TextTo|SpeechToSpeech|AudioIsolation)|FishAudioTextToSpeech|Sonilo",
                    "Tripo(Text|Image|Multiview|EditMultiview|P1|PSeries|Texture|Refine|Retopology|MeshComplete)",
                    "Rodin3D|Meshy(Text|Image|MultiImage|Refine|Texture)|Tencent(Text|Image|3D|Smart|Model)")
            + ")");

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
        "asset",
        "promptimage"
    };

    /** Words in the names of nodes that are asked for words. */
    private static final String[] TALKERS = {"chat", "contextir", "bytedanceseednode"};

    /** Words in the names of nodes that are asked for a picture, film or shape, whether they take a prompt or not. */
    private static final String[] MAKERS = {"image", "video", "upscale", "background", "tryon", "tomodel", "3d"};

    /** Inputs that depend on a choice stand below it: {@code model.size}, {@code speech.text}. */
    private static final String BELOW = ".";

    /** Where the text stands; of several that are filled in, the first counts. */
    private static final List<String> PROMPT = List.of(
            "prompt",
            "prompt_text",
            "text",
            "text_prompt",
            "positive_prompt",
            "edit_instruction",
            "structured_prompt",
            "texture_prompt",
            "text_style_prompt");

    /** Scenes of one film; where there are some, the prompt beside them does not count. */
    private static final Pattern SCENE = Pattern.compile("(?:.*\\.)?(storyboard_\\d{1,2})_prompt");

    private static final List<String> NEGATIVE = List.of("negative_prompt", "negative");
    private static final List<String> MODEL = List.of("model", "model_name", "model_version", "upscaler_model");

    /** How Kling's nodes name the model within a choice: {@code mode / duration / model}. */
    private static final Pattern MODE_WITH_MODEL = Pattern.compile("[^/]{1,40} / [^/]{1,20} / ([^/ ]{1,60})");

    private Services() {}

    static boolean isService(Node node) {
        // Asked of every node, and only few pass the first question
        if (!PROVIDER.matcher(node.type()).lookingAt() || node.isNamed(TALKERS) || answersInWords(node)) {
            return false;
        }
        boolean makes = node.isNamed(MAKERS)
                || node.outputs().stream()
                        .anyMatch(output -> Kind.ofType(output.type()).isMedium());
        return (makes && !node.isNamed(HELPERS)) || PROMPT.stream().anyMatch(plain(node)::has);
    }

    /** Says whether words come out of the node; those for shapes give the name of a file as one. */
    private static boolean answersInWords(Node node) {
        return !node.outputs().isEmpty()
                && !node.isNamed("3d", "model", "refine", "texture")
                && node.outputs().stream().allMatch(output -> Kind.ofType(output.type()) == Kind.TEXT);
    }

    /** Tells what a node does that is asked for a change to a picture or film only; empty for one that draws. */
    static Optional<Task> change(Node node) {
        if (node.isNamed("upscale", "enhance", "flashvsr", "increaseresolution") && !node.isNamed("skin")) {
            return Optional.of(Task.UPSCALE);
        }
        boolean takesAway = (node.isNamed("remove") && node.isNamed("background"))
                || node.isNamed("transparentvideobackground", "greenscreen");
        return takesAway ? Optional.of(Task.PROCESSED) : Optional.empty();
    }

    /** Says whether a film comes out of the node. */
    static boolean givesFilm(Node node) {
        return node.isNamed("video")
                || node.outputs().stream().anyMatch(output -> Kind.ofType(output.type()) == Kind.VIDEO);
    }

    /** Returns the node with its inputs below a choice under their plain names, too. */
    static Node plain(Node node) {
        Map<String, Value> inputs = new LinkedHashMap<>(node.inputs());
        node.inputs().forEach((name, value) -> {
            int choice = name.indexOf(BELOW);
            if (choice > 0 && node.has(name.substring(0, choice))) {
                inputs.putIfAbsent(name.substring(choice + BELOW.length()), value);
            }
        });
        return new Node(node.id(), node.type(), inputs, node.outputs());
    }

    static Optional<Text> positive(Node node, Texts texts) {
        return isSpoken(node) ? Optional.empty() : first(node, PROMPT, texts);
    }

    /** Returns the texts of a film's scenes in their order, where the node was given some. */
    static List<PromptPart> scenes(Node node, Texts texts) {
        List<PromptPart> scenes = new ArrayList<>();
        for (String input : node.inputs().keySet()) {
            Matcher matcher = SCENE.matcher(input);
            if (matcher.matches()) {
                texts.of(node, input)
                        .filter(text -> !text.value().isBlank())
                        .ifPresent(text -> scenes.add(new PromptPart(matcher.group(1), text.value())));
            }
        }
        return scenes.stream().distinct().toList();
    }

    static Optional<Text> negative(Node node, Texts texts) {
        return first(node, NEGATIVE, texts);
    }

    /** Says whether the node's text is what is spoken. */
    static boolean isSpoken(Node node) {
        return node.isNamed("lipsync", "texttospeech", "texttodialogue", "heygen");
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
