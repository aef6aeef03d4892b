-- What is otherwise in one edition than in another of the same brochure, for every two of them. A field that one of the two gives
-- for three missions and more, and the other nowhere, is a matter of its layout, not of its missions (_unprinted). Values are compared
-- by letters and digits only, so that spacing, case, accents and dashes of another layout are no change; the point or comma within
-- a number counts.
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
compared AS MATERIALIZED (
    SELECT edition_id, mission_id, field, value, sorted FROM _mission_values WHERE has_others
),
sides AS (
    SELECT p.*, v.mission_id, v.field, v.value AS old_value, NULL AS new_value, v.sorted AS old_sorted, NULL AS new_sorted
    FROM pairs AS p
    JOIN compared AS v ON v.edition_id = p.from_edition
    UNION ALL
    SELECT p.*, v.mission_id, v.field, NULL AS old_value, v.value AS new_value, NULL AS old_sorted, v.sorted AS new_sorted
    FROM pairs AS p
    JOIN compared AS v ON v.edition_id = p.to_edition
),
differing AS (
    SELECT
        brochure,
        from_edition,
        to_edition,
        is_step,
        mission_id,
        field,
        any_value(old_value) AS old_value,
        any_value(new_value) AS new_value,
        list_transform(
            [any_value(old_sorted), any_value(new_sorted)],
            lambda told: regexp_replace(
                regexp_replace(
                    replace(replace(translate(lower(strip_accents(told)), '¹²³', '123'), 'œ', 'oe'), 'æ', 'ae'),
                    '([0-9])[.,]([0-9])', '\1p\2', 'g'
                ),
                '[^a-z0-9]+', '', 'g'
            )
        ) AS folded
    FROM sides
    GROUP BY ALL
    HAVING any_value(old_sorted) IS DISTINCT FROM any_value(new_sorted)
),
changed AS (
    SELECT d.*, 'changed' AS change
    FROM differing AS d
    SEMI JOIN store.mission AS before ON before.edition_id = d.from_edition AND before.mission_id = d.mission_id
    SEMI JOIN store.mission AS after ON after.edition_id = d.to_edition AND after.mission_id = d.mission_id
    ANTI JOIN _unprinted AS u
        ON u.from_edition = d.from_edition AND u.to_edition = d.to_edition AND u.field = d.field
    WHERE folded[1] IS DISTINCT FROM folded[2]
)
SELECT brochure, from_edition, to_edition, is_step, mission_id, change, field, old_value, new_value FROM added
UNION ALL BY NAME
SELECT * FROM removed
UNION ALL BY NAME
SELECT * EXCLUDE (folded) FROM changed;
