-- Every mission in every edition.
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
    m.match_doubt
FROM store.mission AS m
JOIN store.edition AS e USING (edition_id)
JOIN _timeline AS t USING (edition_id);
