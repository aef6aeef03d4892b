-- The calendar years that each mission touches, its amount spread evenly over its months: a month counts whole, on whatever day
-- the mission begins or ends. Shares are differences of rounded running totals, so that they add up to the amount. What can't be
-- spread (no start, no end, or an end before the start) stands in one row without a year, so that no amount is lost from a sum.
CREATE VIEW mission_years AS
WITH spans AS (
    SELECT
        mission_id,
        brochure,
        firm,
        amount,
        currency,
        tax,
        year(start_date) * 12 + month(start_date) - 1 AS first_month,
        year(end_date) * 12 + month(end_date) - 1 AS last_month,
        coalesce(start_date <= end_date, false) AS is_spread
    FROM missions
),
years AS (
    SELECT
        *,
        unnest(CASE WHEN is_spread THEN range(first_month // 12, last_month // 12 + 1) ELSE [NULL::BIGINT] END)::INTEGER AS year
    FROM spans
),
counted AS (
    SELECT
        *,
        (last_month - first_month + 1) AS all_months,
        greatest(year * 12 - first_month, 0) AS months_before,
        least(year * 12 + 12, last_month + 1) - first_month AS months_so_far
    FROM years
)
SELECT
    mission_id,
    brochure,
    firm,
    year,
    (months_so_far - months_before)::INTEGER AS months,
    (CASE
        WHEN year IS NULL THEN amount
        ELSE round(amount * months_so_far / all_months, 2) - round(amount * months_before / all_months, 2)
    END)::DECIMAL(14, 2) AS amount,
    currency,
    tax,
    year IS NOT NULL AND months_before = 0 AS is_first_year
FROM counted;
