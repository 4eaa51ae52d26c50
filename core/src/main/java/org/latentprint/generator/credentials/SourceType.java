package org.latentprint.generator.credentials;

import java.util.Locale;
import java.util.Optional;

/**
 * The digital source types, and what each declares of a file here. Sources: the IPTC's NewsCodes, {@code
 * cv.iptc.org/newscodes/digitalsourcetype}; C2PA's own two terms, {@code c2pa.org/digitalsourcetype}; schema.org's {@code
 * IPTCDigitalSourceEnumeration}, whose names are the same with an ending.
 */
public enum SourceType {
    /** Made wholly by a model that was trained. */
    TRAINED_ALGORITHMIC_MEDIA("trainedAlgorithmicMedia", true),
    /** A part was made or changed by such a model, as in filling or extending a picture. */
    COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA("compositeWithTrainedAlgorithmicMedia", true),
    /** Of C2PA: data, not media, made by such a model. */
    TRAINED_ALGORITHMIC_DATA("trainedAlgorithmicData", true),

    /** At least one synthetic element; it need not be by a trained model. */
    COMPOSITE_SYNTHETIC("compositeSynthetic", false),
    /** Sharpened, enlarged, cleared of noise: what it shows is as before. */
    ALGORITHMICALLY_ENHANCED("algorithmicallyEnhanced", false),
    /** By a formula or program that was not trained, such as a fractal. */
    ALGORITHMIC_MEDIA("algorithmicMedia", false),
    /** Drawn from data, such as a chart. */
    DATA_DRIVEN_MEDIA("dataDrivenMedia", false),
    /** By a person with a program that is no generative one. */
    DIGITAL_CREATION("digitalCreation", false),
    /** The earlier name of the one before. */
    DIGITAL_ART("digitalArt", false),
    /** Also an earlier name. */
    SOFTWARE_IMAGE("softwareImage", false),
    /** Changed by a person with a program that is no generative one. */
    HUMAN_EDITS("humanEdits", false),
    /** The earlier name of the one before. */
    MINOR_HUMAN_EDITS("minorHumanEdits", false),
    /** By a camera. */
    DIGITAL_CAPTURE("digitalCapture", false),
    /** By a camera whose program joins several exposures. */
    COMPUTATIONAL_CAPTURE("computationalCapture", false),
    /** Scanned. */
    NEGATIVE_FILM("negativeFilm", false),
    /** Scanned. */
    POSITIVE_FILM("positiveFilm", false),
    /** Scanned. */
    PRINT("print", false),
    /** Of a screen. */
    SCREEN_CAPTURE("screenCapture", false),
    /** Of an event in a virtual place. */
    VIRTUAL_RECORDING("virtualRecording", false),
    /** Of several elements, of whatever source. */
    COMPOSITE("composite", false),
    /** Of several captures. */
    COMPOSITE_CAPTURE("compositeCapture", false),
    /** Of C2PA: nothing yet, such as an empty canvas. */
    EMPTY("empty", false);

    private static final String SCHEMA_ENDING = "digitalsource";

    private final String term;
    private final boolean declaresModel;

    SourceType(String term, boolean declaresModel) {
        this.term = term;
        this.declaresModel = declaresModel;
    }

    /** Returns the term as the vocabulary has it. */
    public String term() {
        return term;
    }

    /** Says whether it declares that a trained model made or changed the file. */
    public boolean declaresModel() {
        return declaresModel;
    }

    /** Returns the name at the end of a recorded type: of an address, of the short form {@code digsrctype:}, or the bare name. */
    public static String nameOf(String recorded) {
        String type = recorded.strip();
        return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1);
    }

    /** Says whether the type of that name declares that a trained model made or changed the content. */
    public static boolean namesTrainedModel(String name) {
        return named(name).filter(SourceType::declaresModel).isPresent();
    }

    /**
     * Returns the type of that name.
     *
     * @param name the last part of its address
     * @return empty for a name that is in none of the vocabularies: nothing is concluded from it
     */
    public static Optional<SourceType> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain =
                lower.endsWith(SCHEMA_ENDING) ? lower.substring(0, lower.length() - SCHEMA_ENDING.length()) : lower;
        for (SourceType type : values()) {
            if (type.term.toLowerCase(Locale.ROOT).equals(plain)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
