SELECT
    brochure, edition_date, is_current, missions, share_with_period, share_with_amount, share_with_contact, read_share,
    missions_in_question
FROM data_quality
WHERE $firm IS NULL OR firm = $firm
ORDER BY brochure, is_current DESC, edition_date DESC NULLS LAST, edition_id
LIMIT 40
