-- Public contracts that some mission may have been done under, a copy of what the log holds; and which mission was.

CREATE TABLE store.contract (
    contract_id VARCHAR NOT NULL,
    number      VARCHAR NOT NULL, -- as its buyer counts
    buyer_siren VARCHAR NOT NULL,
    title       VARCHAR NOT NULL,
    amounts     DECIMAL(14, 2)[] NOT NULL, -- as notified, then as changed; without tax
    notified    DATE,
    months      INTEGER,
    holders     INTEGER NOT NULL, -- how many firms; who they are is kept nowhere
    source      VARCHAR NOT NULL  -- name of the file
);

CREATE TABLE store.contract_match (
    edition_id     VARCHAR NOT NULL,
    mission        INTEGER NOT NULL,
    contract_id    VARCHAR NOT NULL,
    likeness       DOUBLE NOT NULL,
    is_amount_same BOOLEAN,
    is_period_same BOOLEAN
);
