-- The printed words behind each value of `missions`, `contacts` and `partners`.
CREATE VIEW evidence AS
SELECT m.mission_id, v.field, v.ordinal, v.text, v.page, v.x0, v.top, v.x1, v.bottom, v.rule
FROM store.evidence AS v
JOIN mission_history AS m ON m.edition_id = v.edition_id AND m.ordinal = v.mission
WHERE m.is_current;
