"""Lines of facts without labels, clients told by their place, parts named once, labels with their translation,
missions of one paragraph."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carnet.pipeline.layout import lay_out
from carnet.pipeline.layout.translations import for_document
from carnet.pipeline.outline import outline
from carnet.pipeline.outline.clients import with_placed_clients
from carnet.pipeline.outline.tokens import to_stream
from carnet.pipeline.outline.value_lines import with_value_lines
from carnet.schemas.layout import BBox, Page, Shape, Word
from carnet.schemas.outline import Outline
from tests.unit.fields.sections import section
from tests.unit.layout.test_layout import PROSE, column, text
from tests.unit.outline.test_fiches import RULES, headings, pages, read


def parted(*lines: str) -> list[tuple[str, str]]:
    """Kind and value of each token of lines that stand apart; "text" for no value."""
    words = [w for i, line in enumerate(lines) for w in text(50, 100 + 40 * i, line)]
    tokens = with_value_lines(to_stream(lay_out(pages([words]), RULES), RULES)).tokens
    return [(t.kind.value if t.kind else "text", (t.value[0] if t.value else t.passage).text) for t in tokens]


def test_a_line_of_facts_is_parted_into_its_values() -> None:
    assert parted("Ville de Morcy · 2020-2022 · 74 k€ HT · avec Studio Lumen") == [
        ("client", "Ville de Morcy"), ("period", "2020-2022"), ("amount", "74 k€ HT"), ("partners", "Studio Lumen"),
    ]  # fmt: skip


def test_a_label_may_open_the_line() -> None:
    assert parted("Mandant : Ville de Morcy — de mars 2017 à mai 2019 — CHF 148'500 HT") == [
        ("client", "Ville de Morcy"), ("period", "de mars 2017 à mai 2019"), ("amount", "CHF 148'500 HT"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("Ville de Morcy – 2019 – 2021 – 45 k€", ["Ville de Morcy", "2019 – 2021", "45 k€"]),
        ("Ville de Morcy – 9 mois (mars – mai 2018) – 45 k€", ["Ville de Morcy", "9 mois (mars – mai 2018)", "45 k€"]),
        ("Ville de Morcy · 2023 · montant confidentiel", ["Ville de Morcy", "2023", "montant confidentiel"]),
    ],
)  # fmt: skip
def test_what_belongs_together_stays_together(line: str, values: list[str]) -> None:
    assert [value for _, value in parted(line)] == values


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (["Ville de Morcy", "2019 – 2021", "45 k€ HT"], ["Ville de Morcy", "2019 – 2021", "45 k€ HT"]),
        (["Ville de Morcy", "2021 – 12 000 € HT"], ["Ville de Morcy", "2021", "12 000 € HT"]),
        (["Ville de Morcy-le-", "Grand", "2021", "45 k€"], ["Ville de Morcy-le-Grand", "2021", "45 k€"]),
        (["de mars 2019 à", "juin 2020", "45 k€ HT"], ["de mars 2019 à juin 2020", "45 k€ HT"]),
        (["La rue a été refaite en", "2021", "avec la Ville."], ["La rue a été refaite en\n2021\navec la Ville."]),
    ],
)  # fmt: skip
def test_values_may_stand_on_lines_of_their_own(lines: list[str], values: list[str]) -> None:
    tokens = with_value_lines(to_stream(lay_out(pages([column(50, 100, lines)]), RULES), RULES)).tokens
    assert [(t.value[0] if t.value else t.passage).text for t in tokens] == values


@pytest.mark.parametrize(
    "line",
    [
        "Calendrier : 2017 – livraison juin 2021",
        "La Ville de Morcy a lancé en 2021 – avec le Département – un plan de mobilité.",
        "Plan de mobilité – Ville de Morcy",
        "Crèche · école · collège",
    ],
)
def test_other_lines_stay_whole(line: str) -> None:
    assert len(parted(line)) == 1


def test_the_first_pieces_are_clients_where_most_name_bodies() -> None:
    lines = [f"{client} · 2021 · 12 000 € HT" for client in ("Ville de Morcy", "Commune d'Aurel", "Annelis Agglo")]
    assert [kind for kind, _ in parted(*lines)][::3] == ["client"] * 3
    assert parted("Étude de faisabilité · 2021 · 12 000 € HT")[0] == ("text", "Étude de faisabilité")


def fiche(title: str, line: str) -> list[Word]:
    words = text(50, 90, title, 20) + text(50, 120, line, 8) + column(50, 145, PROSE)
    return words + text(50, 215, "Ce que nous avons fait", 8, bold=True) + column(50, 230, PROSE)


TITLES = ("La place aux Platanes", "Le parc des Berges", "La cour du collège")
LINE = "Ville de Morcy · 2020-2022 · 74 k€ HT"


def test_missions_are_found_by_their_lines_of_facts() -> None:
    found = read([fiche(title, LINE) for title in TITLES])
    assert headings(found) == [[title] for title in TITLES]
    kinds = [p.kind.value for p in found.missions[0].parts]
    assert kinds == ["client", "period", "amount", "body", "approach"]


def test_a_line_of_facts_may_stand_over_the_heading() -> None:
    clients = ("Ville de Morcy", "Ville d'Aurel", "Commune d'Orbeyre")
    content = []
    for client, title in zip(clients, TITLES, strict=True):
        words = text(50, 80, f"{client} · 2021 · 12 000 € HT", 8) + text(50, 94, title, 16, bold=True)
        words += column(50, 125, PROSE) + text(50, 190, "Ce que nous avons fait", 8, bold=True)
        content.append(words + column(50, 205, PROSE))
    found = read(content)
    assert headings(found) == [[title] for title in TITLES]
    assert [m.parts[0].items[0].text for m in found.missions] == list(clients)


CLIENTS = ("Ville de Morcy", "Ville d'Aurel", "Commune d'Orbeyre", "Ville de Lys", "Commune de Vial", "Ville de Pont")
WORKS = ("La place", "Le parc", "La cour", "Le port", "Le pont", "La rue")


def labelled(top: float, client: str) -> list[Word]:
    words = text(50, top, "Client :", 9, bold=True) + text(100, top, client, 9)
    return words + text(50, top + 14, "Période :", 9, bold=True) + text(100, top + 14, "2021", 9)


def told(top: float, title: str) -> list[Word]:
    words = text(50, top, title, 16, bold=True) + text(50, top + 22, "Contexte", 10, bold=True)
    words += column(50, top + 36, PROSE) + text(50, top + 100, "Démarche", 10, bold=True)
    return words + column(50, top + 115, PROSE)


@pytest.mark.parametrize("per_page", [1, 2])
@pytest.mark.parametrize("over", [True, False])
def test_facts_stand_over_headings_or_under_texts(per_page: int, over: bool) -> None:
    content = []
    for first in range(0, len(CLIENTS), per_page):
        words: list[Word] = []
        for k in range(first, first + per_page):
            top = 60 + 260 * (k - first)
            words += labelled(top if over else top + 175, CLIENTS[k]) + told(top + 40 if over else top, WORKS[k])
        content.append(words)
    found = read(content)
    assert headings(found) == [[title] for title in WORKS]
    named = [[i.text for p in m.parts if p.kind.value == "client" for i in p.items] for m in found.missions]
    assert named == [[client] for client in CLIENTS]


def test_a_part_of_one_page_stands_where_the_others_do() -> None:
    named = ["PLACES PUBLIQUES", "PLACES PUBLIQUES", "PARCS ET BERGES", "PARCS ET BERGES", "COURS PLANTEES"]
    found = read(
        [text(350, 40, n, 9, bold=True) + fiche(t, LINE) for n, t in zip(named, (*TITLES, *TITLES), strict=False)]
    )
    assert [m.domain.text if m.domain else None for m in found.missions] == named
    assert all(len(m.heading) == 1 for m in found.missions)


def test_what_shares_the_line_of_the_part_is_no_title() -> None:
    titles, places = (*TITLES, "Le port"), ("Eure", "Manche", "Orne", "Eure")
    parts = ("PLACES PUBLIQUES",) * 2 + ("PARCS ET BERGES",) * 2
    content = [
        text(50, 40, part, 9, bold=True) + text(500, 40, place, 9, bold=True) + fiche(title, LINE)
        for part, place, title in zip(parts, places, titles, strict=True)
    ]  # fmt: skip
    assert headings(read(content)) == [[title] for title in titles]


def placed(clients: list[str]) -> list[list[str]]:
    """The clients of missions whose side panels open with these lines."""
    made = [replace(section("Plan", {"facts": [c, "2021"]}), ordinal=n) for n, c in enumerate(clients)]
    return [
        [i.text for p in m.parts if p.kind.value == "client" for i in p.items] for m in with_placed_clients(made, RULES)
    ]


def test_the_first_fact_is_the_client_where_most_of_them_name_bodies() -> None:
    clients = ["Ville de Morcy", "Commune d'Aurel", "Département de la Manche", "Les Trois Sources"]
    assert placed(clients) == [[c] for c in clients]
    assert placed(["Ville de Morcy", "Plan vélo", "Plan bus", "Plan climat"]) == [[], [], [], []]


def translated(labels: tuple[str, str, str]) -> Outline:
    content = []
    for n, title in enumerate(TITLES):
        words = text(50, 60, title, 20)
        for k, (label, value) in enumerate(zip(labels, ("Ville de Morcy", "2021", "12 000 €"), strict=True)):
            words += text(50, 100 + 20 * k, label) + text(350, 100 + 20 * k, value)
        content.append(
            [replace(w, page=n + 1) for w in words + text(50, 200, "Contexte", 12, True) + column(50, 220, PROSE)]
        )
    made = pages(content)
    rules = for_document(made, RULES)
    return outline(lay_out(made, rules), rules)


def test_labels_may_stand_beside_their_translation() -> None:
    found = translated(("Bénéficiaire / Begunstigde", "Calendrier / Planning", "Honoraires / Ereloon"))
    parts = {p.kind.value: p.items[0].text for p in found.missions[0].parts if p.items}
    assert (parts["client"], parts["period"], parts["amount"]) == ("Ville de Morcy", "2021", "12 000 €")


def test_a_value_behind_a_stroke_is_no_translation() -> None:
    words = text(50, 60, "Client / Ville de Morcy") + text(50, 80, "Période / 2021") + text(50, 100, "Montant / Néant")
    assert for_document(pages([words]), RULES) is RULES


def test_a_label_of_two_words_is_no_translation() -> None:
    dates = ("mars 2020", "mars 2020", "juin 2020", "juin 2020", "mai 2021", "mai 2021")
    words = [w for i, date in enumerate(dates) for w in text(50, 60 + 20 * i, f"Durée / dates : {date}")]
    assert for_document(pages([words]), RULES) is RULES


def test_marks_in_a_cell_part_its_items() -> None:
    heads = ("Client", "Opération", "Éléments de mission", "Années")
    rows = (
        ("Ville de Morcy", "Plan vélo", ("– Diagnostic", "– Plan d'action"), "2021"),
        ("Ville d'Aurel", "Plan bus", ("– Étude", "– Suivi"), "2022"),
    )
    at = (50, 170, 290, 450)
    words = [w for x, head in zip(at, heads, strict=True) for w in text(x, 60, head, 10, bold=True)]
    for i, (client, title, done, year) in enumerate(rows):
        top = 90 + 40 * i
        words += text(at[0], top, client) + text(at[1], top, title) + column(at[2], top, done) + text(at[3], top, year)
    levels = (50, 80, 120, 160)
    shapes = [Shape("rule", BBox(40, y, 520, y + 0.5)) for y in levels]
    shapes += [Shape("rule", BBox(x, 50, x + 0.5, 160)) for x in (40, 160, 280, 440, 520)]
    found = outline(lay_out([Page(1, 600, 800, tuple(words), tuple(shapes))], RULES), RULES)
    told = [[i.text for p in m.parts if p.kind.value == "approach" for i in p.items] for m in found.missions]
    assert told == [["Diagnostic", "Plan d'action"], ["Étude", "Suivi"]]


def notice(top: float, client: str, title: str) -> list[Word]:
    """Bold, italics, plain; the labels stand within the lines."""
    slanted = [replace(w, style=replace(w.style, italic=True)) for w in text(180, top, title)]
    words = text(50, top, client, bold=True) + slanted + text(330, top, "2019-2021. 85 000 €")
    words += text(50, top + 13, "par an. Interlocuteur : Anne Vial, 04 90 11 22 33. Contexte : la rue était bruyante.")
    return words + text(50, top + 26, "Prestations : mesures et calculs. Résultat : un gain de 9 dB.")


def test_a_mission_may_be_one_paragraph() -> None:
    clients = ("Ville de Morcy.", "Commune d'Aurel.", "CHU de Vireval.", "Ville d'Orbeyre.")
    words = [w for i, client in enumerate(clients) for w in notice(100 + 80 * i, client, "Plan contre le bruit.")]
    found = read([words])
    assert [[p.items[0].text for p in m.parts[:2]] for m in found.missions] == [
        [client.rstrip("."), "Plan contre le bruit"] for client in clients
    ]
    told = {p.kind.value: p.items[0].text for p in found.missions[0].parts}
    assert (told["period"], told["amount"]) == ("2019-2021", "85 000 € par an")
    assert (told["context"], told["results"]) == ("la rue était bruyante.", "un gain de 9 dB.")


def test_a_bold_lead_in_a_fiche_is_no_client() -> None:
    content = []
    for title, lead in zip(WORKS, ("Un quartier neuf.", "Une rue calme.", "Un port actif.") * 2, strict=True):
        words = (
            text(50, 60, title, 18, bold=True)
            + text(50, 90, "Client : Ville de Morcy")
            + text(50, 106, "Période : 2021")
        )
        words += text(50, 130, lead, bold=True) + text(160, 130, "Le bourg est en mutation depuis dix ans.")
        words += text(50, 160, "Contexte : la rue était bruyante.") + text(50, 190, "Démarche : trois ateliers.")
        content.append(words + text(50, 220, "Résultats : un plan."))
    assert headings(read(content)) == [[title] for title in WORKS]


def test_a_tab_names_the_part_of_its_page() -> None:
    content = pages([fiche(title, LINE) for title in (*TITLES, "Le port")])
    names = ("Places", "Places", "Parcs et berges", "Parcs et berges")
    tabs = [text(560, 300, "x", 8)[0] for _ in names]
    drawn = [
        replace(p, tabs=(replace(tab, text=f"{name} publics", page=p.number),))
        for p, name, tab in zip(content, names, tabs, strict=True)
    ]
    found = outline(lay_out(drawn, RULES), RULES)
    assert [m.domain.text if m.domain else None for m in found.missions] == [f"{name} publics" for name in names]


def test_the_heading_over_all_missions_of_a_client_names_the_client() -> None:
    clients = ["Ville de Morcy", "Département de la Manche", "Commune d'Aurel", "Les Trois Sources"]
    content = [text(50, 300, "Cabinet Vireval", 30)]
    for client in clients:
        words = text(50, 40, client, 26) + text(50, 75, "Interlocuteur : Anne Vasseur, 04 90 11 22 33")
        for i, title in enumerate(("Le musée", "Les réserves")):
            top = 100 + 200 * i
            words += text(50, top, title, 16, bold=True) + text(50, top + 24, "2021 · 12 000 € HT")
            words += text(50, top + 50, "La demande", 9, bold=True) + column(50, top + 64, PROSE)
        content.append(words)
    told = [{p.kind.value: p.items[0].text for p in m.parts} for m in read(content).missions]
    assert [t["client"] for t in told][::2] == clients
    assert all(t["contact"].startswith("Anne Vasseur") for t in told)
