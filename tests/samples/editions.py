"""The next edition of a sample brochure, and what a reader who compares the two would list as changed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from tests.samples.content import Brochure, Mission, answers

FIELDS = {
    "domain": "domain", "title": "title", "client": "client", "period": ("start", "end", "stated_months"),
    "status": "status", "amount": "amount", "amount_max": "amount_max", "currency": "currency", "tax": "tax",
    "contacts": "contacts", "partners": "partners", "context": "context", "approach": "approach", "results": "results",
}  # fmt: skip
"""Field of a change -> keys of the reference answers that hold it."""


@dataclass(frozen=True)
class Pair:
    """Two editions by content. `added`, `removed`: ordinals in the newer and the older one. `changed`: ordinal in the
    older, in the newer, field (that of `FIELDS`)."""

    old: Brochure
    new: Brochure
    added: frozenset[int]
    removed: frozenset[int]
    changed: frozenset[tuple[int, int, str]]
    same: frozenset[tuple[int, int]]


def next_edition(old: Brochure) -> Pair:
    """What happens to brochures in a year: the 3rd mission is dropped, the last comes first in its part, one is new; a
    title is reworded, a fee corrected, a contact replaced, a result added, another
    title reworded while its client is spelt otherwise."""
    new = copy.deepcopy(old)
    origin = {id(mission): mission.number for mission in new.missions}
    edits = _edits(new.missions)
    for edit, mission in zip(edits, _spread(new.missions, len(edits)), strict=True):
        edit(mission)
    new.missions.remove(new.missions[2])
    first = new.missions[0]
    of_first = [m for m in new.missions if m.domain == first.domain]
    new.missions.remove(of_first[-1])
    new.missions.insert(0, of_first[-1])
    new.missions.insert(2, _another(first))
    for number, mission in enumerate(new.missions, 1):
        mission.number = number
    return pair_of(old, new, origin)


def _spread(missions: list[Mission], count: int) -> list[Mission]:
    """So many of them, not the third, from the beginning to the end."""
    rest = [m for n, m in enumerate(missions) if n != 2 and m.title and m.client_stated]
    step = max(1, len(rest) // count)
    return rest[::step][:count]


def _edits(missions: list[Mission]) -> list[Any]:
    edits = [_reworded, _fee, _replaced, _more_results, _renamed_and_respelt]
    return edits[: max(1, len(missions) - 2)]


def _reworded(m: Mission) -> None:
    m.title = f"{m.title} et accompagnement du passage à l'acte"


def _fee(m: Mission) -> None:
    if m.fee and m.fee[1:2] and m.fee[1]:
        m.fee = [f"33 350 {'€' if m.currency == 'EUR' else m.currency} HT", "33350", "HT"]


def _replaced(m: Mission) -> None:
    if m.contacts:
        role = m.contacts[0]["role"]
        new = {"name": "Solène Kerdraon", "role": role, "email": "s.kerdraon@collectivite.example", "phone": None}
        m.contacts = [new | {"left": False}]
        m.contact = ", ".join(value for value in new.values() if value)


def _more_results(m: Mission) -> None:
    if m.results:
        m.results = [*m.results, "Une deuxième tranche a été commandée au même bureau en mars 2024."]


def _renamed_and_respelt(m: Mission) -> None:
    _respelt(m)
    if m.title:
        m.title = f"{m.title}, deuxième phase comprise"


def _respelt(m: Mission) -> None:
    for long, short in (("Communauté de communes", "CC"), ("Ville de", "Commune de"), ("Syndicat mixte", "SM")):
        if m.client and m.client.startswith(long) and "client" not in m.show:
            m.client = short + m.client.removeprefix(long)
            return


def _another(like: Mission) -> Mission:
    new = copy.deepcopy(like)
    return replace(
        new,
        title="Étude de préfiguration d'une maison des saisonniers",
        client="Ville de Courtépine",
        when=["Mai à décembre 2022", "2022-05", "2022-12"],
        fee=["21 700 € HT", "21700", "HT"],
        contacts=[{"name": "Maël Quiniou", "role": "directeur", "email": "m.quiniou@courtepine.example",
                   "phone": None, "left": False}],
        contact="Maël Quiniou, directeur, m.quiniou@courtepine.example",
        partners=[],
        context=["Chaque été, la commune double sa population et cherche où loger ceux qui y travaillent."],
        approach=["Enquête auprès de soixante employeurs et visite de neuf bâtiments vacants."],
        results=["Un ancien internat a été retenu et acheté."],
    )  # fmt: skip


def pair_of(old: Brochure, new: Brochure, origin: dict[int, int]) -> Pair:
    before = {m.number: m for m in old.missions}
    same = frozenset((origin[id(m)], m.number) for m in new.missions if id(m) in origin)
    changed = {(a, b, field) for a, b in same for field in _different(answers(before[a]), answers(new.missions[b - 1]))}
    kept = {a for a, _ in same}
    added = frozenset(m.number for m in new.missions if id(m) not in origin)
    return Pair(old, new, added, frozenset(before) - kept, frozenset(changed), same)


def _different(a: dict[str, Any], b: dict[str, Any]) -> Iterator[str]:
    for field, keys in FIELDS.items():
        if any(a[key] != b[key] for key in ((keys,) if isinstance(keys, str) else keys)):
            yield field
