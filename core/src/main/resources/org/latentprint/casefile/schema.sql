-- The case's schema. Finding tables hold nothing that depends on the clock, the machine or the number of threads; what
-- does (start, end, paths of the examiner's machine) stands in scan_run and in the audit log.

CREATE TABLE schema_info (
    version INTEGER NOT NULL
);
INSERT INTO schema_info VALUES (2);

CREATE TABLE exhibit (
    exhibit_id INTEGER PRIMARY KEY,
    reference VARCHAR NOT NULL UNIQUE,
    source_kind VARCHAR NOT NULL
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
    kind VARCHAR NOT NULL,             -- file, link, special, unreadable_folder
    allocation VARCHAR NOT NULL,       -- allocated, deleted, orphan, carved
    size BIGINT NOT NULL,              -- bytes
    link_target VARCHAR,
    archive VARCHAR,                   -- path of the item that this one lies in, for a member of an archive
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
    generator VARCHAR NOT NULL,
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
