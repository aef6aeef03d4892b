SELECT year, sum(missions)::INTEGER AS missions, sum(missions_reachable)::INTEGER AS reachable
FROM contact_coverage
WHERE year IS NOT NULL AND ($firm IS NULL OR firm = $firm)
GROUP BY year
ORDER BY year
