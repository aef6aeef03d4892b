-- Which public contract a mission was done under, by the files that `carnet check-decp` was given; in every edition.
CREATE VIEW public_contracts AS
SELECT
    m.mission_id,
    m.edition_id,
    c.number AS contract_number,
    c.buyer_siren,
    c.title AS contract_title,
    c.amounts[-1] AS contract_amount,
    c.amounts AS contract_amounts,
    c.notified AS notified_date,
    c.months AS contract_months,
    c.holders AS holder_count,
    k.likeness,
    k.is_amount_same,
    k.is_period_same,
    c.source AS source_file
FROM store.contract_match AS k
JOIN store.contract AS c USING (contract_id)
JOIN store.mission AS m ON m.edition_id = k.edition_id AND m.ordinal = k.mission;
