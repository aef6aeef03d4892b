CREATE VIEW editions AS
SELECT
    e.edition_id,
    e.brochure,
    e.firm,
    e.file_name,
    e.sha256,
    e.media_type,
    e.pages,
    t.dated AS edition_date,
    e.ingested_at,
    t.is_current,
    (SELECT count(*) FROM store.mission AS m WHERE m.edition_id = e.edition_id)::INTEGER AS mission_count,
    (SELECT count(*) FROM store.finding AS f WHERE f.edition_id = e.edition_id)::INTEGER AS finding_count,
    CASE WHEN e.edition_date IS NULL AND t.dated IS NOT NULL THEN 'newest_mission' ELSE e.date_rule END AS date_rule,
    e.brochure_rule,
    e.read_share,
    e.rules_digest,
    e.code_version
FROM store.edition AS e
JOIN _timeline AS t USING (edition_id);
