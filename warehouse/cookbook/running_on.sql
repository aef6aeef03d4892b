-- Missions that ran on a given day
-- Months and years are counted as printed: a mission "2021" runs from 1 January to 31 December, an
-- ongoing one until the date of its brochure.
-- $day = today: the day
SELECT mission_id, client, title, start_date, end_date, status
FROM missions
WHERE start_date <= $day::DATE AND until_date >= $day::DATE
ORDER BY start_date, client, title
