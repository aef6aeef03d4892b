-- References that can still be cited in a tender, per domain
-- A buyer asks for the main services of the last years with amount, date and recipient: `complete` has all three.
-- $as_of = today: last day of the window
-- $years = 3: its length
SELECT
    domain,
    count(*) AS citable,
    count(*) FILTER (amount IS NOT NULL AND client IS NOT NULL) AS complete,
    count(*) FILTER (status = 'ongoing') AS ongoing,
    max(coalesce(end_date, start_date)) AS last_date
FROM missions
WHERE
    coalesce(start_date, end_date) <= $as_of::DATE
    AND coalesce(until_date, start_date) > $as_of::DATE - to_years($years::INTEGER)
GROUP BY domain
ORDER BY citable DESC, domain
