-- Clients as printed, and what makes two spellings one: letters and digits only, without case and accents.
CREATE VIEW client_spellings AS
WITH printed AS (
    SELECT
        client,
        trim(regexp_replace(
            replace(replace(lower(strip_accents(client)), 'œ', 'oe'), 'æ', 'ae'), '[^a-z0-9]+', ' ', 'g'
        )) AS client_key,
        times
    FROM (SELECT client, count(*) AS times FROM store.mission WHERE client IS NOT NULL GROUP BY client)
)
SELECT
    client,
    client_key,
    first_value(client) OVER (PARTITION BY client_key ORDER BY times DESC, client) AS usual_client
FROM printed;
