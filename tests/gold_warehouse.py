"""A warehouse of reference answers, as if every brochure had been read without an error."""

from __future__ import annotations

import atexit
import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.mission import Contact, Mission
from carnet.schemas.values import PartialDate
from carnet.warehouse.store.db import open_writer
from tests.builders import load_result, result

SAMPLES = sorted((Path(__file__).parent / "samples" / "gold").glob("*.gold.json"))
SHARED = Path(__file__).parent.parent.parent / "shared" / "brochures"
SHARED_NAMES = (
    "ocalia-slides", "aquavene-ingenierie", "helia-ingenierie", "atelier-confluences", "studio-meridor",
    "thevenard-roussel",
)  # fmt: skip

EDITION = dt.date(2024, 1, 1)
"""The date of every brochure here."""
Gold = dict[str, Any]  # as FORMAT.md describes it


def read_golds(paths: Sequence[Path]) -> list[Gold]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def shared_golds() -> list[Gold]:
    """Empty where ../shared/brochures is not there."""
    paths = [SHARED / f"{name}.gold.json" for name in SHARED_NAMES]
    return read_golds(paths) if all(path.exists() for path in paths) else []


def make_gold_warehouse(path: Path, golds: Sequence[Gold]) -> None:
    """The copy of one made of the same answers: to make one of the shared brochures takes seconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_made(json.dumps(golds)), path)


@cache
def _made(answers: str) -> Path:
    """Once in a process."""
    folder = Path(tempfile.mkdtemp(prefix="carnet-gold-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with open_writer(folder / "carnet.duckdb") as con:
        for gold in json.loads(answers):
            missions = [_mission(m) for m in gold["missions"]]
            found = [
                Finding(mission=m["ordinal"], code=FindingCode(code), origin=Origin.BROCHURE,
                        severity=Severity.WARNING, message=code)
                for m in gold["missions"] for code in m.get("findings", [])
            ]  # fmt: skip
            edition = result(
                f"{gold['brochure']}.pdf", missions, firm=gold["firm"], findings=found, edition_date=EDITION
            )
            load_result(con, edition, brochure=gold["brochure"])
    return folder / "carnet.duckdb"


def day(text: str | None, *, last: bool) -> dt.date | None:
    """First or last day of `2022`, `2022-01` or `2022-01-15`."""
    if text is None:
        return None
    date = _partial(text)
    return date.last_day() if last else date.first_day()


def _partial(text: str) -> PartialDate:
    return PartialDate(**dict(zip(("year", "month", "day"), map(int, text.split("-")), strict=False)))


def _mission(m: Gold) -> Mission:
    def number(name: str) -> Decimal | None:
        return Decimal(str(m[name])) if m.get(name) is not None else None

    page = m.get("page")
    return Mission(
        ordinal=m["ordinal"], page_first=page, page_last=page, domain=m["domain"], title=m["title"], client=m["client"],
        client_stated=m["client_stated"], client_type=m["client_type"], client_country=m["country"],
        period_text=m["period_raw"], start_date=day(m["start"], last=False), end_date=day(m["end"], last=True),
        start_precision=_partial(m["start"]).precision if m["start"] else None,
        end_precision=_partial(m["end"]).precision if m["end"] else None,
        stated_months=m["stated_months"], status=m["status"], amount_text=m["amount_raw"], amount=number("amount"),
        amount_max=number("amount_max"), currency=m["currency"], tax=m["tax"],
        context=tuple(m["context"]), approach=tuple(m["approach"]), results=tuple(m["results"]),
        contacts=tuple(
            Contact(name=c["name"], role=c["role"], email=c["email"], phone=c["phone"], has_left=c["left"])
            for c in m["contacts"]
        ),
        partners=tuple(m["partners"]),
    )  # fmt: skip
