"""How a field of a mission is declared: beside its attribute in `mission.py`, once for all who need to know of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Declared:
    """`name`: what French readers see it called. `about`: what it holds, in English, for the database and its documents
    (in French that is the attribute's `description`). `of`: the decision it comes from, with whose evidence it stands
    ("period", "amount", "client"); empty: one of its own. `compared`: between editions. `answer`: its key in reference
    answers; empty: none. `told_by`: a finding on one of these fields speaks of it too.

    `labelled`: what stands under a label of its own (a kind of part of the same name, whose words are in
    `pipeline/rules/*/labels.yml`) is its value, with nothing else to know: no finder, no column and no place in outputs
    need be written for it. `unit`: what may follow its number ("m²").
    """

    name: str
    about: str
    of: str = ""
    compared: bool = False
    answer: str = ""
    told_by: tuple[str, ...] = ()
    labelled: bool = False
    unit: str = ""
