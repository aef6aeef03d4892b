"""Is a client public or private? By its kind, else by its name; a doubtful one stays open."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from carnet.schemas.from_yaml import from_yaml
from carnet.schemas.spelling import without_accents

Nature = Literal["public", "private"]
_SIDES: tuple[Nature, ...] = ("private", "public")
_BETWEEN = re.compile(r"[\W_]+")


def nature(client: str | None, client_type: str | None) -> Nature | None:
    """Public or private; None where neither kind nor name tells.

    >>> nature("Ville de Brenoux", "commune"), nature("Brenoux Transports", "entreprise")
    ('public', 'private')
    >>> nature("Office public de l'habitat des Vals", "bailleur"), nature("Les Vals Habitat", "bailleur")
    ('public', None)
    """
    kinds, names = _words()
    for side in _SIDES:
        if client_type in kinds[side]:
            return side
    words = f" {folded(client or '')} "
    for side in _SIDES:
        if client_type is not None and any(f" {name} " in words for name in names[side]):
            return side
    return None


def folded(text: str) -> str:
    """For comparing and sorting: no case, accents, marks.

    >>> folded("Communauté d’agglomération")
    'communaute d agglomeration'
    """
    return _BETWEEN.sub(" ", without_accents(text.casefold())).strip()


@cache
def _words() -> tuple[dict[Nature, frozenset[str]], dict[Nature, tuple[str, ...]]]:
    data = from_yaml(Path(__file__).with_name("recipients.yml").read_text(encoding="utf-8"))
    kinds = {side: frozenset(data["kinds"][side]) for side in _SIDES}
    return kinds, {side: tuple(map(folded, data["names"][side])) for side in _SIDES}
