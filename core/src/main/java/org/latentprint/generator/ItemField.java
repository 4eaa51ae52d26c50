package org.latentprint.generator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.latentprint.container.ItemMetadata;
import org.latentprint.container.MetadataBlock;
import org.latentprint.generator.marks.MarkedField;
import org.latentprint.generator.marks.MarkedField.Place;
import org.latentprint.generator.xmp.XmpName;

/**
 * One of an item's fields in which services and programs put their name.
 *
 * @param field its place and value
 * @param block it stands in
 * @param alone whether the block holds this field only, as an EXIF tag does and an XMP packet does not
 */
record ItemField(MarkedField field, MetadataBlock block, boolean alone) {
    /** Names are short; a longer text in such a field is no name. */
    private static final int MAX_LENGTH = 200;

    private static final Map<String, Place> TAGS =
            Map.of("Software", Place.SOFTWARE, "Make", Place.MAKE, "Model", Place.MODEL);

    private static final Map<XmpName, Place> PROPERTIES = Map.of(
            XmpName.CREDIT, Place.CREDIT,
            XmpName.CREATOR_TOOL, Place.CREATOR_TOOL,
            XmpName.CREATOR, Place.CREATOR);

    /** Record 2, data set 110 of IPTC's Information Interchange Model; readers add its name behind the number. */
    private static final Pattern CREDIT_DATA_SET = Pattern.compile("2:110(\\D.*)?");

    /** Returns the fields that are there and not blank, in the order of their places. */
    static List<ItemField> of(ItemMetadata metadata, List<ItemXmp> packets) {
        List<ItemField> fields = new ArrayList<>();
        for (MetadataBlock block : metadata.blocks()) {
            place(block).ifPresent(place -> add(place, block.textOrEmpty(), block, true, fields));
        }
        for (ItemXmp found : packets) {
            PROPERTIES.forEach((name, place) ->
                    found.packet().first(name).ifPresent(value -> add(place, value, found.block(), false, fields)));
        }
        fields.sort(Comparator.comparing(found -> found.field().place()));
        return fields;
    }

    private static Optional<Place> place(MetadataBlock block) {
        if (block.container().endsWith("/iptc")) {
            return CREDIT_DATA_SET.matcher(block.key()).matches() ? Optional.of(Place.CREDIT) : Optional.empty();
        }
        boolean tag = block.container().endsWith("/exif")
                || (block.container().startsWith("png/") && block.key().equals("Software"));
        return tag ? Optional.ofNullable(TAGS.get(block.key())) : Optional.empty();
    }

    private static void add(Place place, String value, MetadataBlock block, boolean alone, List<ItemField> fields) {
        String name = value.strip();
        if (!name.isEmpty() && name.length() <= MAX_LENGTH) {
            fields.add(new ItemField(new MarkedField(place, name), block, alone));
        }
    }
}
