SELECT year, sum(missions)::INTEGER AS missions
FROM turnover_by_year
WHERE year IS NOT NULL AND ($firm IS NULL OR firm = $firm)
GROUP BY year
ORDER BY year
