-- The case's schema. Finding tables hold nothing that depends on the clock, the machine or the number of threads; what
-- does (start, end, paths of the examiner's machine) stands in scan_run and in the audit log.

CREATE TABLE schema_info (
    version INTEGER NOT NULL
);
INSERT INTO schema_info VALUES (6);

CREATE TABLE exhibit (
    exhibit_id INTEGER PRIMARY KEY,
    reference VARCHAR NOT NULL UNIQUE,
    source_kind VARCHAR NOT NULL
);

CREATE TABLE image_hash (              -- digests of the whole disk that an image keeps
    exhibit_id INTEGER NOT NULL,
    algorithm VARCHAR NOT NULL,        -- md5, sha1
    stored VARCHAR NOT NULL,
    computed VARCHAR,                  -- null where not all of the image could be read, or the check was given up
    verdict VARCHAR NOT NULL           -- match, mismatch, not computed
);

CREATE TABLE image_range (             -- what of an image cannot be read, as far as it was looked for
    exhibit_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    image_offset BIGINT NOT NULL,      -- bytes
    length BIGINT NOT NULL,            -- bytes
    reason VARCHAR NOT NULL
);

CREATE TABLE scan_run (
    run_id INTEGER PRIMARY KEY,
    exhibit_id INTEGER NOT NULL,
    source_location VARCHAR NOT NULL,
    profile VARCHAR NOT NULL,
    threads INTEGER NOT NULL,
    tool_version VARCHAR NOT NULL,
    command_line VARCHAR NOT NULL,
    environment VARCHAR NOT NULL,      -- Java, operating system, clock zone, digest of the program file: JSON
    started TIMESTAMP NOT NULL,        -- UTC
    ended TIMESTAMP,                   -- UTC; null while running or when it was ended from outside
    items_seen BIGINT,
    bytes_read BIGINT
);

CREATE TABLE item (
    item_id BIGINT PRIMARY KEY,        -- in the order of the walk; an archive stands behind its members
    exhibit_id INTEGER NOT NULL,
    path VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    stream VARCHAR,
    kind VARCHAR NOT NULL,             -- file, link, special, name_only, unreadable_folder, _volume, _range
    allocation VARCHAR NOT NULL,       -- allocated, deleted, orphan, carved
    size BIGINT NOT NULL,              -- bytes
    link_target VARCHAR,
    archive VARCHAR,                   -- path of the item that this one lies in, for a member of an archive
    address VARCHAR,                   -- in an image: sector of the file system / address of the metadata, or bytes
    note VARCHAR,                      -- what else the source says of it
    modified TIMESTAMP,                -- UTC
    accessed TIMESTAMP,
    changed TIMESTAMP,                 -- of the file's metadata
    born TIMESTAMP,
    time_basis VARCHAR,
    outcome VARCHAR NOT NULL,          -- read, skipped, failed
    outcome_reason VARCHAR,
    media_type VARCHAR,                -- by the bytes
    type_mismatch BOOLEAN NOT NULL,    -- the name's ending says another type
    width INTEGER,                     -- the picture's own, in pixels
    height INTEGER,
    trailing_offset BIGINT,
    trailing_length BIGINT,
    md5 VARCHAR,
    sha1 VARCHAR,
    sha256 VARCHAR
);

CREATE TABLE item_time (               -- further times of an item, on another basis than those of its row
    item_id BIGINT NOT NULL,
    kind VARCHAR NOT NULL,             -- modified, accessed, changed, born, deleted
    time TIMESTAMP NOT NULL,           -- UTC
    basis VARCHAR NOT NULL
);

CREATE TABLE item_run (                -- where the bytes of an item lie in the exhibit's image
    item_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    item_offset BIGINT NOT NULL,       -- bytes
    image_offset BIGINT NOT NULL,      -- bytes; 0 where not stored
    length BIGINT NOT NULL,            -- bytes
    content VARCHAR NOT NULL           -- stored, zeros (not stored), lost (the file system no longer says where)
);

-- Where a byte of an item lies in the exhibit's image; null where it is no image, or the byte does not lie there as it is.
CREATE MACRO image_offset(of_item, byte_offset) AS (
    SELECT min(run.image_offset + byte_offset - run.item_offset) FROM item_run run
    WHERE run.item_id = of_item AND run.content = 'stored'
        AND byte_offset >= run.item_offset AND byte_offset < run.item_offset + run.length
);

CREATE TABLE metadata_block (
    item_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    container VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    crc VARCHAR NOT NULL,              -- ok, wrong, none
    encoding VARCHAR,
    repaired VARCHAR,
    claimed BOOLEAN NOT NULL,          -- a generator reader explained it
    text VARCHAR,                      -- of unclaimed blocks, cut at a bound
    text_length BIGINT,                -- characters before the cut
    origin_offset BIGINT NOT NULL,
    origin_length BIGINT NOT NULL,
    origin_sha256 VARCHAR NOT NULL,
    reader VARCHAR NOT NULL
);

CREATE TABLE generation (
    generation_id BIGINT PRIMARY KEY,
    item_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,          -- within the item
    generator VARCHAR NOT NULL,        -- of a generation_declaration, words that say that no program is named
    variant VARCHAR,
    version VARCHAR,
    task VARCHAR,
    positive_prompt VARCHAR,
    negative_prompt VARCHAR,
    positive_words INTEGER,
    negative_words INTEGER,
    seed VARCHAR,                      -- text: may exceed 2^53
    steps INTEGER,
    sampler VARCHAR,
    scheduler VARCHAR,
    cfg_scale DOUBLE,
    width INTEGER,                     -- as the metadata state it
    height INTEGER,
    settings VARCHAR NOT NULL,         -- JSON object of what else is recorded
    grade VARCHAR NOT NULL,            -- recorded, derived, inferred
    origin_offset BIGINT NOT NULL,
    origin_length BIGINT NOT NULL,
    origin_sha256 VARCHAR NOT NULL,
    reader VARCHAR NOT NULL
);

CREATE TABLE generation_origin (       -- further blocks that added to a generation
    generation_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    origin_offset BIGINT NOT NULL,
    origin_length BIGINT NOT NULL,
    origin_sha256 VARCHAR NOT NULL,
    reader VARCHAR NOT NULL
);

CREATE TABLE generation_declaration (  -- of a generation that names no program: what the file declares instead
    generation_id BIGINT PRIMARY KEY,
    mark VARCHAR NOT NULL,             -- the sort of mark, such as a digital source type
    field VARCHAR NOT NULL,            -- the property, key or assertion that holds it
    value VARCHAR NOT NULL             -- as recorded
);

CREATE TABLE generation_part (
    generation_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    polarity VARCHAR NOT NULL,         -- positive, negative
    encoder VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);

CREATE TABLE generation_pass (
    generation_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    node VARCHAR NOT NULL,
    node_class VARCHAR,
    seed VARCHAR,
    steps INTEGER,
    sampler VARCHAR,
    scheduler VARCHAR,
    cfg_scale DOUBLE,
    denoise DOUBLE,
    model VARCHAR,
    positive_prompt VARCHAR,
    negative_prompt VARCHAR,
    width INTEGER,
    height INTEGER
);

CREATE TABLE generation_resource (     -- models and LoRAs that a generation names
    generation_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    kind VARCHAR NOT NULL,             -- lora, or a model kind
    name VARCHAR,
    weight DOUBLE
);

CREATE TABLE generation_resource_hash (
    generation_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,          -- of the resource
    hash_kind VARCHAR NOT NULL,
    hash VARCHAR NOT NULL
);

CREATE TABLE generation_resource_identifier ( -- numbers of registries, which say nothing of a file's content
    generation_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,          -- of the resource
    identifier_kind VARCHAR NOT NULL,
    identifier VARCHAR NOT NULL
);

CREATE TABLE generation_input (        -- pictures, films and sounds fed in
    generation_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    role VARCHAR NOT NULL,
    name VARCHAR NOT NULL
);

CREATE TABLE generation_inference (
    generation_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    rule VARCHAR NOT NULL
);

CREATE TABLE generation_unknown (      -- node types and keys that the reader did not know
    generation_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    name VARCHAR NOT NULL
);

CREATE TABLE link (
    link_id BIGINT PRIMARY KEY,
    kind VARCHAR NOT NULL,             -- input-picture: a generation names an input that an item may be
    generation_id BIGINT NOT NULL,
    input_ordinal INTEGER NOT NULL,
    item_id BIGINT NOT NULL,
    grade VARCHAR NOT NULL,
    rule VARCHAR NOT NULL
);

CREATE TABLE model_file (              -- one row for each model file, and for each folder that is a model as a whole
    item_id BIGINT NOT NULL,           -- the file; of a folder, the index in it that lists its parts
    folder VARCHAR,                    -- path of the folder that is the model; null for a file
    container VARCHAR NOT NULL,
    status VARCHAR NOT NULL,           -- ok, truncated, tolerated, malformed
    kind VARCHAR NOT NULL,             -- by its structure, such as checkpoint or lora; unknown
    architecture VARCHAR,              -- of an adapter, that of its base; null where the structure does not decide
    candidates VARCHAR,                -- models that share the structure, one a line; none of them is asserted: an architecture beside them names their family
    variant VARCHAR,
    components VARCHAR,                -- one a line
    encoder VARCHAR,
    adapter_algorithm VARCHAR,         -- of LoRAs and their relatives
    adapter_key_format VARCHAR,
    adapter_rank_low BIGINT,
    adapter_rank_high BIGINT,
    adapter_alpha VARCHAR,
    adapter_targets VARCHAR,           -- one a line
    "precision" VARCHAR,
    quantisation VARCHAR,
    tensors BIGINT,
    elements BIGINT,
    parameters BIGINT,
    claims VARCHAR NOT NULL,           -- JSON object: what the metadata say it is, apart from the structure
    facts VARCHAR NOT NULL,            -- JSON object: what the container says
    telling VARCHAR,                   -- of an unknown model, its most frequent tensor patterns, one a line
    pickle VARCHAR,                    -- dangerous, not dangerous, not decided; null where it holds no pickle
    dangers INTEGER NOT NULL,          -- imports of its pickles that can run code or reach files and network
    origin_offset BIGINT NOT NULL,
    origin_length BIGINT NOT NULL,
    origin_sha256 VARCHAR NOT NULL,
    reader VARCHAR NOT NULL
);

CREATE TABLE model_hash (              -- the hashes by which programs and sites may name the file
    item_id BIGINT NOT NULL,
    hash_kind VARCHAR NOT NULL,        -- name_sha256 is that of the file's name, not of its content
    hash VARCHAR NOT NULL
);

CREATE TABLE model_danger (            -- what its pickles import that is dangerous or not usual in model files
    item_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    verdict VARCHAR NOT NULL,          -- dangerous, unresolved, unusual
    import VARCHAR NOT NULL
);

CREATE TABLE training (                -- how a model was trained or merged, as its metadata record it
    item_id BIGINT NOT NULL,           -- of the model file
    trainer VARCHAR,
    trainer_version VARCHAR,
    output_name VARCHAR,
    session_id VARCHAR,                -- files of one run share it
    started TIMESTAMP,                 -- by the training machine's clock
    ended TIMESTAMP,
    steps VARCHAR,                     -- as written
    epochs VARCHAR,
    pictures BIGINT,                   -- sum of the counts of its training folders; null where none is counted
    pictures_times_repeats BIGINT,
    base_model VARCHAR,
    base_model_version VARCHAR,
    merged_from VARCHAR,               -- one a line
    comment VARCHAR,
    tags BIGINT NOT NULL,              -- how many were read; the most frequent are in training_tag
    settings VARCHAR NOT NULL,         -- JSON object of further keys as written
    origin_offset BIGINT NOT NULL,
    origin_length BIGINT NOT NULL,
    origin_sha256 VARCHAR NOT NULL,
    reader VARCHAR NOT NULL
);

CREATE TABLE training_base_hash (
    item_id BIGINT NOT NULL,
    hash_kind VARCHAR NOT NULL,
    hash VARCHAR NOT NULL
);

CREATE TABLE training_parent (         -- models that a merge recipe names, and those that they were merged of
    item_id BIGINT NOT NULL,
    hash VARCHAR NOT NULL,             -- SHA-256 as recorded; Forge wrote that of the file's name for half a year
    name VARCHAR                       -- as recorded
);

CREATE TABLE training_dataset (
    item_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    folder VARCHAR NOT NULL,           -- its name without its place, as the trainer wrote it
    repeats BIGINT,
    pictures BIGINT,                   -- distinct files, as the trainer counted them
    regularisation BOOLEAN NOT NULL
);

CREATE TABLE training_tag (
    item_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,          -- most frequent first
    tag VARCHAR NOT NULL,
    occurrences BIGINT NOT NULL
);

CREATE TABLE caption_tag (             -- of text files beside pictures, in folders that a training record may name
    item_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    tag VARCHAR NOT NULL
);

CREATE TABLE model_link (              -- a generation names a model that a model file may be
    link_id BIGINT PRIMARY KEY,
    generation_id BIGINT NOT NULL,
    resource_ordinal INTEGER NOT NULL,
    item_id BIGINT NOT NULL,           -- of the model file
    grade VARCHAR NOT NULL,            -- recorded: same hash; inferred: by name only
    rule VARCHAR NOT NULL
);

CREATE TABLE lineage_link (            -- a trained or merged model records a model that a model file may be
    link_id BIGINT PRIMARY KEY,
    item_id BIGINT NOT NULL,           -- of the model file with the record
    relation VARCHAR NOT NULL,         -- trained from, merged from
    base_item_id BIGINT NOT NULL,      -- of the model file that it may come from
    grade VARCHAR NOT NULL,            -- recorded: same hash; inferred: by name only
    rule VARCHAR NOT NULL
);

CREATE TABLE side_file_link (          -- a file that a program left beside models tells of one
    link_id BIGINT PRIMARY KEY,
    item_id BIGINT NOT NULL,           -- of the side file; what it says stands in model_file.claims
    model_item_id BIGINT NOT NULL,
    grade VARCHAR NOT NULL,            -- recorded: same hash; inferred: by name or folder only
    rule VARCHAR NOT NULL
);

CREATE TABLE download_mark_link (      -- Windows keeps with a file where it was downloaded from
    link_id BIGINT PRIMARY KEY,
    mark_item_id BIGINT NOT NULL,      -- of the mark; what it says stands in metadata_block
    item_id BIGINT NOT NULL,           -- of the file that it is of
    grade VARCHAR NOT NULL,            -- recorded: a stream of the same file; inferred: by name only
    rule VARCHAR NOT NULL
);

CREATE TABLE training_link (           -- a training record names a folder that one on an exhibit may be
    link_id BIGINT PRIMARY KEY,
    item_id BIGINT NOT NULL,           -- of the model file with the record
    dataset_ordinal INTEGER NOT NULL,
    exhibit_id INTEGER NOT NULL,
    folder VARCHAR NOT NULL,           -- path of the folder on that exhibit
    pictures_recorded BIGINT,
    pictures_found BIGINT NOT NULL,    -- pictures and films that lie directly in the folder
    captions_found BIGINT NOT NULL,    -- text files beside them that were read as captions
    tags_recorded BIGINT NOT NULL,     -- tags of the record, over all its folders
    tags_found BIGINT NOT NULL,        -- those of them that the captions hold
    grade VARCHAR NOT NULL,
    rule VARCHAR NOT NULL
);

CREATE TABLE problem (
    item_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    category VARCHAR NOT NULL,
    lossy BOOLEAN NOT NULL,            -- something of the item may have been left unread
    reader VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    origin_offset BIGINT
);

CREATE TABLE content_credentials (     -- one row for each manifest of a C2PA store
    item_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,          -- of the manifest within the item
    label VARCHAR NOT NULL,
    active BOOLEAN NOT NULL,           -- it speaks for the file as it is
    claim_generator VARCHAR,
    claim_generator_version VARCHAR,
    title VARCHAR,
    signer VARCHAR,                    -- as its certificate states
    algorithm VARCHAR,
    signed_at TIMESTAMP,               -- UTC, as the time stamp token states
    signature VARCHAR NOT NULL,        -- valid, invalid, not checked
    signature_reason VARCHAR NOT NULL,
    time_stamp VARCHAR NOT NULL,       -- valid, invalid, not checked; no authority is trusted
    time_stamp_reason VARCHAR NOT NULL,
    certificate_chain VARCHAR NOT NULL, -- holds within the file, does not hold, not checked
    certificate_chain_reason VARCHAR NOT NULL,
    redacted VARCHAR,                  -- addresses of assertions of other manifests that were taken out, one a line
    assertion_hashes VARCHAR NOT NULL, -- match, mismatch, not checked
    assertion_hashes_reason VARCHAR NOT NULL,
    data_hash VARCHAR NOT NULL,        -- match, mismatch, not checked
    data_hash_reason VARCHAR NOT NULL,
    trust VARCHAR NOT NULL,
    origin_offset BIGINT NOT NULL,
    origin_length BIGINT NOT NULL,
    origin_sha256 VARCHAR NOT NULL,
    reader VARCHAR NOT NULL
);

CREATE TABLE content_credentials_action (
    item_id BIGINT NOT NULL,
    manifest_ordinal INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    action VARCHAR NOT NULL,
    time VARCHAR,                      -- as recorded
    software_agent VARCHAR,
    digital_source_type VARCHAR,
    description VARCHAR
);

CREATE TABLE content_credentials_ingredient (
    item_id BIGINT NOT NULL,
    manifest_ordinal INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    relationship VARCHAR,              -- parentOf, componentOf, inputTo
    title VARCHAR,
    format VARCHAR,
    instance_id VARCHAR,
    manifest VARCHAR,                  -- label of its own manifest in the same store
    thumbnail_sha256 VARCHAR
);

-- Folders with pictures or text files whose name is one that a training record names. kohya-ss/sd-scripts writes the base
-- name of the folder, with the number of repeats before it (10_name), and puts (2) behind a second use of one name.
CREATE VIEW training_folder AS
WITH named AS (
    SELECT item_id, ordinal, lower(replace(folder, '%', '%25')) AS name,
        lower(replace(regexp_replace(folder, ' \([0-9]{1,4}\)$', ''), '%', '%25')) AS first_use
    FROM training_dataset
), files AS (
    SELECT exhibit_id, regexp_replace(path, '/[^/]*$', '') AS folder, media_type, lower(name) AS file_name FROM item
    WHERE kind = 'file' AND stream IS NULL AND contains(path, '/') AND EXISTS (FROM training_dataset)
), folders AS (
    SELECT exhibit_id, folder, lower(regexp_extract(folder, '[^/]*$')) AS name,
        count(*) FILTER (media_type LIKE 'image/%' OR media_type LIKE 'video/%') AS pictures,
        count(*) FILTER (file_name LIKE '%.txt' OR file_name LIKE '%.caption') AS texts
    FROM files GROUP BY exhibit_id, folder
    -- Of one name, the 21 with the most pictures: one more than are linked, so that the link can say that there are more.
    QUALIFY row_number() OVER (PARTITION BY regexp_extract(lower(folder), '[^/]*$')
        ORDER BY pictures DESC, exhibit_id, folder) <= 21
), matched AS (
    SELECT item_id, ordinal, exhibit_id, folder, pictures, 'same folder name' AS rule, 1 AS preference
    FROM named JOIN folders ON folders.name = named.name
    UNION ALL
    SELECT item_id, ordinal, exhibit_id, folder, pictures,
        'same folder name; the record marks a further use of it', 2
    FROM named JOIN folders ON folders.name = named.first_use
    UNION ALL
    SELECT item_id, ordinal, exhibit_id, folder, pictures, 'same folder name without the number of repeats', 3
    FROM named JOIN folders ON folders.name = regexp_replace(named.first_use, '^[0-9]{1,6}_', '')
    WHERE folders.pictures > 0 OR folders.texts > 0
)
SELECT item_id, ordinal, exhibit_id, folder, pictures, min_by(rule, preference) AS rule
FROM matched
WHERE folder <> ''
GROUP BY ALL
ORDER BY item_id, ordinal, exhibit_id, folder;

-- What was not understood, in one place: metadata blocks that no reader explained, by where they stand; node types and
-- keys that a reader did not know; problems by reader.
CREATE VIEW not_understood AS
SELECT 'unread block' AS kind, container AS subject, key AS name, count(*) AS findings, count(DISTINCT item_id) AS items
FROM metadata_block WHERE NOT claimed GROUP BY container, key
UNION ALL
SELECT 'unknown name', g.generator, u.name, count(*), count(DISTINCT g.item_id)
FROM generation_unknown u JOIN generation g USING (generation_id) GROUP BY g.generator, u.name
UNION ALL
SELECT 'problem', reader, category, count(*), count(DISTINCT item_id)
FROM problem GROUP BY reader, category
ORDER BY kind, findings DESC, subject, name;
