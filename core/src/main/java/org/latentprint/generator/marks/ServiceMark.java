package org.latentprint.generator.marks;

import static org.latentprint.generator.marks.MarkedField.Place.CREATOR_TOOL;
import static org.latentprint.generator.marks.MarkedField.Place.CREDIT;
import static org.latentprint.generator.marks.MarkedField.Place.MAKE;
import static org.latentprint.generator.marks.MarkedField.Place.SOFTWARE;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.latentprint.generator.marks.MarkedField.Place;

/**
 * Words that a service writes into a field, and no camera or editor does. A new service is one line. The words are the whole
 * field, or its beginning with a version behind it, in any case of letters: a caption that speaks of a service is no mark.
 *
 * @param service as findings show it
 * @param places the fields in which it writes them
 * @param words as it writes them
 * @param source who says so
 */
public record ServiceMark(String service, Set<Place> places, String words, String source) {
    private static final List<ServiceMark> ALL = List.of(
            new ServiceMark(
                    "Google (Gemini/Imagen)",
                    Set.of(CREDIT),
                    "Made with Google AI",
                    "MediaArea/MediaInfoLib, pull request 2275, which shows a packet of Gemini"),
            new ServiceMark(
                    "Google (Gemini/Imagen)",
                    Set.of(CREDIT),
                    "Edited with Google AI",
                    "Google's announcement for Google Photos, October 2024; a published dump of a picture changed in Gemini"),
            new ServiceMark(
                    "Apple Photos (Clean Up)",
                    Set.of(CREDIT),
                    "Apple Photos Clean Up",
                    "published dumps of edited photographs, iOS 18.1"),
            new ServiceMark(
                    "Apple Image Playground",
                    Set.of(CREDIT, SOFTWARE, CREATOR_TOOL, MAKE, Place.MODEL),
                    "Apple Image Playground",
                    "Apple's briefing of June 2024, which names the words and no field"),
            new ServiceMark("Ideogram", Set.of(MAKE), "Ideogram AI", "a public detector's collected files, May 2026"),
            new ServiceMark(
                    "Reve", Set.of(SOFTWARE, CREATOR_TOOL), "reve.com", "a public detector's collected files, 2026"),
            new ServiceMark(
                    "Adobe Firefly",
                    Set.of(SOFTWARE, CREATOR_TOOL),
                    "Adobe Firefly",
                    "test files of several public detectors"),
            new ServiceMark(
                    "Midjourney",
                    Set.of(SOFTWARE, CREATOR_TOOL, MAKE),
                    "Midjourney",
                    "Ktiseos-Nyx/Dataset-Tools, the parser of Midjourney"));

    public ServiceMark {
        places = Set.copyOf(places);
    }

    /** Returns the words of all marks, for a quick look whether a text can have any of them. */
    public static List<String> allWords() {
        return ALL.stream().map(ServiceMark::words).toList();
    }

    /** Returns the mark that a field holds. */
    public static Optional<ServiceMark> in(MarkedField field) {
        String value = field.value().strip().toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(mark -> mark.places().contains(field.place()))
                .filter(mark -> holds(value, mark.words().toLowerCase(Locale.ROOT), field.place()))
                .findFirst();
    }

    /** A program's name may have a version behind it; a line of credit may not, since it may go on as a sentence. */
    private static boolean holds(String value, String words, Place place) {
        return value.equals(words)
                || (place != CREDIT && value.startsWith(words + " ") && value.length() <= words.length() + MAX_VERSION);
    }

    /** Such as {@code  Image 4 Ultra}. */
    private static final int MAX_VERSION = 24;
}
