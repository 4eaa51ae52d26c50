package org.latentprint.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentprint.casefile.CaseException;

class DownloadMarkLinksTest extends InOpenCase {
    private static final String STREAM = "Zone.Identifier";

    private long items;

    @Test
    void aStreamIsOfTheFileThatHasIt() throws Exception {
        image("cat.png", "allocated", "63/41-128-1", Optional.empty());
        image("cat.png", "deleted", "63/57", Optional.empty());
        image("cat.png:" + STREAM, "allocated", "63/41-128-5", Optional.of(STREAM));
        image("cat.png:" + STREAM, "deleted", "63/57-128-4", Optional.of(STREAM));
        image("cat.png:" + STREAM, "deleted", "63/99-128-4", Optional.of(STREAM));

        assertThat(links())
                .containsExactly("3|1|recorded|a stream of the same file", "4|2|recorded|a stream of the same file");
    }

    @Test
    void aFileOfItsOwnIsToldByItsName() throws Exception {
        file("a/cat.png", "image/png");
        file("b/cat.png", "image/png");
        for (String ending :
                List.of(":Zone.Identifier", ".Zone.Identifier", "_Zone.Identifier", ":Zone.Identifier:$DATA")) {
            file("b/cat.png" + ending, "text/x-zone-identifier");
        }
        file("b/Zone.Identifier.txt", "text/x-zone-identifier");
        file("b/gone.png:Zone.Identifier", "text/x-zone-identifier");

        assertThat(links())
                .containsExactly(
                        "3|2|inferred|same name in the same folder",
                        "4|2|inferred|same name in the same folder",
                        "5|2|inferred|same name in the same folder",
                        "6|2|inferred|same name in the same folder");
    }

    @Test
    void aMarkUnderAnotherNameIsOfNoFile() throws Exception {
        image("notes.txt", "deleted", "63/57", Optional.empty());
        file("notes.txt", "text/x-zone-identifier");
        file("catZone.Identifier", "text/x-zone-identifier");
        file("cat", "image/png");

        assertThat(links()).isEmpty();
    }

    @Test
    void ofFilesOfOneNameTheOneThatIsAsAllocatedIsTaken() throws Exception {
        image("cat.png", "deleted", "63/57", Optional.empty());
        image("cat.png", "allocated", "63/41", Optional.empty());
        file("cat.png.Zone.Identifier", "text/x-zone-identifier");

        assertThat(links()).containsExactly("3|2|inferred|same name in the same folder");
    }

    private void file(String path, String mediaType) throws CaseException {
        insert(path, "allocated", Optional.empty(), Optional.empty(), mediaType);
    }

    private void image(String path, String allocation, String address, Optional<String> stream) throws CaseException {
        insert(
                path,
                allocation,
                Optional.of(address),
                stream,
                stream.isPresent() ? "text/x-zone-identifier" : "image/png");
    }

    private void insert(
            String path, String allocation, Optional<String> address, Optional<String> stream, String mediaType)
            throws CaseException {
        items++;
        folder.database()
                .execute(
                        "INSERT INTO item (item_id, exhibit_id, path, name, kind, allocation, address, stream, size, outcome,"
                                + " media_type, type_mismatch)"
                                + " VALUES (?, 1, ?, ?, 'file', ?, nullif(?, ''), nullif(?, ''), 9, 'read', ?, false)",
                        items,
                        path,
                        path.substring(path.lastIndexOf('/') + 1),
                        allocation,
                        address.orElse(""),
                        stream.orElse(""),
                        mediaType);
    }

    private List<String> links() throws CaseException {
        DownloadMarkLinks.rebuild(folder.database());
        DownloadMarkLinks.rebuild(folder.database());
        return folder.database()
                .query(
                        "SELECT mark_item_id, item_id, grade, rule FROM download_mark_link ORDER BY link_id",
                        row -> row.getLong(1) + "|" + row.getLong(2) + "|" + row.getString(3) + "|" + row.getString(4));
    }
}
