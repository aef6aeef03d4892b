SELECT size_from, size_to, sum(missions)::INTEGER AS missions
FROM missions_by_size
WHERE
    (size_from IS NULL OR (currency IS NOT DISTINCT FROM $currency AND tax IS NOT DISTINCT FROM $tax))
    AND ($firm IS NULL OR firm = $firm)
GROUP BY size_from, size_to
ORDER BY size_from NULLS LAST
