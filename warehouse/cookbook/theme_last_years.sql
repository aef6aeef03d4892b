-- Missions on a theme that ran in the last years
-- The theme's words stand somewhere in the mission, as parts of its words; case and accents do not count. A mission counts
-- when its period touches the window; an ongoing one runs until the date of its brochure. `carnet missions --text` searches by French stems, the best first.
-- $theme = étude: words that all stand in the mission
-- $as_of = today: last day of the window
-- $years = 3: its length
SELECT mission_id, client, title, start_date, end_date, status, amount, currency, tax
FROM missions
JOIN mission_words USING (mission_id)
WHERE
    coalesce(start_date, end_date) <= $as_of::DATE
    AND coalesce(until_date, start_date) > $as_of::DATE - to_years($years::INTEGER)
    AND list_bool_and([
        contains(words, word) FOR word IN regexp_extract_all(replace(lower(strip_accents($theme)), 'œ', 'oe'), '[a-z0-9]+')
    ])
ORDER BY coalesce(end_date, start_date) DESC, client, title
