-- Missions whose contacts all left: whom could one ask instead?
-- `same_client` holds who can still be reached at the same client through another mission.
WITH left_behind AS (
    SELECT c.mission_id, string_agg(c.name, ', ' ORDER BY c.ordinal) AS left
    FROM contacts AS c
    SEMI JOIN (SELECT mission_id FROM contacts GROUP BY mission_id HAVING bool_and(has_left)) AS alone USING (mission_id)
    GROUP BY c.mission_id
),
reachable AS (
    SELECT s.client_key, list_sort(list(DISTINCT coalesce(c.name, c.email, c.phone))) AS people
    FROM contacts AS c
    JOIN missions AS m USING (mission_id)
    JOIN client_spellings AS s USING (client)
    SEMI JOIN (
        SELECT client_key FROM left_behind JOIN missions USING (mission_id) JOIN client_spellings USING (client)
    ) AS asked USING (client_key)
    WHERE NOT c.has_left AND coalesce(c.email, c.phone) IS NOT NULL
    GROUP BY s.client_key
)
SELECT m.mission_id, m.client, m.title, m.end_date, l.left, r.people AS same_client
FROM left_behind AS l
JOIN missions AS m USING (mission_id)
LEFT JOIN client_spellings AS s USING (client)
LEFT JOIN reachable AS r USING (client_key)
ORDER BY m.end_date DESC NULLS LAST, m.client, m.title
