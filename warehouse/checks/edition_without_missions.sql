-- level: fail
-- about: a current edition has no mission
SELECT NULL::VARCHAR AS mission_id, edition_id, file_name AS what
FROM editions
WHERE is_current AND mission_count = 0
ORDER BY ALL
