CREATE VIEW turnover_by_year AS
SELECT
    firm,
    year,
    currency,
    tax,
    count(*)::INTEGER AS missions,
    (count(*) FILTER (is_first_year))::INTEGER AS missions_begun,
    count(amount)::INTEGER AS missions_with_amount,
    sum(amount)::DECIMAL(18, 2) AS amount
FROM mission_years
GROUP BY ALL;
