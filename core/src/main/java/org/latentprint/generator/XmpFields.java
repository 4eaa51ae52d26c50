package org.latentprint.generator;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The simple properties of an XMP packet (ISO 16684-1): elements or attributes of {@code rdf:Description}. Of a list or of
 * several languages the first entry counts. A packet that breaks off gives what stands before the break.
 */
final class XmpFields {
    static final String EXIF = "http://ns.adobe.com/exif/1.0/";
    static final String XMP = "http://ns.adobe.com/xap/1.0/";
    static final String DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /** A record with an embedded picture has a few megabytes; programs that write their settings, some kilobytes. */
    private static final int MAX_PACKET = 16 << 20;

    /** Programs write some dozens. */
    private static final int MAX_FIELDS = 2_000;

    private final Map<String, String> fields = new HashMap<>();

    private XmpFields() {}

    /** Returns the properties of a packet; none where the text is none or is too long. */
    static XmpFields of(String packet) {
        XmpFields result = new XmpFields();
        int start = packet.indexOf("<x:xmpmeta");
        int end = packet.indexOf("</x:xmpmeta>", Math.max(0, start));
        String xml = start >= 0 && end > 0 ? packet.substring(start, end + "</x:xmpmeta>".length()) : packet.strip();
        if (xml.length() <= MAX_PACKET && xml.startsWith("<")) {
            try {
                result.read(factory().createXMLStreamReader(new StringReader(xml)));
            } catch (XMLStreamException broken) {
                return result;
            }
        }
        return result;
    }

    /** Returns a property's text. */
    Optional<String> text(String namespace, String name) {
        return Optional.ofNullable(fields.get(namespace + ' ' + name));
    }

    private void read(XMLStreamReader xml) throws XMLStreamException {
        // Depth of the innermost rdf:Description, of the property within it, and of the element at hand.
        int description = -1;
        int property = -1;
        int depth = 0;
        String key = "";
        StringBuilder text = new StringBuilder();
        while (xml.hasNext() && fields.size() < MAX_FIELDS) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    text.setLength(0);
                    if (property < 0 && isDescription(xml)) {
                        description = depth;
                        attributes(xml);
                    } else if (depth == description + 1 && property < 0) {
                        property = depth;
                        key = key(Optional.ofNullable(xml.getNamespaceURI()), xml.getLocalName());
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (property > 0 && !text.toString().isBlank()) {
                        fields.putIfAbsent(key, text.toString().strip());
                    }
                    text.setLength(0);
                    property = depth == property ? -1 : property;
                    description = depth == description ? -1 : description;
                    depth--;
                }
                default -> {}
            }
        }
    }

    private void attributes(XMLStreamReader xml) {
        for (int index = 0; index < xml.getAttributeCount() && fields.size() < MAX_FIELDS; index++) {
            fields.putIfAbsent(
                    key(Optional.ofNullable(xml.getAttributeNamespace(index)), xml.getAttributeLocalName(index)),
                    xml.getAttributeValue(index));
        }
    }

    private static boolean isDescription(XMLStreamReader xml) {
        return xml.getLocalName().equals("Description") && RDF.equals(xml.getNamespaceURI());
    }

    private static String key(Optional<String> namespace, String name) {
        return namespace.orElse("") + ' ' + name;
    }

    /** Makes a reader that resolves no entities and opens nothing. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
