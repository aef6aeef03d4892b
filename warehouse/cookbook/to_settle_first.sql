-- What to settle first: kinds of findings in the current editions, with the missions most in need
-- $examples = 3: missions named for each kind
SELECT
    f.severity,
    f.code,
    f.origin,
    count(*) AS findings,
    list_slice(list(DISTINCT f.mission_id ORDER BY f.mission_id) FILTER (f.mission_id IS NOT NULL), 1, $examples::INTEGER) AS examples
FROM findings AS f
JOIN editions AS e USING (edition_id)
WHERE e.is_current
GROUP BY f.severity, f.code, f.origin
ORDER BY list_position(['error', 'warning', 'info'], f.severity), findings DESC, f.code
