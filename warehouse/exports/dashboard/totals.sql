SELECT
    count(*) AS missions,
    count(DISTINCT usual_client) AS clients,
    count(DISTINCT m.edition_id) AS editions,
    (SELECT max(edition_date) FROM editions WHERE is_current AND ($firm IS NULL OR firm = $firm)) AS newest_edition,
    count(*) FILTER (status = 'ongoing') AS ongoing,
    count(amount) AS with_amount,
    count(amount) FILTER (currency IS NOT DISTINCT FROM $currency AND tax IS NOT DISTINCT FROM $tax) AS with_this_kind,
    sum(amount) FILTER (currency IS NOT DISTINCT FROM $currency AND tax IS NOT DISTINCT FROM $tax) AS amount,
    min(year(start_date)) AS first_year,
    max(year(coalesce(end_date, start_date))) AS last_year,
    (SELECT coalesce(sum(missions_reachable), 0)::INTEGER FROM contact_coverage WHERE $firm IS NULL OR firm = $firm) AS reachable
FROM missions AS m
LEFT JOIN client_spellings USING (client)
WHERE $firm IS NULL OR firm = $firm
