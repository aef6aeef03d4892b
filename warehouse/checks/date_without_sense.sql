-- level: fail
-- about: a mission ends before it starts, or lies before 1950 or after 2100, and no finding says so
SELECT m.mission_id, m.edition_id, concat_ws(' – ', m.start_date, m.end_date) AS what
FROM missions AS m
WHERE
    (m.end_date < m.start_date OR year(coalesce(m.start_date, m.end_date)) NOT BETWEEN 1950 AND 2100)
    AND NOT EXISTS (
        FROM findings AS f
        WHERE
            f.mission_id = m.mission_id AND f.edition_id = m.edition_id
            AND (f.code = 'date_order' OR f.field IN ('start_date', 'end_date', 'period', 'period_text'))
    )
ORDER BY ALL
