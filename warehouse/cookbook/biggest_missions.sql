-- The biggest missions by amount, in each currency
-- $top = 10: how many of each currency
SELECT currency, row_number() OVER biggest AS rank, amount, tax, client, title, start_date, end_date, mission_id
FROM missions
WHERE amount IS NOT NULL
WINDOW biggest AS (PARTITION BY currency ORDER BY amount DESC, client, title)
QUALIFY rank <= $top::INTEGER
ORDER BY currency, rank
