-- What a printed client means by the official lists, kept so that each is looked up once; derived, made again by a rebuild.

CREATE TABLE store.looked_up (
    lists          VARCHAR NOT NULL, -- digest of the lists and of the code that looked up
    client         VARCHAR NOT NULL, -- as printed
    client_type    VARCHAR,
    client_country VARCHAR,
    meaning        VARCHAR NOT NULL  -- JSON: its bodies and links, part by part
);
