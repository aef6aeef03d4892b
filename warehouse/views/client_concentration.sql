-- How much of a firm's work a client stands for, from the biggest down. Amounts of different currency or tax are not added:
-- each kind has its own ranks, missions without amount theirs by number.
CREATE VIEW client_concentration AS
WITH served AS (
    SELECT
        firm,
        currency,
        tax,
        usual_client AS client,
        count(*)::INTEGER AS missions,
        sum(amount)::DECIMAL(18, 2) AS amount
    FROM missions
    JOIN client_spellings USING (client)
    GROUP BY firm, currency, tax, usual_client
)
SELECT
    firm,
    currency,
    tax,
    row_number() OVER biggest::INTEGER AS rank,
    client,
    missions,
    amount,
    missions / sum(missions) OVER kind AS share_of_missions,
    (amount / nullif(sum(amount) OVER kind, 0))::DOUBLE AS share_of_amount,
    (sum(amount) OVER so_far / nullif(sum(amount) OVER kind, 0))::DOUBLE AS share_of_amount_so_far
FROM served
WINDOW
    kind AS (PARTITION BY firm, currency, tax),
    biggest AS (PARTITION BY firm, currency, tax ORDER BY amount DESC NULLS LAST, missions DESC, client),
    so_far AS (
        PARTITION BY firm, currency, tax ORDER BY amount DESC NULLS LAST, missions DESC, client ROWS UNBOUNDED PRECEDING
    );
