-- A mission that has another id by now is named by that.
CREATE VIEW lists AS
WITH became AS (
    SELECT former_id, CASE WHEN count(*) = 1 THEN any_value(mission_id) END AS mission_id
    FROM former_ids
    GROUP BY former_id
)
SELECT
    l.list_id,
    l.given_at,
    l.name,
    l.form,
    l.as_of_date,
    l.ordinal,
    coalesce(b.mission_id, l.mission_id) AS mission_id
FROM store.list_line AS l
LEFT JOIN became AS b ON b.former_id = l.mission_id;
