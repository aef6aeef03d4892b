-- Reference lists that were given out, line by line; a copy of what stands in NAME.lists.jsonl beside the warehouse.

CREATE TABLE store.list_line (
    list_id    VARCHAR NOT NULL,   -- of its line in that file
    given_at   TIMESTAMP NOT NULL, -- UTC
    name       VARCHAR NOT NULL,
    form       VARCHAR NOT NULL,
    as_of_date DATE NOT NULL,
    ordinal    INTEGER NOT NULL,
    mission_id VARCHAR NOT NULL    -- as it was then
);
