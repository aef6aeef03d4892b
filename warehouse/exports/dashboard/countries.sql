SELECT client_country AS label, sum(missions)::INTEGER AS missions
FROM missions_by_country
WHERE $firm IS NULL OR firm = $firm
GROUP BY label
ORDER BY missions DESC, label
