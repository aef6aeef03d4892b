-- What a careful reader would question, in every edition.
CREATE VIEW findings AS
SELECT m.mission_id, f.edition_id, f.code, f.origin, f.severity, f.field, f.message, f.page, f.finding_id
FROM store.finding AS f
LEFT JOIN store.mission AS m ON m.edition_id = f.edition_id AND m.ordinal = f.mission;
