"""Where a commune lies, when its name is one that no other commune of France has."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from carnet.pipeline.rules.places import load_places, place_key

_FILE = Path(__file__).parents[1] / "rules" / "shared" / "coordinates.tsv.gz"
_LEADING = 6
"""Words that may stand before the name ("Commune déléguée de …")."""


def locate(name: str) -> tuple[float, float] | None:
    """Longitude and latitude in degrees (WGS 84) of the commune that a client's or a town's name ends with; None where
    it is unknown, or several have the name.

    >>> locate("Ville d'Achicourt"), locate("Ville de Saint-Denis")
    ((2.7578, 50.2743), None)
    """
    words = place_key(name).split()
    places = load_places()
    for first in range(min(_LEADING, len(words))):
        key = " ".join(words[first:])
        if any(line.startswith("c") for line in places.lines.get(key, "").splitlines()):
            return _coordinates().get(key)
    return None


@lru_cache(maxsize=1)
def _coordinates() -> Mapping[str, tuple[float, float]]:
    lines = gzip.decompress(_FILE.read_bytes()).decode().splitlines()[1:]
    return {key: (float(east), float(north)) for key, north, east in (line.split("\t") for line in lines)}
