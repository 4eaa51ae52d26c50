package org.latentprint.generator.comfyui;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentprint.generator.comfyui.Node.Wire;

/**
 * Tells inputs that a node does not use, because of what it is set to itself. What is linked there had no part in the result.
 *
 * <p>Sources: {@code nodes.py} of ComfyUI ({@code ControlNetApply}, {@code ControlNetApplyAdvanced}: a strength of 0 hands the
 * conditioning on as it is), {@code adv_control/nodes_main.py} of ComfyUI-Advanced-ControlNet, {@code nodes/nodes_controlnet.py}
 * of ComfyUI_Comfyroll_CustomNodes, {@code py/nodes/loaders.py} of ComfyUI-Easy-Use, {@code nodes.py} of ComfyUI-ReActor.
 */
final class SwitchedOff {
    /** {@code image_2} is the second place of a stack. */
    private static final Pattern PLACE = Pattern.compile("(?:image|control_?net|controlnet)_(\\d{1,2})");

    private static final List<String> STRENGTHS = List.of("strength", "control_strength", "controlnet_strength");

    /** What a place, or a whole node, is set to that takes no part. */
    private static final List<String> OFF = List.of("Off", "off", "None", "disabled");

    private SwitchedOff() {}

    /** Says whether the node leaves unused what the wire brings. */
    static boolean is(Node node, Wire wire) {
        if (node.isNamed("reactor")) {
            return wire.input().equals("source_image") && isNo(node, "enabled");
        }
        if (!node.isNamed("controlnet", "control net")) {
            return false;
        }
        Matcher place = PLACE.matcher(wire.input());
        if (place.matches()) {
            return isOff(node, "switch_" + place.group(1))
                    || isOff(node, "controlnet_" + place.group(1))
                    || isZero(node, "controlnet_strength_" + place.group(1))
                    || isNo(node, "toggle")
                    || node.literal("num_controlnet")
                            .flatMap(Scalars::whole)
                            .filter(places -> places < Integer.parseInt(place.group(1)))
                            .isPresent();
        }
        boolean steers = List.of("image", "control_net", "controlnet_stack", "cnet_stack", "hint_image")
                .contains(wire.input());
        return steers && (isOff(node, "switch") || STRENGTHS.stream().anyMatch(key -> isZero(node, key)));
    }

    private static boolean isOff(Node node, String key) {
        return node.text(key).filter(OFF::contains).isPresent();
    }

    private static boolean isNo(Node node, String key) {
        return node.literal(key)
                .filter(json -> json.isBoolean() && !json.booleanValue())
                .isPresent();
    }

    private static boolean isZero(Node node, String key) {
        return node.literal(key)
                .flatMap(Scalars::decimal)
                .filter(strength -> strength.signum() == 0)
                .isPresent();
    }
}
