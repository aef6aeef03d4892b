-- How long missions of each domain take, and what a month of them brings
-- Only missions with start, end and amount without tax; medians, so that one big study does not decide.
SELECT
    domain,
    currency,
    count(*) AS missions,
    median(datediff('month', start_date, end_date) + 1) AS median_months,
    round(median(amount / (datediff('month', start_date, end_date) + 1)), 0)::DECIMAL(14, 0) AS median_amount_per_month
FROM missions
WHERE start_date <= end_date AND amount IS NOT NULL AND tax = 'HT'
GROUP BY domain, currency
ORDER BY missions DESC, domain, currency
