CREATE VIEW missions_by_client_type AS
SELECT
    firm,
    client_type,
    currency,
    tax,
    count(*)::INTEGER AS missions,
    count(DISTINCT usual_client)::INTEGER AS clients,
    count(amount)::INTEGER AS missions_with_amount,
    sum(amount)::DECIMAL(18, 2) AS amount,
    min(start_date) AS first_start_date,
    max(coalesce(end_date, start_date)) AS last_date
FROM missions
LEFT JOIN client_spellings USING (client)
GROUP BY ALL;
