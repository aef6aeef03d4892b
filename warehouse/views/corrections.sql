CREATE VIEW corrections AS
SELECT mission_id, field, old_value, new_value, why, author, made_at, undone_at FROM store.correction;
