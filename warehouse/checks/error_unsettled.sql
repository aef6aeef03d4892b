-- level: warn
-- about: a finding of severity error on a current edition waits for somebody
SELECT f.mission_id, f.edition_id, f.code || ': ' || f.message AS what
FROM findings AS f
JOIN editions AS e USING (edition_id)
WHERE e.is_current AND f.severity = 'error'
ORDER BY ALL
