-- What people decided, as the log in raw/ holds it, and what missions are recognised by: their reading uncorrected.

DROP TABLE store.correction;

CREATE TABLE store.correction (
    correction_id VARCHAR NOT NULL,
    mission_id    VARCHAR NOT NULL, -- renewed when identities are
    field         VARCHAR NOT NULL,
    old_value     VARCHAR,
    new_value     VARCHAR,
    why           VARCHAR NOT NULL,
    author        VARCHAR NOT NULL,
    made_at       TIMESTAMP NOT NULL,
    undone_at     TIMESTAMP
);

-- carnet same, carnet distinct
CREATE TABLE store.decision (
    kind      VARCHAR NOT NULL, -- same, distinct
    sha256_a  VARCHAR NOT NULL,
    key_a     VARCHAR NOT NULL,
    sha256_b  VARCHAR NOT NULL,
    key_b     VARCHAR NOT NULL,
    why       VARCHAR NOT NULL,
    author    VARCHAR NOT NULL,
    made_at   TIMESTAMP NOT NULL
);

-- the lines of the log that these tables hold
CREATE TABLE store.journal (
    digest   VARCHAR NOT NULL, -- of all of them
    identity VARCHAR NOT NULL  -- of those that decide which mission is which, and who is forgotten
);

CREATE TABLE store.portrait (
    edition_id   VARCHAR NOT NULL,
    ordinal      INTEGER NOT NULL,
    key          VARCHAR NOT NULL,
    title        VARCHAR,
    client       VARCHAR,
    start_date   DATE,
    end_date     DATE,
    amount       DECIMAL(14, 2),
    text         VARCHAR,
    emails       VARCHAR[],
    mission_id   VARCHAR NOT NULL,
    match_reason VARCHAR NOT NULL,
    match_score  DOUBLE,
    match_doubt  VARCHAR
);

INSERT INTO store.portrait
SELECT
    edition_id, ordinal, key, title, client, start_date, end_date, amount, coalesce(context, approach, results)[1],
    (SELECT list(email ORDER BY c.ordinal) FROM store.contact AS c
     WHERE c.edition_id = m.edition_id AND c.mission = m.ordinal AND email IS NOT NULL),
    mission_id, match_reason, match_score, NULL
FROM store.mission AS m;

ALTER TABLE store.mission ADD COLUMN match_doubt VARCHAR; -- why its mission_id may be wrong

ALTER TABLE store.edition ADD COLUMN named VARCHAR;          -- brochure's name as the user said it
ALTER TABLE store.edition ADD COLUMN suppressed INTEGER DEFAULT 0; -- mentions of forgotten persons left out
UPDATE store.edition SET named = brochure WHERE brochure_rule = 'option';
ALTER TABLE store.edition ADD COLUMN corrected VARCHAR DEFAULT ''; -- fingerprint of the corrections its rows hold
