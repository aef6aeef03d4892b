SELECT client_type AS label, sum(missions)::INTEGER AS missions
FROM missions_by_client_type
WHERE $firm IS NULL OR firm = $firm
GROUP BY label
ORDER BY missions DESC, label
