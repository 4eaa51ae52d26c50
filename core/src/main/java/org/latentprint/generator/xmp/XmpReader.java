package org.latentprint.generator.xmp;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.latentprint.generator.xmp.XmpPacket.Trouble;

/**
 * Reads an XMP packet: ISO 16684-1, sections 7 and 8 (properties as elements or attributes, arrays, language alternatives,
 * {@code rdf:value}). The fields of a structure are passed over. The packet comes from evidence: document types and
 * entities other than XML's own five are refused, nothing outside the text is looked up, and size, depth and the number of
 * values are bounded.
 */
public final class XmpReader {
    /** Packets with long edit histories have some hundred thousand characters; extended XMP with depth maps some million. */
    public static final int MAX_LENGTH = 8 << 20;

    /** Real packets nest about ten elements. */
    public static final int MAX_DEPTH = 64;

    /** Edit histories and keyword lists have some thousand entries. */
    public static final int MAX_VALUES = 20_000;

    /** Lightroom writes each of some hundred develop settings as an attribute of one element; Java's own bound is 200. */
    private static final String MAX_ATTRIBUTES = "10000";

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final Set<String> ARRAYS = Set.of("Alt", "Bag", "Seq");
    private static final List<String> STARTS = List.of("<x:xmpmeta", "<x:xapmeta", "<rdf:RDF");

    private final TreeMap<XmpName, List<String>> properties = new TreeMap<>();
    private final XMLStreamReader xml;
    private int values;
    private int depth;

    private XmpReader(XMLStreamReader xml) {
        this.xml = xml;
    }

    /**
     * Reads a packet, with or without its wrapper of processing instructions and the padding behind it.
     *
     * @param text of the packet
     * @return its properties; never throws for what the text holds
     */
    public static XmpPacket read(String text) {
        if (text.length() > MAX_LENGTH) {
            return new XmpPacket(
                    new TreeMap<>(),
                    Optional.of(new Trouble(
                            true,
                            "an XMP packet of " + text.length() + " characters; up to " + MAX_LENGTH + " are read")));
        }
        String body = body(text);
        XMLStreamReader stream;
        try {
            stream = factory().createXMLStreamReader(new StringReader(body));
        } catch (XMLStreamException | RuntimeException broken) {
            return new XmpPacket(new TreeMap<>(), Optional.of(broken(broken)));
        }
        XmpReader reader = new XmpReader(stream);
        Optional<Trouble> trouble = Optional.empty();
        try {
            reader.packet();
        } catch (BoundReached bound) {
            trouble = Optional.of(new Trouble(true, bound.words));
        } catch (XMLStreamException | RuntimeException broken) {
            // The parser answers some broken texts with unchecked exceptions of its own.
            trouble = Optional.of(broken(broken));
        }
        return new XmpPacket(reader.properties, trouble);
    }

    /** Returns the text from its root element on: writers put byte order marks and declarations where XML allows none. */
    private static String body(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == 0 || Character.isWhitespace(text.charAt(end - 1)))) {
            end--;
        }
        String trimmed = text.substring(0, end);
        return STARTS.stream().mapToInt(trimmed::indexOf).filter(at -> at >= 0).min().stream()
                .mapToObj(trimmed::substring)
                .findFirst()
                .orElse(trimmed.strip());
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setProperty("jdk.xml.elementAttributeLimit", MAX_ATTRIBUTES);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("a reference to something outside the packet");
        });
        return factory;
    }

    private static Trouble broken(Exception broken) {
        String reason = broken instanceof XMLStreamException failure && failure.getLocation() != null
                ? "at line " + failure.getLocation().getLineNumber() + ", column "
                        + failure.getLocation().getColumnNumber() + " of its text"
                : broken.getClass().getSimpleName();
        return new Trouble(false, "an XMP packet that is no well-formed XML: " + reason);
    }

    private void packet() throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("a document type or entity in an XMP packet", xml.getLocation());
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                enter();
                if (isRdf("RDF")) {
                    resources();
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    /** Reads the nodes below {@code rdf:RDF}; each states properties of the file. */
    private void resources() throws XMLStreamException {
        while (child()) {
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                if (isProperty(i)) {
                    add(
                            new XmpName(xml.getAttributeNamespace(i), xml.getAttributeLocalName(i)),
                            xml.getAttributeValue(i));
                }
            }
            while (child()) {
                XmpName name = new XmpName(text(xml.getNamespaceURI()), xml.getLocalName());
                properties.computeIfAbsent(name, any -> new ArrayList<>());
                value(name);
            }
        }
    }

    /** Reads the element of a property or of an array's entry, up to its end. */
    private void value(XmpName name) throws XMLStreamException {
        String resource = xml.getAttributeValue(RDF, "resource");
        String plain = resource == null ? xml.getAttributeValue(RDF, "value") : resource;
        boolean structure = "Resource".equals(xml.getAttributeValue(RDF, "parseType"));
        boolean attributes = hasProperties();
        StringBuilder words = new StringBuilder();
        boolean nested = false;
        while (true) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
                break;
            }
            if (event == XMLStreamConstants.CHARACTERS
                    || event == XMLStreamConstants.CDATA
                    || event == XMLStreamConstants.SPACE) {
                words.append(xml.getText());
            } else if (event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("an entity in an XMP packet", xml.getLocation());
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                nested = true;
                enter();
                content(name);
            }
        }
        if (plain != null) {
            add(name, plain);
        } else if (!nested && !structure && !attributes) {
            add(name, words.toString());
        }
    }

    /** Reads an element within a property: an array, the value of a qualified one, or a field that is passed over. */
    private void content(XmpName name) throws XMLStreamException {
        if (RDF.equals(xml.getNamespaceURI()) && ARRAYS.contains(xml.getLocalName())) {
            while (child()) {
                value(name);
            }
        } else if (isRdf("value")) {
            value(name);
        } else if (isRdf("Description")) {
            String plain = xml.getAttributeValue(RDF, "value");
            if (plain != null) {
                add(name, plain);
            }
            while (child()) {
                if (isRdf("value")) {
                    value(name);
                } else {
                    skip();
                }
            }
        } else {
            skip();
        }
    }

    /** Goes to the next child element, and into it; or past the end of the element, and says so. */
    private boolean child() throws XMLStreamException {
        while (true) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                enter();
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
                return false;
            }
            if (event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("an entity in an XMP packet", xml.getLocation());
            }
        }
    }

    private void skip() throws XMLStreamException {
        int outer = depth - 1;
        while (depth > outer) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                enter();
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw new BoundReached("an XMP packet nests more than " + MAX_DEPTH + " elements; the rest was not read");
        }
    }

    private void add(XmpName name, String value) {
        if (++values > MAX_VALUES) {
            throw new BoundReached("an XMP packet has more than " + MAX_VALUES + " values; the rest was not read");
        }
        properties.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    private boolean isRdf(String local) {
        return RDF.equals(xml.getNamespaceURI()) && xml.getLocalName().equals(local);
    }

    private boolean hasProperties() {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (isProperty(i)) {
                return true;
            }
        }
        return false;
    }

    /** Says whether an attribute states a property; those of RDF and XML say how to read the element. */
    private boolean isProperty(int attribute) {
        String namespace = text(xml.getAttributeNamespace(attribute));
        return !namespace.isEmpty() && !namespace.equals(RDF) && !namespace.equals(XMLConstants.XML_NS_URI);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Ends reading at a bound. */
    private static final class BoundReached extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String words;

        BoundReached(String words) {
            super(words, null, false, false);
            this.words = words;
        }
    }
}
