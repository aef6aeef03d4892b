-- level: warn
-- about: a mission has neither client nor title, or no words beside them
SELECT mission_id, edition_id, coalesce(title, client, 'page ' || page_first) AS what
FROM missions
WHERE (title IS NULL AND client IS NULL) OR (title IS NULL AND len(coalesce(context, approach, results, [])) = 0)
ORDER BY ALL
