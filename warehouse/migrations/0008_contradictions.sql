-- What a mission prints and the official list contradicts; made again with the edition, and when its clients' bodies change.

CREATE TABLE store.contradiction (
    edition_id VARCHAR NOT NULL,
    mission    INTEGER NOT NULL,
    code       VARCHAR NOT NULL,
    origin     VARCHAR NOT NULL,
    severity   VARCHAR NOT NULL,
    field      VARCHAR NOT NULL,
    message    VARCHAR NOT NULL
);
