-- Clients as bodies: who they are by the official list or their spelling, and which printed name means which.

CREATE TABLE store.body (
    client_id     VARCHAR NOT NULL,
    official_name VARCHAR NOT NULL,
    kind          VARCHAR,
    insee_code    VARCHAR,
    siren         VARCHAR,
    departement   VARCHAR,
    region        VARCHAR,
    population    INTEGER
);

CREATE TABLE store.client_link (
    client    VARCHAR NOT NULL, -- as printed
    part      INTEGER NOT NULL, -- of a client that names several bodies
    client_id VARCHAR NOT NULL,
    reason    VARCHAR NOT NULL,
    score     DOUBLE NOT NULL,
    doubt     VARCHAR
);

CREATE TABLE store.linked (
    digest VARCHAR NOT NULL -- of the printed clients, of what people said, and of the list
);
