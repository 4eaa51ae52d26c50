package org.latentprint.evidence.image.sleuthkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Where the fields of the library's structures lie. The library has no functions that return them, and its structures
 * change between releases; so each known release and processor has a list of its own among the resources, which {@code
 * core/src/main/native/sleuthkit-layout.c} printed from that release's headers.
 */
final class SleuthKitLayout {
    private final Map<String, Map<String, Long>> offsets = new HashMap<>();

    private SleuthKitLayout(Properties listed) {
        for (String name : listed.stringPropertyNames()) {
            int point = name.indexOf('.');
            offsets.computeIfAbsent(name.substring(0, point), type -> new HashMap<>())
                    .put(name.substring(point + 1), Long.valueOf(listed.getProperty(name)));
        }
    }

    /**
     * Returns the layout of a release.
     *
     * @param version as the library says it, such as {@code 4.11.1}
     * @throws SleuthKitMissing where this release, or this kind of processor, is not known
     */
    static SleuthKitLayout of(String version) throws SleuthKitMissing {
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String name = "sleuthkit-" + version + "-" + processor + ".properties";
        boolean plain = version.matches("[0-9.]{1,20}") && processor.matches("[a-z0-9_]{1,20}");
        try (InputStream listed = plain ? SleuthKitLayout.class.getResourceAsStream(name) : null) {
            if (listed == null) {
                throw new SleuthKitMissing("The Sleuth Kit's library on this machine is release " + version + " for "
                        + processor + ", whose structures this version of latentprint does not know; it knows release"
                        + " 4.11.1 for amd64 (Debian 12: apt-get install libtsk19)");
            }
            Properties properties = new Properties();
            properties.load(listed);
            return new SleuthKitLayout(properties);
        } catch (IOException impossible) {
            throw new SleuthKitMissing("the list of the library's structures cannot be read: " + impossible);
        }
    }

    /** Returns the size of the structure that the program makes for the library, in bytes. */
    long sizeOfImage() {
        return of(Struct.Type.TSK_IMG_INFO).getOrDefault("size", 0L);
    }

    /** Returns the fields of a structure by name, each with its offset in bytes. */
    Map<String, Long> of(Struct.Type type) {
        Map<String, Long> fields = offsets.get(type.name());
        if (fields == null) {
            throw new IllegalStateException("the layout lacks " + type);
        }
        return fields;
    }
}
