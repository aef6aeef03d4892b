SELECT year, sum(amount) AS amount
FROM turnover_by_year
WHERE
    currency IS NOT DISTINCT FROM $currency
    AND tax IS NOT DISTINCT FROM $tax
    AND amount IS NOT NULL
    AND ($firm IS NULL OR firm = $firm)
GROUP BY year
ORDER BY year
