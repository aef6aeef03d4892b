-- level: fail
-- about: an amount is zero or less, a range runs backwards, or an amount has no currency, and no finding says so
SELECT m.mission_id, m.edition_id, concat_ws(' ', m.amount, m.amount_max, m.currency) AS what
FROM missions AS m
WHERE
    (m.amount <= 0 OR m.amount_max < m.amount OR (m.amount IS NOT NULL AND m.currency IS NULL))
    AND NOT EXISTS (
        FROM findings AS f
        WHERE f.mission_id = m.mission_id AND f.edition_id = m.edition_id AND f.field IN ('amount', 'amount_max', 'currency')
    )
ORDER BY ALL
