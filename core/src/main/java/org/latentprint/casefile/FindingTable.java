package org.latentprint.casefile;

import java.util.Locale;

/** The tables that hold findings, each with the columns that identify a row. Exports have them in this order. */
public enum FindingTable {
    EXHIBIT("exhibit_id"),
    IMAGE_HASH("exhibit_id, algorithm"),
    IMAGE_RANGE("exhibit_id, ordinal"),
    ITEM("item_id"),
    ITEM_TIME("item_id, basis, kind"),
    ITEM_RUN("item_id, ordinal"),
    METADATA_BLOCK("item_id, ordinal"),
    GENERATION("generation_id"),
    GENERATION_DECLARATION("generation_id"),
    GENERATION_ORIGIN("generation_id, ordinal"),
    GENERATION_PART("generation_id, ordinal"),
    GENERATION_PASS("generation_id, ordinal"),
    GENERATION_RESOURCE("generation_id, ordinal"),
    GENERATION_RESOURCE_HASH("generation_id, ordinal, hash_kind"),
    GENERATION_RESOURCE_IDENTIFIER("generation_id, ordinal, identifier_kind"),
    GENERATION_INPUT("generation_id, ordinal"),
    GENERATION_INFERENCE("generation_id, ordinal"),
    GENERATION_UNKNOWN("generation_id, ordinal"),
    CONTENT_CREDENTIALS("item_id, ordinal"),
    CONTENT_CREDENTIALS_ACTION("item_id, manifest_ordinal, ordinal"),
    CONTENT_CREDENTIALS_INGREDIENT("item_id, manifest_ordinal, ordinal"),
    MODEL_FILE("item_id"),
    MODEL_HASH("item_id, hash_kind"),
    MODEL_DANGER("item_id, ordinal"),
    TRAINING("item_id"),
    TRAINING_BASE_HASH("item_id, hash_kind"),
    TRAINING_PARENT("item_id, hash"),
    TRAINING_DATASET("item_id, ordinal"),
    TRAINING_TAG("item_id, ordinal"),
    CAPTION_TAG("item_id, ordinal"),
    LINK("link_id"),
    MODEL_LINK("link_id"),
    TRAINING_LINK("link_id"),
    LINEAGE_LINK("link_id"),
    SIDE_FILE_LINK("link_id"),
    DOWNLOAD_MARK_LINK("link_id"),
    PROBLEM("item_id, ordinal");

    private final String key;

    FindingTable(String key) {
        this.key = key;
    }

    /** Returns the table's name in the case. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the query for all rows, in a fixed order. */
    public String query() {
        return "SELECT * FROM " + tableName() + " ORDER BY " + key;
    }
}
