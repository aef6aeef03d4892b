"""Reading order, blocks, pairs and tables on pages made of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.layout import lay_out
from carnet.pipeline.rules import load_rules
from carnet.schemas.layout import BBox, Block, BlockKind, Page, RowLevel, Shape, Style, Word

RULES = load_rules()


def text(x: float, top: float, content: str, size: float = 10.0, bold: bool = False) -> list[Word]:
    """A printed line at (x, top); letters are half as wide as high."""
    out = []
    for part in content.split():
        width = 0.5 * size * len(part)
        out.append(Word(part, 1, BBox(x, top, x + width, top + size), Style(size, bold, False, "#000000", "Test")))
        x += width + 0.28 * size
    return out


def column(x: float, top: float, lines: Sequence[str], pitch: float = 13.0) -> list[Word]:
    return [w for i, line in enumerate(lines) for w in text(x, top + i * pitch, line)]


def blocks(words: list[Word], shapes: Sequence[Shape] = ()) -> list[Block]:
    return list(lay_out([Page(1, 600, 800, tuple(words), tuple(shapes))], RULES).blocks)


def flat(found: Sequence[Block]) -> list[str]:
    return [" ".join(b.passage.text.split()) for b in found]


PROSE = ["La ville voulait un plan", "de mobilité partagé avec", "les habitants du quartier", "et ses commerçants."]
OTHER = ["Nous avons mené douze", "entretiens et deux ateliers", "avec les services et des", "usagers du réseau."]


def test_columns_are_read_one_after_the_other() -> None:
    found = flat(blocks(column(50, 100, PROSE) + column(250, 100, OTHER)))
    assert found == [" ".join(PROSE), " ".join(OTHER)]


def test_a_heading_over_both_columns_comes_first_and_the_next_one_cuts_them() -> None:
    words = text(50, 60, "Plan de mobilité de la vallée et de ses communes", 18, True)
    words += column(50, 100, PROSE) + column(250, 100, OTHER)
    words += text(50, 200, "Audit", 18, True)
    words += column(50, 240, OTHER) + column(250, 240, PROSE)
    found = flat(blocks(words))
    assert found[0].startswith("Plan de mobilité")
    assert found.index("Audit") == 3


def test_label_and_value_side_by_side() -> None:
    words = text(50, 100, "Client", bold=True) + text(150, 100, "Ville de Morcy")
    words += text(50, 116, "Période", bold=True) + text(150, 116, "mars 2019 à juin 2020")
    words += (
        text(50, 132, "Interlocuteur", bold=True)
        + text(150, 132, "Anne Vasseur, directrice")
        + text(150, 145, "générale")
    )
    rows = [b for b in blocks(words) if b.kind is BlockKind.ROW]
    assert [b.level for b in rows] == [RowLevel.PAIR] * 3
    assert [c.text for c in rows[2].cells] == ["Interlocuteur", "Anne Vasseur, directrice\ngénérale"]


def test_labels_over_two_columns_of_text_are_no_pairs() -> None:
    words = text(50, 100, "Contexte", bold=True) + column(50, 116, PROSE)
    words += column(250, 100, OTHER)
    assert not [b for b in blocks(words) if b.kind is BlockKind.ROW]


HEADS = [(50, "Année"), (110, "Client"), (250, "Intitulé de la mission"), (450, "Montant HT")]
ROWS = [
    ["2019", "Ville de Morcy", "Plan de mobilité", "24 500"],
    ["2020", "Pays du Gravelin", "Schéma directeur de l'eau", "38 000"],
    ["2021", "Commune d'Aubrac", "Étude de faisabilité d'une", "12 900"],
]


def test_the_last_pair_is_one_though_the_heading_of_a_text_follows_close() -> None:
    words = text(40, 40, "Client", bold=True) + text(180, 40, "Ville de Morcy")
    words += text(40, 53, "Contact", bold=True) + text(180, 53, "Jeanne Lhomme, directrice")
    words += text(40, 66, "Contexte", bold=True) + text(40, 80, "La halle est vide depuis trois ans.")
    assert [b.level for b in blocks(words)][:2] == [RowLevel.PAIR, RowLevel.PAIR]
    assert flat(blocks(words))[2:] == ["Contexte", "La halle est vide depuis trois ans."]


def test_a_label_over_its_value_has_no_pair_in_the_column_beside_it() -> None:
    words = text(40, 40, "Montant", bold=True) + text(40, 53, "78 800 € HT")
    words += column(230, 27, ["Questionnaire aux porteurs de projets", "Analyse des coûts", "Atelier de restitution"])
    assert RowLevel.PAIR not in [b.level for b in blocks(words)]
    assert "Montant" in flat(blocks(words)) and "78 800 € HT" in flat(blocks(words))


def table(pitch: float) -> list[Word]:
    words = [w for x, head in HEADS for w in text(x, 100, head, bold=True)]
    for i, row in enumerate(ROWS):
        for (x, _), cell in zip(HEADS, row, strict=True):
            words += text(x, 120 + i * pitch, cell)
    return words + text(250, 120 + 2 * pitch + 12, "légumerie communale")


def test_table_with_white_space_only_and_a_cell_that_wraps() -> None:
    rows = [b for b in blocks(table(26)) if b.kind is BlockKind.ROW]
    assert [b.level for b in rows] == [RowLevel.HEADER, RowLevel.ROW, RowLevel.ROW, RowLevel.ROW]
    assert [c.text for c in rows[3].cells] == [
        "2021", "Commune d'Aubrac", "Étude de faisabilité d'une\nlégumerie communale", "12 900",
    ]  # fmt: skip


def test_table_parted_by_rules() -> None:
    rules = [Shape("rule", BBox(48, y, 520, y + 0.5), None, "#000000") for y in (116, 134, 152, 182)]
    rows = [b for b in blocks(table(18), rules) if b.kind is BlockKind.ROW]
    assert len(rows) == 4


TIGHT = ((100, 0), (112, 1), (124, 1), (136, 2))  # heights of lines, and the row each stands in


def tight_table(merged: bool = False) -> tuple[list[Word], list[Shape]]:
    """Rows without padding, so that rules touch the letters; row 1 wraps in two columns, row 2 may share a cell."""
    cells = [
        [(50, "Client"), (200, "Période"), (300, "Intitulé"), (480, "Montant")],
        [(50, "Société publique de"), (200, "2019"), (300, "Auteur de projet"), (480, "365.000 €")],
        [(50, "gestion de l'eau"), (300, "de la station")],
        [(50, "" if merged else "Ville de Dinant"), (200, "2021"), (300, "Plan de gestion"), (480, "19.900 €")],
    ]
    words = [
        w
        for (top, row), line in zip(TIGHT, cells, strict=True)
        for x, c in line
        for w in text(x, top, c, 10.0, row == 0)
    ]
    rules = [Shape("rule", BBox(48, y, 560, y + 0.5), None, "#000000") for y in (99, 113, 149)]
    rules.append(Shape("rule", BBox(198 if merged else 48, 137, 560, 137.5), None, "#000000"))
    return words, rules


def test_rules_that_touch_the_letters_part_rows_and_not_their_lines() -> None:
    rows = [b for b in blocks(*tight_table()) if b.kind is BlockKind.ROW][1:]
    assert [[" ".join(c.text.split()) for c in b.cells] for b in rows] == [
        ["Société publique de gestion de l'eau", "2019", "Auteur de projet de la station", "365.000 €"],
        ["Ville de Dinant", "2021", "Plan de gestion", "19.900 €"],
    ]


def test_an_empty_cell_without_a_rule_above_it_is_merged_with_the_one_above() -> None:
    rows = [b for b in blocks(*tight_table(merged=True)) if b.kind is BlockKind.ROW][1:]
    assert [" ".join(b.cells[0].text.split()) for b in rows] == ["Société publique de gestion de l'eau"] * 2


def facts(top: float) -> list[Word]:
    """A table of facts whose one row wraps in most columns, and the text of the fiche under it."""
    lines = [
        [(50, "Mandant"), (180, "Période"), (280, "Honoraires"), (400, "Contact")],
        [(50, "Municipalité de"), (180, "août 2020 à"), (280, "CHF 142'500.-"), (400, "Michela Bianchi,")],
        [(50, "Tramelan"), (180, "mai 2023"), (400, "secrétaire")],
    ]
    words = [w for i, line in enumerate(lines) for x, cell in line for w in text(x, top + 13 * i, cell, 10.0, i == 0)]
    return words + text(50, top + 46, "Problématique", bold=True) + column(50, top + 60, PROSE)


def test_a_table_of_facts_is_one_row_and_ends_where_the_text_of_the_fiche_begins() -> None:
    found = blocks(facts(100))
    assert [[" ".join(c.text.split()) for c in b.cells] for b in found[1:2]] == [
        ["Municipalité de Tramelan", "août 2020 à mai 2023", "CHF 142'500.-", "Michela Bianchi, secrétaire"]
    ]
    assert flat(found)[2:] == ["Problématique", " ".join(PROSE)]


def drawn_form() -> tuple[list[Word], list[Shape]]:
    """A form: two labels with their values in the first row, a label beside its text over the rest of the second."""
    xs, ys = (40, 140, 260, 340, 500), (98, 126, 154)
    words = text(45, 101, "Maître d'ouvrage", bold=True) + text(145, 101, "Groupement pour les")
    words += text(145, 113, "rivières du Lanvic")
    words += text(265, 101, "Suivi par", bold=True) + text(345, 101, "Maud Kervizic")
    words += text(45, 128, "Contexte", bold=True)
    words += text(145, 128, "La crue avait emporté deux ponts sur trois et le") + text(145, 140, "chemin de halage.")
    shapes = [Shape("rule", BBox(40, y, 500, y + 0.5), None, "#000000") for y in ys]
    shapes += [Shape("rule", BBox(x, 98, x + 0.5, 154), None, "#000000") for x in (xs[0], xs[1], xs[4])]
    shapes += [Shape("rule", BBox(x, 98, x + 0.5, 126), None, "#000000") for x in xs[2:4]]
    return words, shapes


def test_cells_of_a_drawn_form_are_labels_with_their_values_whatever_stands_in_other_rows() -> None:
    rows = [b for b in blocks(*drawn_form()) if b.level == RowLevel.PAIR]
    assert [[" ".join(c.text.split()) for c in b.cells] for b in rows] == [
        ["Maître d'ouvrage", "Groupement pour les rivières du Lanvic"],
        ["Suivi par", "Maud Kervizic"],
        ["Contexte", "La crue avait emporté deux ponts sur trois et le chemin de halage."],
    ]


def test_a_label_beside_an_empty_cell_has_no_value() -> None:
    words, shapes = drawn_form()
    emptied = [w for w in words if w.box and not (145 <= w.box.x0 < 260 and w.box.top < 126)]
    emptied += text(45, 157, "Partenaires", bold=True) + text(45, 170, "Période", bold=True) + text(145, 170, "2021")
    shapes += [Shape("rule", BBox(40, y, 500, y + 0.5), None, "#000000") for y in (168, 182)]
    shapes += [Shape("rule", BBox(x, 154, x + 0.5, 182), None, "#000000") for x in (40, 140, 500)]
    rows = [[" ".join(c.text.split()) for c in b.cells] for b in blocks(emptied, shapes) if b.level == RowLevel.PAIR]
    assert ["Partenaires"] in rows and ["Maître d'ouvrage"] in rows and ["Période", "2021"] in rows


def test_column_heads_in_drawn_cells_are_no_labels_of_the_cells_beside_them() -> None:
    words, rules = tight_table()
    upright = [Shape("rule", BBox(x, 99, x + 0.5, 149), None, "#000000") for x in (48, 198, 298, 478, 560)]
    rows = [b for b in blocks(words, [*rules, *upright]) if b.kind is BlockKind.ROW]
    assert [b.level for b in rows] == [RowLevel.HEADER, RowLevel.ROW, RowLevel.ROW]


def test_the_same_word_in_every_row_of_a_drawn_list_is_no_label() -> None:
    rows = [("Client", "Objet", "Période"), ("Ville de Morcy", "Étude", "2019"), ("Pays du Lanvic", "Étude", "2021")]
    xs = (50, 200, 300)
    words = [w for i, row in enumerate(rows) for x, c in zip(xs, row, strict=True) for w in text(x, 100 + 20 * i, c)]
    rules = [Shape("rule", BBox(48, y, 400, y + 0.5), None, "#000000") for y in (98, 118, 138, 158)]
    rules += [Shape("rule", BBox(x, 98, x + 0.5, 158), None, "#000000") for x in (48, 198, 298, 400)]
    assert not [b for b in blocks(words, rules) if b.level == RowLevel.PAIR]


def test_a_value_is_bounded_only_by_labels_on_its_own_height() -> None:
    words = text(50, 100, "Client", bold=True) + text(150, 100, "Ville de Morcy")
    words += text(300, 100, "Période", bold=True) + text(400, 100, "mars 2019")
    words += text(50, 126, "Montant", bold=True) + text(150, 126, "12 400 € HT pour la tranche ferme et les options")
    rows = [b for b in blocks(words) if b.level == RowLevel.PAIR]
    assert "12 400 € HT pour la tranche ferme et les options" in [b.cells[1].text for b in rows]


def test_spaced_capitals_that_kerning_draws_near_are_one_word() -> None:
    letters = [
        (50, "V"),
        (58, "O"),
        (66, "T"),
        (74, "R"),
        (82, "E"),
        (97, "C"),
        (105, "O"),
        (113, "N"),
        (121, "TA"),
        (134, "C"),
        (142, "T"),
    ]
    assert flat(blocks([w for x, part in letters for w in text(x, 100, part)])) == ["VOTRE CONTACT"]
    assert flat(blocks(text(50, 100, "PLAN DE GESTION DE LA VILLE"))) == ["PLAN DE GESTION DE LA VILLE"]


def test_bullets_and_their_wrapped_lines() -> None:
    words = column(50, 100, ["• Un diagnostic partagé", "• Trois scénarios chiffrés", "• Un plan d'actions"])
    found = blocks(words)
    assert [b.kind for b in found] == [BlockKind.BULLET] * 3
    assert flat(found)[0] == "Un diagnostic partagé"


def test_running_heads_are_furniture() -> None:
    pages = []
    for number in range(1, 6):
        words = text(50, 20, "Nos références", 8) + column(50, 100, PROSE) + text(500, 780, f"page {number}", 8)
        pages.append(Page(number, 600, 800, tuple(Word(w.text, number, w.box, w.style) for w in words)))
    found = lay_out(pages, RULES).blocks
    marked = [b.passage.text for b in found if b.kind is BlockKind.FURNITURE]
    assert len(marked) == 10
    assert "Nos références" in marked


def test_facts_in_the_margin_are_no_furniture() -> None:
    clients = ["Ville de Morcy", "Ville d'Aurel", "Commune de Vial", "Ville de Lys"]
    pages = []
    for number, client in enumerate(clients, 1):
        words = text(50, 30, "Client", 8, True) + text(50, 42, client, 8) + text(400, 30, "Cabinet Orbe", 8)
        words += column(50, 300, PROSE) + text(50, 770, f"Contact : Anne Vial{'e' * number}", 8)
        pages.append(Page(number, 600, 800, tuple(replace(w, page=number) for w in words)))
    found = lay_out(pages, RULES).blocks
    assert flat([b for b in found if b.kind is BlockKind.FURNITURE]) == ["Cabinet Orbe"] * 4
    assert [c for c in clients if c in " ".join(flat(found))] == clients


def test_the_text_of_an_item_may_hang_away_from_its_mark() -> None:
    words: list[Word] = []
    for n, line in enumerate(["Levé des berges", "Visites du moulin", "Carte des crues"]):
        words += text(50, 100 + 14 * n, "\uf0b7") + text(73, 100 + 14 * n, line)
    found = blocks(words)
    assert [(b.kind, b.passage.text) for b in found] == [
        (BlockKind.BULLET, line) for line in ("Levé des berges", "Visites du moulin", "Carte des crues")
    ]


def test_a_line_in_small_letters_opens_with_no_label() -> None:
    words = text(50, 100, "Montant :", bold=True) + text(110, 100, "12 000 € HT par")
    words += text(50, 113, "an – Durée : 2 ans")
    assert flat(blocks(words)) == ["Montant : 12 000 € HT par an – Durée : 2 ans"]


def test_a_sentence_that_ends_before_its_line_does_ends_its_paragraph_above_a_wider_gap() -> None:
    words = column(50, 100, PROSE) + text(50, 156, "Deux ateliers suivirent.") + column(50, 169, OTHER)
    assert flat(blocks(words)) == [" ".join(PROSE), " ".join(["Deux ateliers suivirent.", *OTHER])]


def test_a_sign_that_closes_a_quotation_at_the_start_of_a_line_is_no_mark_of_a_list() -> None:
    words = column(50, 100, ["L'installation « définitive", "» de dix familles a suivi,", "dont deux venues de loin."])
    assert len(blocks(words)) == 1
    words = column(50, 100, ["» Visites du moulin", "» Levé des berges"])
    assert [b.kind for b in blocks(words)] == [BlockKind.BULLET] * 2


def drawn_table() -> tuple[list[Word], list[Shape]]:
    """A list whose every cell is drawn; the client of the first two rows and their contact are one cell each."""
    at, edges = (50, 190, 330, 430), (40, 180, 320, 420, 560)
    words = [
        w
        for x, head in zip(at, ("Client", "Opération", "Années", "Contact"), strict=True)
        for w in text(x, 60, head, 10, True)
    ]
    cells = [
        (90, ("Ville de Morcy", "Avenue du Port", "2018-2020", "Anne Vasseur")),
        (115, ("", "Rue des Tanneurs", "2021", "")),
        (140, ("Commune d'Aurel", "Pont des Aiguilles", "2022", "Luc Vial")),
    ]
    words += [w for top, row in cells for x, cell in zip(at, row, strict=True) for w in text(x, top, cell)]
    shapes = [Shape("rule", BBox(40, y, 560, y + 0.5)) for y in (50, 80, 135, 160)]
    shapes += [Shape("rule", BBox(180, 110, 420, 110.5))]
    return words, shapes + [Shape("rule", BBox(x, 50, x + 0.5, 160)) for x in edges]


def test_a_drawn_cell_over_two_rows_speaks_for_both() -> None:
    found = [[c.text for c in b.cells] for b in blocks(*drawn_table()) if b.level == RowLevel.ROW]
    assert found == [
        ["Ville de Morcy", "Avenue du Port", "2018-2020", "Anne Vasseur"],
        ["Ville de Morcy", "Rue des Tanneurs", "2021", "Anne Vasseur"],
        ["Commune d'Aurel", "Pont des Aiguilles", "2022", "Luc Vial"],
    ]


def test_what_stands_under_a_drawn_table_is_none_of_its_rows() -> None:
    words, shapes = drawn_table()
    found = blocks([*words, *text(50, 175, "Ville de Morcy : travaux en régie.")], shapes)
    assert [b.kind for b in found][-1] is BlockKind.PARAGRAPH and len(found) == 5


def card(top: float, title: str) -> list[Word]:
    """Title and a value at the left, text at the right that begins above the title."""
    words = text(60, top + 14, title, 15, True) + text(60, top + 40, "2021")
    return words + column(300, top, [*PROSE, *OTHER])


def test_a_heading_inside_a_card_does_not_cut_the_text_beside_it() -> None:
    boxes = [Shape("box", BBox(40, top - 15, 560, top + 150), fill="#f7f5f0") for top in (100, 330)]
    found = flat(blocks(card(100, "Maison du glacier") + card(330, "Parcours romain"), boxes))
    told = [" ".join(PROSE), " ".join(OTHER)]
    assert found == ["Maison du glacier", "2021", *told, "Parcours romain", "2021", *told]


def test_values_that_nearly_touch_stand_each_under_its_label() -> None:
    words = text(50, 100, "Durée", 8, True) + text(176, 100, "Montant", 8, True) + text(300, 100, "Client", 8, True)
    words += (
        text(50, 111, "12 mois dès mars 2019 et 2020", 9)
        + text(176, 111, "69 300 €", 9)
        + text(300, 111, "Ville de Morcy", 9)
    )
    found = [[c.text for c in b.cells] for b in blocks(words) if b.level == RowLevel.PAIR]
    assert found == [["Durée", "12 mois dès mars 2019 et 2020"], ["Montant", "69 300 €"], ["Client", "Ville de Morcy"]]


def test_what_runs_under_such_values_stays_whole() -> None:
    words = text(50, 100, "Durée", 8, True) + text(176, 100, "Montant", 8, True)
    words += text(50, 111, "12 mois dès mars 2019 et 2020", 9) + text(176, 111, "69 300 €", 9)
    running = "Une phrase qui court sous les deux colonnes et au delà"
    found = blocks(words + text(40, 121, running, 9))
    pairs = [[c.text for c in b.cells] for b in found if b.level == RowLevel.PAIR]
    assert pairs == [["Durée", "12 mois dès mars 2019 et 2020"], ["Montant", "69 300 €"]]
    assert running in flat(found)


def test_a_drawn_table_without_a_rule_under_its_heads_keeps_its_first_row() -> None:
    words, shapes = drawn_table()
    found = blocks(words, [s for s in shapes if s.box.top != 80])
    first = [c.text for c in next(b for b in found if b.level == RowLevel.ROW).cells]
    assert first[:3] == ["Ville de Morcy", "Avenue du Port", "2018-2020"]
