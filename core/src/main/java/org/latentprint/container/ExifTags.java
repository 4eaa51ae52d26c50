package org.latentprint.container;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Numbers and names of EXIF tags that hold text, or bytes that an examiner should know of. Names as in the EXIF standard
 * (CIPA DC-008); the XP tags are those of Windows.
 */
final class ExifTags {
    static final int EXIF_DIRECTORY = 0x8769;
    static final int GPS_DIRECTORY = 0x8825;
    static final int USER_COMMENT = 0x9286;
    static final int MAKER_NOTE = 0x927C;
    static final int XMP = 0x02BC;
    static final int IPTC = 0x83BB;
    static final int IMAGE_RESOURCES = 0x8649;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x010D, "DocumentName"),
            Map.entry(0x010E, "ImageDescription"),
            Map.entry(0x010F, "Make"),
            Map.entry(0x0110, "Model"),
            Map.entry(0x011D, "PageName"),
            Map.entry(0x0131, "Software"),
            Map.entry(0x0132, "DateTime"),
            Map.entry(0x013B, "Artist"),
            Map.entry(0x013C, "HostComputer"),
            Map.entry(0x0151, "TargetPrinter"),
            Map.entry(XMP, "XMLPacket"),
            Map.entry(0x8298, "Copyright"),
            Map.entry(IPTC, "IPTC"),
            Map.entry(IMAGE_RESOURCES, "ImageResources"),
            Map.entry(0x8773, "InterColorProfile"),
            Map.entry(0x9003, "DateTimeOriginal"),
            Map.entry(0x9004, "DateTimeDigitized"),
            Map.entry(0x9010, "OffsetTime"),
            Map.entry(0x9011, "OffsetTimeOriginal"),
            Map.entry(0x9012, "OffsetTimeDigitized"),
            Map.entry(MAKER_NOTE, "MakerNote"),
            Map.entry(USER_COMMENT, "UserComment"),
            Map.entry(0x9290, "SubSecTime"),
            Map.entry(0x9291, "SubSecTimeOriginal"),
            Map.entry(0x9292, "SubSecTimeDigitized"),
            Map.entry(0x9C9B, "XPTitle"),
            Map.entry(0x9C9C, "XPComment"),
            Map.entry(0x9C9D, "XPAuthor"),
            Map.entry(0x9C9E, "XPKeywords"),
            Map.entry(0x9C9F, "XPSubject"),
            Map.entry(0xA004, "RelatedSoundFile"),
            Map.entry(0xA420, "ImageUniqueID"),
            Map.entry(0xA430, "CameraOwnerName"),
            Map.entry(0xA431, "BodySerialNumber"),
            Map.entry(0xA433, "LensMake"),
            Map.entry(0xA434, "LensModel"),
            Map.entry(0xA435, "LensSerialNumber"),
            Map.entry(0xA436, "ImageTitle"),
            Map.entry(0xA437, "Photographer"),
            Map.entry(0xA438, "ImageEditor"),
            Map.entry(0xA439, "CameraFirmware"),
            Map.entry(0xA43A, "RAWDevelopingSoftware"),
            Map.entry(0xA43B, "ImageEditingSoftware"),
            Map.entry(0xA43C, "MetadataEditingSoftware"),
            Map.entry(0xC4A5, "PrintImageMatching"));

    private static final Map<Integer, String> GPS_NAMES = Map.ofEntries(
            Map.entry(0x00, "GPSVersionID"),
            Map.entry(0x01, "GPSLatitudeRef"),
            Map.entry(0x02, "GPSLatitude"),
            Map.entry(0x03, "GPSLongitudeRef"),
            Map.entry(0x04, "GPSLongitude"),
            Map.entry(0x05, "GPSAltitudeRef"),
            Map.entry(0x06, "GPSAltitude"),
            Map.entry(0x07, "GPSTimeStamp"),
            Map.entry(0x12, "GPSMapDatum"),
            Map.entry(0x1B, "GPSProcessingMethod"),
            Map.entry(0x1C, "GPSAreaInformation"),
            Map.entry(0x1D, "GPSDateStamp"));

    /** Bytes that describe the pixels or the standard's version, in EXIF and in the TIFF tags beside it. */
    private static final Set<Integer> BOOKKEEPING =
            Set.of(0x9000, 0x9101, 0xA000, 0xA300, 0xA301, 0xA302, 0x8828, 0xA20C, 0xA40B, 0x0201, 0x015B, 0x0212);

    private ExifTags() {}

    /** Returns a tag's name, or its number such as {@code 0x4746} where it has none here. */
    static String nameOf(ExifEntry.Directory directory, int tag) {
        Map<Integer, String> names = directory == ExifEntry.Directory.GPS ? GPS_NAMES : NAMES;
        return names.getOrDefault(tag, String.format(Locale.ROOT, "0x%04X", tag));
    }

    /** Says whether the value holds no words and no hidden bytes by its definition. */
    static boolean isBookkeeping(int tag) {
        return BOOKKEEPING.contains(tag);
    }

    /** Says whether it is one of the tags that Windows writes in UTF-16. */
    static boolean isWindowsText(int tag) {
        return tag >= 0x9C9B && tag <= 0x9C9F;
    }

    /** Says whether the value is bytes of some other format. */
    static boolean isBinary(int tag) {
        return tag == MAKER_NOTE || tag == IPTC || tag == IMAGE_RESOURCES || tag == 0x8773 || tag == 0xC4A5;
    }
}
