-- By what editions are known again, so that one that arrives is compared with those that share something with it only.

CREATE TABLE store.mark (
    edition_id VARCHAR NOT NULL,
    mark       UBIGINT NOT NULL, -- fingerprint of a mission's mark, or of a name
    is_name    BOOLEAN NOT NULL, -- of the edition itself, or of the brochure that it would be alone
    is_old     BOOLEAN NOT NULL  -- of a reading that is no more, until names are given again
);
