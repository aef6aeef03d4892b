-- Every mission in every edition. That a mission goes on is what the brochure says at its date, or somebody who corrects it on a
-- later day: so long it ran (until_date), whatever the day on which one asks.
CREATE VIEW mission_history AS
SELECT
    m.mission_id,
    e.brochure,
    m.edition_id,
    e.firm,
    m.ordinal,
    m.page_first,
    m.page_last,
    m.domain,
    m.title,
    m.client,
    m.client_stated,
    m.client_type,
    m.client_country,
    m.period_text,
    m.start_date,
    m.end_date,
    m.start_precision,
    m.end_precision,
    m.stated_months,
    m.status,
    m.amount_text,
    m.amount,
    m.amount_max,
    m.currency,
    m.tax,
    m.context,
    m.approach,
    m.results,
    t.dated AS edition_date,
    t.is_current,
    m.match_reason,
    m.match_score,
    m.match_doubt,
    coalesce(
        m.end_date,
        CASE WHEN m.status = 'ongoing' THEN greatest(
            m.start_date, t.dated,
            (SELECT max(c.made_at)::DATE FROM store.correction AS c
             WHERE c.mission_id = m.mission_id AND c.field = 'status' AND c.new_value = 'ongoing' AND c.undone_at IS NULL)
        ) END
    ) AS until_date
FROM store.mission AS m
JOIN store.edition AS e USING (edition_id)
JOIN _timeline AS t USING (edition_id);
