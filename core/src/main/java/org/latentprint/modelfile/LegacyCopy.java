package org.latentprint.modelfile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The copy of a safetensors file of which its trainer computes {@code sshs_legacy_hash}, and the additional-networks extension
 * the same for files without that claim: the file written anew with those metadata alone whose keys begin with {@code ss_}
 * (kohya-ss/sd-scripts: library/train_util.py, precalculate_safetensors_hashes; kohya-ss/sd-webui-additional-networks:
 * scripts/safetensors_hack.py). The copy's data are the file's; only its header is shorter, by what can be counted.
 */
final class LegacyCopy {
    private static final String TRAINING = "ss_";
    private static final byte[] OPENING = "{\"__metadata__\":".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH_BYTES = 8;

    /** Writers since safetensors 0.3 end the header with spaces, so that the data begin at a multiple of this. */
    private static final int ALIGNMENT = 8;

    private LegacyCopy() {}

    /**
     * Returns how many bytes longer the file is than the copy.
     *
     * @param header the file from its first byte to where the data begin
     * @param parts of that header
     * @param metadata all that the header holds
     * @param tensors in the order of the file
     * @return empty where no training is recorded, or where the header is not as the format's own library writes it, so that
     *     the copy's header cannot be told from it
     */
    static OptionalLong shorterBy(
            byte[] header, SafetensorsTable.Parts parts, Map<String, String> metadata, List<TensorInfo> tensors) {
        if (metadata.keySet().stream().noneMatch(key -> key.startsWith(TRAINING))
                || parts.metadataFrom() != LENGTH_BYTES + OPENING.length
                || length(metadata, "") != parts.metadataTo() - parts.metadataFrom()
                || !isOrdered(tensors)) {
            return OptionalLong.empty();
        }
        int end = header.length;
        while (header[end - 1] == ' ') {
            end--;
        }
        for (int at = parts.tableFrom(); at < end; at++) {
            if (header[at] <= ' ') {
                return OptionalLong.empty();
            }
        }
        long removed = length(metadata, "") - length(metadata, TRAINING);
        if (end < header.length) {
            return OptionalLong.of(header.length - Math.ceilDiv(end - removed, ALIGNMENT) * ALIGNMENT);
        }
        // A header that ends at a multiple by itself does not tell whether its writer would have filled it up.
        boolean told = header.length % ALIGNMENT != 0 || removed % ALIGNMENT == 0;
        return told ? OptionalLong.of(removed) : OptionalLong.empty();
    }

    /** Says whether each type stands in one run, its tensors by name; which type comes first has changed over time. */
    private static boolean isOrdered(List<TensorInfo> tensors) {
        long runs = 1;
        for (int i = 1; i < tensors.size(); i++) {
            TensorInfo before = tensors.get(i - 1);
            if (!tensors.get(i).type().equals(before.type())) {
                runs++;
            } else if (tensors.get(i).name().compareTo(before.name()) <= 0) {
                return false;
            }
        }
        return tensors.isEmpty()
                || runs == tensors.stream().map(TensorInfo::type).distinct().count();
    }

    /** Returns the bytes that the object of these metadata takes, of those keys alone that begin so. */
    private static long length(Map<String, String> metadata, String beginning) {
        long length = 0;
        int pairs = 0;
        for (Map.Entry<String, String> pair : metadata.entrySet()) {
            if (pair.getKey().startsWith(beginning)) {
                length += length(pair.getKey()) + 1 + length(pair.getValue());
                pairs++;
            }
        }
        return 2 + length + Math.max(0, pairs - 1);
    }

    /** Returns the bytes of a text in quotes (serde-rs/json: src/ser.rs, which escapes no more than it has to). */
    private static long length(String text) {
        long length = 2 + (long) text.getBytes(StandardCharsets.UTF_8).length;
        for (int i = 0; i < text.length(); i++) {
            length += switch (text.charAt(i)) {
                case '"', '\\', '\b', '\f', '\n', '\r', '\t' -> 1;
                default -> text.charAt(i) < ' ' ? 5 : 0;
            };
        }
        return length;
    }
}
