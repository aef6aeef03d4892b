-- Co-contractors and how often we worked with each
SELECT
    mode(p.name ORDER BY p.name) AS partner,
    count(DISTINCT p.mission_id) AS missions,
    min(year(m.start_date)) AS first_year,
    max(year(coalesce(m.end_date, m.start_date))) AS last_year,
    list(DISTINCT m.client ORDER BY m.client) FILTER (m.client IS NOT NULL) AS clients
FROM partners AS p
JOIN missions AS m USING (mission_id)
GROUP BY lower(strip_accents(p.name))
ORDER BY missions DESC, partner
