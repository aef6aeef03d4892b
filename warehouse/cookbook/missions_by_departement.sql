-- Missions by département
-- Of clients that the official list knows; a client of several bodies counts for each.
SELECT
    c.departement,
    count(DISTINCT m.mission_id) AS missions,
    count(DISTINCT c.client_id) AS bodies,
    max(c.population) AS largest_population
FROM missions AS m
JOIN client_links AS l USING (client)
JOIN clients AS c USING (client_id)
WHERE c.departement IS NOT NULL
GROUP BY c.departement
ORDER BY missions DESC, c.departement
