"""The gazetteer of France (`shared/places.tsv.gz`): communes, EPCI, départements, régions by folded name."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from carnet.pipeline.rules.fold import fold

FILE = Path(__file__).parent / "shared" / "places.tsv.gz"
_TO_SPACE = str.maketrans({"-": " ", "'": " ", ".": " ", "œ": "oe", "æ": "ae"})
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


@dataclass(frozen=True, slots=True)
class FrenchPlace:
    """`kind`: c commune, a former commune, e EPCI, d département, r région; `code` of its département or région."""

    kind: str
    name: str
    code: str
    inhabitants: int


@dataclass(frozen=True)
class Places:
    """Lines of the gazetteer by `place_key` of their name; EPCI under their whole name ("CA de Bastia")."""

    lines: Mapping[str, str]

    def find(self, name: str, kinds: str = "caedr") -> tuple[FrenchPlace, ...]:
        """All places of this name, the largest first ("Saint Brieuc" finds Saint-Brieuc)."""
        places = [_to_place(line) for line in self.lines.get(place_key(name), "").splitlines() if line[0] in kinds]
        return tuple(sorted(places, key=lambda place: -place.inhabitants))

    def epci(self) -> list[FrenchPlace]:
        """All EPCI of France, under their official names."""
        return [_to_place(line) for lines in self.lines.values() for line in lines.splitlines() if line[0] == "e"]


def _to_place(line: str) -> FrenchPlace:
    kind, name, code, inhabitants = line.split("\t")
    return FrenchPlace(kind, name, code, int(inhabitants))


def place_key(name: str) -> str:
    """Lower case, no accents, hyphens or apostrophes: the same for all spellings of a name.

    >>> place_key("St-Étienne-d'Albagnan")
    'saint etienne d albagnan'
    """
    words = fold(name).translate(_TO_SPACE).split()
    return " ".join(_SHORT.get(word, word) for word in words)


@lru_cache(maxsize=1)
def load_places() -> Places:
    """Read the gazetteer once; takes about 80 ms, so call it only when a name has to be looked up."""
    text = gzip.decompress(FILE.read_bytes()).decode()
    body = text[text.index("\n") + 1 :]
    folded = body.translate({ord(char): fold(char) for char in set(body) - set("\t\n")}).translate(_TO_SPACE)
    lines: dict[str, str] = {}
    for line, low in zip(body.split("\n"), folded.split("\n"), strict=True):
        if line:
            key = low.split("\t")[1]
            lines[key] = f"{lines[key]}\n{line}" if key in lines else line
    return Places(lines)


@lru_cache(maxsize=1)
def _towns_by_letters() -> Mapping[str, str]:
    """Names of communes of some size by their bare letters, the largest of a name."""
    towns: dict[str, tuple[int, str]] = {}
    for key, lines in load_places().lines.items():
        for line in lines.splitlines():
            place = _to_place(line) if line[0] in "ca" else None
            if place and place.inhabitants >= _SMALLEST_TOWN:
                letters = key.replace(" ", "")
                towns[letters] = max(towns.get(letters, (0, "")), (place.inhabitants, place.name))
    return {letters: name for letters, (_, name) in towns.items()}


_SMALLEST_TOWN = 2_000  # smaller names are too often other words


def town_of_letters(letters: str) -> str | None:
    """The town that bare letters spell, as a web domain does ("bourgoinjallieu": Bourgoin-Jallieu)."""
    return _towns_by_letters().get(letters) if len(letters) >= 4 else None
