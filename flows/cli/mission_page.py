"""A mission on a terminal: fields with their evidence, people, texts, findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from carnet.flows.cli.common import amount_shown, period_shown, safe, styled, table
from carnet.flows.cli.words import heading, in_words, language
from carnet.schemas.closed_lists import FindingCode
from carnet.schemas.fields import LABELLED, MissionField
from carnet.warehouse.exports.finding_words import in_french
from carnet.warehouse.matching.themes import load_themes

if TYPE_CHECKING:
    from rich.console import RenderableType

TEXTS = ("context", "approach", "results")
PEOPLE = ("name", "role", "email", "phone")


def mission_page(found: dict[str, Any]) -> Iterator[RenderableType]:
    """From heading to findings, as `find_mission` gives it."""
    mission = found["mission"]
    yield styled(mission["title"] or in_words("(no title)"), "bold")
    yield styled(_subtitle(mission), "dim")
    evidence = {(e["field"], e["ordinal"]): e for e in reversed(found["evidence"])}
    yield table(("field", "value", "printed", "page", "rule"), _fields(mission, evidence), page={"justify": "right"})
    if found["contacts"]:
        yield styled("")
        yield table(("contact", *PEOPLE[1:], "page"), [_contact(c, evidence) for c in found["contacts"]])
    if found["theme"]:
        names = load_themes().names[found["theme"]["theme_code"]]
        yield styled("\n" + in_words("Theme: ") + names[language()])
    if found["partners"]:
        yield styled("\n" + in_words("Partners: ") + ", ".join(p["name"] for p in found["partners"]))
    for name in TEXTS:
        if mission[name]:
            yield styled("\n" + in_words(name.capitalize()), "bold")
            yield from (styled(f"  • {safe(item)}") for item in mission[name])
    if found["findings"]:
        yield styled("\n" + in_words("Findings"), "bold")
        yield from (styled(f"  {_told(f)}", "yellow") for f in found["findings"])


def _told(finding: dict[str, Any]) -> str:
    """In French the words of its code stand first."""
    kind = FindingCode(finding["code"]).french + ": " if language() == "fr" else ""
    exactly = (in_french(finding["message"]) if kind else None) or finding["message"]
    return f"{in_words(finding['severity'])}: {kind}{exactly} ({finding['code']})"


def _subtitle(mission: dict[str, Any]) -> str:
    pages = mission["page_first"]
    parts = [mission["mission_id"], mission["firm"], mission["file_name"], in_words(f"page {pages}") if pages else None]
    return " · ".join(part for part in parts if part)


def _fields(mission: dict[str, Any], evidence: dict[tuple[str, int], dict[str, Any]]) -> Iterator[tuple[object, ...]]:
    """One row for each thing said; a field without value is left out."""
    client = " ".join(filter(None, (mission["client"], None if mission["client_stated"] else in_words("(inferred)"))))
    kind = ", ".join(filter(None, (mission["client_type"], mission["client_country"])))
    months = in_words(f"{mission['stated_months']} months stated") if mission["stated_months"] else ""
    period = ", ".join(filter(None, (period_shown(mission), months, in_words(mission["status"] or ""))))
    for name, value, fields in (
        ("client", client, ("client",)),
        ("client type", kind, ("client_type", "client_country")),
        ("domain", mission["domain"], ("domain",)),
        ("title", mission["title"], ("title",)),
        ("period", period, ("period_text", "start_date", "end_date", "status")),
        ("amount", amount_shown(mission) or mission["amount_text"], ("amount_text", "amount")),
        *((declared_name(field), _with_unit(mission[field.column], field), (field.column,)) for field in LABELLED),
    ):
        if value:
            found = next((evidence[f, 1] for f in fields if (f, 1) in evidence), {})
            yield heading(name), value, found.get("text"), found.get("page"), styled(found.get("rule"), "dim")


def declared_name(field: MissionField) -> str:
    return field.told.name if language() == "fr" else field.column


def _with_unit(value: object, field: MissionField) -> str | None:
    return None if value is None else f"{value} {field.told.unit}".strip()


def _contact(contact: dict[str, Any], evidence: dict[tuple[str, int], dict[str, Any]]) -> tuple[object, ...]:
    places = (evidence.get((f"contact_{name}", contact["ordinal"])) for name in PEOPLE)
    page = next((place["page"] for place in places if place), None)
    name = (contact["name"] or "") + (f" {in_words('(has left)')}" if contact["has_left"] else "")
    return (name.strip(), *(contact[field] for field in PEOPLE[1:]), page)
