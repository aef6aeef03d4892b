-- level: warn
-- about: our reading of a value of a current edition is doubtful
SELECT f.mission_id, f.edition_id, f.code || coalesce(' (' || f.field || ')', '') || ': ' || f.message AS what
FROM findings AS f
JOIN editions AS e USING (edition_id)
WHERE e.is_current AND f.origin = 'reading' AND f.severity <> 'info'
ORDER BY ALL
