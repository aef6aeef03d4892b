-- Editions of each brochure from the oldest to the newest; place 1 from the end is the current one.
-- An undated edition counts as old as its newest mission; the order of arrival plays no part.
CREATE VIEW _timeline AS
WITH newest AS (
    SELECT edition_id, max(greatest(start_date, end_date)) AS newest_mission FROM store.portrait GROUP BY edition_id
)
SELECT
    e.edition_id,
    e.brochure,
    coalesce(e.edition_date, n.newest_mission) AS dated,
    row_number() OVER w AS place,
    lead(e.edition_id) OVER w IS NULL AS is_current,
    lag(e.edition_id) OVER w AS previous_edition_id,
    count(*) OVER (PARTITION BY e.brochure) > 1 AS has_others
FROM store.edition AS e
LEFT JOIN newest AS n USING (edition_id)
WINDOW w AS (
    PARTITION BY e.brochure
    ORDER BY coalesce(e.edition_date, n.newest_mission) NULLS FIRST, n.newest_mission NULLS FIRST, e.file_name, e.sha256
);
