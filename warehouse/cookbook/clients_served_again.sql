-- Clients served at least twice
-- Spellings that differ in case, accents and signs only are one client.
-- $times = 2: missions at least
SELECT
    usual_client AS client,
    count(*) AS missions,
    min(year(start_date)) AS first_year,
    max(year(coalesce(end_date, start_date))) AS last_year,
    sum(amount) FILTER (currency = 'EUR' AND tax = 'HT') AS euros_without_tax
FROM missions
JOIN client_spellings USING (client)
GROUP BY usual_client
HAVING count(*) >= $times::INTEGER
ORDER BY missions DESC, client
