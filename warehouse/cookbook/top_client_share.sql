-- How much the biggest clients stand for, firm by firm
-- $top = 5: how many clients count as the biggest
SELECT
    firm,
    currency,
    tax,
    sum(amount)::DECIMAL(18, 2) AS amount,
    count(*) AS clients,
    round(sum(share_of_amount) FILTER (rank <= $top::INTEGER), 3) AS share_of_the_biggest,
    list(client ORDER BY rank) FILTER (rank <= $top::INTEGER) AS biggest
FROM client_concentration
WHERE amount IS NOT NULL
GROUP BY firm, currency, tax
ORDER BY firm, currency, tax
