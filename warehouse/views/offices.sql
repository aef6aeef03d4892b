CREATE VIEW offices AS
SELECT e.brochure, o.edition_id, o.city, o.country FROM store.office AS o JOIN store.edition AS e USING (edition_id);
