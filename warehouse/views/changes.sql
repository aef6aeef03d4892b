-- What each edition added, removed and changed against the one before it.
CREATE VIEW changes AS
WITH steps AS (
    SELECT brochure, previous_edition_id AS from_edition, edition_id AS to_edition
    FROM _timeline
    WHERE previous_edition_id IS NOT NULL
),
added AS (
    SELECT s.*, m.mission_id, 'added' AS change, NULL::VARCHAR AS field, NULL::VARCHAR AS old_value, m.title AS new_value
    FROM steps AS s
    JOIN store.mission AS m ON m.edition_id = s.to_edition
    ANTI JOIN store.mission AS before ON before.edition_id = s.from_edition AND before.mission_id = m.mission_id
),
removed AS (
    SELECT s.*, m.mission_id, 'removed' AS change, NULL::VARCHAR AS field, m.title AS old_value, NULL::VARCHAR AS new_value
    FROM steps AS s
    JOIN store.mission AS m ON m.edition_id = s.from_edition
    ANTI JOIN store.mission AS after ON after.edition_id = s.to_edition AND after.mission_id = m.mission_id
),
both_editions AS (
    SELECT s.*, m.mission_id
    FROM steps AS s
    JOIN store.mission AS m ON m.edition_id = s.from_edition
    SEMI JOIN store.mission AS after ON after.edition_id = s.to_edition AND after.mission_id = m.mission_id
),
old_values AS (
    SELECT b.*, v.field, v.value, v.folded
    FROM both_editions AS b
    JOIN _mission_values AS v ON v.edition_id = b.from_edition AND v.mission_id = b.mission_id
),
new_values AS (
    SELECT b.*, v.field, v.value, v.folded
    FROM both_editions AS b
    JOIN _mission_values AS v ON v.edition_id = b.to_edition AND v.mission_id = b.mission_id
),
changed AS (
    SELECT
        brochure, from_edition, to_edition, mission_id, 'changed' AS change, field,
        o.value AS old_value, n.value AS new_value
    FROM old_values AS o
    FULL JOIN new_values AS n USING (brochure, from_edition, to_edition, mission_id, field)
    WHERE o.folded IS DISTINCT FROM n.folded
)
SELECT brochure, from_edition, to_edition, mission_id, change, field, old_value, new_value FROM added
UNION ALL BY NAME
SELECT * FROM removed
UNION ALL BY NAME
SELECT * FROM changed;
