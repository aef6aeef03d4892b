"""Which texts open missions on pages made of words: fiches with tables of facts, lines of values, numbered kickers."""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.layout import lay_out
from carnet.pipeline.outline import outline
from carnet.pipeline.outline.tokens import Is, to_stream
from carnet.pipeline.rules import load_rules
from carnet.schemas.layout import Page, Word
from carnet.schemas.outline import Outline, PartKind
from tests.unit.layout.test_layout import PROSE, column, facts, text

RULES = load_rules()


def pages(content: list[list[Word]]) -> list[Page]:
    return [Page(n, 600, 800, tuple(replace(w, page=n) for w in words)) for n, words in enumerate(content, 1)]


def read(content: list[list[Word]]) -> Outline:
    return outline(lay_out(pages(content), RULES), RULES)


def headings(found: Outline) -> list[list[str]]:
    return [[p.text for p in m.heading] for m in found.missions]


def test_tables_of_one_row_under_headings_are_facts_of_fiches_not_lists() -> None:
    found = read(
        [text(50, 60, f"Plan {name}", 15, bold=True) + facts(100) for name in ("directeur", "local", "climat")]
    )
    assert headings(found) == [["Plan directeur"], ["Plan local"], ["Plan climat"]]
    assert [p.kind for p in found.missions[0].parts] == [
        PartKind.CLIENT, PartKind.PERIOD, PartKind.AMOUNT, PartKind.CONTACT, PartKind.CONTEXT,
    ]  # fmt: skip


def test_a_line_of_values_in_bold_is_no_heading() -> None:
    words = text(50, 100, "2019 → 2022 · 45 K€ HT · avec Studio Lumen", 11, bold=True) + column(50, 130, PROSE)
    stream = to_stream(lay_out(pages([words]), RULES), RULES)
    assert [(t.of_values, stream.prominent(t)) for t in stream.tokens] == [(True, False), (False, False)]


def test_a_label_in_bold_may_end_in_a_full_stop() -> None:
    words = text(50, 100, "Démarche.", bold=True) + text(110, 100, "Trente entretiens ont été menés.")
    (token,) = to_stream(lay_out(pages([words]), RULES), RULES).tokens
    assert token.what is Is.INLINE and token.kind is PartKind.APPROACH
    assert [v.text for v in token.value] == ["Trente entretiens ont été menés."]


def test_number_and_part_above_a_title_are_no_words_of_the_title() -> None:
    content = []
    for number, title in enumerate(("Concertation sur le tram", "Plan de mobilité", "Chemin de l'école"), 1):
        words = text(50, 60, f"Référence 0{number} | Mobilité", 9, bold=True) + text(50, 80, title, 20, bold=True)
        words += text(50, 130, "Contexte", bold=True) + column(50, 145, PROSE)
        words += text(50, 220, "Client :", bold=True) + text(110, 220, "Ville de Morcy")
        words += text(50, 240, "Période :", bold=True) + text(110, 240, "2021")
        content.append(words)
    found = read(content)
    assert headings(found) == [["Concertation sur le tram"], ["Plan de mobilité"], ["Chemin de l'école"]]
    assert [m.domain.text if m.domain else None for m in found.missions] == ["Mobilité"] * 3


def test_two_missions_for_one_client_in_one_year_are_no_menu() -> None:
    def sheet(title: str, amount: str) -> list[Word]:
        facts = ["Client", "Ville de Morcy", "Période", "Juin à juillet 2020", "Montant", amount]
        words = text(40, 40, title, size=18, bold=True)
        for n, line in enumerate(facts):
            words += text(40, 90 + 14 * n, line, size=9, bold=n % 2 == 0)
        return words + text(230, 90, "Contexte", size=11, bold=True) + column(230, 106, PROSE)

    found = read([sheet(f"Étude de la rue {name}", f"{n}1 000 € HT") for n, name in enumerate(("haute", "basse"), 1)])
    assert headings(found) == [["Étude de la rue haute"], ["Étude de la rue basse"]]
    assert [[p.kind for p in m.parts] for m in found.missions] == [
        [PartKind.CLIENT, PartKind.PERIOD, PartKind.AMOUNT, PartKind.CONTEXT]
    ] * 2


def side_panel(title: str, part: str, facts_beside: list[str]) -> list[Word]:
    words = text(40, 60, title, 20, bold=True) + text(40, 100, "Contexte", bold=True) + column(40, 116, PROSE)
    words += text(40, 180, "Démarche", bold=True) + column(40, 196, PROSE)
    words += text(420, 40, part, 8)
    for n, line in enumerate(facts_beside):
        words += text(420, 80 + 30 * n, line, 8)
    return words


PANELS = [
    ("Plan vélo de la vallée", "PATRIMOINE", ["mai 2019 à avril 2020", "47 850 € HT", "Béatrice Rapin, maire"]),
    ("Charte des terrasses", "PATRIMOINE", ["automne 2021", "38 200 € HT", "a.rapin@morcy.example"]),
    ("Réserves du musée", "TOURISME", ["2020 – 2021", "112 500 € HT", "Anne Vasseur"]),
    ("Sentier des crêtes", "TOURISME", ["2018", "12 500 € HT", "Luc Amiot"]),
]


def test_a_panel_beside_a_mission_names_its_part_and_holds_values_without_labels() -> None:
    found = read([side_panel(*panel) for panel in PANELS])
    assert headings(found) == [[title] for title, _, _ in PANELS]
    assert [m.domain and m.domain.text for m in found.missions] == [part for _, part, _ in PANELS]
    for mission, (_, _, values) in zip(found.missions, PANELS, strict=True):
        facts_found = [i.text for p in mission.parts if p.kind is PartKind.FACTS for i in p.items]
        assert facts_found == values


def test_the_part_or_the_credit_over_a_title_are_no_words_of_it() -> None:
    content, titles = [], ["Observatoire partagé", "Diagnostic des halles", "Charte des enseignes", "Plan alimentaire"]
    for title in titles:
        part = "Commerce et centralités" if title != "Plan alimentaire" else "Alimentation et circuits courts"
        if title in ("Observatoire partagé", "Plan alimentaire"):
            content.append(text(60, 300, part, 30, bold=True))
        words = text(50, 40, part, 10, bold=True) + text(50, 60, title, 20, bold=True)
        words += text(50, 100, "Contexte", bold=True) + column(50, 116, PROSE)
        words += text(50, 190, "Client :", bold=True) + text(110, 190, "Ville de Morcy")
        words += text(50, 206, "Période :", bold=True) + text(110, 206, "2021")
        content.append(words)
    found = read(content)
    assert headings(found) == [[title] for title in titles]
    domains = [m.domain.text if m.domain else None for m in found.missions]
    assert domains == ["Commerce et centralités"] * 3 + ["Alimentation et circuits courts"]


def run_in(top: float, title: str, labels: list[str]) -> list[Word]:
    """A title, the client under it, texts that each open with a label in bold, and a line of facts."""
    words = text(50, top, title, 14, bold=True) + text(50, top + 20, "Commune de Brévent", 12)
    for n, label in enumerate(labels):
        words += text(50, top + 40 + 14 * n, label, bold=True)
        words += text(55 + 5 * len(label) + 3, top + 40 + 14 * n, "Douze fermes et un moulin ont été visités.")
    return words + text(60, top + 46 + 14 * len(labels), "Budget : 9 800 € HT", 8)


def parts_read(found: Outline) -> list[list[tuple[PartKind, str]]]:
    return [[(p.kind, p.items[0].text) for p in m.parts] for m in found.missions]


def test_words_in_bold_that_open_texts_in_every_mission_are_labels_even_unknown_ones() -> None:
    labels = ["Le besoin.", "Notre travail.", "Ce qui reste debout."]
    found = read([run_in(60, f"Étude du hameau {n}", labels) for n in ("haut", "bas", "neuf")])
    sentence = "Douze fermes et un moulin ont été visités."
    assert parts_read(found)[0][:3] == [
        (PartKind.CONTEXT, sentence), (PartKind.APPROACH, sentence), (PartKind.RESULTS, sentence),
    ]  # fmt: skip


def test_points_of_a_list_that_come_again_are_no_labels() -> None:
    content = []
    for name in ("haut", "bas", "neuf"):
        words = text(50, 60, f"Étude du hameau {name}", 14, bold=True)
        words += text(50, 90, "Démarche", 11, bold=True)
        for n, step in enumerate(("Relevés :", "Plans :", "Fiche 3 :")):
            words += text(50, 110 + 20 * n, step, bold=True)
            words += text(55 + 5 * len(step), 110 + 20 * n, f"Douze fermes du hameau {name} ont été visitées.")
        words += text(50, 180, "Budget : 9 800 € HT", 8)
        content.append(words)
    assert [[k for k, _ in parts] for parts in parts_read(read(content))] == [[PartKind.APPROACH, PartKind.AMOUNT]] * 3


def test_the_year_over_missions_is_no_word_of_a_title_and_holds_for_all_under_it() -> None:
    labels = ["Le besoin.", "Notre travail."]
    content = []
    for year in (2021, 2020):
        words = text(50, 40, str(year), 28, bold=True)
        words += run_in(90, f"Étude du hameau {year}", labels) + run_in(240, f"Plan du hameau {year}", labels)
        content.append(words)
    found = read(content)
    assert [h[0] for h in headings(found)] == [
        "Étude du hameau 2021", "Plan du hameau 2021", "Étude du hameau 2020", "Plan du hameau 2020",
    ]  # fmt: skip
    assert [m.year.text for m in found.missions if m.year] == ["2021", "2021", "2020", "2020"]


def test_a_person_behind_the_word_reference_is_a_contact_and_a_number_is_not() -> None:
    kinds = []
    for value in ("Maud Kervizic, directrice", "04 90 11 22 33", "AO 2021-45", "Marché 12 bis"):
        (token,) = to_stream(lay_out(pages([text(50, 100, f"Référence : {value}")]), RULES), RULES).tokens
        kinds.append(token.kind)
    assert kinds == [PartKind.CONTACT, PartKind.CONTACT, PartKind.REFERENCE, PartKind.REFERENCE]


def kinds_of_lines(lines: list[str]) -> list[tuple[PartKind | None, str]]:
    stream = to_stream(lay_out(pages([column(50, 100, lines)]), RULES), RULES)
    return [(t.kind, (t.value[0] if t.value else t.passage).text) for t in stream.tokens]


def test_lines_of_values_in_one_paragraph_are_labels_with_their_values_without_a_colon_too() -> None:
    lines = [
        "Pour la Communauté de communes du Haut-Vernois",
        "Mission menée de mars à novembre 2021 – 34 500 € HT",
        "Pour en savoir plus : Maud Kervizic, animatrice du réseau, 04 90 11 22 33",
    ]
    assert kinds_of_lines(lines) == [
        (None, lines[0]),
        (PartKind.PERIOD, "de mars à novembre 2021"),
        (None, "34 500 € HT"),
        (PartKind.CONTACT, "Maud Kervizic, animatrice du réseau, 04 90 11 22 33"),
    ]


def test_words_before_a_value_of_another_kind_or_within_a_sentence_are_no_labels() -> None:
    for line in (
        "Budget 2021-2027",
        "Mission en cours",
        "Mise en service prévue pour l'hiver 2023-2024.",
        "Mission 2020",
        "Étude menée avec les habitants en 2020",
        "Études septembre 2016 à septembre 2017, travaux octobre 2017 à mai 2019",
    ):
        assert kinds_of_lines([line]) == [(None, line)]
    assert kinds_of_lines(["Durée 8 mois"]) == [(PartKind.DURATION, "8 mois")]


def slanted(words: list[Word]) -> list[Word]:
    return [replace(w, style=replace(w.style, italic=True)) for w in words]


def test_a_label_in_italics_opens_its_text() -> None:
    words = slanted(text(50, 100, "Démarche.")) + text(110, 100, "Trente entretiens ont été menés.")
    (token,) = to_stream(lay_out(pages([words]), RULES), RULES).tokens
    assert token.what is Is.INLINE and token.kind is PartKind.APPROACH


def test_a_line_of_facts_is_cut_at_words_in_the_look_of_its_first_label() -> None:
    words: list[Word] = []
    x = 50.0
    for label, value in (("Période :", "mars 2020 –"), ("Groupement avec :", "Moulin & Fils")):
        for content, bold in ((label, True), (value, False)):
            words += text(x, 100, content, bold=bold)
            x += 5 * len(content) + 3
    tokens = to_stream(lay_out(pages([words]), RULES), RULES).tokens
    assert [(t.kind, [v.text for v in t.value]) for t in tokens] == [
        (PartKind.PERIOD, ["mars 2020"]),
        (PartKind.PARTNERS, ["Moulin & Fils"]),
    ]


def test_works_beside_an_amount_tell_their_cost_and_over_a_text_what_was_done() -> None:
    words = text(50, 60, "Extension du lycée", 15, bold=True)
    facts = (("Client", "Ville de Morcy"), ("Travaux", "2,4 M€ HT"), ("Année", "2021"), ("Travaux", "sans objet"))
    for n, (label, value) in enumerate(facts):
        words += text(50, 100 + 16 * n, label, bold=True) + text(150, 100 + 16 * n, value)
    words += text(50, 176, "Travaux", bold=True) + column(50, 192, PROSE)
    (mission,) = read([words]).missions
    assert [p.kind for p in mission.parts] == [
        PartKind.CLIENT, PartKind.WORKS_COST, PartKind.PERIOD, PartKind.WORKS_COST, PartKind.APPROACH,
    ]  # fmt: skip


def test_words_of_others_in_italics_and_colour_are_no_text_of_the_mission() -> None:
    words = text(50, 60, "Règlement des salles", 15, bold=True)
    words += text(50, 80, "Client :", bold=True) + text(110, 80, "Ville de Morcy")
    words += text(50, 100, "Démarche", bold=True) + column(50, 116, PROSE)
    for n, line in enumerate(("« On nous a laissé tout", "raturer. » Georgette")):
        said = slanted(text(80, 190 + 13 * n, line))
        words += [replace(w, style=replace(w.style, color="#c05020", font="Slant")) for w in said]
    (mission,) = read([words]).missions
    assert [" ".join(i.text.split()) for i in mission.parts[-1].items] == [" ".join(PROSE)]


def test_photo_interpretation_is_work_and_no_credit() -> None:
    words = text(50, 60, "Carte des milieux secs", 15, bold=True)
    words += text(50, 80, "Client :", bold=True) + text(110, 80, "Ville de Morcy")
    words += text(50, 100, "Démarche", bold=True)
    lines = ["Relevés sur douze placettes", "Photo-interprétation des pentes"]
    for n, line in enumerate(lines):
        words += text(50, 116 + 14 * n, f"• {line}")
    (mission,) = read([words]).missions
    assert [i.text for i in mission.parts[-1].items] == lines
