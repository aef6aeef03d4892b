"""Who is meant by a name: all of a compound one, nobody else."""

from __future__ import annotations

import pytest

from carnet.flows.services.forget import lexicon
from carnet.warehouse.privacy.forgotten import scrub_text
from carnet.warehouse.privacy.person import Person, close_to, person_of


def meant(who: str, *others: str) -> Person:
    people = [{"name": name, "email": None, "phone": None} for name in (who, *others)]
    return person_of(who, people, lexicon(), lambda known: set())


COMPOUND = {
    "Stéphane Cros-Mayrevieille": [
        "M. Cros", "Mme Mayrevieille", "S. Cros-Mayrevieille", "Stéphane Cros", "Cros Mayrevieille", "Mayrevieille",
        "scros@ville.example", "s.mayrevieille@ville.example", "CROS-MAYREVIEILLE S",
    ],
    "Marie-Claire de La Tour": ["Mme de La Tour", "Mme La Tour", "M.-C. de La Tour", "Claire de La Tour"],
    "Anne Le Goff Perrin": ["Mme Le Goff", "Mme Perrin", "A. Le Goff", "Anne Perrin", "Le Goff-Perrin"],
    "Lucile FAIVRE-RAMPANT": ["Mme Faivre", "Lucile Rampant", "FAIVRE RAMPANT Lucile", "l.faivre@ville.example"],
    "Jean-Pierre Dupont-Martin": ["J.P. Dupont", "J.-P. Dupont-Martin", "Jean-Pierre Martin", "jpdupont@ville.example"],
    "Inès Garcia y Vega": ["Mme Garcia", "Mme Vega", "I. Garcia y Vega"],
}  # fmt: skip


@pytest.mark.parametrize(("who", "spelt"), [(who, spelt) for who, many in COMPOUND.items() for spelt in many])
def test_no_part_of_a_compound_name_is_left(who: str, spelt: str) -> None:
    left, _ = scrub_text(f"Suivi par {spelt}, DGS", meant(who).known())
    assert left == "Suivi par […], DGS"


@pytest.mark.parametrize(("text", "left"), [
    ("Vu par Mme Cros-Mayrevieille.\n- S. Cros-Mayrevieille a signé.", "Vu par […].\n- […] a signé."),
    ("Vu par Mme Cros. Stéphane a signé.", "Vu par […]. Stéphane a signé."),
    ("- vu par Cros\n- Stéphane", "- vu par Cros\n- Stéphane"),
    ("Vu par Stéphane\nCros-\nMayrevieille", "Vu par […]"),
    ("Vu par CROS, Stéphane, DGS", "Vu par […], DGS"),
    ("Vu par S. Cros", "Vu par […]"),
])  # fmt: skip
def test_no_name_goes_over_the_end_of_a_sentence_or_an_item(text: str, left: str) -> None:
    """ "Cros-Mayrevieille.\n- S." would be a surname and an initial: two items would become one."""
    assert scrub_text(text, meant("Stéphane Cros-Mayrevieille").known())[0] == left


@pytest.mark.parametrize(("other", "spelt"), [
    ("Stéphane Cros", "Stéphane Cros"), ("Stéphane Cros", "M. Cros"), ("Sophie Cros", "S. Cros"),
    ("Sophie Cros", "Mme Cros"), ("Marie Mayrevieille", "Mayrevieille"),
])  # fmt: skip
def test_who_bears_a_part_of_it_is_somebody_else(other: str, spelt: str) -> None:
    known = meant("Stéphane Cros-Mayrevieille", other).known()
    assert scrub_text(f"Suivi par {spelt}, DGS", known) == (f"Suivi par {spelt}, DGS", 0)
    assert not known.know_person({"name": other, "email": None, "phone": None})


@pytest.mark.parametrize(("who", "close"), [
    ("Aline Verdau", ["Aline Verdeau"]), ("verdeau alinne", ["Aline Verdeau"]), ("Paul Verdeau", ["Aline Verdeau"]),
    ("Rose Tavel", []), ("Zoé Praz", []), ("a.verdau@brenoux.example", ["a.verdeau@brenoux.example"]),
])  # fmt: skip
def test_who_is_called_nearly_so(who: str, close: list[str]) -> None:
    people = [
        {"name": "Aline Verdeau", "email": "a.verdeau@brenoux.example"}, {"name": "Rose Tavel", "email": None},
    ]  # fmt: skip
    assert close_to(who, people) == close
