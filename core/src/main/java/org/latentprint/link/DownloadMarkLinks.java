package org.latentprint.link;

import org.latentprint.casefile.CaseDatabase;
import org.latentprint.casefile.CaseException;
import org.latentprint.container.DownloadMarkReader;

/**
 * Links the marks of downloads to the files that they are of. A mark that is a stream of the same file is its mark (recorded);
 * one that lies beside a file as a file of its own is told by its name alone (inferred).
 */
public final class DownloadMarkLinks {
    /** What stands behind the file's name; where a stream became a file of its own, the colon may have become another sign. */
    private static final String ENDING = "[:._]Zone\\.Identifier(:\\$DATA)?$";

    private static final String SQL = """
            INSERT INTO download_mark_link
            WITH marks AS (
                SELECT item_id, exhibit_id, stream, allocation, archive, regexp_replace(path, '%2$s', '', 'i') AS path,
                    regexp_extract(address, '^[^/]*/[0-9]+') AS file
                FROM item WHERE media_type = '%1$s' AND regexp_matches(path, '%2$s', 'i')
            ), files AS (
                SELECT item_id, exhibit_id, path, allocation, archive, regexp_extract(address, '^[^/]*/[0-9]+') AS file
                FROM item WHERE kind = 'file' AND stream IS NULL AND media_type IS DISTINCT FROM '%1$s'
            ), found AS (
                SELECT marks.item_id AS mark_item_id, files.item_id,
                    marks.stream IS NOT NULL AS same, marks.allocation = files.allocation AS near
                FROM marks JOIN files ON files.exhibit_id = marks.exhibit_id AND files.path = marks.path
                    AND files.archive IS NOT DISTINCT FROM marks.archive
                WHERE marks.stream IS NULL
                    OR (marks.file IS NOT DISTINCT FROM files.file AND marks.allocation = files.allocation)
            ), first AS (
                FROM found QUALIFY row_number() OVER (PARTITION BY mark_item_id ORDER BY near DESC, item_id) = 1
            )
            SELECT row_number() OVER (ORDER BY mark_item_id), mark_item_id, item_id,
                CASE WHEN same THEN 'recorded' ELSE 'inferred' END,
                CASE WHEN same THEN 'a stream of the same file' ELSE 'same name in the same folder' END
            FROM first ORDER BY mark_item_id
            """.formatted(DownloadMarkReader.MEDIA_TYPE, ENDING);

    private DownloadMarkLinks() {}

    /**
     * Makes these links anew for the whole case; calling it again gives the same.
     *
     * @throws CaseException where the case cannot be written
     */
    public static void rebuild(CaseDatabase database) throws CaseException {
        database.transaction(() -> {
            database.execute("DELETE FROM download_mark_link");
            database.execute(SQL);
        });
    }
}
