-- What a careful reader would question, in every edition; and missions and editions that may be others than they are taken
-- for.
CREATE VIEW findings AS
SELECT m.mission_id, f.edition_id, f.code, f.origin, f.severity, f.field, f.message, f.page, f.finding_id
FROM store.finding AS f
LEFT JOIN store.mission AS m ON m.edition_id = f.edition_id AND m.ordinal = f.mission
UNION ALL BY NAME
SELECT
    mission_id,
    edition_id,
    'identity_doubt' AS code,
    'reading' AS origin,
    'warning' AS severity,
    'mission_id' AS field,
    match_doubt AS message,
    page_first AS page,
    md5(edition_id || mission_id || match_doubt)[:12] AS finding_id
FROM store.mission
WHERE match_doubt IS NOT NULL
UNION ALL BY NAME
SELECT
    NULL AS mission_id,
    edition_id,
    'brochure_doubt' AS code,
    'reading' AS origin,
    'warning' AS severity,
    NULL AS field,
    series_doubt AS message,
    NULL AS page,
    md5(edition_id || series_doubt)[:12] AS finding_id
FROM store.edition
WHERE series_doubt IS NOT NULL
UNION ALL BY NAME
SELECT
    m.mission_id,
    m.edition_id,
    'client_doubt' AS code,
    'reading' AS origin,
    'info' AS severity,
    'client_id' AS field,
    b.official_name || ' (' || coalesce(b.departement, b.region, '?') || '): ' || l.doubt AS message,
    m.page_first AS page,
    md5(m.edition_id || m.mission_id || l.client_id || l.doubt)[:12] AS finding_id
FROM store.client_link AS l
JOIN store.body AS b USING (client_id)
JOIN store.mission AS m USING (client)
WHERE l.doubt IS NOT NULL
UNION ALL BY NAME
SELECT
    m.mission_id,
    c.edition_id,
    c.code,
    c.origin,
    c.severity,
    c.field,
    c.message,
    m.page_first AS page,
    md5(c.edition_id || m.mission_id || c.code || c.message)[:12] AS finding_id
FROM store.contradiction AS c
JOIN store.mission AS m ON m.edition_id = c.edition_id AND m.ordinal = c.mission;
