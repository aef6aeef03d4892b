-- Who was served: one row for each body over all brochures, under the name of today.
CREATE VIEW clients AS
SELECT
    b.client_id,
    b.official_name,
    b.kind,
    b.insee_code,
    b.siren,
    b.departement,
    b.region,
    b.population,
    list(DISTINCT l.client ORDER BY l.client) AS printed_as,
    min(l.score) AS score
FROM store.body AS b
JOIN store.client_link AS l USING (client_id)
GROUP BY ALL;
