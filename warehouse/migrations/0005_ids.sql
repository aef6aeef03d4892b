-- Ids of missions stay: to which places (a mission as one edition prints it) each was ever given, as the log holds it too.

CREATE TABLE store.given (
    number     INTEGER NOT NULL, -- in the order in which they were given
    sha256     VARCHAR NOT NULL,
    key        VARCHAR NOT NULL,
    mission_id VARCHAR NOT NULL,
    now_id     VARCHAR           -- the id that answers for this place today; NULL where none does
);

INSERT INTO store.given
WITH newest AS (
    SELECT edition_id, max(greatest(start_date, end_date)) AS newest_mission FROM store.portrait GROUP BY edition_id
)
SELECT
    row_number() OVER (
        ORDER BY e.brochure, coalesce(e.edition_date, n.newest_mission) NULLS FIRST, n.newest_mission NULLS FIRST,
            e.file_name, e.sha256, p.ordinal
    ),
    e.sha256, p.key, p.mission_id, p.mission_id
FROM store.portrait AS p
JOIN store.edition AS e USING (edition_id)
LEFT JOIN newest AS n USING (edition_id)
WHERE p.mission_id <> '';

ALTER TABLE store.edition ADD COLUMN series_doubt VARCHAR; -- why it may be an edition of another brochure
