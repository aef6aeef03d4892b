-- level: fail
-- about: a title, client, amount or date stands without the words it was read from
WITH told AS (
    SELECT mission_id, edition_id, 'title' AS field, title AS value, ['title'] AS fields FROM missions
    UNION ALL SELECT mission_id, edition_id, 'client', client, ['client'] FROM missions
    UNION ALL SELECT mission_id, edition_id, 'amount', amount::VARCHAR, ['amount', 'amount_text'] FROM missions
    UNION ALL
    SELECT mission_id, edition_id, 'start_date', start_date::VARCHAR, ['start_date', 'period', 'period_text', 'end_date']
    FROM missions
    UNION ALL
    SELECT mission_id, edition_id, 'end_date', end_date::VARCHAR, ['end_date', 'period', 'period_text', 'start_date']
    FROM missions
),
proven AS (SELECT mission_id, list(DISTINCT field) AS fields FROM evidence GROUP BY mission_id)
SELECT told.mission_id, told.edition_id, told.field || ' ' || told.value AS what
FROM told
LEFT JOIN proven USING (mission_id)
WHERE told.value IS NOT NULL AND NOT list_has_any(coalesce(proven.fields, []), told.fields)
ORDER BY ALL
