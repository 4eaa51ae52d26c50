package org.latentprint.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
    @TempDir
    Path folder;

    @Test
    void walksDepthFirstInTheOrderOfTheNamesBytes() throws Exception {
        for (String name :
                List.of("b/2.png", "b/10.png", "a.png", "b.png", "B.png", "b/c/deep.png", "z", "\u00e4.png")) {
            write(name, name);
        }

        assertThat(paths())
                .containsExactly("B.png", "a.png", "b/10.png", "b/2.png", "b/c/deep.png", "b.png", "z", "\u00e4.png");
    }

    @Test
    void givesSizesTimesAndBytes() throws Exception {
        Path file = write("cat.png", "a cat");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-03-04T05:06:07.123456Z")));

        FolderSource source = FolderSource.open(folder.toString());
        ItemRef item = walk(source).getFirst();

        assertThat(item.size()).isEqualTo(5);
        assertThat(item.times())
                .contains(new ItemTime(
                        ItemTime.Kind.MODIFIED, Instant.parse("2025-03-04T05:06:07.123456Z"), "file system"))
                .extracting(ItemTime::kind)
                .contains(ItemTime.Kind.CHANGED)
                .doesNotContain(ItemTime.Kind.ACCESSED);
        try (EvidenceBytes bytes = source.open(item)) {
            assertThat(bytes.readExactly(2, 3)).isEqualTo("cat".getBytes(StandardCharsets.UTF_8));
            assertThat(bytes.read(4, new byte[9], 0, 9)).isEqualTo(1);
            assertThat(bytes.read(5, new byte[9], 0, 9)).isZero();
        }
    }

    @Test
    void takesASingleFileAsOneItem() throws Exception {
        Path file = write("sub/lone.png", "alone");

        FolderSource source = FolderSource.open(file.toString());

        assertThat(source.kind()).isEqualTo("file");
        assertThat(walk(source)).singleElement().satisfies(item -> {
            assertThat(item.path()).isEqualTo("lone.png");
            try (EvidenceBytes bytes = source.open(item)) {
                assertThat(bytes.size()).isEqualTo(5);
            }
        });
    }

    @Test
    void keepsNamesThatAreNoTextApart() throws Exception {
        shell("printf 1 > $'a\\xff.png'; printf 2 > 'a%FF.png'; printf 3 > $'a\\xfe.png'; printf 4 > $'tab\\there';"
                + "printf 5 > $'line\\nbreak'; printf 6 > ' blank'; printf 7 > $'half\\xc3'; printf 8 > '%'");

        FolderSource source = FolderSource.open(folder.toString());
        List<ItemRef> items = walk(source);

        assertThat(items)
                .extracting(ItemRef::path)
                .containsExactlyInAnyOrder(
                        "a%FF.png", "a%25FF.png", "a%FE.png", "tab\there", "line\nbreak", " blank", "half%C3", "%25");
        HashSet<String> contents = new HashSet<>();
        for (ItemRef item : items) {
            try (EvidenceBytes bytes = source.open(item)) {
                contents.add(new String(bytes.readExactly(0, 1), StandardCharsets.UTF_8));
            }
        }
        assertThat(contents).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void escapesEveryNameDifferently() {
        Random random = new Random(7);
        HashSet<String> texts = new HashSet<>();
        HashSet<List<Byte>> names = new HashSet<>();
        byte[] alphabet = {'%', 'F', '2', '5', (byte) 0xc3, (byte) 0xa4, (byte) 0xff, (byte) 0xed, (byte) 0xa0};
        for (int i = 0; i < 20_000; i++) {
            byte[] name = new byte[1 + random.nextInt(6)];
            List<Byte> boxed = new ArrayList<>();
            for (int k = 0; k < name.length; k++) {
                name[k] = alphabet[random.nextInt(alphabet.length)];
                boxed.add(name[k]);
            }
            names.add(boxed);
            texts.add(PathText.escape(name));
        }
        assertThat(texts).hasSameSizeAs(names);
    }

    @Test
    void listsLinksAndSpecialFilesWithoutFollowing() throws Exception {
        Path elsewhere = Files.createTempDirectory("elsewhere");
        Files.writeString(elsewhere.resolve("outside.png"), "outside");
        Files.createSymbolicLink(folder.resolve("folder-link"), elsewhere);
        Files.createSymbolicLink(folder.resolve("file-link"), Path.of("../x%.png"));
        shell("mkfifo pipe");

        FolderSource source = FolderSource.open(folder.toString());
        List<ItemRef> items = walk(source);

        assertThat(items).extracting(ItemRef::path).containsExactly("file-link", "folder-link", "pipe");
        assertThat(items)
                .extracting(ItemRef::kind)
                .containsExactly(ItemRef.Kind.LINK, ItemRef.Kind.LINK, ItemRef.Kind.SPECIAL);
        assertThat(items.get(0).linkTarget()).contains("../x%25.png");
        assertThat(items.get(1).linkTarget()).contains(elsewhere.toString());
        for (ItemRef item : items) {
            assertThatThrownBy(() -> source.open(item)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesLinksPutInPlaceAfterTheWalk() throws Exception {
        Path outside = Files.createTempDirectory("outside");
        Files.writeString(outside.resolve("swapped.png"), "outside");
        Path file = write("sub/swapped.png", "inside");
        FolderSource source = FolderSource.open(folder.toString());
        ItemRef item = walk(source).getFirst();

        Files.delete(file);
        Files.createSymbolicLink(file, outside.resolve("swapped.png"));
        assertThatThrownBy(() -> source.open(item)).isInstanceOf(IOException.class);

        Files.delete(file);
        Files.delete(folder.resolve("sub"));
        Files.createSymbolicLink(folder.resolve("sub"), outside);
        assertThatThrownBy(() -> source.open(item))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("link now");
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refusesAPipePutInPlaceAfterTheWalk() throws Exception {
        Path file = write("swapped.png", "inside");
        FolderSource source = FolderSource.open(folder.toString());
        ItemRef item = walk(source).getFirst();

        Files.delete(file);
        shell("mkfifo swapped.png");

        assertThatThrownBy(() -> source.open(item))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no ordinary file now");
    }

    @Test
    void refusesPathsThatLeadOut() throws Exception {
        FolderSource source = FolderSource.open(folder.toString());
        for (String path : List.of("../x", "a/../../x", "/etc/hostname", "", "a//b", "%00", "%2", "%zz", ".")) {
            ItemRef item = new ItemRef(
                    path,
                    ItemRef.Kind.FILE,
                    1,
                    ItemRef.Allocation.ALLOCATED,
                    List.of(),
                    java.util.Optional.empty(),
                    java.util.Optional.empty());
            assertThatThrownBy(() -> source.open(item)).as(path).isInstanceOf(IOException.class);
        }
    }

    @Test
    void listsAFolderThatIsTooDeep() throws Exception {
        Path deep = folder;
        for (int i = 0; i < FolderSource.MAX_DEPTH; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("unseen.png"), "x");

        List<ItemRef> items = walk(FolderSource.open(folder.toString()));

        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.kind()).isEqualTo(ItemRef.Kind.UNREADABLE_FOLDER);
            assertThat(item.path()).hasSize(2 * FolderSource.MAX_DEPTH - 1);
        });
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private void shell(String command) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private List<String> paths() throws Exception {
        return walk(FolderSource.open(folder.toString())).stream()
                .map(ItemRef::path)
                .toList();
    }

    private static List<ItemRef> walk(EvidenceSource source) throws Exception {
        List<ItemRef> items = new ArrayList<>();
        source.walk(items::add);
        return items;
    }
}
