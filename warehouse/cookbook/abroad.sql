-- Missions abroad, by country of the client
-- $home = FR: country that is not abroad
SELECT
    client_country,
    count(*) AS missions,
    count(DISTINCT client) AS clients,
    max(coalesce(end_date, start_date)) AS last_date,
    list(DISTINCT client_type ORDER BY client_type) FILTER (client_type IS NOT NULL) AS client_types
FROM missions
WHERE client_country IS NOT NULL AND client_country <> $home
GROUP BY client_country
ORDER BY missions DESC, client_country
