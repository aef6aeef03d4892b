-- Missions by size class of their amount; the class without bounds holds those without amount.
CREATE VIEW missions_by_size AS
WITH sizes AS (
    SELECT * FROM (VALUES
        (0, 10000), (10000, 25000), (25000, 50000), (50000, 100000), (100000, 250000), (250000, NULL)
    ) AS classes(size_from, size_to)
)
SELECT
    firm,
    size_from,
    size_to,
    currency,
    tax,
    count(*)::INTEGER AS missions,
    sum(amount)::DECIMAL(18, 2) AS amount
FROM missions
LEFT JOIN sizes ON amount >= size_from AND (amount < size_to OR size_to IS NULL)
GROUP BY ALL;
