package org.latentprint.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.latentprint.evidence.EvidenceBytes;
import org.latentprint.evidence.EvidenceSource;
import org.latentprint.evidence.FolderSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints which metadata exiftool shows in the files of a folder and our container readers do not, and the reverse. Every tag
 * of exiftool is looked up among our blocks: a text by its key, a tag of EXIF by its number, and what stands in one packet
 * (XMP, a colour profile, Content Credentials) by that packet. What describes only the picture's coding (size, bit depth,
 * gamma, the tracks of a film) is counted apart.
 *
 * <p>Usage: {@code ExiftoolDifference FOLDER}; ends with 1 where a block is missing, with 3 where exiftool does not run.
 */
public final class ExiftoolDifference {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_LISTED = 100;

    private final Map<String, Integer> found = new TreeMap<>();
    private final Map<String, Integer> coding = new TreeMap<>();
    private final Map<String, List<String>> missing = new TreeMap<>();
    private final TreeSet<String> onlyOurs = new TreeSet<>();
    private int ours;

    private ExiftoolDifference() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Path.of(arguments[0]);
        JsonNode shown;
        try {
            shown = exiftool(folder);
        } catch (IOException failure) {
            out.println("exiftool does not run (Debian: libimage-exiftool-perl): " + failure.getMessage());
            System.exit(3);
            return;
        }
        ExiftoolDifference difference = new ExiftoolDifference();
        difference.compare(folder, shown);
        difference.print(out);
        System.exit(difference.missing.isEmpty() ? 0 : 1);
    }

    private static JsonNode exiftool(Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "exiftool",
                        "-j",
                        "-a",
                        "-u",
                        "-U",
                        "-D",
                        "-G0:1",
                        "-r",
                        "-fast0",
                        "-ext",
                        "*",
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream output = process.getInputStream()) {
            JsonNode shown = JSON.readTree(output);
            process.waitFor();
            return shown;
        }
    }

    private void compare(Path folder, JsonNode shown) throws IOException, InterruptedException {
        Map<Path, JsonNode> byFile = new TreeMap<>();
        for (JsonNode file : shown.values()) {
            byFile.put(Path.of(file.path("SourceFile").stringValue()).normalize(), file);
        }
        try (EvidenceSource source = FolderSource.open(folder.toString())) {
            source.walk(item -> {
                JsonNode file = byFile.get(folder.resolve(item.path()).normalize());
                if (file == null) {
                    return;
                }
                try (EvidenceBytes bytes = source.open(item)) {
                    compare(item.path(), file, MetadataExtractor.extract(item.path(), bytes));
                } catch (IOException failure) {
                    missing.put(item.path(), List.of("could not be read: " + failure.getMessage()));
                }
            });
        }
    }

    private void compare(String item, JsonNode file, ItemMetadata metadata) {
        if (metadata.mediaType()
                .filter(type -> type.matches("(image|video|audio|model)/.*"))
                .isEmpty()) {
            return;
        }
        ours += metadata.blocks().size();
        TreeSet<String> matched = new TreeSet<>();
        for (Map.Entry<String, JsonNode> tag : file.properties()) {
            int colon = tag.getKey().lastIndexOf(':');
            if (colon < 0) {
                continue;
            }
            String group = tag.getKey().substring(0, colon);
            String name = tag.getKey().substring(colon + 1);
            Optional<Predicate<MetadataBlock>> place =
                    Place.of(group, name, tag.getValue().path("id").asString(""));
            String family = group.split(":", 2)[0];
            if (place.isEmpty()) {
                coding.merge(family, 1, Integer::sum);
                continue;
            }
            List<MetadataBlock> blocks =
                    metadata.blocks().stream().filter(place.get()).toList();
            if (blocks.isEmpty()) {
                missing.computeIfAbsent(item + ": " + family, any -> new ArrayList<>())
                        .add(name + " = " + shortened(tag.getValue().path("val")));
            } else {
                found.merge(family, 1, Integer::sum);
                blocks.forEach(block -> matched.add(named(block)));
            }
        }
        metadata.blocks().stream()
                .map(ExiftoolDifference::named)
                .filter(name -> !matched.contains(name))
                .forEach(name -> onlyOurs.add(name + " (" + item + ")"));
    }

    private static String named(MetadataBlock block) {
        return (block.container() + " " + block.key()).strip();
    }

    private static String shortened(JsonNode value) {
        String text = value.isValueNode() ? value.asString() : value.toString();
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 60 ? line.substring(0, 60) + "..." : line;
    }

    private void print(PrintStream out) {
        out.println("tags of exiftool whose block is among ours, by family:");
        found.forEach((family, count) -> out.printf(Locale.ROOT, "  %-14s %6d%n", family, count));
        out.println("tags that describe only the picture's coding, by family: " + coding);
        out.println("our blocks: " + ours + ", of which exiftool shows none for " + onlyOurs.size());
        onlyOurs.stream().limit(MAX_LISTED).forEach(name -> out.println("  only ours: " + name));
        missing.forEach((block, tags) ->
                out.println("  MISSING: " + block + ", " + tags.size() + " tags, the first " + tags.getFirst()));
        out.println("metadata blocks that exiftool shows and we do not: " + missing.size());
    }

    /** Where a tag that exiftool shows must stand among our blocks. */
    private static final class Place {
        private Place() {}

        /** Returns what finds the block; empty for a tag that describes the coding or the file system. */
        static Optional<Predicate<MetadataBlock>> of(String group, String name, String id) {
            return switch (group.split(":", 2)[0]) {
                case "EXIF" -> Optional.of(exif(group, id));
                case "MakerNotes" -> Optional.of(block -> block.key().equals("MakerNote"));
                case "XMP" -> Optional.of(Place::isXmp);
                case "ICC_Profile" -> Optional.of(Place::isProfile);
                case "JUMBF" -> Optional.of(Place::isCredentials);
                case "JFIF" -> Optional.of(block -> block.key().startsWith("JF"));
                case "APP14" -> Optional.of(block -> block.container().endsWith("APP14"));
                case "MPF" -> Optional.of(block -> block.key().startsWith("MPF"));
                case "IPTC" -> Optional.of(block -> block.container().contains("iptc"));
                case "Photoshop" -> Optional.of(block -> isResource(block, id));
                case "PNG" ->
                    name.equals("ProfileName")
                            ? Optional.of(Place::isProfile)
                            : text(id).filter(any -> !isCodingOfPng(id));
                case "QuickTime" ->
                    group.endsWith("Keys") || group.endsWith("ItemList") || group.endsWith("UserData")
                            ? text(id)
                            : Optional.empty();
                case "Matroska" ->
                    Optional.of(id)
                            .filter(any -> id.matches("\\D.*") || name.endsWith("App") || name.equals("Title"))
                            .flatMap(any -> text(id.matches("\\D.*") ? id : name));
                case "GIF", "RIFF", "FLAC", "Vorbis", "Opus", "ID3", "APE", "SVG", "HTML" ->
                    id.matches("\\D.*") ? text(id) : Optional.empty();
                case "File" ->
                    name.equals("Comment")
                            ? Optional.of(block -> block.container().endsWith("COM"))
                            : Optional.empty();
                default -> Optional.empty();
            };
        }

        /** A resource by its number; what exiftool reads inside of one has a small number of its own. */
        private static boolean isResource(MetadataBlock block, String id) {
            boolean whole = id.matches("\\d{4,5}");
            return block.container().contains("/photoshop")
                    && (!whole || block.key().equals(String.format(Locale.ROOT, "0x%04X", Integer.parseInt(id))));
        }

        private static boolean isXmp(MetadataBlock block) {
            return block.container().contains("/xmp");
        }

        private static boolean isProfile(MetadataBlock block) {
            String place = (block.container() + " " + block.key()).toLowerCase(Locale.ROOT);
            return place.contains("iccp") || place.contains("icc_profile");
        }

        private static boolean isCredentials(MetadataBlock block) {
            String container = block.container().toLowerCase(Locale.ROOT);
            return container.endsWith("app11") || container.endsWith("cabx") || container.contains("c2pa");
        }

        private static boolean isCodingOfPng(String id) {
            return id.matches("\\d+|gAMA|bKGD|sRGB|sBIT|tRNS|PLTE|hIST|acTL|cICP|sPLT");
        }

        private static Optional<Predicate<MetadataBlock>> text(String key) {
            return Optional.of(block -> block.key().equalsIgnoreCase(key)
                    || block.container().endsWith("/" + key)
                    || block.key().toLowerCase(Locale.ROOT).endsWith(key.toLowerCase(Locale.ROOT)));
        }

        private static Predicate<MetadataBlock> exif(String group, String id) {
            boolean gps = group.endsWith("GPS");
            if (!id.matches("\\d+")) {
                return block -> block.container().contains("exif");
            }
            int tag = Integer.parseInt(id);
            String number = String.format(Locale.ROOT, "0x%04X", tag);
            String key = ExifTags.nameOf(gps ? ExifEntry.Directory.GPS : ExifEntry.Directory.IMAGE, tag);
            return block -> block.key().equals(ExifFigures.KEY)
                    ? block.textOrEmpty().contains(number)
                    : block.container().contains(gps ? "exif-gps" : "exif")
                            && block.key().equals(key);
        }
    }
}
