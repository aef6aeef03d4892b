-- Missions of the last years that lack what a buyer asks for
-- A mission without any date is listed too: nobody can tell whether it is recent enough.
-- $as_of = today: last day of the window
-- $years = 3: its length
SELECT
    mission_id,
    client,
    title,
    start_date,
    end_date,
    list_filter(
        [
            CASE WHEN amount IS NULL THEN 'amount' END,
            CASE WHEN start_date IS NULL AND end_date IS NULL THEN 'date' END,
            CASE WHEN client IS NULL THEN 'recipient' END
        ],
        lambda lacks: lacks IS NOT NULL
    ) AS lacks
FROM missions
WHERE
    (
        coalesce(start_date, end_date) IS NULL
        OR (
            coalesce(start_date, end_date) <= $as_of::DATE
            AND coalesce(until_date, start_date) > $as_of::DATE - to_years($years::INTEGER)
        )
    )
    AND (amount IS NULL OR client IS NULL OR coalesce(start_date, end_date) IS NULL)
ORDER BY len(lacks) DESC, coalesce(end_date, start_date) DESC NULLS LAST, client, title
