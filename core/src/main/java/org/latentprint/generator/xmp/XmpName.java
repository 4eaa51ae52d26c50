package org.latentprint.generator.xmp;

/**
 * Name of a property: XMP knows it by the namespace's address, and the prefix is the writer's choice.
 *
 * @param namespace address of the namespace, as written
 * @param local name within it, such as {@code DigitalSourceType}
 */
public record XmpName(String namespace, String local) implements Comparable<XmpName> {
    private static final String IPTC_EXTENSION = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    private static final String DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";

    /** IPTC Photo Metadata Standard: address of a term in the list of digital source types. */
    public static final XmpName DIGITAL_SOURCE_TYPE = iptc("DigitalSourceType");

    /** The older property that {@link #DIGITAL_SOURCE_TYPE} replaced. */
    public static final XmpName DIGITAL_SOURCE_FILE_TYPE = iptc("DigitalSourcefileType");

    /** The older property as Google's programs spell it. */
    public static final XmpName DIGITAL_SOURCE_FILE_TYPE_VARIANT = iptc("DigitalSourceFileType");

    public static final XmpName DIGITAL_IMAGE_GUID = iptc("DigImageGUID");

    /** IPTC Photo Metadata Standard 2025.1, as are the three that follow. */
    public static final XmpName AI_SYSTEM = iptc("AISystemUsed");

    public static final XmpName AI_SYSTEM_VERSION = iptc("AISystemVersionUsed");
    public static final XmpName AI_PROMPT = iptc("AIPromptInformation");
    public static final XmpName AI_PROMPT_WRITER = iptc("AIPromptWriterName");

    public static final XmpName DESCRIPTION = new XmpName(DUBLIN_CORE, "description");
    public static final XmpName CREATOR = new XmpName(DUBLIN_CORE, "creator");
    public static final XmpName CREDIT = new XmpName("http://ns.adobe.com/photoshop/1.0/", "Credit");
    public static final XmpName USER_COMMENT = new XmpName("http://ns.adobe.com/exif/1.0/", "UserComment");
    public static final XmpName CREATOR_TOOL = new XmpName("http://ns.adobe.com/xap/1.0/", "CreatorTool");

    @Override
    public int compareTo(XmpName other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace == 0 ? local.compareTo(other.local) : byNamespace;
    }

    private static XmpName iptc(String local) {
        return new XmpName(IPTC_EXTENSION, local);
    }
}
