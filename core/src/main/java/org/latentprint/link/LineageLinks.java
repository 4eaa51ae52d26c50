package org.latentprint.link;

import org.latentprint.casefile.CaseDatabase;
import org.latentprint.casefile.CaseException;

/**
 * Links a model that was trained or merged to the model files of the case that it may come from: by a hash that its record
 * names (recorded), and where none agrees, by file name or by the repository in a cache of the Hugging Face hub (inferred).
 *
 * <p>kohya-ss/sd-scripts records SHA-256 and AutoV1 of the base ({@code library/train_util.py}), AUTOMATIC1111 the short hash
 * of the checkpoint that an embedding was trained on ({@code modules/textual_inversion}) and the SHA-256 of all parents of a
 * merge ({@code modules/extras.py}); Forge wrote the SHA-256 of the file's name there for half a year.
 */
public final class LineageLinks {
    /** Of a hash or name that more files share than this, the first in the case are linked. */
    public static final int MAX_ITEMS = 20;

    private static final String SQL = """
            INSERT INTO lineage_link
            WITH claims AS MATERIALIZED (
                SELECT item_id, 'trained from' AS relation, lower(hash) AS hash FROM training_base_hash
                UNION
                SELECT item_id, 'merged from', lower(hash) FROM training_parent
            ), keys AS (
                SELECT item_id, lower(hash) AS hash, 'recorded' AS grade, 'same hash: SHA-256 of the whole file' AS rule
                FROM model_hash WHERE hash_kind = 'sha256'
                UNION ALL
                SELECT item_id, left(lower(hash), 10), 'recorded', 'same hash: SHA-256 of the whole file, 10 digits'
                FROM model_hash WHERE hash_kind = 'sha256'
                UNION ALL
                SELECT item_id, lower(hash), 'recorded',
                    'same hash: AutoV1 of 64 KiB of the file, which related models may share'
                FROM model_hash WHERE hash_kind = 'autov1' AND lower(hash) <> 'e3b0c442'
                UNION ALL
                SELECT item_id, lower(hash), 'inferred',
                    'the recorded hash is that of the file name, as Forge wrote it from August 2024 to February 2025'
                FROM model_hash WHERE hash_kind = 'name_sha256'
            ), hits AS MATERIALIZED (
                SELECT claims.item_id, relation, keys.item_id AS base_item_id, grade,
                    string_agg(DISTINCT rule, '; ' ORDER BY rule) AS rule
                FROM claims JOIN keys USING (hash)
                WHERE claims.item_id <> keys.item_id
                GROUP BY ALL
            ), named AS (
                SELECT item_id, 'trained from' AS relation, base_model AS name FROM training WHERE base_model IS NOT NULL
                UNION
                SELECT item_id, 'merged from', unnest(string_split(merged_from, chr(10))) FROM training
                WHERE merged_from IS NOT NULL
            ), stems AS (
                SELECT named.item_id, relation, lower(name) AS name,
                    regexp_replace(lower(replace(regexp_extract(name, '[^/\\\\]*$'), '%%', '%%25')), '%2$s', '') AS stem
                FROM named
            ), files AS (
                SELECT model.item_id, model.adapter_algorithm IS NOT NULL AS adapter, model.kind,
                    regexp_replace(lower(CASE WHEN model.folder IS NULL THEN item.name
                        ELSE regexp_extract(model.folder, '[^/]*$') END), '%2$s', '') AS stem,
                    lower(json_extract_string(model.facts, '$.hubModel')) AS hub
                FROM model_file AS model JOIN item USING (item_id)
                WHERE model.container <> 'side-file'
                    AND model.kind IN ('checkpoint', 'diffusion-model', 'lora', 'unknown', 'pickle')
            ), by_stem AS (
                FROM files QUALIFY row_number() OVER (PARTITION BY adapter, stem ORDER BY item_id) <= %1$d + 1
            ), by_hub AS (
                FROM files WHERE hub IS NOT NULL
                QUALIFY row_number() OVER (PARTITION BY hub ORDER BY item_id) <= %1$d + 1
            ), name_hits AS (
                SELECT stems.item_id, relation, by_hub.item_id AS base_item_id, 1 AS preference,
                    'same repository of the Hugging Face hub' AS rule
                FROM stems JOIN by_hub ON by_hub.hub = stems.name
                UNION ALL
                SELECT stems.item_id, relation, by_stem.item_id, 2, 'same file name'
                FROM stems JOIN by_stem USING (stem)
                WHERE stem <> '' AND (by_stem.adapter IS FALSE OR relation = 'merged from')
            ), by_name AS (
                SELECT name_hits.item_id, relation, base_item_id, 'inferred' AS grade, min_by(rule, preference) AS rule
                FROM name_hits
                ANTI JOIN hits ON hits.item_id = name_hits.item_id AND hits.base_item_id = name_hits.base_item_id
                    AND hits.relation = name_hits.relation
                -- Where a base is known by its hash, a name that fits another file says nothing.
                ANTI JOIN (FROM hits WHERE grade = 'recorded' AND relation = 'trained from') AS known
                    ON known.item_id = name_hits.item_id AND known.relation = name_hits.relation
                WHERE name_hits.item_id <> base_item_id
                GROUP BY name_hits.item_id, relation, base_item_id
            ), pairs AS (
                SELECT *, row_number() OVER (PARTITION BY item_id, relation, grade ORDER BY base_item_id) AS place,
                    count(*) OVER (PARTITION BY item_id, relation, grade) AS items
                FROM (FROM hits UNION ALL FROM by_name)
            )
            SELECT row_number() OVER (ORDER BY item_id, relation, base_item_id), item_id, relation, base_item_id, grade,
                CASE WHEN items > most THEN rule || '; the first ' || most || ' of more items' ELSE rule END
            FROM (SELECT *, CASE relation WHEN 'merged from' THEN %3$d ELSE %1$d END AS most FROM pairs)
            WHERE place <= most
            ORDER BY item_id, relation, base_item_id
            """.formatted(MAX_ITEMS, ModelLinks.ENDING, 10 * MAX_ITEMS);

    private LineageLinks() {}

    /**
     * Makes these links anew for the whole case; calling it again gives the same.
     *
     * @throws CaseException where the case cannot be written
     */
    public static void rebuild(CaseDatabase database) throws CaseException {
        database.transaction(() -> {
            database.execute("DELETE FROM lineage_link");
            database.execute(SQL);
        });
    }
}
