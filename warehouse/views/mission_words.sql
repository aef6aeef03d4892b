-- All words of a mission, to look for with contains() or LIKE: faster than folding its texts, and without case and accents.
CREATE VIEW mission_words AS
SELECT m.mission_id, p.folded AS words
FROM store.prose AS p
JOIN mission_history AS m USING (edition_id, ordinal)
WHERE m.is_current;
