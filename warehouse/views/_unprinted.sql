-- Fields that one edition gives for at least half of its missions (and three) and another edition of the brochure for none of its.
CREATE VIEW _unprinted AS
WITH given AS (
    SELECT edition_id, field, count(*) AS missions FROM _mission_values WHERE has_others GROUP BY ALL
),
sizes AS (
    SELECT edition_id, count(*) AS missions FROM store.mission GROUP BY ALL
),
one_way AS (
    SELECT a.edition_id AS has_it, b.edition_id AS lacks_it, g.field
    FROM _timeline AS a
    JOIN _timeline AS b ON b.brochure = a.brochure AND b.edition_id <> a.edition_id
    JOIN sizes AS s ON s.edition_id = a.edition_id
    JOIN sizes AS not_empty ON not_empty.edition_id = b.edition_id
    JOIN given AS g ON g.edition_id = a.edition_id AND 2 * g.missions >= s.missions AND g.missions > 2
    ANTI JOIN given AS none ON none.edition_id = b.edition_id AND none.field = g.field
)
SELECT has_it AS from_edition, lacks_it AS to_edition, field, 'no longer' AS printed FROM one_way
UNION ALL
SELECT lacks_it AS from_edition, has_it AS to_edition, field, 'newly' AS printed FROM one_way;
