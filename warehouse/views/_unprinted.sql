-- Fields that one edition gives for three missions and more that stand in another edition too, which gives them for none of its.
CREATE VIEW _unprinted AS
WITH given AS MATERIALIZED (
    SELECT edition_id, field, mission_id FROM _mission_values WHERE has_others
),
one_way AS (
    SELECT a.edition_id AS has_it, b.edition_id AS lacks_it, g.field
    FROM _timeline AS a
    JOIN _timeline AS b ON b.brochure = a.brochure AND b.edition_id <> a.edition_id
    JOIN given AS g ON g.edition_id = a.edition_id
    JOIN store.mission AS kept ON kept.edition_id = b.edition_id AND kept.mission_id = g.mission_id
    ANTI JOIN given AS lacking ON lacking.edition_id = b.edition_id AND lacking.field = g.field
    GROUP BY ALL
    HAVING count(*) > 2
)
SELECT has_it AS from_edition, lacks_it AS to_edition, field, 'no longer' AS printed FROM one_way
UNION ALL
SELECT lacks_it AS from_edition, has_it AS to_edition, field, 'newly' AS printed FROM one_way;
