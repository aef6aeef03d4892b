"""Hand-made results for tests that need no reading: two invented firms, invented clients."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from carnet.schemas.draft import EditionDraft
from carnet.schemas.evidence import Evidence
from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.mission import Contact, Mission, Office, TeamMember
from carnet.schemas.result import EditionResult
from carnet.schemas.source import Edition, SourceFile
from carnet.warehouse.loading.known import Naming
from carnet.warehouse.loading.load import Loaded, load
from carnet.warehouse.store.db import Connection

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def mission(ordinal: int, title: str, client: str, **more: Any) -> Mission:
    """A mission with what is not under test filled in."""
    values: dict[str, Any] = {
        "page_first": ordinal + 2, "page_last": ordinal + 2, "domain": "Eau potable", "client_type": "commune",
        "client_country": "FR", "period_text": "Mars 2021 à juin 2022", "start_date": dt.date(2021, 3, 1),
        "end_date": dt.date(2022, 6, 30), "start_precision": "month", "end_precision": "month", "status": "completed",
        "amount_text": "29 000 € HT", "amount": Decimal("29000"), "currency": "EUR", "tax": "HT",
        "context": ("Un réseau ancien.", "Des fuites."),
    }  # fmt: skip
    return Mission(ordinal=ordinal, title=title, client=client, **values | more)


MISSIONS = (
    mission(
        1, "Schéma directeur d'eau potable", "Ville de Brenoux", partners=("Hydrelle",),
        contacts=(Contact(name="Aline Verdeau", role="DGS", email="a.verdeau@brenoux.example", phone="+33466000000"),),
    ),
    mission(2, "Diagnostic du réseau d'assainissement", "Syndicat des Trois Vals", client_type="groupement",
            amount=None, amount_text=None, currency=None, tax=None),
    mission(3, "Étude de la ressource en eau", "Communauté de communes du Haut Lys", client_type="epci",
            amount=Decimal("54500.50"), start_date=dt.date(2018, 1, 1), start_precision="year",
            end_date=None, end_precision=None, status="ongoing"),
)  # fmt: skip


def result(
    name: str = "ondine.pdf",
    missions: Sequence[Mission] = MISSIONS,
    *,
    firm: str | None = "Ondine Conseil",
    edition_date: dt.date | None = dt.date(2023, 1, 1),
    findings: Sequence[Finding] | None = None,
) -> EditionResult:
    """An edition as settling yields it; its bytes, and so its sha256, follow from its name."""
    source = SourceFile(sha256=hashlib.sha256(name.encode()).hexdigest(), name=name, media_type="application/pdf")
    edition = Edition(source=source, pages=12, firm=firm, edition_date=edition_date, date_rule="title_page")
    if findings is None:
        findings = [
            Finding(mission=2, code=FindingCode.AMOUNT_MISSING, origin=Origin.BROCHURE, severity=Severity.WARNING,
                    field="amount", message="no amount given", page=4),
            Finding(code=FindingCode.UNREAD_BLOCK, origin=Origin.READING, severity=Severity.INFO,
                    message="a box on page 1", page=1),
        ]  # fmt: skip
    return EditionResult(
        edition=edition,
        keys=tuple(_keys(missions)),
        missions=tuple(missions),
        evidence=tuple(_evidence(m) for m in missions),
        findings=tuple(findings),
        team=(TeamMember(name="Odile Brancourt", role="Directrice"),),
        offices=(Office(city="Annecy", country="FR"),),
        websites=("ondine.example",),
        read_share=0.94,
        rules_digest="rules",
    )


def _keys(missions: Sequence[Mission]) -> Iterator[str]:
    """Distinct, as those of a reading are."""
    seen: Counter[str] = Counter()
    for m in missions:
        key = f"{m.client} : {m.title}".casefold()
        seen[key] += 1
        yield key if seen[key] == 1 else f"{key}-{seen[key]}"


def _evidence(m: Mission) -> tuple[Evidence, ...]:
    def at(field: str, text: str | None, ordinal: int = 1) -> Evidence:
        return Evidence(
            field=field,
            ordinal=ordinal,
            text=text or "",
            page=m.page_first,
            x0=50,
            top=60,
            x1=250,
            bottom=74,
            rule=f"fr.{field}",
        )

    found = [at("title", m.title), at("client", m.client)]
    found += [at("amount_text", m.amount_text)] if m.amount_text else []
    return (*found, *(at("contact_name", c.name, n) for n, c in enumerate(m.contacts, 1)))


def draft(of: EditionResult) -> EditionDraft:
    return EditionDraft(
        edition=of.edition, missions=(), team=(), offices=(), websites=(), findings=(),
        read_share=of.read_share, rules_digest=of.rules_digest,
    )  # fmt: skip


def load_result(
    con: Connection, of: EditionResult, *, code: str = "v1", now: dt.datetime = NOW, **naming: Any
) -> Loaded:
    return load(con, draft(of), of, code_version=code, now=now, naming=Naming(**naming))


def all_rows(con: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the warehouse holds, for comparing two of them."""
    tables = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'store' AND table_name <> 'migration'"
    )
    return {
        name: sorted(con.execute(f"SELECT * FROM store.{name}").fetchall(), key=repr) for (name,) in tables.fetchall()
    }


def rows_whatever_the_ids(con: Connection) -> dict[str, list[str]]:
    """The same, with each mission called by its first place instead of by its id, which depends on what came first."""
    places = con.execute("SELECT edition_id, ordinal, mission_id FROM store.portrait ORDER BY ALL DESC").fetchall()
    names = {mission_id: f"{edition_id}.{ordinal}" for edition_id, ordinal, mission_id in places}

    def named(row: tuple[Any, ...]) -> str:
        return re.sub("[0-9a-f]{12}", lambda found: names.get(found[0], found[0]), repr(row))

    return {name: sorted(map(named, rows)) for name, rows in all_rows(con).items() if name != "given"}


def write_file(path: Path, content: str = "Références") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path
