package org.latentprint.link;

import org.latentprint.casefile.CaseDatabase;
import org.latentprint.casefile.CaseException;

/**
 * Links the pictures that a generation names as its input to the items of the case that may be them. All that is known is
 * the name, so that each link is inferred: a file of the same name need not be the same picture.
 */
public final class InputLinks {
    /** Of a name that more items share than this, such as {@code image.png}, the first in the case are linked. */
    public static final int MAX_ITEMS = 100;

    /**
     * The last part of the recorded name, without the note of the folder that ComfyUI puts behind it
     * (folder_paths.py, annotated_filepath), against the last part of the item's path, without regard to case. Item names
     * escape the percent sign. A picture is not its own input.
     */
    private static final String SQL = """
            INSERT INTO link
            WITH named AS (
                SELECT generation_id, ordinal, lower(replace(regexp_extract(
                        regexp_replace(name, '\\s*\\[(input|output|temp)\\]\\s*$', ''), '[^/\\\\]*$'), '%%', '%%25'))
                    AS file_name
                FROM generation_input
            ), pairs AS (
                SELECT named.generation_id, named.ordinal, item.item_id,
                    row_number() OVER (PARTITION BY named.generation_id, named.ordinal ORDER BY item.item_id) AS place,
                    count(*) OVER (PARTITION BY named.generation_id, named.ordinal) AS items
                FROM named
                JOIN generation ON generation.generation_id = named.generation_id
                JOIN item ON lower(item.name) = named.file_name
                WHERE named.file_name <> '' AND item.kind = 'file' AND item.stream IS NULL
                    AND item.item_id <> generation.item_id
            )
            SELECT coalesce((SELECT max(link_id) FROM link), 0)
                    + row_number() OVER (ORDER BY generation_id, ordinal, item_id),
                'input-picture', generation_id, ordinal, item_id, 'inferred',
                CASE WHEN items > %1$d THEN 'same file name; the first %1$d of ' || items || ' items'
                    ELSE 'same file name' END
            FROM pairs
            WHERE place <= %1$d
            ORDER BY generation_id, ordinal, item_id
            """.formatted(MAX_ITEMS);

    private InputLinks() {}

    /**
     * Makes these links anew for the whole case; calling it again gives the same.
     *
     * @throws CaseException where the case cannot be written
     */
    public static void rebuild(CaseDatabase database) throws CaseException {
        database.transaction(() -> {
            database.execute("DELETE FROM link WHERE kind = 'input-picture'");
            database.execute(SQL);
        });
    }
}
