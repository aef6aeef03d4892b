-- A row for each mission, edition and field that can change, with the value as text, and `sorted` to compare it by: the
-- order of people and firms, and of the words of a name, is no change. `has_others`: its brochure has other editions.
CREATE VIEW _mission_values AS
WITH people AS (
    SELECT
        edition_id,
        mission AS ordinal,
        array_to_string(list_transform(
            list_sort(list({
                'ordinal': contact.ordinal,
                'told': concat_ws(', ', name, role, email, phone, CASE WHEN has_left THEN 'has left' END)
            })),
            lambda person: person.told
        ), chr(10)) AS contacts -- faster than string_agg in order
    FROM store.contact AS contact
    GROUP BY ALL
),
firms AS (
    SELECT edition_id, mission AS ordinal, string_agg(name, chr(10) ORDER BY partner.ordinal) AS partners
    FROM store.partner AS partner
    GROUP BY ALL
),
wide AS (
    SELECT
        m.edition_id,
        m.mission_id,
        t.has_others,
        {compared_values},
        people.contacts,
        firms.partners
    FROM store.mission AS m
    JOIN _timeline AS t ON t.edition_id = m.edition_id
    LEFT JOIN people ON people.edition_id = m.edition_id AND people.ordinal = m.ordinal
    LEFT JOIN firms ON firms.edition_id = m.edition_id AND firms.ordinal = m.ordinal
)
SELECT
    edition_id,
    mission_id,
    has_others,
    field,
    value,
    CASE
        WHEN field = 'partners' THEN array_to_string(list_sort(string_split(value, chr(10))), chr(10))
        WHEN field = 'contacts' THEN array_to_string(list_sort(list_transform(
            string_split(lower(strip_accents(value)), chr(10)),
            lambda person: array_to_string(list_sort(string_split(split_part(person, ', ', 1), ' ')), ' ')
                || ', ' || array_to_string(string_split(person, ', ')[2:], ', ')
        )), chr(10))
        ELSE value
    END AS sorted
FROM wide
UNPIVOT (value FOR field IN ({compared}));
