"""Make `shared/places.tsv.gz`, the compact gazetteer of France, from the unpacked npm package of Etalab.

Run by hand when a new year's edition of the package is out (`npm pack @etalab/decoupage-administratif@6.0.0`, unpack):

    python -m carnet.pipeline.rules.make_places path/to/package

Source: @etalab/decoupage-administratif 6.0.0, vintage 2026; code under the MIT licence; data of INSEE (code officiel
géographique), DGCL (EPCI) and La Poste under the Licence Ouverte 2.0. One place a line: kind, name, département or
region code, inhabitants. Kinds: c commune, a former commune (delegated or associated), e EPCI, d département, r region.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

HEADER = "# @etalab/decoupage-administratif 6.0.0 (2026), MIT; data INSEE, DGCL, La Poste, Licence Ouverte 2.0"
TARGET = Path(__file__).parent / "shared" / "places.tsv.gz"
COMMUNES = {"commune-actuelle": "c", "commune-deleguee": "a", "commune-associee": "a"}


def main(package: Path) -> None:
    """Write the gazetteer; the same package gives the same bytes."""
    rows = sorted({*_communes(package), *_epci(package), *_departements(package), *_regions(package)})
    text = "\n".join([HEADER, *("\t".join(row) for row in rows)]) + "\n"
    TARGET.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{TARGET}: {len(rows)} places, {TARGET.stat().st_size // 1024} kB")


def _communes(package: Path) -> list[tuple[str, ...]]:
    return [
        (COMMUNES[place["type"]], place["nom"], place["departement"], str(place.get("population", 0)))
        for place in _load(package, "communes")
        if place["type"] in COMMUNES and "departement" in place
    ]


def _epci(package: Path) -> list[tuple[str, ...]]:
    own: list[tuple[str, ...]] = [
        ("e", place["nom"], "", str(place["populationTotale"])) for place in _load(package, "epci")
    ]
    paris = [("e", f"EPT {place['nom']}", "", str(place["populationTotale"])) for place in _load(package, "ept")]
    return own + paris


def _departements(package: Path) -> list[tuple[str, ...]]:
    return [("d", place["nom"], place["code"], "0") for place in _load(package, "departements")]


def _regions(package: Path) -> list[tuple[str, ...]]:
    return [("r", place["nom"], place["code"], "0") for place in _load(package, "regions")]


def _load(package: Path, name: str) -> list[dict[str, Any]]:  # rows of the package, as they come
    rows: list[dict[str, Any]] = json.loads((package / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return rows


if __name__ == "__main__":
    main(Path(sys.argv[1]))
