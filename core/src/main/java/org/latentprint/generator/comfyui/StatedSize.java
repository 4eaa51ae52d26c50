package org.latentprint.generator.comfyui;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the size that a node states: as two numbers, or as a choice from a list beside which the numbers do not count.
 *
 * <p>Sources: {@code nodes/nodes_aspect_ratio.py} of ComfyUI_Comfyroll_CustomNodes, {@code py/libs/sampler.py} of
 * ComfyUI-Easy-Use, {@code ttNpy/tinyterraNodes.py} of ComfyUI_tinyterraNodes, {@code py/sdxl_empty_latent_image.py} of
 * rgthree-comfy, {@code mikey_nodes.py} of mikey_nodes, {@code comfy_api_nodes/nodes_bytedance.py} of ComfyUI. Nothing is
 * computed: a size behind a factor or a ratio is not stated.
 */
final class StatedSize {
    private static final List<String> WIDTH = List.of("width", "empty_latent_width", "image_width", "custom_width");
    private static final List<String> HEIGHT =
            List.of("height", "empty_latent_height", "image_height", "custom_height");

    /** Lists whose entries hold a size, or say that the numbers count. */
    private static final List<String> CHOICES =
            List.of("resolution", "empty_latent_aspect", "size_preset", "aspect_ratio", "dimensions", "ratio");

    /** Where nodes of online services keep it; with other nodes this is no list of sizes. */
    private static final String SERVICE_CHOICE = "size";

    /** How the entries say that the numbers count; the last is how Easy-Use said it in its first versions. */
    private static final List<String> CUSTOM = List.of("custom", "Custom", "\u81ea\u5b9a\u4e49");

    private static final Pattern SIDES = Pattern.compile("(?<![\\d.:])(\\d{2,5}) ?[x\u00d7] ?(\\d{2,5})(?!\\d)");

    private StatedSize() {}

    /** Returns the size; empty where the node states none or would compute it. */
    static Optional<Size> of(Node node, Scalars scalars) {
        if (isComputed(node)) {
            return Optional.empty();
        }
        return of(node, CHOICES.stream().flatMap(key -> node.text(key).stream()).findFirst(), scalars);
    }

    /** Returns the size that a service's node asks for; empty where it states none, or leaves it to the service. */
    static Optional<Size> ofService(Node node, Scalars scalars) {
        Optional<String> choice = node.text(SERVICE_CHOICE);
        return choice.isEmpty() ? of(node, scalars) : of(node, choice, scalars);
    }

    private static Optional<Size> of(Node node, Optional<String> choice, Scalars scalars) {
        boolean numbersCount = choice.isEmpty() || CUSTOM.stream().anyMatch(choice.get()::contains);
        Optional<Size> size = numbersCount ? numbers(node, scalars) : choice.flatMap(StatedSize::sides);
        boolean swapped = node.text("swap_dimensions").filter("On"::equals).isPresent();
        return size.map(
                stated -> swapped ? new Size(/* width= */ stated.height(), /* height= */ stated.width()) : stated);
    }

    /** Says whether the node states a size at all, so that what lies behind it does not count. */
    static boolean isStated(Node node) {
        return node.has("width")
                || node.has("empty_latent_width")
                || node.text("dimensions").isPresent();
    }

    private static boolean isComputed(Node node) {
        boolean scaled = node.literal("prescale_factor")
                .flatMap(Scalars::decimal)
                .filter(factor -> factor.compareTo(BigDecimal.ONE) != 0)
                .isPresent();
        boolean overridden = List.of("width_override", "height_override").stream()
                .flatMap(key -> node.literal(key).stream())
                .anyMatch(json -> json.isNumber() && json.asInt(0) != 0);
        boolean measured = node.literal("use_input_image_size_as_output")
                .filter(json -> json.asBoolean(false))
                .isPresent();
        // One takes its numbers for a ratio; an entry of the other holds another size than it says
        return scaled || overridden || measured || node.isNamed("latent ratio custom", "aspect ratio banners");
    }

    private static Optional<Size> numbers(Node node, Scalars scalars) {
        Optional<Integer> width = scalars.whole(node, WIDTH).filter(StatedSize::plausible);
        Optional<Integer> height = scalars.whole(node, HEIGHT).filter(StatedSize::plausible);
        return width.flatMap(across -> height.map(down -> new Size(across, down)));
    }

    private static Optional<Size> sides(String entry) {
        Matcher matcher = SIDES.matcher(entry);
        if (!matcher.find()) {
            return Optional.empty();
        }
        int width = Integer.parseInt(matcher.group(1));
        int height = Integer.parseInt(matcher.group(2));
        return plausible(width) && plausible(height) ? Optional.of(new Size(width, height)) : Optional.empty();
    }

    private static boolean plausible(int side) {
        return side > 0 && side <= Size.MAX_SIDE;
    }
}
