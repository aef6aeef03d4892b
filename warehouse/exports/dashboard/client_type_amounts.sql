SELECT client_type AS label, sum(amount) AS amount
FROM missions_by_client_type
WHERE
    currency IS NOT DISTINCT FROM $currency
    AND tax IS NOT DISTINCT FROM $tax
    AND amount IS NOT NULL
    AND ($firm IS NULL OR firm = $firm)
GROUP BY label
ORDER BY amount DESC, label
