CREATE VIEW team AS
SELECT e.brochure, t.edition_id, t.name, t.role FROM store.team AS t JOIN store.edition AS e USING (edition_id);
