package org.latentprint.generator;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.latentprint.evidence.Origin;
import org.latentprint.generator.credentials.KnownService;
import org.latentprint.generator.marks.MarkedField;
import org.latentprint.generator.marks.MarkedField.Place;
import org.latentprint.generator.marks.ServiceMark;

/**
 * The program that a declaration of generative AI is about, as far as the fields beside it say. A row of {@link ServiceMark}
 * counts first; then a service's name in the field of a program, or as the whole of a credit; then, for content that is
 * generated as a whole, the creating tool as recorded, unless it is an editor that writes the metadata of other programs'
 * pictures. Credit lines and creators are mostly persons and are never taken as they are.
 *
 * @param name the program; empty where no field names one
 * @param rule why it is taken for the generator; empty where the file names it as such
 */
record DeclaredProgram(Optional<String> name, Optional<String> rule) {
    /** What generates a picture as a whole; other declared types are changes of one that may be a photograph. */
    private static final String WHOLE = "trainedAlgorithmicMedia";

    private static final Set<Place> PROGRAMS = Set.of(Place.SOFTWARE, Place.CREATOR_TOOL);

    /** Beginnings of the names of editors, in lower case. */
    private static final List<String> EDITORS = List.of(
            "acdsee",
            "adobe bridge",
            "adobe camera raw",
            "adobe illustrator",
            "adobe indesign",
            "adobe lightroom",
            "adobe photoshop",
            "adobe premiere",
            "affinity",
            "aperture",
            "canva",
            "capture one",
            "corel",
            "darktable",
            "digikam",
            "exiftool",
            "exiv2",
            "figma",
            "gimp",
            "imagemagick",
            "image::exiftool",
            "inkscape",
            "irfanview",
            "krita",
            "lightroom",
            "luminar",
            "microsoft",
            "paint.net",
            "photo mechanic",
            "photoshop",
            "photos",
            "picasa",
            "pixelmator",
            "preview",
            "rawtherapee",
            "sketch",
            "snapseed",
            "windows",
            "xnview");

    /**
     * Finds the program.
     *
     * @param type name of the declared source type
     * @param fields the item's fields
     */
    static DeclaredProgram of(String type, List<ItemField> fields) {
        return fields.stream()
                .flatMap(found -> ServiceMark.in(found.field()).map(ServiceMark::service).stream())
                .findFirst()
                .map(DeclaredProgram::named)
                .or(() -> fields.stream()
                        .flatMap(found -> service(found.field()).stream())
                        .findFirst()
                        .map(name -> new DeclaredProgram(
                                Optional.of(name), Optional.of("a field for the maker's name names it"))))
                .or(() -> fields.stream()
                        .map(ItemField::field)
                        .filter(field -> type.equals(WHOLE) && field.place() == Place.CREATOR_TOOL)
                        .map(MarkedField::value)
                        .filter(DeclaredProgram::isProgram)
                        .findFirst()
                        .map(name -> new DeclaredProgram(
                                Optional.of(name),
                                Optional.of("the creating tool of content that is declared as generated"))))
                .orElse(new DeclaredProgram(Optional.empty(), Optional.empty()));
    }

    /** Makes a program that the file itself names as such. */
    static DeclaredProgram named(String name) {
        return new DeclaredProgram(Optional.of(name), Optional.empty());
    }

    /** Starts the generation of the program; without one, what the file declares. */
    GenerationBuilder start(Declaration declaration, Origin origin) {
        GenerationBuilder builder = name.map(program -> Generation.builder(program, origin))
                .orElseGet(() -> Generation.declared(declaration, origin));
        rule.ifPresent(text -> builder.inferred("generator", text));
        return builder;
    }

    private static Optional<String> service(MarkedField field) {
        String value = field.value().toLowerCase(Locale.ROOT);
        return KnownService.named(field.value())
                .filter(service -> PROGRAMS.contains(field.place())
                        || (field.place() != Place.MAKE
                                && field.place() != Place.MODEL
                                && service.marks().contains(value)))
                .map(KnownService::name);
    }

    /** Phones write the number of their system as the creating tool. */
    private static boolean isProgram(String tool) {
        String name = tool.toLowerCase(Locale.ROOT);
        return name.codePoints().anyMatch(Character::isLetter)
                && EDITORS.stream().noneMatch(name::startsWith);
    }
}
