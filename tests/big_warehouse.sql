-- A warehouse of $missions invented missions: $per_brochure in each brochure, every tenth brochure with an older edition.
-- Everything follows from row numbers by hash(), so the same numbers give the same rows.

CREATE TEMP TABLE word AS
SELECT
    ['Étude de faisabilité', 'Schéma directeur', 'Diagnostic', 'Assistance à maîtrise d''ouvrage', 'Évaluation à mi-parcours',
     'Plan d''actions', 'Élaboration de la stratégie', 'Accompagnement à la mise en œuvre', 'Audit', 'Programmation'] AS deed,
    ['de l''inclusion numérique', 'du réseau d''eau potable', 'de la mobilité', 'du projet alimentaire territorial',
     'de la transition énergétique', 'du tiers-lieu', 'de l''économie circulaire', 'des médiathèques', 'du centre-bourg',
     'de la politique culturelle', 'de la gestion des déchets', 'des milieux humides'] AS subject,
    ['Brenoux', 'Luzanges', 'Trois-Vals', 'Haut-Lys', 'Maubray', 'Orvane', 'Sercy', 'Valdrôme', 'Kerlenn', 'Pontarès',
     'Ribécourt', 'Étrelles', 'Ancenay', 'Mirebel', 'Fontgrande', 'Saint-Avre', 'Chalmont', 'Doulezy', 'Bréhan', 'Noyelle'] AS place,
    ['Ville de ', 'Communauté de communes de ', 'Département de ', 'Région de ', 'Syndicat mixte de ', 'Société ',
     'Association ', 'Université de '] AS kind,
    ['commune', 'epci', 'departement', 'region', 'groupement', 'entreprise', 'association', 'enseignement'] AS client_type,
    ['Territoires', 'Eau', 'Énergie', 'Numérique', 'Culture', 'Mobilité'] AS domain,
    ['Aline', 'Bruno', 'Chloé', 'Denis', 'Élise', 'Farid', 'Gaëlle', 'Hugo'] AS given,
    ['Verdeau', 'Marchais', 'Brancourt', 'Lesquin', 'Thévoz', 'Kermarec', 'Ostier', 'Vandamme', 'Roumieu', 'Quesnel'] AS family,
    ['Hydrelle', 'Terra Nostra Conseil', 'Atelier du Vallon', 'Cité & Flux', 'Numérica'] AS partner;

-- One row for each mission of a current edition; x(k): a number from the mission's number, another for each k.
CREATE TEMP MACRO x(n, k) AS (hash(n * 31 + k) % 1000000007)::BIGINT;
CREATE TEMP MACRO pick(list, i) AS list[1 + (i % len(list))];

CREATE TEMP TABLE big AS
WITH numbered AS (
    SELECT n, n // $per_brochure AS b, (n % $per_brochure + 1)::INTEGER AS ordinal FROM range($missions) AS r(n)
),
dated AS (
    SELECT
        *,
        (DATE '2010-01-01' + to_months((x(n, 1) % 192)::INTEGER))::DATE AS start_date,
        (1 + x(n, 2) % 30)::INTEGER AS months,
        x(n, 3) % 100 < 4 AS is_ongoing,
        x(n, 4) % 100 < 92 AS has_dates,
        x(n, 5) % 100 < 70 AS has_amount,
        x(n, 6) % 100 < 60 AS has_contact,
        x(n, 7) % 4000 AS client_number
    FROM numbered
)
SELECT
    d.*,
    pick(w.deed, x(n, 8)) || ' ' || pick(w.subject, x(n, 9)) || ' (' || n || ')' AS title,
    pick(w.kind, client_number) || pick(w.place, client_number // 8)
        || CASE WHEN client_number >= 160 THEN ' ' || client_number // 160 ELSE '' END AS client,
    pick(w.client_type, client_number) AS client_type,
    pick(['FR', 'FR', 'FR', 'FR', 'FR', 'FR', 'BE', 'CH', 'LU'], client_number // 3) AS client_country,
    pick(w.domain, x(n, 10)) AS domain,
    CASE WHEN has_amount THEN round(exp(7.5 + (x(n, 11) % 4500) / 1000.0), -2)::DECIMAL(14, 2) END AS amount,
    pick(w.given, x(n, 12)) AS given,
    pick(w.family, x(n, 13)) AS family,
    pick(w.partner, x(n, 14)) AS partner,
    'Le territoire de ' || pick(w.place, x(n, 15)) || ' souhaite renouveler sa stratégie ' || pick(w.subject, x(n, 16))
        || ', avec l''appui de ses communes et des habitants.' AS told
FROM dated AS d, word AS w;

CREATE TEMP TABLE big_edition AS
WITH all_of_them AS (
    SELECT b, age, printf('%012x', x(b, 20 + age) * 4096 + b * 2 + age) AS edition_id
    FROM (SELECT DISTINCT b FROM big) AS brochures, range(2) AS ages(age)
    WHERE age = 0 OR b % 10 = 0
)
SELECT * FROM all_of_them;

INSERT INTO store.edition
SELECT
    edition_id, 'bureau-' || b, 'firm', 'Bureau ' || b, 'bureau-' || b || '-' || (2024 - age) || '.pdf',
    edition_id || repeat('0', 52), 'application/pdf', $per_brochure, make_date(2024 - age, 1, 1), 'title_page',
    TIMESTAMP '2026-01-05 08:00:00' - to_days(age::INTEGER) + to_seconds(b), 0.9 + (b % 10) / 100.0, 'rules', 'v1', $draft,
    NULL, 0, '', '', NULL
FROM big_edition;

INSERT INTO store.mission
SELECT
    e.edition_id, ordinal, printf('%012x', x(n, 30) * 131072 + n), 'same heading', 1.0, lower(client || ' : ' || title),
    ordinal, ordinal, domain, title, client, true, client_type, client_country,
    CASE WHEN has_dates THEN strftime(start_date, '%m/%Y') || ' – ' || months || ' mois' END,
    CASE WHEN has_dates THEN start_date END,
    CASE WHEN has_dates AND NOT is_ongoing THEN (start_date + to_months(months) - INTERVAL 1 DAY)::DATE END,
    CASE WHEN has_dates THEN 'month' END,
    CASE WHEN has_dates AND NOT is_ongoing THEN 'month' END,
    CASE WHEN has_dates AND NOT is_ongoing THEN months END,
    CASE WHEN is_ongoing THEN 'ongoing' WHEN has_dates THEN 'completed' END,
    CASE WHEN has_amount THEN (amount + e.age * 1000)::INTEGER || ' € HT' END,
    amount + e.age * 1000, NULL, CASE WHEN has_amount THEN 'EUR' END, CASE WHEN has_amount THEN 'HT' END,
    [told], ['Entretiens avec les élus', 'Ateliers avec les habitants', told], CASE WHEN n % 3 = 0 THEN ['Plan d''actions adopté'] END,
    NULL
FROM big JOIN big_edition AS e USING (b)
ORDER BY e.edition_id, ordinal;

INSERT INTO store.portrait
SELECT
    edition_id, ordinal, key, title, client, start_date, end_date, amount, context[1], NULL, mission_id, match_reason,
    match_score, NULL
FROM store.mission;

INSERT INTO store.given
SELECT row_number() OVER (ORDER BY edition_id, ordinal), e.sha256, p.key, p.mission_id, p.mission_id
FROM store.portrait AS p JOIN store.edition AS e USING (edition_id);

INSERT INTO store.contact
SELECT
    edition_id, ordinal, 1, given || ' ' || family, 'Chargée de mission',
    lower(strip_accents(given || '.' || family)) || '@client' || client_number || '.example',
    '+3346600' || lpad((n % 10000)::VARCHAR, 4, '0'), x(n, 17) % 100 < 5
FROM big JOIN big_edition USING (b)
WHERE has_contact;

INSERT INTO store.partner
SELECT edition_id, ordinal, 1, partner FROM big JOIN big_edition USING (b) WHERE x(n, 18) % 100 < 25;

INSERT INTO store.evidence
SELECT edition_id, ordinal, field, 1, text, ordinal, 50, top, 250, top + 14, 'fr.' || field
FROM store.mission, LATERAL (VALUES ('title', title, 60), ('client', client, 80), ('period_text', period_text, 100),
    ('amount_text', amount_text, 120)) AS printed(field, text, top)
WHERE text IS NOT NULL;

INSERT INTO store.finding
SELECT
    edition_id, ordinal, printf('%012x', hash(edition_id || ordinal) % 281474976710656), 'amount_missing', 'brochure',
    'info', 'amount', 'no amount given', ordinal
FROM store.mission
WHERE amount IS NULL;

INSERT INTO store.team SELECT edition_id, 1, 'Odile Brancourt', 'Directrice' FROM big_edition;
INSERT INTO store.office SELECT edition_id, 1, 'Annecy', 'FR' FROM big_edition;
INSERT INTO store.website SELECT edition_id, 1, 'bureau-' || b || '.example' FROM big_edition;
