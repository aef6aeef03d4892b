-- level: fail
-- about: two missions of a current edition have the same mission_id
SELECT mission_id, edition_id, count(*)::VARCHAR || ' missions' AS what
FROM missions
GROUP BY mission_id, edition_id
HAVING count(*) > 1
ORDER BY ALL
