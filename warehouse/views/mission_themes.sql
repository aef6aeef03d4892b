-- What each mission is about by one list of themes for all firms (functions of the French accounting plan M57).
CREATE VIEW mission_themes AS
SELECT
    m.mission_id,
    m.edition_id,
    t.code AS theme_code,
    t.name AS theme,
    t.share,
    t.is_sure,
    t.words
FROM store.theme AS t
JOIN store.mission AS m ON m.edition_id = t.edition_id AND m.ordinal = t.mission;
