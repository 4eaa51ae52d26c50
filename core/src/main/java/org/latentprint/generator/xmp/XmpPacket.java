package org.latentprint.generator.xmp;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one XMP packet says.
 *
 * @param properties the properties of the resource to their values in the order written: one for a simple property, one for
 *     each entry of an array or each language, none for a structure
 * @param trouble why the packet could not be read to its end; what stands before that is in the properties
 */
public record XmpPacket(SortedMap<XmpName, List<String>> properties, Optional<Trouble> trouble) {

    /**
     * Why reading ended early.
     *
     * @param bound whether one of the reader's bounds was reached; else the packet breaks its format
     * @param message in words, with the place in the packet's text where it is known
     */
    public record Trouble(boolean bound, String message) {}

    public XmpPacket {
        SortedMap<XmpName, List<String>> copy = new TreeMap<>();
        properties.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        properties = Collections.unmodifiableSortedMap(copy);
    }

    /** Returns the names of all properties, structures included. */
    public Set<XmpName> names() {
        return properties.keySet();
    }

    /** Returns a property's values; none where it is absent or a structure. */
    public List<String> values(XmpName name) {
        return properties.getOrDefault(name, List.of());
    }

    /** Returns a property's first value that is not blank: of several languages the one the writer put first. */
    public Optional<String> first(XmpName name) {
        return values(name).stream().filter(value -> !value.isBlank()).findFirst();
    }
}
