-- Turnover by year, amounts spread over the months of each mission
-- A row without a year holds the amounts that can't be spread (no start or no end is printed). Amounts of different
-- currency or tax are not added.
SELECT
    year,
    currency,
    tax,
    sum(missions)::INTEGER AS missions,
    sum(missions_with_amount)::INTEGER AS with_amount,
    sum(amount)::DECIMAL(18, 2) AS amount
FROM turnover_by_year
WHERE amount IS NOT NULL
GROUP BY ALL
ORDER BY year NULLS LAST, currency, tax
