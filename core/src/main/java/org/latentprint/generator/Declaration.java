package org.latentprint.generator;

/**
 * What a file declares where it says that generative AI made or changed it and names no program. It stands in the place of
 * the generator: a mark of this sort is no statement about which program was used.
 *
 * @param mark the sort of mark that declares it
 * @param field the property, key or assertion that holds it, as its standard names it
 * @param value as recorded, such as the address of a digital source type
 */
public record Declaration(Mark mark, String field, String value) {
    /** What stands in the generator's place; {@link Generation#namesProgram} tells it from a program of that name. */
    public static final String UNNAMED = "unnamed (declared AI source)";

    /** The sorts of marks by which a file declares an AI source. */
    public enum Mark {
        /** A term of the IPTC's list of digital source types, in XMP. */
        SOURCE_TYPE("digital source type"),
        /** The IPTC's properties for generated pictures, in XMP. */
        AI_PROPERTY("property for generated pictures"),
        /** A digital source type, in a manifest of C2PA. */
        CREDENTIALS("Content Credentials"),
        /** What an editor notes of its own work on a picture. */
        EDIT_RECORD("editor's record"),
        /** A label that a law or a platform asks for. */
        LABEL("label for generated content");

        private final String word;

        Mark(String word) {
            this.word = word;
        }

        /** Returns the mark as outputs show it. */
        public String word() {
            return word;
        }
    }
}
