-- The kind of amount of which there is most: the one that is added up.
SELECT currency, tax
FROM missions
WHERE amount IS NOT NULL AND ($firm IS NULL OR firm = $firm)
GROUP BY ALL
ORDER BY count(*) DESC, currency, tax
LIMIT 1
