-- The missions of every brochure's current edition, corrections applied.
CREATE VIEW missions AS
SELECT * EXCLUDE (is_current, match_reason, match_score, match_doubt) FROM mission_history WHERE is_current;
