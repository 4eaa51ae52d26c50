package org.latentprint.generator.comfyui;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What flows through a link, as far as it matters here. */
enum Kind {
    MODEL,
    CLIP,
    VAE,
    CONDITIONING,
    LATENT,
    IMAGE,
    MASK,
    VIDEO,
    AUDIO,
    LORA,
    /** A bundle of models, conditioning and settings. */
    PIPE,
    GUIDER,
    SAMPLER,
    SIGMAS,
    NOISE,
    TEXT,
    NUMBER,
    /** What a vision model made of a picture, or the vision model itself. */
    VISION,
    /** A known type that no rule follows, such as a ControlNet's weights. */
    OTHER,
    UNKNOWN;

    private static final Map<String, Kind> BY_NAME = new HashMap<>();
    private static final Map<String, Kind> BY_TYPE = new HashMap<>();

    /** {@code image2}, {@code text_b}, {@code model_opt}: the name without what tells several of a kind apart. */
    private static final Pattern ORDINAL = Pattern.compile("[_ ]?(\\d{1,3}|opt|[abcd])$");

    private static final Pattern OPTIONAL = Pattern.compile("^opt(ional)?_");

    static {
        names(
                MODEL,
                "model",
                "models",
                "unet",
                "base_model",
                "diffusion_model",
                "transformer",
                "model_high",
                "model_low",
                "high_noise_model",
                "low_noise_model",
                "model_high_noise",
                "model_low_noise",
                "unet_model",
                "sd_model",
                "refiner_model",
                "model_override",
                "mmaudio_model");
        names(CLIP, "clip", "clip_l_model", "text_encoders", "t5", "base_clip", "clip_override");
        names(VAE, "vae", "base_vae", "vae_override", "audio_vae");
        names(
                CONDITIONING,
                "positive",
                "negative",
                "conditioning",
                "conditioning_to",
                "conditioning_from",
                "cond",
                "base_positive",
                "base_negative",
                "neg_conditioning",
                "text_embeds",
                "hyvid_embeds",
                "positive_conditioning",
                "negative_conditioning",
                "cond_positive",
                "cond_negative",
                "prompt_embeds",
                "conditioning_positive",
                "conditioning_negative",
                "cond_pos",
                "cond_neg",
                "uncond",
                "pos",
                "neg",
                "refiner_positive",
                "refiner_negative",
                "hyvid_cfg");
        names(
                LATENT,
                "latent_image",
                "latent",
                "latents",
                "samples",
                "samples_to",
                "samples_from",
                "image_embeds",
                "init_latents",
                "video_latent",
                "audio_latent",
                "av_latent",
                "stage_c",
                "latent_video",
                "optional_latent",
                "start_latent",
                "initial_samples",
                "destination_latent");
        names(
                IMAGE,
                "image",
                "images",
                "pixels",
                "start_image",
                "end_image",
                "init_image",
                "input_image",
                "source_image",
                "reference_image",
                "control_image",
                "image_ref",
                "ref_images",
                "frames",
                "img",
                "pixel");
        names(MASK, "mask", "masks", "alpha", "attn_mask", "noise_mask");
        names(VIDEO, "video");
        names(AUDIO, "audio");
        names(LORA, "lora", "loras", "lora_stack", "prev_lora", "lora_params", "optional_lora_stack");
        names(
                PIPE,
                "pipe",
                "basic_pipe",
                "detailer_pipe",
                "ctx",
                "base_ctx",
                "context",
                "pipeline",
                "bus",
                "sdxl_tuple",
                "refiner_basic_pipe");
        names(GUIDER, "guider");
        names(SAMPLER, "sampler");
        names(SIGMAS, "sigmas", "high_sigmas", "low_sigmas");
        names(NOISE, "noise");
        names(
                NUMBER,
                "width",
                "height",
                "length",
                "num_frames",
                "frame_rate",
                "fps",
                "batch_size",
                "steps",
                "cfg",
                "denoise",
                "seed",
                "noise_seed");
        types(
                MODEL,
                "MODEL",
                "WANVIDEOMODEL",
                "HYVIDEOMODEL",
                "COGVIDEOMODEL",
                "FRAMEPACKMODEL",
                "MOCHIMODEL",
                "MMAUDIO_MODEL",
                "FLUXMODEL",
                "SUPIRMODEL",
                "UNET");
        types(CLIP, "CLIP", "WANTEXTENCODER", "HYVIDTEXTENCODER");
        types(VAE, "VAE", "WANVAE", "MOCHIVAE", "SUPIRVAE");
        types(
                CONDITIONING,
                "CONDITIONING",
                "WANVIDEOTEXTEMBEDS",
                "HYVIDEMBEDS",
                "CONDITIONING+",
                "CONDITIONING-",
                "SUPIR_COND_POS",
                "SUPIR_COND_NEG");
        types(LATENT, "LATENT", "WANVIDIMAGE_EMBEDS");
        types(IMAGE, "IMAGE", "IMAGE_PATH", "SEGS");
        types(MASK, "MASK");
        types(VIDEO, "VIDEO");
        types(AUDIO, "AUDIO");
        types(LORA, "LORA_STACK", "WANVIDLORA", "HYVIDLORA", "COGLORA", "FPLORA", "FRAMEPACKLORA");
        types(
                PIPE,
                "PIPE_LINE",
                "BASIC_PIPE",
                "DETAILER_PIPE",
                "RGTHREE_CONTEXT",
                "COGVIDEOPIPE",
                "PIPE",
                "BUS",
                "SDXL_TUPLE",
                "CONTEXT",
                "KSAMPLER",
                "KSAMPLER_ADVANCED");
        types(GUIDER, "GUIDER");
        types(SAMPLER, "SAMPLER");
        types(SIGMAS, "SIGMAS");
        types(NOISE, "NOISE");
        types(VISION, "CLIP_VISION", "CLIP_VISION_OUTPUT", "WANVIDIMAGE_CLIPEMBEDS");
        types(TEXT, "STRING", "TEXT");
        types(NUMBER, "INT", "FLOAT", "NUMBER", "BOOLEAN", "SEED");
        types(UNKNOWN, "", "*");
        ofSmallPacks();
    }

    /** Types of packs that bring a model of their own, with its own loader, encoder and sampler. */
    private static void ofSmallPacks() {
        types(
                MODEL,
                "ASYM_PIPE",
                "COSYVOICE_MODEL",
                "DCMODEL",
                "HY3DMODEL",
                "KOLORSMODEL",
                "LUMINAMODEL",
                "MAKED_PIPELINE",
                "MODEL_PHOTODOODLE",
                "PIPELINE",
                "PYRAMIDFLOWMODEL",
                "SAOMODEL",
                "STREAM",
                "TANGOFLUX_MODEL",
                "ULTRAPIXELMODEL");
        types(CLIP, "CHATGLM3MODEL", "CLARKAIR_GEMMA", "GEMMA", "T5", "T5_TEXT_ENCODER");
        types(VAE, "CLARKAIR_VAE", "TANGOFLUX_VAE");
        types(CONDITIONING, "ELLA_EMBEDS", "EMBEDS", "KOLORS_EMBEDS", "LUMINATEMBED", "PYRAMIDFLOWPROMPT", "SAOCOND");
        types(LATENT, "TANGOFLUX_LATENTS");
        types(IMAGE, "PIL_IMAGE");
        types(AUDIO, "VHS_AUDIO");
        // A ControlNet goes through some packs as a model
        names(OTHER, "controlnet", "control_net");
    }

    private static void names(Kind kind, String... names) {
        for (String name : names) {
            BY_NAME.put(name, kind);
        }
    }

    private static void types(Kind kind, String... types) {
        for (String type : types) {
            BY_TYPE.put(type, kind);
        }
    }

    /** Tells the kind by an input's name; {@link #UNKNOWN} where the name says nothing. */
    static Kind ofInput(String input) {
        String lower = input.toLowerCase(Locale.ROOT);
        Kind exact = BY_NAME.get(lower);
        if (exact != null) {
            return exact;
        }
        String plain = OPTIONAL.matcher(lower).replaceFirst("");
        // Nodes with inputs that grow prefix them with the group's name: images.image0
        plain = plain.substring(plain.lastIndexOf('.') + 1);
        return BY_NAME.getOrDefault(ORDINAL.matcher(plain).replaceFirst(""), UNKNOWN);
    }

    /** Tells the kind by an output's declared type. */
    static Kind ofType(String type) {
        Kind exact = BY_TYPE.get(type);
        return exact != null ? exact : BY_TYPE.getOrDefault(type.toUpperCase(Locale.ROOT), OTHER);
    }

    /** Says whether it is a number or a text, or may be one, and no thing that nodes work on. */
    boolean mayBeValue() {
        return switch (this) {
            case PIPE, TEXT, NUMBER, OTHER, UNKNOWN -> true;
            case MODEL,
                    CLIP,
                    VAE,
                    CONDITIONING,
                    LATENT,
                    IMAGE,
                    MASK,
                    VIDEO,
                    AUDIO,
                    LORA,
                    GUIDER,
                    SAMPLER,
                    SIGMAS,
                    NOISE,
                    VISION -> false;
        };
    }

    boolean isMedium() {
        return this == IMAGE || this == VIDEO || this == AUDIO || this == MASK;
    }
}
