-- Missions beside their public contracts
-- By the files that `carnet check-decp` was given. "differs" is a finding, too (contract_mismatch); "not printed" is what
-- only the public data tell: to be looked at, and corrected by hand where it is right.
SELECT
    m.mission_id,
    m.client,
    m.title,
    m.amount,
    c.contract_amount,
    CASE
        WHEN c.is_amount_same THEN 'agrees'
        WHEN NOT c.is_amount_same THEN 'differs'
        WHEN m.amount IS NULL AND c.contract_amount IS NOT NULL THEN 'not printed'
    END AS amount_says,
    m.period_text,
    c.notified_date,
    CASE WHEN c.is_period_same THEN 'agrees' WHEN NOT c.is_period_same THEN 'differs' END AS period_says,
    c.contract_number,
    c.holder_count
FROM public_contracts AS c
JOIN missions AS m USING (mission_id, edition_id)
ORDER BY amount_says = 'differs' OR period_says = 'differs' DESC, m.client, m.title
