-- What full-text search reads; made from store.mission by warehouse/store/index.py, edition by edition.

CREATE TABLE store.indexed (
    edition_id  VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL -- of the texts that are indexed, and of how
);

CREATE TABLE store.prose (
    edition_id VARCHAR NOT NULL,
    ordinal    INTEGER NOT NULL,
    folded     VARCHAR NOT NULL, -- all its words in lower case, without accents
    length     DOUBLE NOT NULL   -- words, each by the weight of its field
);

CREATE TABLE store.posting (
    edition_id VARCHAR NOT NULL,
    ordinal    INTEGER NOT NULL,
    stem       VARCHAR NOT NULL,
    weight     DOUBLE NOT NULL,  -- how often it stands there, by the weight of its field
    length     DOUBLE NOT NULL   -- of the mission, as in prose
);
