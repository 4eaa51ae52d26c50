package org.latentprint.link;

import org.latentprint.casefile.CaseDatabase;
import org.latentprint.casefile.CaseException;

/**
 * Links the folders that a training record names to folders on the exhibits. All that is known of the place is the folder's
 * name, so that each link is inferred; beside it stands by how much the two agree: pictures counted and found, tags recorded
 * and found in the captions beside the pictures. The folders are those of the view {@code training_folder}.
 */
public final class TrainingLinks {
    /** Of a name that more folders have than this, such as {@code img}, those with the most pictures are linked. */
    public static final int MAX_FOLDERS = 20;

    private static final String SQL = """
            INSERT INTO training_link
            WITH places AS (
                SELECT *, row_number() OVER (PARTITION BY item_id, ordinal ORDER BY pictures DESC, exhibit_id, folder) AS place,
                    count(*) OVER (PARTITION BY item_id, ordinal) AS folders
                FROM training_folder
            ), linked AS (
                FROM places WHERE place <= %1$d
            ), caption_tags AS (
                SELECT item.exhibit_id, regexp_replace(item.path, '/[^/]*$', '') AS folder, caption_tag.item_id, tag
                FROM caption_tag JOIN item USING (item_id)
            ), captions AS (
                SELECT exhibit_id, folder, count(DISTINCT item_id) AS captions FROM caption_tags GROUP BY ALL
            ), folder_tags AS (
                SELECT DISTINCT exhibit_id, folder, tag FROM caption_tags
            ), recorded AS (
                SELECT item_id, count(DISTINCT lower(tag)) AS tags FROM training_tag GROUP BY item_id
            ), agreeing AS (
                SELECT linked.item_id, linked.exhibit_id, linked.folder, count(DISTINCT folder_tags.tag) AS tags
                FROM (SELECT DISTINCT item_id, exhibit_id, folder FROM linked) AS linked
                JOIN folder_tags ON folder_tags.exhibit_id = linked.exhibit_id AND folder_tags.folder = linked.folder
                JOIN training_tag ON training_tag.item_id = linked.item_id AND lower(training_tag.tag) = folder_tags.tag
                GROUP BY ALL
            )
            SELECT row_number() OVER (ORDER BY linked.item_id, linked.ordinal, linked.place), linked.item_id, linked.ordinal,
                linked.exhibit_id, linked.folder, training_dataset.pictures, linked.pictures, coalesce(captions.captions, 0),
                coalesce(recorded.tags, 0), coalesce(agreeing.tags, 0), 'inferred',
                CASE WHEN folders > %1$d THEN rule || '; the %1$d with the most pictures of more folders'
                    ELSE rule END
            FROM linked
            JOIN training_dataset ON training_dataset.item_id = linked.item_id AND training_dataset.ordinal = linked.ordinal
            LEFT JOIN captions ON captions.exhibit_id = linked.exhibit_id AND captions.folder = linked.folder
            LEFT JOIN recorded ON recorded.item_id = linked.item_id
            LEFT JOIN agreeing ON agreeing.item_id = linked.item_id AND agreeing.exhibit_id = linked.exhibit_id
                AND agreeing.folder = linked.folder
            ORDER BY linked.item_id, linked.ordinal, linked.place
            """.formatted(MAX_FOLDERS);

    private TrainingLinks() {}

    /**
     * Makes these links anew for the whole case; calling it again gives the same.
     *
     * @throws CaseException where the case cannot be written
     */
    public static void rebuild(CaseDatabase database) throws CaseException {
        database.transaction(() -> {
            database.execute("DELETE FROM training_link");
            database.execute(SQL);
        });
    }
}
