package org.latentprint.link;

import java.util.ArrayList;
import java.util.List;
import org.latentprint.casefile.CaseDatabase;
import org.latentprint.casefile.CaseException;

/**
 * Links the models that a generation names to the model files of the case that may be them: by a hash of the file's content,
 * and where none agrees, by name. A hash that agrees is graded recorded, a name inferred.
 *
 * <p>Programs write prefixes of a few fixed lengths, and one length is used for several hashes: 12 digits are those of the
 * tensor data in AUTOMATIC1111 and of the whole file in Forge. So each recorded hash is compared with all hashes of that
 * length, and the rule names the one that agreed (AUTOMATIC1111 and Forge: {@code modules/hashes.py}; vladmandic/sdnext:
 * {@code modules/lora/network.py}; SwarmUI: {@code T2IModel.cs}; InvokeAI: {@code model_hash.py}).
 */
public final class ModelLinks {
    /** Of a name that more files share than this, the first in the case are linked. */
    public static final int MAX_ITEMS = 20;

    /**
     * A hash of a model file.
     *
     * @param kind in {@code model_hash}; MD5 and SHA-1 are those of the item
     * @param family of recorded hashes that it is compared with
     * @param words for the rule
     * @param lengths of the prefixes that programs write, in hexadecimal digits
     */
    private record Kind(String kind, String family, String words, List<Integer> lengths) {}

    private static final List<Kind> CONTENT = List.of(
            new Kind("sha256", "sha256", "SHA-256 of the whole file", List.of(8, 10, 12, 64)),
            new Kind("tensor_sha256", "sha256", "SHA-256 of the tensor data", List.of(8, 10, 12, 64)),
            new Kind(
                    "sshs_model_hash", "sha256", "sshs_model_hash that the file''s metadata claim", List.of(8, 12, 64)),
            new Kind(
                    "modelspec_sha256", "sha256", "modelspec.hash_sha256 that the file''s metadata claim", List.of(64)),
            new Kind("sshs_legacy_hash", "sha256", "sshs_legacy_hash that the file''s metadata claim", List.of(8)),
            new Kind(
                    "addnet_legacy_hash",
                    "sha256",
                    "SHA-256 of 64 KiB of the tensor data, as sshs_legacy_hash is computed, which related models may share",
                    List.of(8)),
            new Kind("autov1", "sha256", "AutoV1 of 64 KiB of the file, which related models may share", List.of(8)),
            new Kind("crc32", "crc32", "CRC32 of the whole file", List.of(8)),
            new Kind("blake3", "blake3", "BLAKE3 of the whole file", List.of(64)),
            new Kind("md5", "md5", "MD5 of the whole file", List.of(32)),
            new Kind("sha1", "sha1", "SHA-1 of the whole file", List.of(40)));

    /** Forge wrote it in the place of a content hash (lllyasviel/stable-diffusion-webui-forge, cfa5242a to ed0dc79a). */
    private static final Kind NAME =
            new Kind("name_sha256", "sha256", "SHA-256 of the file''s name", List.of(10, 12, 64));

    /** The endings of model files, which programs leave out or write. */
    static final String ENDING = "\\.(safetensors|sft|ckpt|pt|pth|bin|pkl|gguf|onnx)$";

    /**
     * A million generations name a few hundred models, so that the joins are made once for each name with its hashes.
     * Of files that share a hash or a name, one more than are linked takes part in the joins: a thousand files of one name
     * must not meet a million generations that name it.
     */
    private static final String SQL = """
            INSERT INTO model_link
            WITH kinds(hash_kind, family, words, digits, content) AS (VALUES %2$s),
            file_hashes AS (
                SELECT item_id, hash_kind, hash FROM model_hash
                UNION ALL
                SELECT item_id, 'md5', md5 FROM item JOIN model_file USING (item_id) WHERE folder IS NULL AND md5 IS NOT NULL
                UNION ALL
                SELECT item_id, 'sha1', sha1 FROM item JOIN model_file USING (item_id) WHERE folder IS NULL AND sha1 IS NOT NULL
            ), keys AS (
                SELECT item_id, family, words, digits, content, left(lower(hash), digits) AS key
                FROM file_hashes JOIN kinds USING (hash_kind)
                WHERE length(hash) >= digits
                QUALIFY row_number() OVER (PARTITION BY hash_kind, digits, key ORDER BY item_id) <= %1$d + 1
            ), hash_lists AS (
                SELECT generation_id, ordinal, string_agg(hash_kind || ' ' || hash, ' ' ORDER BY hash_kind, hash) AS hashes
                FROM generation_resource_hash GROUP BY generation_id, ordinal
            ), mentions AS MATERIALIZED (
                SELECT generation_id, ordinal, kind, coalesce(name, '') AS name, coalesce(hashes, '') AS hashes
                FROM generation_resource LEFT JOIN hash_lists USING (generation_id, ordinal)
                WHERE kind <> 'service'
            ), resources AS MATERIALIZED (
                SELECT kind, name, hashes, min(generation_id) AS generation_id, min_by(ordinal, generation_id) AS ordinal
                FROM mentions GROUP BY kind, name, hashes
            ), recorded AS MATERIALIZED (
                SELECT generation_id, ordinal, regexp_replace(lower(hash), '^(0x|[a-z0-9_]{2,20}:)', '') AS key,
                    CASE WHEN hash_kind IN ('autov1', 'autov2', 'autov3', 'sha256', 'sha256_12') THEN 'sha256'
                        WHEN hash_kind IN ('blake3', 'blake3_single') THEN 'blake3'
                        ELSE hash_kind END AS family
                FROM generation_resource_hash SEMI JOIN resources USING (generation_id, ordinal)
            ), hits AS MATERIALIZED (
                SELECT DISTINCT recorded.generation_id, recorded.ordinal, keys.item_id, keys.content, keys.words, keys.digits
                FROM recorded JOIN keys USING (family, key)
                WHERE key NOT LIKE 'e3b0c442%%' AND key <> '8888888888'
            ), same_content AS MATERIALIZED (
                SELECT generation_id, ordinal, item_id, 'recorded' AS grade,
                    'same hash: ' || string_agg(words || CASE WHEN digits IN (8, 10, 12) THEN ', ' || digits || ' digits'
                        ELSE '' END, '; ' ORDER BY words, digits) AS rule
                FROM hits WHERE content GROUP BY ALL
            ), unresolved AS (
                SELECT resource.generation_id, resource.ordinal, resource.kind = 'lora' AS adapter,
                    regexp_replace(lower(replace(regexp_extract(resource.name, '[^/\\\\]*$'), '%%', '%%25')), '%3$s', '') AS stem,
                    EXISTS (FROM recorded WHERE recorded.generation_id = resource.generation_id
                        AND recorded.ordinal = resource.ordinal) AS hashed
                FROM resources AS resource
                ANTI JOIN same_content ON same_content.generation_id = resource.generation_id
                    AND same_content.ordinal = resource.ordinal
            ), files AS (
                SELECT model.item_id, model.kind IN ('unknown', 'pickle') AS undecided,
                    model.adapter_algorithm IS NOT NULL AS adapter,
                    regexp_replace(lower(CASE WHEN model.folder IS NULL THEN item.name
                        ELSE regexp_extract(model.folder, '[^/]*$') END), '%3$s', '') AS stem,
                    EXISTS (FROM model_hash WHERE model_hash.item_id = model.item_id AND hash_kind = 'sha256') AS hashed
                FROM model_file AS model JOIN item USING (item_id)
                WHERE model.container <> 'side-file'
                QUALIFY row_number() OVER (PARTITION BY undecided, adapter, stem ORDER BY item_id) <= %1$d + 1
            ), same_name AS (
                SELECT unresolved.generation_id, unresolved.ordinal, files.item_id,
                    CASE WHEN NOT unresolved.hashed THEN 'same file name; no hash is recorded with it'
                        WHEN NOT files.hashed THEN 'same file name; the hash of the whole file was not computed'
                        ELSE 'same file name; the recorded hash is none of this file' END AS rule
                FROM unresolved JOIN files ON files.stem = unresolved.stem
                    AND (files.adapter = unresolved.adapter OR files.undecided)
                WHERE unresolved.stem <> ''
            ), name_hash AS (
                SELECT generation_id, ordinal, item_id,
                    'the recorded hash is that of the file name, as Forge wrote it in the place of a content hash from'
                        || ' August 2024 to February 2025: a name match, not a content match' AS rule
                FROM hits ANTI JOIN same_content USING (generation_id, ordinal)
                WHERE NOT content
            ), by_name AS (
                SELECT generation_id, ordinal, item_id, 'inferred' AS grade,
                    coalesce(any_value(rule) FILTER (preference = 1), any_value(rule)) AS rule
                FROM (SELECT *, 1 AS preference FROM name_hash UNION ALL SELECT *, 2 FROM same_name)
                GROUP BY generation_id, ordinal, item_id
            ), pairs AS (
                SELECT *, row_number() OVER (PARTITION BY generation_id, ordinal ORDER BY item_id) AS place,
                    count(*) OVER (PARTITION BY generation_id, ordinal) AS items
                FROM (FROM same_content UNION ALL FROM by_name)
            )
            SELECT row_number() OVER (ORDER BY mentions.generation_id, mentions.ordinal, pairs.item_id),
                mentions.generation_id, mentions.ordinal, pairs.item_id, pairs.grade,
                CASE WHEN items > %1$d THEN rule || '; the first %1$d of more items' ELSE rule END
            FROM pairs
            JOIN resources ON resources.generation_id = pairs.generation_id AND resources.ordinal = pairs.ordinal
            JOIN mentions ON mentions.kind = resources.kind AND mentions.name = resources.name
                AND mentions.hashes = resources.hashes
            WHERE place <= %1$d
            ORDER BY mentions.generation_id, mentions.ordinal, pairs.item_id
            """.formatted(MAX_ITEMS, kinds(), ENDING);

    private ModelLinks() {}

    /**
     * Makes these links anew for the whole case; calling it again gives the same.
     *
     * @throws CaseException where the case cannot be written
     */
    public static void rebuild(CaseDatabase database) throws CaseException {
        database.transaction(() -> {
            database.execute("DELETE FROM model_link");
            database.execute(SQL);
        });
    }

    private static String kinds() {
        List<String> rows = new ArrayList<>();
        CONTENT.forEach(kind -> addRows(rows, kind, true));
        addRows(rows, NAME, false);
        return String.join(", ", rows);
    }

    private static void addRows(List<String> rows, Kind kind, boolean content) {
        for (int digits : kind.lengths()) {
            rows.add("('" + kind.kind() + "', '" + kind.family() + "', '" + kind.words() + "', " + digits + ", "
                    + content + ")");
        }
    }
}
