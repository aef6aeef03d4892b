"""What stands under a label is told by what stands under it in its other places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from carnet.pipeline.decode.labels import labels_of, labels_of_rows, texts_under_labels, told_apart, told_by_labels
from carnet.pipeline.observe.document import FLOW, GROUPS, Observed
from carnet.pipeline.page.fragments import Fragment, Sheet
from carnet.pipeline.page.order import neighbours
from carnet.pipeline.page.relations import Geometry, relations
from carnet.schemas.layout import BBox, Passage, Style, Word
from carnet.schemas.roles import Role

KNOWN = tuple(Role)


def fragment(number: int, text: str, top: float, x0: float = 50.0, line: int | None = None) -> Fragment:
    box, style = BBox(x0, top, x0 + 6 * len(text), top + 10), Style(size=10.0)
    passage = Passage.of_words([Word(text, 1, box, style)])
    return Fragment(number, 1, number if line is None else line, 0, len(text), passage, box, style)


def seen(fragments: Sequence[Fragment], flows: Sequence[int] = ()) -> Observed:
    """Fragments of one page, in their order of reading."""
    n = len(fragments)
    near = relations(Geometry.of(Sheet(1, 595, 842, tuple(fragments), (), ())))
    page = np.zeros(n, np.int64)
    order = neighbours(np.arange(n), page, np.zeros(n), np.zeros(n, bool))
    groups = np.zeros((len(GROUPS), n), np.int64)
    groups[FLOW] = flows or np.arange(n)
    empty = np.zeros((n, 0), np.float32)
    return Observed(empty, np.concatenate([near, order]), groups, page, empty, tuple(fragments), 10.0)


def shares(*told: dict[Role, float]) -> np.ndarray:
    """Probabilities by fragment; what is not named shares the rest."""
    out = np.zeros((len(told), len(KNOWN)), np.float32)
    for row, some in zip(out, told, strict=True):
        row[:] = max(0.0, 1 - sum(some.values())) / (len(KNOWN) - len(some))
        for role, p in some.items():
            row[KNOWN.index(role)] = p
    return out


def told(word: str, usual: Role, last: dict[Role, float], announced: Role, gap: float = 3.0) -> Role:
    """Four missions, each with a label and a value under it; what the last value is then."""
    fragments = [
        fragment(2 * n + k, (word, "Une valeur")[k], 100 * n + k * (10 + gap)) for n in range(4) for k in (0, 1)
    ]
    sure = {usual: 0.9}
    values = [{Role.LABEL: 0.98}, sure] * 3 + [{Role.LABEL: 0.98}, last]
    roles = [Role.LABEL, usual] * 3 + [Role.LABEL, max(last, key=lambda role: last[role])]
    of = shares(*[{announced: 0.9}] * 8)
    home = [n - n % 2 for n in range(8)]
    found = dict(told_by_labels(seen(fragments), roles, shares(*values), of, home, KNOWN))
    share = found.get(7)
    return roles[7] if share is None else KNOWN[int(share.argmax())]


@pytest.mark.parametrize(
    ("usual", "last", "expected"),
    [
        (Role.RESULTS, {Role.APPROACH: 0.5, Role.RESULTS: 0.37}, Role.RESULTS),
        (Role.RESULTS, {Role.OTHER: 0.8, Role.RESULTS: 0.14}, Role.RESULTS),
        (Role.AMOUNT, {Role.PERIOD: 0.97}, Role.PERIOD),
        (Role.CONTACT, {Role.EMAIL: 0.95}, Role.EMAIL),
    ],
)
def test_what_is_in_doubt_is_what_its_label_stands_over_elsewhere(
    usual: Role, last: dict[Role, float], expected: Role
) -> None:
    assert told("Suites", usual, last, usual) is expected


def test_a_label_of_fees_is_one_whatever_the_figure_seems() -> None:
    assert told("Budget", Role.AMOUNT, {Role.WORKS_COST: 0.95}, Role.AMOUNT) is Role.AMOUNT


def test_what_stands_under_a_label_tells_what_it_means() -> None:
    """ "Répondant" seems to announce partners; under it stand people."""
    last = {Role.PARTNERS: 0.5, Role.CONTACT: 0.4}
    assert told("Répondant", Role.CONTACT, last, Role.PARTNERS) is Role.CONTACT


def test_a_number_is_no_word() -> None:
    assert told("1.", Role.RESULTS, {Role.APPROACH: 0.5, Role.RESULTS: 0.37}, Role.RESULTS) is Role.APPROACH


def of(fragments: Sequence[Fragment], roles: Sequence[Role], flows: Sequence[int] = ()) -> dict[int, int]:
    """The label of each value, all in one mission."""
    return {i: label for i, (label, _) in labels_of(seen(fragments, flows), roles, [0] * len(roles)).items()}


def test_in_a_table_the_label_is_at_the_left() -> None:
    rows = [fragment(2 * n + k, ("Public", "48 agents")[k], 14.0 * n, 50 + 150 * k) for n in range(2) for k in (0, 1)]
    assert of(rows, [Role.LABEL, Role.OTHER] * 2) == {1: 0, 3: 2}


def test_in_two_columns_each_value_has_the_label_over_it() -> None:
    rows = [fragment(2 * n + k, ("Enjeux", "Un texte")[n], 14.0 * n, 50 + 150 * k) for n in range(2) for k in (0, 1)]
    assert of(rows, [Role.LABEL, Role.LABEL, Role.CONTEXT, Role.CONTEXT]) == {2: 0, 3: 1}


def test_what_goes_on_on_the_next_line_goes_on_after_the_last_label_of_the_line_before() -> None:
    """« Calendrier : 2019 Coût : entre 130 000 » and on the next line « et 150 000 € »."""
    texts = ("Calendrier :", "2019", "Coût :", "entre 130 000")
    line = [fragment(k, text, 100, 50 + 90 * k, line=0) for k, text in enumerate(texts)]
    some = [*line, fragment(4, "et 150 000 €", 113)]
    assert of(some, [Role.LABEL, Role.PERIOD, Role.LABEL, Role.AMOUNT, Role.AMOUNT]) == {1: 0, 3: 2, 4: 2}


def test_a_label_at_a_line_end_has_its_value_on_the_next() -> None:
    some = [fragment(0, "Pour la Ville.", 100), fragment(1, "Honoraires :", 100, 200), fragment(2, "12 000 € HT", 113)]
    assert of(some, [Role.CLIENT, Role.LABEL, Role.AMOUNT]) == {2: 1}


def test_what_goes_on_with_the_value_beside_a_label_is_as_near_as_that() -> None:
    lines = [
        fragment(0, "Mission :", 0, line=0),
        fragment(1, "maîtrise d'œuvre complète, de", 0, 120, line=0),
        fragment(2, "l'esquisse à la réception", 13),
        fragment(3, "Un plateau de granit.", 30),
    ]
    roles = [Role.LABEL, Role.OTHER, Role.APPROACH, Role.APPROACH]
    known = labels_of(seen(lines, [0, 1, 1, 3]), roles, [0] * 4)
    assert known[1] == known[2] == (0, 0.0) and known[3][1] > 0


def apart(*pairs: tuple[Role, float], words: tuple[str, str] = ("Le site", "Le projet")) -> list[Role | None]:
    """Missions with a text under each of two labels: a context, and what the second seems to be. What that is then."""
    some: list[Fragment] = []
    roles: list[Role] = []
    values: list[dict[Role, float]] = []
    for n, (role, sure) in enumerate(pairs):
        for k, (word, said, p) in enumerate(((words[0], Role.CONTEXT, 0.9), (words[1], role, sure))):
            top = 100.0 * n + 30 * k
            some += [fragment(len(some), word, top), fragment(len(some) + 1, "Un texte", top + 13)]
            roles += [Role.LABEL, said]
            values += [{Role.LABEL: 0.98}, {said: p, Role.APPROACH: 0.3} if said is Role.CONTEXT and k else {said: p}]
    home = [4 * (n // 4) for n in range(len(some))]
    found = dict(told_apart(seen(some), roles, shares(*values), home, KNOWN))
    assert [float(share.sum()) for share in found.values()] == pytest.approx([1.0] * len(found), abs=1e-4)
    return [KNOWN[int(found[i].argmax())] if i in found else None for i in range(3, len(some), 4)]


def test_two_labels_side_by_side_are_not_both_why() -> None:
    assert apart(*[(Role.CONTEXT, 0.6)] * 3) == [Role.APPROACH] * 3


def test_a_label_that_stands_once_is_left_and_so_is_one_that_stands_alone() -> None:
    assert apart((Role.CONTEXT, 0.6)) == [None]
    assert apart(*[(Role.CONTEXT, 0.6)] * 3, words=("Le site", "Le site")) == [None] * 3
    assert apart(*[(Role.CONTEXT, 0.6)] * 3, words=("Le site", "2.")) == [None] * 3
    assert apart(*[(Role.CONTEXT, 0.6)] * 3, words=("Le site", "B")) == [None] * 3
    assert apart(*[(Role.CONTEXT, 0.6)] * 3, words=("Site", "Vie")) == [Role.APPROACH] * 3


def test_what_is_no_text_is_left() -> None:
    assert apart(*[(Role.PERIOD, 0.6)] * 3) == [None] * 3


def under(third: Role) -> list[tuple[int, Role]]:
    """Two missions, each with four lines under "Contexte"; what the third line of the second is taken for."""
    lines = [("Contexte", Role.LABEL), *[(f"Le quartier {n}", Role.CONTEXT) for n in range(4)]]
    told = [*lines, *lines]
    told[8] = ("Un objectif", third)
    some = [fragment(n, text, 12.0 * n + 300 * (n > 4)) for n, (text, _) in enumerate(told)]
    home = [0] * 5 + [5] * 5
    return list(texts_under_labels(seen(some, [0, 1, 1, 1, 1, 2, 3, 3, 4, 3]), [role for _, role in told], home))


def test_a_text_between_two_under_one_label_says_what_they_say() -> None:
    assert under(Role.APPROACH) == [(8, Role.CONTEXT)]
    assert under(Role.AMOUNT) == []


def test_a_text_that_begins_on_the_line_of_its_label_and_goes_on_under_it_is_of_that_label() -> None:
    """ "Notre travail.  Construction de …", the next line at the left edge of the label; set on lines of their own."""
    cells = [
        fragment(0, "Au départ.", 0),
        fragment(1, "Le bourg vieillit.", 0, 120, line=0),
        fragment(2, "Notre travail.", 20),
        fragment(3, "Nous avons tenu", 20, 140),
        fragment(4, "douze ateliers.", 33),
    ]
    roles = [Role.LABEL, Role.CONTEXT, Role.LABEL, Role.APPROACH, Role.APPROACH]
    assert labels_of(seen(cells), roles, [0] * 5)[3] == (2, 0.0)


def test_what_stands_before_its_value_in_a_column_of_such_heads_a_row() -> None:
    """The left cells of a table with rules, which look like heads of columns; those over a row of values do not."""
    cells = [
        fragment(0, "Lieu", 0),
        fragment(1, "Morcy", 0, 150, line=0),
        fragment(2, "Coût", 20),
        fragment(3, "12 k€", 20, 150, line=2),
        fragment(4, "Client", 60),
        fragment(5, "Période", 60, 150, line=4),
        fragment(6, "Ville de Bré", 80),
        fragment(7, "2021", 80, 150, line=6),
    ]
    roles = [Role.LABEL, Role.PLACE, Role.HEAD, Role.AMOUNT, Role.HEAD, Role.HEAD, Role.CLIENT, Role.PERIOD]
    assert labels_of_rows(seen(cells), shares(*({role: 0.9} for role in roles)), KNOWN) == [2]
