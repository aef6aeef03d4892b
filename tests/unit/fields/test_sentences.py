"""Facts told in sentences are read one sentence at a time."""

from __future__ import annotations

import pytest

from carnet.pipeline.fields import amount, client, period
from carnet.pipeline.fields.sentences import sentences
from carnet.schemas.layout import Passage, Word
from carnet.schemas.outline import PartKind
from tests.unit.fields.sections import context, part, section


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Pour la Ville d'Agen. 2020-2021. 62 000 € HT.", ["Pour la Ville d'Agen.", "2020-2021.", "62 000 € HT."]),
        ("janv. - juill. 2022", ["janv. - juill. 2022"]),
        ("Suivi par M. Roux, tél. 03 20 11 22 33", ["Suivi par M. Roux, tél. 03 20 11 22 33"]),
        ("Avec Dr. Blin; Studio Nord", ["Avec Dr. Blin;", "Studio Nord"]),
    ],
)
def test_where_a_sentence_ends(text: str, parts: list[str]) -> None:
    assert [s.text for s in sentences(Passage.of_words([Word(w) for w in text.split()]))] == parts


def test_client_period_and_fee_of_one_line() -> None:
    told = "Pour la Conservation régionale de Valdor, de mars à juin 2018. 62 000 € TTC d’honoraires sur 410 000 €."
    made = section((), [part(PartKind.FACTS, told)])
    assert [c.value for c in client.find(made, context())] == ["Conservation régionale de Valdor"]
    assert [(c.value.start.year, c.value.end.month) for c in period.find(made, context())] == [(2018, 6)]
    assert [int(c.value.value) for c in amount.find(made, context())] == [62000]


def test_two_periods_in_sentences_are_no_answer() -> None:
    told = "Créée en 2004, la régie employait vingt agents. Son plan date de 2019 et fut revu par nous."
    assert period.find(section((), [part(PartKind.FACTS, told)]), context()) == []


def test_a_figure_behind_a_comma_is_a_fact_of_its_own_and_the_end_stands_under_its_label() -> None:
    made = section((), [part(PartKind.FACTS, "43 k€ HT, décembre 2020,"), part(PartKind.END, "septembre 2021")])
    (fee,) = amount.find(made, context())
    assert fee.value.value == 43000
    (when,) = period.find(made, context())
    assert (when.value.start.month, when.value.end.month, len(when.evidence)) == (12, 9, 2)
