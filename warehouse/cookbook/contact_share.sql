-- Share of missions with a contact, and with one who can still be reached
SELECT
    firm,
    sum(missions)::INTEGER AS missions,
    sum(missions_with_contact)::INTEGER AS with_contact,
    sum(missions_reachable)::INTEGER AS reachable,
    round(sum(missions_with_contact) / sum(missions), 3) AS share_with_contact,
    round(sum(missions_reachable) / sum(missions), 3) AS share_reachable
FROM contact_coverage
GROUP BY firm
ORDER BY firm
