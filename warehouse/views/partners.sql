CREATE VIEW partners AS
SELECT m.mission_id, p.ordinal, p.name
FROM store.partner AS p
JOIN mission_history AS m ON m.edition_id = p.edition_id AND m.ordinal = p.mission
WHERE m.is_current;
