package org.latentprint.casefile;

import java.util.List;

/** Counts and removes the rows of one exhibit, in all tables that hold findings of items. */
final class ExhibitRows {
    private static final List<String> OF_GENERATION = List.of(
            "generation_origin",
            "generation_part",
            "generation_pass",
            "generation_resource",
            "generation_resource_hash",
            "generation_resource_identifier",
            "generation_input",
            "generation_declaration",
            "generation_inference",
            "generation_unknown");
    private static final List<String> OF_ITEM = List.of(
            "generation",
            "metadata_block",
            "item_time",
            "item_run",
            "model_file",
            "model_hash",
            "model_danger",
            "training",
            "training_base_hash",
            "training_parent",
            "training_dataset",
            "training_tag",
            "caption_tag",
            "problem",
            "content_credentials",
            "content_credentials_action",
            "content_credentials_ingredient",
            "item");

    private ExhibitRows() {}

    /**
     * Removes the members of an archive whose own row is not there yet. An archive stands behind its members, so that these
     * are the rows behind the last item of the walk.
     */
    static void dropMembersOfUnfinishedArchive(CaseDatabase database, int exhibitId) throws CaseException {
        long last = database.number(
                "SELECT coalesce(max(item_id), 0) FROM item WHERE exhibit_id = ? AND archive IS NULL", exhibitId);
        drop(database, "exhibit_id = " + exhibitId + " AND item_id > " + last);
    }

    /** Removes all that is known of the exhibit's items, and the exhibit itself. Its runs stay noted. */
    static void drop(CaseDatabase database, int exhibitId) throws CaseException {
        for (String links : List.of(
                "link", "model_link", "training_link", "lineage_link", "side_file_link", "download_mark_link")) {
            database.execute("DELETE FROM " + links);
        }
        drop(database, "exhibit_id = " + exhibitId);
        database.execute("DELETE FROM image_hash WHERE exhibit_id = ?", exhibitId);
        database.execute("DELETE FROM image_range WHERE exhibit_id = ?", exhibitId);
        database.execute("DELETE FROM exhibit WHERE exhibit_id = ?", exhibitId);
    }

    private static void drop(CaseDatabase database, String items) throws CaseException {
        String ids = "SELECT item_id FROM item WHERE " + items;
        for (String table : OF_GENERATION) {
            database.execute("DELETE FROM " + table
                    + " WHERE generation_id IN (SELECT generation_id FROM generation WHERE item_id IN (" + ids + "))");
        }
        for (String table : OF_ITEM) {
            database.execute("DELETE FROM " + table + " WHERE item_id IN (" + ids + ")");
        }
    }

    /** Counts as a scan does that comes to these items. */
    static ScanCounts count(CaseDatabase database, int exhibitId) throws CaseException {
        String items = " FROM item WHERE exhibit_id = ?";
        String below = " WHERE item_id IN (SELECT item_id" + items + ")";
        return new ScanCounts(
                database.number("SELECT count(*)" + items, exhibitId),
                database.number("SELECT count(*)" + items + " AND outcome = 'read'", exhibitId),
                database.number("SELECT count(*)" + items + " AND outcome = 'skipped'", exhibitId),
                database.number("SELECT count(*)" + items + " AND outcome = 'failed'", exhibitId),
                database.number("SELECT count(*) FROM generation" + below, exhibitId),
                database.number("SELECT count(*) FROM model_file" + below + " AND container <> 'side-file'", exhibitId),
                database.number("SELECT count(*) FROM problem" + below, exhibitId),
                database.number("SELECT coalesce(sum(size), 0)::BIGINT" + items + " AND outcome = 'read'", exhibitId));
    }
}
