package org.latentprint.evidence.carve;

/** What was found. */
public enum CarvedKind {
    /** A PNG picture. */
    PNG,
    /** A JPEG picture. */
    JPEG,
    /** A WebP picture. */
    WEBP,
    /** A WAV sound. */
    WAV,
    /** An AVI film. */
    AVI,
    /** A GIF picture. */
    GIF,
    /** An MP4 or QuickTime film or sound. */
    FILM,
    /** An AVIF or HEIC picture. */
    HEIF,
    /** A safetensors model file, or its head alone. */
    SAFETENSORS,
    /** Text chunks of a PNG, without the picture. */
    PNG_TEXT,
    /** AUTOMATIC1111's text: a prompt and its line of settings. */
    INFOTEXT,
    /** ComfyUI's graph as it ran. */
    COMFYUI_PROMPT,
    /** ComfyUI's graph as its editor saves it. */
    COMFYUI_WORKFLOW,
    /** What kohya's scripts record of a training, as JSON. */
    TRAINING_RECORD
}
