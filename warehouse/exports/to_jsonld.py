"""References as schema.org JSON-LD: what a site puts into its « Références » page for search engines."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from carnet.schemas.from_yaml import from_yaml
from carnet.warehouse.exports.to_json import html_safe
from carnet.warehouse.store.db import Connection

BATCH = 2_000
_LENGTH = {"year": 4, "month": 7}


@cache
def _words() -> Mapping[str, Any]:
    found: Mapping[str, Any] = from_yaml(Path(__file__).with_name("jsonld.yml").read_text(encoding="utf-8"))
    return found


def write_jsonld(con: Connection, path: Path) -> None:
    """An ItemList of CreativeWork: what was done (name), by whom (creator), for whom (sponsor), with whom
    (contributor), when (temporalCoverage, as precise as printed). Nobody's name, no amount. It says all it means
    without a network: the vocabulary stands in the context."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context": {_dumped(_words()["context"])},\n"@type": "ItemList",\n"name": ')
        file.write(_dumped(_words()["name"]) + ',\n"itemListElement": [')
        for number, work in enumerate(works(con), 1):
            item = {"@type": "ListItem", "position": number, "item": work}
            file.write(("," if number > 1 else "") + "\n" + _dumped(item))
        file.write("]}\n")


def _dumped(value: object) -> str:
    return html_safe(json.dumps(value, ensure_ascii=False))


def context() -> Any:  # JSON of the YAML file
    """The vocabulary, said in full: nothing is fetched."""
    return _words()["context"]


def works(con: Connection) -> Iterator[dict[str, Any]]:
    """Every staged mission (`given_missions`) as a CreativeWork."""
    found = con.execute(_MISSIONS)
    names = [column[0] for column in found.description or ()]
    while batch := found.fetchmany(BATCH):
        for row in batch:
            yield _work(dict(zip(names, row, strict=True)))


_MISSIONS = """
SELECT m.*, p.partners
FROM (SELECT *, rowid AS place FROM given_missions) AS m
LEFT JOIN (SELECT mission_id, list(name ORDER BY ordinal) AS partners FROM given_partners GROUP BY mission_id) AS p
    USING (mission_id)
ORDER BY m.place
"""


def _work(mission: Mapping[str, Any]) -> dict[str, Any]:
    texts = [*(mission["context"] or ()), *(mission["approach"] or ()), *(mission["results"] or ())]
    work = {
        "@type": "CreativeWork",
        "identifier": mission["mission_id"],
        "name": mission["title"] or mission["client"],
        "genre": mission["domain"],
        "abstract": (mission["context"] or mission["approach"] or mission["results"] or [None])[0],
        "text": "\n".join(texts) or None,
        "temporalCoverage": _interval(mission),
        "creativeWorkStatus": _words()["status"].get(mission["status"]),
        "creator": _body(mission["firm"], None, None),
        "sponsor": _body(mission["client"], mission["client_type"], mission["client_country"]),
        "contributor": [_body(name, None, None) for name in mission["partners"] or ()] or None,
    }
    return {name: value for name, value in work.items() if value is not None}


def _body(name: str | None, client_type: str | None, country: str | None) -> dict[str, Any] | None:
    if name is None:
        return None
    body: dict[str, Any] = {"@type": _words()["kinds"].get(client_type, "Organization"), "name": name}
    if country:
        body["address"] = {"@type": "PostalAddress", "addressCountry": country}
    return body


def _interval(mission: Mapping[str, Any]) -> str | None:
    """ISO 8601 at the printed precision: "2021-03/2022", "2021/.." where no end is known."""
    start = _day(mission["start_date"], mission["start_precision"])
    end = _day(mission["end_date"], mission["end_precision"])
    if not start and not end:
        return None
    return start if start and start == end else f"{start or '..'}/{end or '..'}"


def _day(date: dt.date | None, precision: str | None) -> str | None:
    return date.isoformat()[: _LENGTH.get(precision or "day", 10)] if date else None
