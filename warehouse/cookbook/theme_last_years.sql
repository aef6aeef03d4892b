-- Missions on a theme that ran in the last years
-- The theme's words stand somewhere in title, domain or texts; case and accents do not count. A mission counts when its
-- period touches the window; ongoing ones do.
-- $theme = étude: words that all stand in the mission
-- $as_of = today: last day of the window
-- $years = 3: its length
SELECT mission_id, client, title, start_date, end_date, status, amount, currency, tax
FROM missions
WHERE
    coalesce(start_date, end_date) <= $as_of::DATE
    AND (coalesce(end_date, start_date) > $as_of::DATE - to_years($years::INTEGER) OR status = 'ongoing')
    AND list_bool_and(list_transform(
        string_split(lower(strip_accents($theme)), ' '),
        lambda word: contains(
            lower(strip_accents(concat_ws(
                ' ', title, domain, array_to_string(context, ' '), array_to_string(approach, ' '), array_to_string(results, ' ')
            ))),
            word
        )
    ))
ORDER BY coalesce(end_date, start_date) DESC, client, title
