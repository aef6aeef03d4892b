-- A client whose kind is not known may be a person: without name.
WITH kinds AS (
    SELECT usual_client AS client, bool_or(client_type IS NOT NULL) AS is_known
    FROM missions
    JOIN client_spellings USING (client)
    GROUP BY usual_client
),
served AS (
    SELECT client, sum(amount) AS amount
    FROM client_concentration
    WHERE
        currency IS NOT DISTINCT FROM $currency
        AND tax IS NOT DISTINCT FROM $tax
        AND amount IS NOT NULL
        AND ($firm IS NULL OR firm = $firm)
    GROUP BY client
)
SELECT CASE WHEN is_known THEN client END AS client, amount, (amount / sum(amount) OVER ())::DOUBLE AS share
FROM served
JOIN kinds USING (client)
ORDER BY amount DESC, served.client
LIMIT 10
