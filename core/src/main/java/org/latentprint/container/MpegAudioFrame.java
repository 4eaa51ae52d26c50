package org.latentprint.container;

/**
 * Tells the frames of MPEG sound by their four-byte headers. Layer I is left out: with it, text in UTF-16 would look like
 * sound. Source: ISO/IEC 11172-3 and 13818-3; the half rates of "MPEG 2.5" as decoders take them. Held
 * against no file but frames of one kind: version 1, layer III.
 */
final class MpegAudioFrame {
    private static final int VERSION_1 = 3;
    private static final int VERSION_2_5 = 0;
    private static final int LAYER_3 = 1;
    private static final int LAYER_2 = 2;

    /** In kilobits a second, by the header's four bits; 0 where it does not say. */
    private static final int[] RATES_1_LAYER_2 = {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384};

    private static final int[] RATES_1_LAYER_3 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] RATES_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};

    private static final int[] SAMPLES_A_SECOND = {44100, 48000, 32000};

    private MpegAudioFrame() {}

    /** Says whether a frame stands at that index, and another of the same kind behind it. */
    static boolean isAt(byte[] head, int at) {
        int length = length(head, at);
        int next = at + length;
        // Version, layer and sampling rate are those of the whole stream.
        return length > 0
                && length(head, next) > 0
                && (head[at + 1] & 0xFE) == (head[next + 1] & 0xFE)
                && (head[at + 2] & 0x0C) == (head[next + 2] & 0x0C);
    }

    /** Returns the length of the frame whose header stands at that index; 0 where none does. */
    private static int length(byte[] head, int at) {
        if (head.length - at < 4 || head[at] != (byte) 0xFF || (head[at + 1] & 0xE0) != 0xE0) {
            return 0;
        }
        int version = head[at + 1] >> 3 & 3;
        int layer = head[at + 1] >> 1 & 3;
        int rateCode = head[at + 2] >> 4 & 15;
        int samplingCode = head[at + 2] >> 2 & 3;
        int padding = head[at + 2] >> 1 & 1;
        boolean known = version != 1 && (layer == LAYER_2 || layer == LAYER_3);
        if (!known || rateCode == 0 || rateCode == 15 || samplingCode == 3) {
            return 0;
        }
        int[] rates = version != VERSION_1 ? RATES_2 : layer == LAYER_2 ? RATES_1_LAYER_2 : RATES_1_LAYER_3;
        int sampling = SAMPLES_A_SECOND[samplingCode] >> (version == VERSION_1 ? 0 : version == VERSION_2_5 ? 2 : 1);
        int eighthOfSamples = version != VERSION_1 && layer == LAYER_3 ? 72 : 144;
        return eighthOfSamples * rates[rateCode] * 1000 / sampling + padding;
    }
}
