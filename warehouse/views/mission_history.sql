-- Every mission in every edition. That a mission goes on is what the brochure says at its date, or somebody who corrects it on a
-- later day: so long it ran (until_date), whatever the day on which one asks.
CREATE VIEW mission_history AS
SELECT
    m.mission_id,
    e.brochure,
    m.edition_id,
    e.firm,
    m.ordinal,
    {mission_columns},
    t.dated AS edition_date,
    t.is_current,
    m.match_reason,
    m.match_score,
    m.match_doubt,
    coalesce(
        m.end_date,
        CASE WHEN m.status = 'ongoing' THEN greatest(m.start_date, t.dated, said.on_day) END
    ) AS until_date
FROM store.mission AS m
JOIN store.edition AS e USING (edition_id)
JOIN _timeline AS t USING (edition_id)
LEFT JOIN (
    SELECT mission_id, max(made_at)::DATE AS on_day
    FROM store.correction
    WHERE field = 'status' AND new_value = 'ongoing' AND undone_at IS NULL
    GROUP BY mission_id
) AS said ON said.mission_id = m.mission_id;
