package org.latentprint.container;

import java.util.Map;
import java.util.Set;

/** Numbers and names of IPTC datasets, as the IPTC Information Interchange Model 4.2 and ExifTool's tag tables have them. */
final class IptcTags {
    static final int ENVELOPE = 1;
    static final int APPLICATION = 2;

    /** Dataset of the envelope that names the characters of the texts. */
    static final int CHARACTER_SET = 90;

    private static final Map<Integer, String> ENVELOPE_NAMES = Map.ofEntries(
            Map.entry(0, "EnvelopeRecordVersion"),
            Map.entry(5, "Destination"),
            Map.entry(20, "FileFormat"),
            Map.entry(22, "FileVersion"),
            Map.entry(30, "ServiceIdentifier"),
            Map.entry(40, "EnvelopeNumber"),
            Map.entry(50, "ProductID"),
            Map.entry(60, "EnvelopePriority"),
            Map.entry(70, "DateSent"),
            Map.entry(80, "TimeSent"),
            Map.entry(CHARACTER_SET, "CodedCharacterSet"),
            Map.entry(100, "UniqueObjectName"),
            Map.entry(120, "ARMIdentifier"),
            Map.entry(122, "ARMVersion"));

    private static final Map<Integer, String> APPLICATION_NAMES = Map.ofEntries(
            Map.entry(0, "ApplicationRecordVersion"),
            Map.entry(3, "ObjectTypeReference"),
            Map.entry(4, "ObjectAttributeReference"),
            Map.entry(5, "ObjectName"),
            Map.entry(7, "EditStatus"),
            Map.entry(8, "EditorialUpdate"),
            Map.entry(10, "Urgency"),
            Map.entry(12, "SubjectReference"),
            Map.entry(15, "Category"),
            Map.entry(20, "SupplementalCategories"),
            Map.entry(22, "FixtureIdentifier"),
            Map.entry(25, "Keywords"),
            Map.entry(26, "ContentLocationCode"),
            Map.entry(27, "ContentLocationName"),
            Map.entry(30, "ReleaseDate"),
            Map.entry(35, "ReleaseTime"),
            Map.entry(37, "ExpirationDate"),
            Map.entry(38, "ExpirationTime"),
            Map.entry(40, "SpecialInstructions"),
            Map.entry(42, "ActionAdvised"),
            Map.entry(45, "ReferenceService"),
            Map.entry(47, "ReferenceDate"),
            Map.entry(50, "ReferenceNumber"),
            Map.entry(55, "DateCreated"),
            Map.entry(60, "TimeCreated"),
            Map.entry(62, "DigitalCreationDate"),
            Map.entry(63, "DigitalCreationTime"),
            Map.entry(65, "OriginatingProgram"),
            Map.entry(70, "ProgramVersion"),
            Map.entry(75, "ObjectCycle"),
            Map.entry(80, "By-line"),
            Map.entry(85, "By-lineTitle"),
            Map.entry(90, "City"),
            Map.entry(92, "Sub-location"),
            Map.entry(95, "Province-State"),
            Map.entry(100, "Country-PrimaryLocationCode"),
            Map.entry(101, "Country-PrimaryLocationName"),
            Map.entry(103, "OriginalTransmissionReference"),
            Map.entry(105, "Headline"),
            Map.entry(110, "Credit"),
            Map.entry(115, "Source"),
            Map.entry(116, "CopyrightNotice"),
            Map.entry(118, "Contact"),
            Map.entry(120, "Caption-Abstract"),
            Map.entry(121, "LocalCaption"),
            Map.entry(122, "Writer-Editor"),
            Map.entry(125, "RasterizedCaption"),
            Map.entry(130, "ImageType"),
            Map.entry(131, "ImageOrientation"),
            Map.entry(135, "LanguageIdentifier"));

    private static final Set<Integer> ENVELOPE_NUMBERS = Set.of(0, 20, 22, 120, 122);

    /** The version, and pictures: a caption as one, and previews (200 to 202). */
    private static final Set<Integer> APPLICATION_BYTES = Set.of(0, 125, 200, 201, 202);

    private IptcTags() {}

    /** Returns a dataset's name, or its numbers such as {@code 3:20} where it has none here. */
    static String nameOf(int record, int dataset) {
        Map<Integer, String> names = switch (record) {
            case ENVELOPE -> ENVELOPE_NAMES;
            case APPLICATION -> APPLICATION_NAMES;
            default -> Map.of();
        };
        return names.getOrDefault(dataset, record + ":" + dataset);
    }

    /** Says whether the standard gives the dataset characters, and not numbers or pixels. */
    static boolean isText(int record, int dataset) {
        return switch (record) {
            case ENVELOPE -> ENVELOPE_NAMES.containsKey(dataset) && !ENVELOPE_NUMBERS.contains(dataset);
            case APPLICATION -> APPLICATION_NAMES.containsKey(dataset) && !APPLICATION_BYTES.contains(dataset);
            default -> false;
        };
    }
}
