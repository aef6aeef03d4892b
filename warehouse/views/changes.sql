-- What each edition added, removed and changed against the one before it.
CREATE VIEW changes AS
SELECT brochure, from_edition, to_edition, mission_id, change, field, old_value, new_value FROM _differences WHERE is_step;
