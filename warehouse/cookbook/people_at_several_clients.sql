-- People whom we know from several clients: they moved, or two bodies share them
WITH known AS (
    SELECT c.name, lower(strip_accents(c.name)) AS folded, c.email, s.usual_client, coalesce(m.end_date, m.start_date) AS last_date
    FROM contacts AS c
    JOIN missions AS m USING (mission_id)
    JOIN client_spellings AS s USING (client)
    WHERE contains(c.name, ' ')
)
SELECT
    min(name) AS name,
    list(DISTINCT usual_client ORDER BY usual_client) AS clients,
    max(last_date) AS last_date,
    max_by(email, last_date) AS last_email
FROM known
GROUP BY folded
HAVING count(DISTINCT usual_client) > 1
ORDER BY name
