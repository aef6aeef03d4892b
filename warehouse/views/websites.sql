CREATE VIEW websites AS
SELECT e.brochure, w.edition_id, w.url FROM store.website AS w JOIN store.edition AS e USING (edition_id);
