-- level: fail
-- about: a brochure has not exactly one current edition
SELECT NULL::VARCHAR AS mission_id, min(edition_id) AS edition_id, brochure || ': ' || count_if(is_current) AS what
FROM editions
GROUP BY brochure
HAVING count_if(is_current) <> 1
ORDER BY ALL
