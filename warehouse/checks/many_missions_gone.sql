-- level: warn
-- about: a current edition has lost more than half of the missions of the one before
WITH counted AS (
    SELECT brochure, to_edition, count_if(change = 'removed') AS gone
    FROM changes
    GROUP BY brochure, to_edition
)
SELECT NULL::VARCHAR AS mission_id, e.edition_id, e.file_name || ': ' || c.gone || ' missions gone' AS what
FROM editions AS e
JOIN counted AS c ON c.to_edition = e.edition_id
WHERE e.is_current AND c.gone > e.mission_count
ORDER BY ALL
