"""A brochure that names a hundred people in odd forms, drawn from the table of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

TABLE = Path(__file__).parents[2] / "cases" / "fr" / "people_in_odd_forms.yml"
_LISTS: dict[str, Sequence[dict[str, Any]]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
PEOPLE, MISSED, STAYS = _LISTS["people"], _LISTS["missed"], _LISTS["stays"]
USUAL = {
    "client": "Ville de Brenoux", "title": "Schéma directeur d'eau potable", "period": "Mars 2021 à juin 2022",
    "amount": "29 000 euros HT", "partners": "Hydrelle", "contact": "Aline Verdeau, directrice", "domain": "Eau",
}  # fmt: skip


def never() -> list[str]:
    """What no public file may hold."""
    return sorted({word for person in PEOPLE for word in person["never"]} | {"Verdeau"})


def brochure() -> str:
    """Text of the edition: one mission for each odd field, one for every four odd sentences."""
    team = "".join(f"- {one['text']}\n" for one in PEOPLE if one["in"] == "team")
    return f"# Ondine Conseil\n\nÉdition juin 2023\n\n## Notre équipe\n\n{team}\n" + "".join(_missions())


def _missions() -> Iterator[str]:
    number = 0
    for one in sorted(PEOPLE, key=lambda one: str(one["in"]) == "domain"):
        if one["in"] not in ("text", "team"):
            number += 1
            yield _mission(number, {one["in"]: one["text"]}, ["Un réseau ancien."])
    yield "## Habitat\n\n"
    texts = [one["text"] for one in PEOPLE if one["in"] == "text"]
    for some in (texts[at : at + 4] for at in range(0, len(texts), 4)):
        number += 1
        yield _mission(number, {}, some)


def _mission(number: int, odd: dict[str, str], texts: Sequence[str]) -> str:
    m = USUAL | {"title": f"{USUAL['title']} n° {number}"} | odd
    lines = "".join(f"- {text}\n" for text in texts)
    return (
        (f"## {m['domain']}\n\n" if number == 1 or "domain" in odd else "") + f"### {m['client']} : {m['title']}\n\n"
        f"**Période** : {m['period']}\n**Montant** : {m['amount']}\n"
        f"**Partenaires** : {m['partners']}\n**Contact** : {m['contact']}\n\n**Contexte**\n{lines}\n"
        "**Résultats**\n- Programme de travaux voté en 2022.\n\n"
    )
