-- How complete each edition is, and how much of it is in question.
CREATE VIEW data_quality AS
WITH filled AS (
    SELECT
        m.edition_id,
        count(*)::INTEGER AS missions,
        count(client) / count(*) AS share_with_client,
        count(coalesce(start_date, end_date)) / count(*) AS share_with_period,
        count(amount) / count(*) AS share_with_amount,
        count(domain) / count(*) AS share_with_domain,
        count(c.mission) / count(*) AS share_with_contact
    FROM store.mission AS m
    LEFT JOIN (SELECT DISTINCT edition_id, mission FROM store.contact) AS c
        ON c.edition_id = m.edition_id AND c.mission = m.ordinal
    GROUP BY m.edition_id
),
questioned AS (
    SELECT
        edition_id,
        (count(*) FILTER (severity = 'error'))::INTEGER AS errors,
        (count(*) FILTER (severity = 'warning'))::INTEGER AS warnings,
        (count(*) FILTER (severity = 'info'))::INTEGER AS infos,
        (count(*) FILTER (origin = 'brochure'))::INTEGER AS about_the_brochure,
        (count(*) FILTER (origin = 'reading'))::INTEGER AS about_the_reading,
        count(DISTINCT mission_id)::INTEGER AS missions_in_question
    FROM findings
    GROUP BY edition_id
),
corrected AS (
    SELECT m.edition_id, count(*)::INTEGER AS corrections
    FROM store.correction AS c
    JOIN store.mission AS m USING (mission_id)
    WHERE c.undone_at IS NULL
    GROUP BY m.edition_id
)
SELECT
    e.firm,
    e.brochure,
    e.edition_id,
    e.edition_date,
    e.ingested_at,
    e.is_current,
    coalesce(f.missions, 0) AS missions,
    f.share_with_client,
    f.share_with_period,
    f.share_with_amount,
    f.share_with_domain,
    f.share_with_contact,
    e.read_share,
    coalesce(q.missions_in_question, 0) AS missions_in_question,
    coalesce(q.errors, 0) AS errors,
    coalesce(q.warnings, 0) AS warnings,
    coalesce(q.infos, 0) AS infos,
    coalesce(q.about_the_brochure, 0) AS about_the_brochure,
    coalesce(q.about_the_reading, 0) AS about_the_reading,
    coalesce(c.corrections, 0) AS corrections
FROM editions AS e
LEFT JOIN filled AS f USING (edition_id)
LEFT JOIN questioned AS q USING (edition_id)
LEFT JOIN corrected AS c USING (edition_id);
