"""What a mission's head, its texts and its table say of parts that are unsure of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from carnet.pipeline.decode.heads import in_two_stretches, parted_by_colons
from carnet.pipeline.decode.known_labels import with_known_labels
from carnet.pipeline.decode.known_lines import breaks_off, is_dateline, is_sum, without_known_lines
from carnet.pipeline.decode.tables import Tables, clients_over_rows, told_by_columns
from carnet.pipeline.decode.telling import told_in_order
from carnet.pipeline.observe.document import Observed
from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.page.relations import RELATIONS
from carnet.pipeline.roles.network import Told
from carnet.pipeline.rules import load_rules
from carnet.schemas.layout import BBox, Passage, Style, Word
from carnet.schemas.roles import Role

KNOWN = tuple(Role)
RULES = load_rules()
T, C = Role.TITLE, Role.CLIENT
Placed = tuple[str, float, float]  # text, left, top


def fragments(placed: Sequence[Placed], page: Sequence[int] = (), lines: Sequence[int] = ()) -> list[Fragment]:
    out = []
    for n, (text, x0, top) in enumerate(placed):
        box, style = BBox(x0, top, x0 + 6 * len(text), top + 10), Style(size=10.0)
        at = page[n] if page else 1
        passage = Passage.of_words([Word(text, at, box, style)])
        out.append(Fragment(n, at, lines[n] if lines else n, 0, len(text), passage, box, style, joint="-" if n else ""))
    return out


def shares(*told: dict[Role, float]) -> np.ndarray:
    out = np.full((len(told), len(KNOWN)), 0.001, np.float32)
    for row, some in zip(out, told, strict=True):
        for role, p in some.items():
            row[KNOWN.index(role)] = p
    return out


def best(told: np.ndarray) -> list[Role]:
    return [KNOWN[n] for n in told.argmax(axis=1)]


def test_a_head_tells_client_and_work_in_one_stretch_each() -> None:
    some = fragments([("PLAN DES PLACES", 50, 10), ("RÉGION", 150, 10), ("DU NORD", 50, 22), ("RÉGION SUD", 100, 22)],
                     lines=[0, 0, 1, 1])  # fmt: skip
    told = shares({T: 0.95}, {C: 0.9}, {T: 0.5, C: 0.4}, {C: 0.9})
    assert dict(in_two_stretches(some, best(told), told, [0] * 4, range(4), KNOWN)) == {2: C}


def test_a_client_in_a_column_of_its_own_parts_no_title() -> None:
    """ "Commune de Saint-|Gérard" stands beside a title of two lines."""
    some = fragments([("Étude du plan", 200, 10), ("Gérard", 50, 22), ("et de la place", 200, 22)])
    told = shares({T: 0.95}, {C: 0.9}, {T: 0.95})
    assert dict(in_two_stretches(some, best(told), told, [0] * 3, range(3), KNOWN)) == {}


def test_a_colon_parts_client_and_work_as_in_the_other_heads() -> None:
    placed = [(text, x0, 100.0 * n) for n in range(4) for text, x0 in ((f"Ville {n}", 50), (f"Plan {n}", 120))]
    some = [
        replace(f, joint=":" if n % 2 else "")
        for n, f in enumerate(fragments(placed, lines=[n // 2 for n in range(8)]))
    ]
    roles, homes = [C, T] * 3 + [T, T], [n - n % 2 for n in range(8)]
    assert dict(parted_by_colons(some, roles, homes, range(8))) == {6: C, 7: T}
    assert dict(parted_by_colons(some, [C, T] * 2 + [T, T] * 2, homes, range(8))) == {}


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Fait à Morcy, le 27 juin 2022", True),
        ("Les Grandes Pièces, le 20 mars 2022", True),
        ("Établi à Braye le 3/04/2021", True),
        ("Chapelle rouverte à la visite le 18 juin 2022", False),
        ("Morcy, juin 2022", False),
        ("Plan guide, 2022", False),
    ],
)
def test_datelines(text: str, dated: bool) -> None:
    assert is_dateline(text, RULES) is dated


@pytest.mark.parametrize(
    ("text", "sums"),
    [("TOTAL section 1 (hors NC)", True), ("Sous-total HT", True), ("Total Énergies Nord", False), ("Morcy", False)],
)
def test_sums(text: str, sums: bool) -> None:
    assert is_sum(text, RULES) is sums


def test_known_lines_head_nothing_whatever_the_network_says() -> None:
    some = fragments([("Morcy, le 27 juin 2022", 50, 10), ("Total HT", 50, 30), ("Plan guide", 50, 50)])
    roles = shares({T: 0.9}, {C: 0.9}, {T: 0.9})
    alone = np.full((len(RELATIONS), len(some)), -1, np.int64)
    none = np.zeros((0, 0), np.float32)
    seen = Observed(none, alone, alone, np.zeros(3, np.int64), none, tuple(some), 10.0)
    told = without_known_lines(Told(roles, roles, np.array([0.9, 0.8, 0.9], np.float32), ()), seen, KNOWN, RULES)
    assert best(told.roles) == [Role.ASIDE, Role.FRONT, T]
    assert told.anchors.tolist() == pytest.approx([0, 0, 0.9])


def test_a_column_tells_what_its_cells_are() -> None:
    """ "Astreinte" under "Prestations" is a service, as in the other rows; what is sure of itself stays."""
    cells = ["Bilan", "Suivi", "Astreinte", "Morcy"]
    some = fragments([("Prestations", 50, 10), *((c, 50.0, 30.0 + 20 * n) for n, c in enumerate(cells))])
    told = shares(
        {Role.HEAD: 0.9}, {Role.APPROACH: 0.9}, {Role.APPROACH: 0.9}, {Role.PARTNERS: 0.6, Role.APPROACH: 0.3},
        {C: 0.95},
    )  # fmt: skip
    of = shares({Role.APPROACH: 0.9}, {}, {}, {}, {})
    found = dict(told_by_columns(some, best(told), told, of, [-1, 9, 9, 9, 9]))
    assert {i: KNOWN[share.argmax()] for i, share in found.items()} == {3: Role.APPROACH}


def test_the_head_of_a_column_may_have_two_lines() -> None:
    some = fragments([("Honoraires", 50, 10), ("(€ HT)", 50, 21), ("Dates", 150, 21), ("12 000", 55, 40)])
    tables = Tables(some, [Role.HEAD] * 3 + [Role.AMOUNT])
    assert tables.over(1, some[3].box, 10.0) == [0, 1]
    assert tables.lowest(1, 41, 10.0) == [[0, 1], [2]]


def test_a_text_never_goes_back_from_what_was_done_to_why() -> None:
    lines = [("Les rues étaient vides.", 50.0, 10.0), ("Nous avons formé dix agents.", 50.0, 24.0),
             ("La mission a duré un an.", 50.0, 38.0), ("Les rues sont pleines.", 50.0, 52.0)]  # fmt: skip
    some = fragments(lines)
    told = shares(
        {Role.CONTEXT: 0.9}, {Role.APPROACH: 0.9}, {Role.CONTEXT: 0.5, Role.APPROACH: 0.4}, {Role.RESULTS: 0.9}
    )
    assert dict(told_in_order(some, best(told), told, [0] * 4, range(4), KNOWN)) == {2: Role.APPROACH}
    beside = fragments([(t, 50.0 + 200 * n, top) for n, (t, _, top) in enumerate(lines)])
    assert dict(told_in_order(beside, best(told), told, [0] * 4, range(4), KNOWN)) == {}


def test_a_client_in_a_row_of_its_own_is_that_of_the_rows_below() -> None:
    some = fragments([("Étude", 50, 10), ("Ville de Morcy", 50, 30), ("Plan un", 50, 50), ("Plan deux", 50, 70)])
    roles = [Role.HEAD, C, T, T]
    assert clients_over_rows(some, roles, [-1, 2, 2, 3], range(4)) == [1]
    assert clients_over_rows(some, [Role.FRONT, *roles[1:]], [-1, 2, 2, 3], range(4)) == []


@pytest.mark.parametrize(
    ("text", "open_"),
    [("Association des maires du", True), ("Cycle (5 sessions,", True), ("Cycle (5 sessions)", False), ("Plan", False)],
)
def test_a_line_that_breaks_off(text: str, open_: bool) -> None:
    assert breaks_off(text, RULES) is open_


def test_a_label_whose_words_are_known_rather_announces_what_they_say() -> None:
    some = fragments([("Début", 50, 10), ("Fin :", 150, 10), ("Mission", 250, 10), ("Fin des travaux en vue", 350, 10)])
    of = shares({Role.END: 0.6}, {Role.START: 0.6}, {T: 0.6}, {Role.APPROACH: 0.6})
    none = np.zeros((0, 0), np.float32)
    seen = Observed(none, none, none, np.zeros(4, np.int64), none, tuple(some), 10.0)  # type: ignore[arg-type]
    told = with_known_labels(Told(of, of, np.zeros(4, np.float32), ()), seen, KNOWN, RULES)
    assert best(told.of) == [Role.START, Role.END, T, Role.APPROACH]
    assert told.of.sum(axis=1).tolist() == pytest.approx(of.sum(axis=1).tolist(), abs=0.5)
