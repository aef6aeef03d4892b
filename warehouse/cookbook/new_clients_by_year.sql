-- Clients won by year: whose first dated mission began then, and how many of them came back
WITH first_missions AS (
    SELECT client_key, min(start_date) AS first_start, count(*) AS missions
    FROM missions
    JOIN client_spellings USING (client)
    WHERE start_date IS NOT NULL
    GROUP BY client_key
)
SELECT year(first_start) AS year, count(*) AS new_clients, count(*) FILTER (missions > 1) AS came_back
FROM first_missions
GROUP BY ALL
ORDER BY year
