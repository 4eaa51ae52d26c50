package org.latentprint.generator.comfyui;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.latentprint.generator.NamedModel;

/** Tells which inputs of a node name a model, and of which kind. */
final class Loaders {
    /** Inputs that name a diffusion model wherever they stand. */
    private static final Map<String, String> DIFFUSION = new LinkedHashMap<>();

    /** Inputs that name another model wherever they stand. */
    private static final Map<String, String> FURTHER = new LinkedHashMap<>();

    /** Words of a class's name that tell what its {@code model_name}, {@code model} or {@code clip_name} is. */
    private static final Map<String, String> BY_CLASS = new LinkedHashMap<>();

    private static final List<String> GENERAL_KEYS = List.of(
            "model_name", "model", "model_path", "gguf_name", "clip_name", "file_name", "name", "model_filename");

    /** Stacks offer three places and more; none is known to offer as many as this. */
    private static final int MAX_PLACES = 20;

    /** Says which of several names counts. */
    private static final String CHOSEN = "select_model";

    /** What loaders show where no file is chosen. */
    private static final Set<String> NONE = Set.of(
            "",
            "none",
            ".none",
            ".use_ckpt_clip",
            ".use_ckpt_vae",
            "baked vae",
            "automatic",
            "auto",
            "default",
            "disabled",
            "undefined",
            "null");

    static {
        for (String key : List.of(
                "ckpt_name",
                "base_ckpt_name",
                "ckpt",
                "checkpoint",
                "checkpoint_name",
                "refiner_ckpt_name",
                "ckpt_path",
                "base_model_name",
                "base_model_path",
                "sdxl_model")) {
            DIFFUSION.put(key, "checkpoint");
        }
        for (String key : List.of(
                "unet_name",
                "diffusion_name",
                "diffusion_model",
                "unet",
                "unet_path",
                "transformer_name",
                "dit_name",
                "diffusion_model_name",
                "flux_unet",
                "svdquant_model",
                "ultrapixel",
                "pack_name",
                "stage_c",
                "stage_b",
                "mmaudio_model")) {
            DIFFUSION.put(key, "diffusion-model");
        }
        FURTHER.put("vae_name", "vae");
        FURTHER.put("stage_a", "vae");
        for (int number = 1; number <= 4; number++) {
            FURTHER.put("clip_name" + number, "text-encoder");
            FURTHER.put("clip_name" + number + "_opt", "text-encoder");
        }
        FURTHER.put("text_encoder", "text-encoder");
        FURTHER.put("text_encoder1", "text-encoder");
        FURTHER.put("text_encoder2", "text-encoder");
        FURTHER.put("text_encoder_name", "text-encoder");
        FURTHER.put("llm_model", "text-encoder");
        FURTHER.put("t5_name", "text-encoder");
        FURTHER.put("gemma_path", "text-encoder");
        FURTHER.put("chatglm3_checkpoint", "text-encoder");
        FURTHER.put("mt5_name", "text-encoder");
        FURTHER.put("t5v11_name", "text-encoder");
        FURTHER.put("refiner_model_name", "model");
        FURTHER.put("control_net_name", "controlnet");
        FURTHER.put("controlnet_name", "controlnet");
        FURTHER.put("controlnet_path", "controlnet");
        FURTHER.put("ipadapter_file", "ip-adapter");
        FURTHER.put("pulid_file", "ip-adapter");
        FURTHER.put("instantid_file", "ip-adapter");
        FURTHER.put("photomaker_model_name", "ip-adapter");
        FURTHER.put("clip_vision_name", "clip-vision");
        FURTHER.put("clip_vision", "clip-vision");
        FURTHER.put("upscale_model_name", "upscaler");
        FURTHER.put("hypernetwork_name", "hypernetwork");
        FURTHER.put("vace_model", "model");
        FURTHER.put("style_model_name", "model");
        FURTHER.put("gligen_name", "model");
        FURTHER.put("supir_model", "model");
        FURTHER.put("brushnet", "model");
        FURTHER.put("powerpaint", "model");
        FURTHER.put("motion_model", "model");
        FURTHER.put("swap_model", "model");
        FURTHER.put("face_restore_model", "model");
        BY_CLASS.put("upscale", "upscaler");
        BY_CLASS.put("seedvr2loaddit", "upscaler");
        BY_CLASS.put("flashvsr", "upscaler");
        // With this pack the class with that name loads a vision model
        BY_CLASS.put("wanvideocliptextencoder", "clip-vision");
        BY_CLASS.put("clipvision", "clip-vision");
        BY_CLASS.put("clip vision", "clip-vision");
        BY_CLASS.put("vae", "vae");
        BY_CLASS.put("cliploader", "text-encoder");
        BY_CLASS.put("textencoder", "text-encoder");
        BY_CLASS.put("t5", "text-encoder");
        BY_CLASS.put("gemma", "text-encoder");
        BY_CLASS.put("controlnet", "controlnet");
        BY_CLASS.put("detector", "detector");
        BY_CLASS.put("samloader", "detector");
        BY_CLASS.put("ipadapter", "ip-adapter");
        BY_CLASS.put("pulid", "ip-adapter");
        BY_CLASS.put("modelpatch", "model");
    }

    private Loaders() {}

    /** Returns the diffusion models that the node loads, where a model link ends at it. */
    static List<NamedModel> diffusion(Node node, Scalars scalars) {
        List<NamedModel> models = new ArrayList<>();
        if (node.literal("select_at_random")
                .filter(json -> json.asBoolean(false))
                .isPresent()) {
            return models;
        }
        DIFFUSION.forEach(
                (key, kind) -> named(node, key, scalars).ifPresent(name -> models.add(NamedModel.named(kind, name))));
        scalars.first(node, List.of(CHOSEN))
                .flatMap(number -> named(node, "ckpt_name" + number.asString(""), scalars))
                .ifPresent(name -> models.add(NamedModel.named("checkpoint", name)));
        if (models.isEmpty() && !node.isNamed("lora")) {
            for (String key : GENERAL_KEYS) {
                Optional<String> name = named(node, key, scalars);
                if (name.isPresent()) {
                    boolean whole = node.isNamed("checkpoint", "ckpt");
                    return List.of(NamedModel.named(whole ? "checkpoint" : "diffusion-model", name.get()));
                }
            }
        }
        return models;
    }

    /** Returns the diffusion models that a node loads for itself, to run them. */
    static List<NamedModel> own(Node node, Scalars scalars) {
        List<NamedModel> models = new ArrayList<>();
        DIFFUSION.forEach(
                (key, kind) -> named(node, key, scalars).ifPresent(name -> models.add(NamedModel.named(kind, name))));
        if (models.isEmpty()) {
            Stream.of("model_name", "model", "model_path", "model_filename")
                    .flatMap(key -> node.text(key).filter(Loaders::isName).stream())
                    .findFirst()
                    .ifPresent(name -> models.add(NamedModel.named("diffusion-model", name)));
        }
        return models;
    }

    /** Returns the other models that the node loads, wherever it stands. */
    static List<NamedModel> further(Node node, Scalars scalars) {
        List<NamedModel> models = new ArrayList<>();
        // A node has a few inputs, and most have none of these
        if (!Collections.disjoint(node.inputs().keySet(), FURTHER.keySet())) {
            FURTHER.forEach((key, kind) -> {
                if (node.has(key)) {
                    named(node, key, scalars).ifPresent(name -> models.add(NamedModel.named(kind, name)));
                }
            });
        }
        stacked(node, models);
        if (models.isEmpty()
                && node.isNamed("load", "provider")
                && !node.isNamed("lora")
                && Media.name(node).isEmpty()) {
            BY_CLASS.entrySet().stream()
                    .filter(entry -> node.isNamed(entry.getKey()))
                    .findFirst()
                    .ifPresent(entry -> GENERAL_KEYS.stream()
                            .flatMap(key -> named(node, key, scalars).stream())
                            .findFirst()
                            .ifPresent(name -> models.add(NamedModel.named(entry.getValue(), name))));
        }
        return models;
    }

    /** Adds the ControlNets of a node that offers several places, those switched off left out. */
    private static void stacked(Node node, List<NamedModel> models) {
        if (!node.isNamed("controlnet", "control net")
                || node.literal("toggle").filter(json -> !json.asBoolean(true)).isPresent()) {
            return;
        }
        int places = node.literal("num_controlnet")
                .flatMap(Scalars::whole)
                .filter(count -> count >= 0 && count < MAX_PLACES)
                .orElse(MAX_PLACES);
        for (int place = 1; place <= places; place++) {
            // Comfyroll's stack loads none without a picture
            boolean off = node.text("switch_" + place).filter("Off"::equals).isPresent()
                    || (node.has("switch_" + place)
                            && node.link("image_" + place).isEmpty());
            Optional<String> name = Stream.of("controlnet_" + place, "control_net_" + place)
                    .flatMap(key -> node.text(key).stream())
                    .filter(Loaders::isName)
                    .findFirst();
            if (!off) {
                name.ifPresent(found -> models.add(NamedModel.named("controlnet", found)));
            }
        }
    }

    static boolean isName(String name) {
        return !NONE.contains(name.strip().toLowerCase(Locale.ROOT));
    }

    private static Optional<String> named(Node node, String key, Scalars scalars) {
        return scalars.text(node, List.of(key)).or(() -> nested(node, key)).filter(Loaders::isName);
    }

    /** Some packs keep a file's name in a record beside its preview: {@code {"content": "name", "image": ...}}. */
    private static Optional<String> nested(Node node, String key) {
        return node.literal(key)
                .filter(json -> json.path("content").isString())
                .map(json -> json.path("content").stringValue());
    }
}
