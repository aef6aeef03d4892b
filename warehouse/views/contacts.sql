CREATE VIEW contacts AS
SELECT m.mission_id, c.ordinal, c.name, c.role, c.email, c.phone, c.has_left
FROM store.contact AS c
JOIN mission_history AS m ON m.edition_id = c.edition_id AND m.ordinal = c.mission
WHERE m.is_current;
