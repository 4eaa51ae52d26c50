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
     * escape the percent sign. A name of 32 hexadecimal digits is that of AUTOMATIC1111's copy of an initial picture, whose ending is
     * not recorded ({@code modules/processing.py}). A picture is not its own input.
     */
    private static final String SQL = """
            INSERT INTO link
            WITH named AS (
                SELECT generation_id, ordinal, lower(replace(regexp_extract(
                        regexp_replace(name, '\\s*\\[(input|output|temp)\\]\\s*$', ''), '[^/\\\\]*$'), '%%', '%%25'))
                    AS file_name
                FROM generation_input
            ), files AS (
                SELECT item_id, lower(name) AS file_name, regexp_replace(lower(name), '\\.[^.]*$', '') AS stem
                FROM item
                WHERE kind = 'file' AND stream IS NULL
            ), found AS (
                SELECT named.generation_id, named.ordinal, files.item_id, 'same file name' AS rule
                FROM named JOIN files ON files.file_name = named.file_name
                WHERE named.file_name <> ''
                UNION
                SELECT named.generation_id, named.ordinal, files.item_id,
                    CASE WHEN files.file_name = named.file_name THEN 'same file name'
                        ELSE 'the recorded digest as file name' END
                FROM named JOIN files ON files.stem = named.file_name
                WHERE regexp_full_match(named.file_name, '[0-9a-f]{32}')
            ), pairs AS (
                SELECT found.generation_id, found.ordinal, found.item_id, found.rule,
                    row_number() OVER (PARTITION BY found.generation_id, found.ordinal ORDER BY found.item_id) AS place,
                    count(*) OVER (PARTITION BY found.generation_id, found.ordinal) AS items
                FROM found
                JOIN generation ON generation.generation_id = found.generation_id
                WHERE found.item_id <> generation.item_id
            )
            SELECT coalesce((SELECT max(link_id) FROM link), 0)
                    + row_number() OVER (ORDER BY generation_id, ordinal, item_id),
                'input-picture', generation_id, ordinal, item_id, 'inferred',
                CASE WHEN items > %1$d THEN rule || '; the first %1$d of ' || items || ' items' ELSE rule END
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
