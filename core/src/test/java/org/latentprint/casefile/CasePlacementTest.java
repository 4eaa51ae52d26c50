package org.latentprint.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CasePlacementTest {
    @TempDir
    Path root;

    private Path source;

    @BeforeEach
    void makeSource() throws IOException {
        source = Files.createDirectories(root.resolve("exhibits/one"));
    }

    @Test
    void takesPlacesApart() throws Exception {
        CasePlacement.requireApart(root.resolve("case"), source);
        CasePlacement.requireApart(root.resolve("exhibits/one-case"), source);
        CasePlacement.requireApart(root.resolve("exhibits/one/../two/new/case"), source);
        assertThat(root.resolve("case")).doesNotExist();
    }

    @Test
    void refusesACaseInsideTheSource() {
        refuse(source, "inside the source");
        refuse(source.resolve("new/deeper"), "inside the source");
        refuse(root.resolve("x/../exhibits/one/case"), "inside the source");
    }

    @Test
    void refusesASourceInsideTheCase() {
        refuse(root, "inside the output");
        refuse(root.resolve("exhibits"), "inside the output");
    }

    @Test
    void looksThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(root.resolve("link"), source);
        refuse(link.resolve("not/there/yet"), "inside the source");
        Path other = Files.createDirectory(root.resolve("other"));
        assertThatThrownBy(() -> CasePlacement.requireApart(source.resolve("case"), link))
                .isInstanceOf(CaseException.class);
        Path dangling = Files.createSymbolicLink(other.resolve("dangling"), source.resolve("missing"));
        assertThatThrownBy(() -> CasePlacement.requireApart(dangling.resolve("case"), source))
                .isInstanceOf(IOException.class);
    }

    private void refuse(Path output, String why) {
        assertThatThrownBy(() -> CasePlacement.requireApart(output, source))
                .as(output.toString())
                .isInstanceOf(CaseException.class)
                .hasMessageContaining(why);
    }
}
