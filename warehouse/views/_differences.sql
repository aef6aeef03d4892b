-- What is otherwise in one edition than in another of the same brochure, for every two of them. A field that one of the two gives
-- for half of its missions and the other for none is a matter of its layout, not of its missions (_unprinted).
CREATE VIEW _differences AS
WITH pairs AS (
    SELECT o.brochure, o.edition_id AS from_edition, n.edition_id AS to_edition, n.place = o.place + 1 AS is_step
    FROM _timeline AS o
    JOIN _timeline AS n ON n.brochure = o.brochure AND n.edition_id <> o.edition_id
),
added AS (
    SELECT p.*, m.mission_id, 'added' AS change, NULL::VARCHAR AS field, NULL::VARCHAR AS old_value, m.title AS new_value
    FROM pairs AS p
    JOIN store.mission AS m ON m.edition_id = p.to_edition
    ANTI JOIN store.mission AS before ON before.edition_id = p.from_edition AND before.mission_id = m.mission_id
),
removed AS (
    SELECT p.*, m.mission_id, 'removed' AS change, NULL::VARCHAR AS field, m.title AS old_value, NULL::VARCHAR AS new_value
    FROM pairs AS p
    JOIN store.mission AS m ON m.edition_id = p.from_edition
    ANTI JOIN store.mission AS after ON after.edition_id = p.to_edition AND after.mission_id = m.mission_id
),
compared AS (
    SELECT p.*, m.mission_id, f.field
    FROM pairs AS p
    JOIN store.mission AS m ON m.edition_id = p.from_edition
    SEMI JOIN store.mission AS after ON after.edition_id = p.to_edition AND after.mission_id = m.mission_id
    CROSS JOIN (SELECT DISTINCT field FROM _mission_values) AS f
    ANTI JOIN _unprinted AS u
        ON u.from_edition = p.from_edition AND u.to_edition = p.to_edition AND u.field = f.field
),
changed AS (
    SELECT c.*, 'changed' AS change, o.value AS old_value, n.value AS new_value
    FROM compared AS c
    LEFT JOIN _mission_values AS o
        ON o.edition_id = c.from_edition AND o.mission_id = c.mission_id AND o.field = c.field
    LEFT JOIN _mission_values AS n
        ON n.edition_id = c.to_edition AND n.mission_id = c.mission_id AND n.field = c.field
    WHERE o.folded IS DISTINCT FROM n.folded
)
SELECT brochure, from_edition, to_edition, is_step, mission_id, change, field, old_value, new_value FROM added
UNION ALL BY NAME
SELECT * FROM removed
UNION ALL BY NAME
SELECT * FROM changed;
