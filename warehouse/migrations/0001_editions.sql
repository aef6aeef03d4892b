-- What the loader writes. Everything hangs on an edition: a new reading of the same file replaces all its rows.
-- Only the views in main are published; these tables may change with any migration.

CREATE TABLE store.edition (
    edition_id    VARCHAR NOT NULL,
    brochure      VARCHAR NOT NULL,
    brochure_rule VARCHAR NOT NULL,   -- who named the brochure: option, firm, file_name
    firm          VARCHAR,
    file_name     VARCHAR NOT NULL,
    sha256        VARCHAR NOT NULL,
    media_type    VARCHAR NOT NULL,
    pages         INTEGER,
    edition_date  DATE,
    date_rule     VARCHAR,
    ingested_at   TIMESTAMP NOT NULL, -- UTC, of the first ingest
    read_share    DOUBLE NOT NULL,
    rules_digest  VARCHAR NOT NULL,
    code_version  VARCHAR NOT NULL,   -- of the reading code; another one means: read again
    draft         VARCHAR NOT NULL    -- EditionDraft as JSON: what a correction is settled on
);

CREATE TABLE store.mission (
    edition_id      VARCHAR NOT NULL,
    ordinal         INTEGER NOT NULL,
    mission_id      VARCHAR NOT NULL,
    match_reason    VARCHAR NOT NULL, -- why it has this mission_id
    match_score     DOUBLE,
    key             VARCHAR NOT NULL,
    page_first      INTEGER,
    page_last       INTEGER,
    domain          VARCHAR,
    title           VARCHAR,
    client          VARCHAR,
    client_stated   BOOLEAN NOT NULL,
    client_type     VARCHAR,
    client_country  VARCHAR,
    period_text     VARCHAR,
    start_date      DATE,
    end_date        DATE,
    start_precision VARCHAR,
    end_precision   VARCHAR,
    stated_months   INTEGER,
    status          VARCHAR,
    amount_text     VARCHAR,
    amount          DECIMAL(14, 2),
    amount_max      DECIMAL(14, 2),
    currency        VARCHAR,
    tax             VARCHAR,
    context         VARCHAR[],
    approach        VARCHAR[],
    results         VARCHAR[]
);

CREATE TABLE store.contact (
    edition_id VARCHAR NOT NULL,
    mission    INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    name       VARCHAR,
    role       VARCHAR,
    email      VARCHAR,
    phone      VARCHAR,
    has_left   BOOLEAN NOT NULL
);

CREATE TABLE store.partner (
    edition_id VARCHAR NOT NULL,
    mission    INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    name       VARCHAR NOT NULL
);

CREATE TABLE store.evidence (
    edition_id VARCHAR NOT NULL,
    mission    INTEGER NOT NULL,
    field      VARCHAR NOT NULL,
    ordinal    INTEGER NOT NULL,
    text       VARCHAR,
    page       INTEGER,
    x0         DOUBLE,
    top        DOUBLE,
    x1         DOUBLE,
    bottom     DOUBLE,
    rule       VARCHAR NOT NULL
);

CREATE TABLE store.finding (
    edition_id VARCHAR NOT NULL,
    mission    INTEGER,
    finding_id VARCHAR NOT NULL,
    code       VARCHAR NOT NULL,
    origin     VARCHAR NOT NULL,
    severity   VARCHAR NOT NULL,
    field      VARCHAR,
    message    VARCHAR NOT NULL,
    page       INTEGER
);

CREATE TABLE store.team (
    edition_id VARCHAR NOT NULL,
    ordinal    INTEGER NOT NULL,
    name       VARCHAR NOT NULL,
    role       VARCHAR
);

CREATE TABLE store.office (
    edition_id VARCHAR NOT NULL,
    ordinal    INTEGER NOT NULL,
    city       VARCHAR NOT NULL,
    country    VARCHAR
);

CREATE TABLE store.website (
    edition_id VARCHAR NOT NULL,
    ordinal    INTEGER NOT NULL,
    url        VARCHAR NOT NULL
);

CREATE TABLE store.correction (
    mission_id VARCHAR NOT NULL,
    field      VARCHAR NOT NULL,
    old_value  VARCHAR,
    new_value  VARCHAR,
    why        VARCHAR NOT NULL,
    author     VARCHAR NOT NULL,
    made_at    TIMESTAMP NOT NULL,
    undone_at  TIMESTAMP
);
