-- Missions that stood in an older edition and are not in the current one
SELECT
    brochure,
    mission_id,
    max_by(client, coalesce(edition_date, DATE '0001-01-01')) AS client,
    max_by(title, coalesce(edition_date, DATE '0001-01-01')) AS title,
    min(edition_date) AS first_edition,
    max(edition_date) AS last_edition
FROM mission_history
GROUP BY brochure, mission_id
HAVING NOT bool_or(is_current)
ORDER BY brochure, last_edition DESC NULLS LAST, client, title
