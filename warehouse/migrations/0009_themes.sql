-- Which shared theme a mission has, by a lexicon; made again with the edition, and for all editions with another lexicon.

CREATE TABLE store.theme (
    edition_id VARCHAR NOT NULL,
    mission    INTEGER NOT NULL,
    code       VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,
    share      DOUBLE NOT NULL,
    is_sure    BOOLEAN NOT NULL,
    words      VARCHAR[] NOT NULL
);

CREATE TABLE store.lexicon (
    digest VARCHAR NOT NULL -- of the lexicon by which all themes were told
);
