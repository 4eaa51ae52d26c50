package org.latentprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every bound has its reason beside it, and {@code docs/bounds.md} lists them all. */
class BoundsTest {
    private static final Path PAGE = Path.of("../docs/bounds.md");
    private static final Path MADE = Path.of("target/bounds.md");
    private static final String SOURCES = "src/main/java/org/latentprint";

    /** A named number whose name says that it is a bound, with the comment before it. */
    private static final Pattern BOUND = Pattern.compile(
            "(?:/\\*\\*((?:(?!\\*/).)*)\\*/\\s*|//([^\\n]*)\\n\\s*)?(?:(?:public|private|protected) )?"
                    + "static final (?:int|long|double) (\\w*(?:MAX|MOST|LIMIT|LONGEST)\\w*)\\s*=\\s*([^;]+);",
            Pattern.DOTALL);

    private record Bound(String owner, String name, String value, String reason) {}

    @Test
    void everyBoundHasAReason() throws IOException {
        assertThat(bounds())
                .hasSizeGreaterThan(200)
                .allSatisfy(
                        bound -> assertThat(bound.reason()).as(bound.toString()).isNotBlank());
    }

    @Test
    void thePageListsThemAll() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Bounds

                Every number read from evidence meets one of these before it is used, and so does whatever grows with evidence. Where a
                container, an archive, a model file or a whole record goes beyond one, the item has a `limit` problem that says what was
                asked and what is granted; lists within one record, such as LoRAs, end at theirs without one. Sizes are bytes or
                characters. `BoundsTest` makes this page from the sources.

                | where | bound | value | reason |
                |---|---|---|---|
                """);
        for (Bound bound : bounds()) {
            page.append("| `%s` | `%s` | `%s` | %s |\n"
                    .formatted(bound.owner(), bound.name(), bound.value(), bound.reason()));
        }
        Files.writeString(MADE, page);
        assertThat(Files.readString(PAGE))
                .as("the bounds have changed: cp core/target/bounds.md docs/bounds.md")
                .isEqualTo(page.toString());
    }

    private static List<Bound> bounds() throws IOException {
        List<Bound> bounds = new ArrayList<>();
        for (Path root : List.of(Path.of(SOURCES), Path.of("../cli").resolve(SOURCES))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    String owner =
                            root.relativize(file).toString().replace('\\', '/').replace(".java", "");
                    Matcher bound = BOUND.matcher(Files.readString(file));
                    while (bound.find()) {
                        String reason = bound.group(1) == null ? bound.group(2) : bound.group(1);
                        bounds.add(new Bound(
                                owner,
                                bound.group(3),
                                bound.group(4).replaceAll("\\s+", " "),
                                reason == null ? "" : plain(reason)));
                    }
                }
            }
        }
        return bounds;
    }

    private static String plain(String comment) {
        return comment.replaceAll("\\n\\s*\\* ?", " ")
                .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                .replaceAll("@\\w+ ", "")
                .replace("|", "\\|")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
