-- By brochure and year: missions for which somebody can be asked. A contact who left is none; a name alone can't be reached.
CREATE VIEW contact_coverage AS
WITH people AS (
    SELECT
        mission_id,
        bool_or(NOT has_left) AS is_there,
        bool_or(NOT has_left AND coalesce(email, phone) IS NOT NULL) AS is_reachable
    FROM contacts
    GROUP BY mission_id
)
SELECT
    m.firm,
    m.brochure,
    year(coalesce(m.end_date, m.start_date))::INTEGER AS year,
    count(*)::INTEGER AS missions,
    count(p.mission_id)::INTEGER AS missions_with_contact,
    (count(*) FILTER (p.is_reachable))::INTEGER AS missions_reachable,
    (count(*) FILTER (NOT p.is_there))::INTEGER AS missions_contact_left,
    (count(*) FILTER (p.is_reachable)) / count(*) AS share_reachable
FROM missions AS m
LEFT JOIN people AS p USING (mission_id)
GROUP BY ALL;
