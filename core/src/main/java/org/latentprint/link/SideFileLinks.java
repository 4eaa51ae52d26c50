package org.latentprint.link;

import org.latentprint.casefile.CaseDatabase;
import org.latentprint.casefile.CaseException;

/**
 * Links what programs leave beside models to the model files of the case that it tells of: by a hash that it names
 * (recorded), else by the name that it shares with a model in its folder, or by the folder alone where the form belongs to a
 * whole folder (inferred). Marks of downloads lie in a folder of their own, under the path of what was loaded
 * (huggingface_hub: _local_folder.py).
 */
public final class SideFileLinks {
    /** Of models that share a folder or a hash, the first in the case are linked. */
    public static final int MAX_ITEMS = 20;

    private static final String SQL = """
            INSERT INTO side_file_link
            WITH sides AS MATERIALIZED (
                SELECT item_id, exhibit_id, path, claims, json_extract_string(facts, '$.sideFile') AS form,
                    CASE WHEN contains(path, '/') THEN regexp_replace(path, '/[^/]*$', '') ELSE '' END AS folder,
                    regexp_replace(regexp_replace(lower(name),
                        '(\\.civitai\\.info|\\.cm-info\\.json|\\.metadata\\.json|\\.swarm\\.json|\\.sha256|\\.json|[:.]zone\\.identifier)$',
                        ''), '%2$s', '') AS stem
                FROM model_file JOIN item USING (item_id) WHERE container = 'side-file'
            ), models AS MATERIALIZED (
                SELECT item_id, exhibit_id, path,
                    CASE WHEN contains(path, '/') THEN regexp_replace(path, '/[^/]*$', '') ELSE '' END AS folder,
                    regexp_replace(lower(name), '%2$s', '') AS stem
                FROM model_file JOIN item USING (item_id)
                WHERE container <> 'side-file' AND model_file.folder IS NULL AND archive IS NULL
            ), folders AS (
                FROM models QUALIFY row_number() OVER (PARTITION BY exhibit_id, folder ORDER BY item_id) <= %1$d + 1
            ), claimed AS (
                SELECT item_id, 'sha256' AS hash_kind, json_extract_string(claims, '$.sha256') AS hash FROM sides
                UNION ALL SELECT item_id, 'tensor_sha256', json_extract_string(claims, '$.tensorSha256') FROM sides
                UNION ALL SELECT item_id, 'blake3', json_extract_string(claims, '$.blake3') FROM sides
            ), found AS (
                SELECT claimed.item_id, model_hash.item_id AS model_item_id, 'recorded' AS grade, 'same hash' AS rule, 1 AS preference
                FROM claimed JOIN model_hash ON model_hash.hash_kind = claimed.hash_kind AND lower(model_hash.hash) = claimed.hash
                UNION ALL
                SELECT sides.item_id, models.item_id, 'inferred', 'the path of the download', 2
                FROM sides JOIN models ON models.exhibit_id = sides.exhibit_id
                    AND sides.path = concat(CASE WHEN models.folder = '' THEN '' ELSE models.folder || '/' END,
                        '.cache/huggingface/download/', regexp_extract(models.path, '[^/]*$'), '.metadata')
                WHERE sides.form = 'hub-download'
                UNION ALL
                SELECT sides.item_id, models.item_id, 'inferred', 'same name in the same folder', 2
                FROM sides JOIN models ON models.exhibit_id = sides.exhibit_id AND models.folder = sides.folder
                    AND models.stem = sides.stem
                WHERE sides.form NOT IN ('peft-config', 'model-card', 'diffusion-pipe', 'hub-download')
                UNION ALL
                SELECT sides.item_id, folders.item_id, 'inferred', 'in the same folder', 3
                FROM sides JOIN folders ON folders.exhibit_id = sides.exhibit_id AND folders.folder = sides.folder
                WHERE sides.form IN ('peft-config', 'model-card', 'diffusion-pipe')
            ), best AS (
                SELECT item_id, model_item_id, min_by(grade, preference) AS grade, min_by(rule, preference) AS rule
                FROM found GROUP BY item_id, model_item_id
            ), places AS (
                SELECT *, row_number() OVER (PARTITION BY item_id ORDER BY grade DESC, model_item_id) AS place,
                    count(*) OVER (PARTITION BY item_id) AS items
                FROM best
            )
            SELECT row_number() OVER (ORDER BY item_id, model_item_id), item_id, model_item_id, grade,
                CASE WHEN items > %1$d THEN rule || '; the first %1$d of more items' ELSE rule END
            FROM places WHERE place <= %1$d
            ORDER BY item_id, model_item_id
            """.formatted(MAX_ITEMS, ModelLinks.ENDING);

    private SideFileLinks() {}

    /**
     * Makes these links anew for the whole case; calling it again gives the same.
     *
     * @throws CaseException where the case cannot be written
     */
    public static void rebuild(CaseDatabase database) throws CaseException {
        database.transaction(() -> {
            database.execute("DELETE FROM side_file_link");
            database.execute(SQL);
        });
    }
}
