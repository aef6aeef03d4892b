"""What stands under a label is what it announces throughout the brochure, where it is not sure of itself."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from carnet.pipeline.decode.labels import told_by_labels
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.layout import BBox, Passage, Style, Word
from carnet.schemas.roles import Role


def fragment(number: int, text: str, top: float, x0: float = 50.0) -> Fragment:
    box, style = BBox(x0, top, x0 + 6 * len(text), top + 10), Style(size=10.0)
    passage = Passage.of_words([Word(text, 1, box, style)])
    return Fragment(number, 1, number, 0, len(text), passage, box, style)


def told(words: Sequence[str], role: Role, sure: float, means: Role, gap: float = 3.0) -> list[tuple[int, Role]]:
    """Two missions, each with a label and what stands under it; the second's value is in question."""
    fragments = [fragment(2 * n + k, words[k], 100 * n + k * (10 + gap)) for n in range(2) for k in range(2)]
    roles = [Role.LABEL, means, Role.LABEL, role]
    return list(told_by_labels(fragments, roles, [1, 1, 1, sure], [means, None, means, None], [0, 0, 2, 2]))


@pytest.mark.parametrize(("role", "means"), [(Role.WORKS_COST, Role.AMOUNT), (Role.ASIDE, Role.RESULTS)])
def test_what_is_unsure_follows_its_label(role: Role, means: Role) -> None:
    assert told(["Budget", "45 000 €"], role, 0.5, means) == [(3, means)]


def test_what_is_sure_or_far_or_of_one_kind_does_not() -> None:
    assert told(["Budget", "45 000 €"], Role.PERIOD, 0.95, Role.AMOUNT) == []
    assert told(["Budget", "45 000 €"], Role.WORKS_COST, 0.5, Role.AMOUNT, gap=40) == []
    assert told(["Contact", "a@b.example"], Role.EMAIL, 0.5, Role.CONTACT) == []
    assert told(["1.", "Un texte"], Role.RESULTS, 0.5, Role.APPROACH) == [], "a number is no word"


def test_what_goes_on_on_the_next_line_goes_on_after_the_last_label_of_the_line_before() -> None:
    """« Calendrier : 2019 – Coût : entre 130 000 » and on the next line « et 150 000 € »."""

    def line_of(number: int, *texts: str) -> list[Fragment]:
        out, x = [], 50.0
        for k, text in enumerate(texts):
            made = fragment(number, text, 100 + 13 * number, x)
            out.append(Fragment(0, 1, number, 10 * k, 10 * k + 5, made.passage, made.box, made.style))
            x = made.box.x1 + 4
        return out

    lines = [
        line_of(2 * n, "Calendrier :", "2019", "Coût :", "130 000") + line_of(2 * n + 1, "150 000") for n in (0, 5)
    ]
    fragments = [f for some in lines for f in some]
    roles = [Role.LABEL, Role.PERIOD, Role.LABEL, Role.AMOUNT, Role.OTHER] * 2
    announced = [Role.PERIOD, None, Role.AMOUNT, None, None] * 2
    sure = [1, 1, 1, 1, 0.5] * 2
    assert list(told_by_labels(fragments, roles, sure, announced, [1] * 5 + [6] * 5)) == [
        (4, Role.AMOUNT),
        (9, Role.AMOUNT),
    ]


def test_a_label_of_fees_is_one_whatever_the_figure_seems() -> None:
    assert told(["Budget", "1,1 M€"], Role.WORKS_COST, 0.95, Role.AMOUNT) == [(3, Role.AMOUNT)]


def test_what_stands_under_a_label_tells_what_it_means() -> None:
    """ "Répondant" seems to announce partners; under it stand addresses and numbers of people."""
    fragments = [fragment(3 * n + k, text, 100 * n + 13 * k) for n in range(6) for k, text in enumerate(PERSON)]
    roles = [Role.LABEL, Role.PARTNERS, Role.EMAIL] + [Role.LABEL, Role.CONTACT, Role.EMAIL] * 5
    announced = [Role.PARTNERS, None, None] * 6
    sure = [1.0, 0.5, 0.99] + [1.0, 0.9, 0.99] * 5
    assert list(told_by_labels(fragments, roles, sure, announced, [n - n % 3 for n in range(18)])) == [
        (1, Role.CONTACT)
    ]


PERSON = ("Répondant", "Anne Roux, syndique", "a.roux@morcy.example")
