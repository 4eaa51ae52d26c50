package org.latentprint.generator.credentials;

import java.util.Set;

/**
 * Digital source types, as Content Credentials and XMP name them by an address ({@code cv.iptc.org/newscodes/digitalsourcetype}
 * or {@code c2pa.org/digitalsourcetype}), the short form {@code digsrctype:} or the bare name.
 */
public final class SourceType {
    /**
     * Types that name a trained model. {@code compositeSynthetic} may be without one, {@code algorithmicMedia} is made by
     * rules, and {@code algorithmicallyEnhanced} changes a picture only: they declare no generation.
     */
    private static final Set<String> TRAINED =
            Set.of("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "trainedAlgorithmicData");

    private SourceType() {}

    /** Returns the name at the end of a recorded type. */
    public static String nameOf(String recorded) {
        String type = recorded.strip();
        return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1);
    }

    /** Says whether the type of that name declares that a trained model made or changed the content. */
    public static boolean namesTrainedModel(String name) {
        return TRAINED.contains(name);
    }
}
