-- For whom we work: missions begun by year and kind of client
SELECT year(start_date) AS year, client_type, count(*) AS missions, count(DISTINCT client) AS clients
FROM missions
WHERE start_date IS NOT NULL
GROUP BY ALL
ORDER BY year, missions DESC, client_type
