-- Ids that missions once had and none bears today, for whoever noted or published them.
CREATE VIEW former_ids AS
WITH former AS (
    SELECT g.mission_id, g.now_id FROM store.given AS g ANTI JOIN store.portrait AS p ON p.mission_id = g.mission_id
)
SELECT DISTINCT mission_id AS former_id, now_id AS mission_id FROM former WHERE now_id IS NOT NULL
UNION ALL
SELECT mission_id AS former_id, NULL AS mission_id FROM former GROUP BY mission_id HAVING count(now_id) = 0;
