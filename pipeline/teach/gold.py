"""Reference answers of a drawn brochure: what is printed of it, as FORMAT.md names it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from carnet.pipeline.teach.content import Brochure, MissionFacts, Person
from carnet.pipeline.teach.nodes import Paper, Para, paper_paras
from carnet.schemas.roles import Role

_EMPTY: Mapping[str, Any] = {
    "domain": None, "title": None, "client": None, "client_stated": True, "client_aliases": [], "client_type": None,
    "country": None, "period_raw": None, "start": None, "end": None, "stated_months": None, "status": "completed",
    "amount_raw": None, "amount": None, "amount_max": None, "currency": None, "tax": None, "contacts": [],
    "partners": [], "context": [], "approach": [], "results": [], "findings": [],
}  # fmt: skip
_SHARED = (Role.DOMAIN, Role.YEAR, Role.GROUP_CLIENT)
_TEXTS = (Role.CONTEXT, Role.APPROACH, Role.RESULTS)


def gold(name: str, brochure: Brochure, paper: Paper, pages: Mapping[int, int | None]) -> dict[str, Any]:
    """The reference file of a paper. `pages`: where each mission starts."""
    paras = list(paper_paras(paper))
    return {
        "brochure": name,
        "firm": brochure.firm,
        "missions": missions(brochure, paras, pages),
        "team": _team(brochure, paras),
        "offices": [{"city": c, "country": land} for c, _, land in brochure.offices if _printed(paras, Role.OFFICE)],
        "websites": [brochure.website] if _says(paras, brochure.website) else [],
    }


def missions(brochure: Brochure, paras: Sequence[Para], pages: Mapping[int, int | None]) -> list[dict[str, Any]]:
    """Answers of the printed missions, numbered in the order of print."""
    known = {m.ordinal: m for m in brochure.missions}
    order: list[int] = []
    shared: dict[Role, str | None] = dict.fromkeys(_SHARED)
    under: dict[int, dict[Role, str | None]] = {}
    for para in paras:
        said: dict[Role, str] = {}
        for run in para.runs:
            role, mission = run.mark.role, run.mark.mission
            if role in _SHARED and not mission:
                said[role] = said.get(role, "") + run.text
            elif mission and mission not in under:
                order.append(mission)
                under[mission] = dict(shared)
        for role, text in said.items():
            shared[role] = " ".join(text.split())
            if role is Role.DOMAIN:
                shared[Role.YEAR] = shared[Role.GROUP_CLIENT] = None
    by_mission: dict[int, list[Para]] = {}
    for para in paras:
        for mission in dict.fromkeys(r.mark.mission for r in para.runs if r.mark.mission):
            by_mission.setdefault(mission, []).append(para)
    heads = [para for para in paras if any(run.mark.role is Role.HEAD for run in para.runs)]
    out = [
        _mission(n, known[m], by_mission[m], under[m], pages.get(m), heads)
        for n, m in enumerate(order, start=1)
        if m in known
    ]
    _say_missing(out)
    return out


_MISSING: Mapping[str, Callable[[dict[str, Any]], object]] = {
    "period_missing": lambda m: m["start"] or m["end"] or m["stated_months"] or m["status"] == "ongoing",
    "amount_missing": lambda m: m["amount"] is not None,
    "contact_missing": lambda m: m["contacts"],
}
_USUAL = 1 / 3
"""Share of the missions from which on a fact is expected of all."""


def _say_missing(missions: Sequence[dict[str, Any]]) -> None:
    """A fact that the other missions print, and this one leaves out."""
    for code, has in _MISSING.items():
        told = [bool(has(m)) for m in missions]
        if sum(told) >= max(2, _USUAL * len(missions)):
            for mission, there in zip(missions, told, strict=True):
                if not there and code not in mission["findings"]:
                    mission["findings"] = sorted([*mission["findings"], code])


def _mission(
    number: int,
    facts: MissionFacts,
    paras: Sequence[Para],
    under: Mapping[Role, str | None],
    page: int | None,
    heads: Sequence[Para],
) -> dict[str, Any]:
    printed = {r.mark.role for p in paras for r in p.runs if r.mark.mission == facts.ordinal}
    out: dict[str, Any] = {"ordinal": number, "page": page, **{k: _copy(v) for k, v in _EMPTY.items()}}
    findings: list[str] = []
    for role, value in facts.values.items():
        if role in printed or role is Role.CLIENT and under[Role.GROUP_CLIENT] is not None:
            new = dict(value.gold)
            findings += new.pop("findings", [])
            if new.get("status") == "completed" and out["status"] == "ongoing":
                new.pop("status")
            out.update(new)
    if under[Role.YEAR] and not printed & {Role.PERIOD, Role.START, Role.END}:
        out.update(_of_year(under[Role.YEAR]))
    if out["client"]:
        out.update(facts.client_gold)
    out["domain"] = _domain(facts, paras) or under[Role.DOMAIN]
    if out["amount"] is not None and out["tax"] is None:
        out["tax"] = _tax_of_label(facts.ordinal, paras, heads)
    if Role.PARTNERS in printed:
        out["partners"] = list(facts.partners)
    out["contacts"] = _contacts(facts.contact, printed)
    for role in _TEXTS:
        out[role.value] = _items(paras, role, facts.ordinal)
    findings += [f for f in _person_findings(facts, printed)]
    out["findings"] = sorted(set(findings))
    return out


def _tax_of_label(mission: int, paras: Sequence[Para], heads: Sequence[Para]) -> str | None:
    """With or without tax, as the label or the column's head says: "Montant HT : 78 k€"."""
    runs = [run for para in (*paras, *heads) for run in para.runs]
    own = [r for r in runs if r.mark.role is Role.LABEL and r.mark.mission == mission or r.mark.role is Role.HEAD]
    said = {t for r in own if r.mark.of is Role.AMOUNT for w, t in _TAXES.items() if w in r.text.upper().split()}
    return said.pop() if len(said) == 1 else None


_TAXES = {"HT": "HT", "(HT)": "HT", "HTVA": "HT", "TTC": "TTC", "(TTC)": "TTC", "TVAC": "TTC"}


def _of_year(printed: str | None) -> dict[str, Any]:
    """What the year over many missions says of each."""
    year = re.search(r"(?:19|20)\d\d", printed or "")
    return {"period_raw": printed, "start": year.group(), "end": year.group()} if year else {}


def _copy(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value


def _domain(facts: MissionFacts, paras: Sequence[Para]) -> str | None:
    """A kicker of its own; the first one where it is printed again among the facts."""
    for para in paras:
        runs = (r for r in para.runs if r.mark.role is Role.DOMAIN and r.mark.mission == facts.ordinal)
        if text := " ".join("".join(r.text for r in runs).split()):
            return text
    return None


def _contacts(person: Person | None, printed: set[Role]) -> list[dict[str, Any]]:
    if person is None or not printed & {Role.CONTACT, Role.EMAIL, Role.PHONE}:
        return []
    named = Role.CONTACT in printed
    return [
        {
            "name": person.name if named else None,
            "role": person.role if named else None,
            "email": person.email if Role.EMAIL in printed else None,
            "phone": person.phone_e164 if Role.PHONE in printed else None,
            "left": person.left,
        }
    ]


def _person_findings(facts: MissionFacts, printed: set[Role]) -> list[str]:
    return list(getattr(facts.contact, "findings", ())) if printed & {Role.CONTACT, Role.EMAIL} else []


def _items(paras: Sequence[Para], role: Role, mission: int) -> list[str]:
    """Paragraphs and list items of a text, in the order of print."""
    out = []
    for para in paras:
        text = "".join(r.text for r in para.runs if r.mark.role is role and r.mark.mission == mission)
        if text.strip():
            out.append(" ".join(text.split()))
    return out


def _printed(paras: Sequence[Para], role: Role) -> bool:
    return any(r.mark.role is role for p in paras for r in p.runs)


def _says(paras: Sequence[Para], text: str) -> bool:
    return bool(text) and any(text in "".join(r.text for r in p.runs) for p in paras)


def _team(brochure: Brochure, paras: Sequence[Para]) -> list[dict[str, str]]:
    said = " ".join(r.text for p in paras for r in p.runs if r.mark.role is Role.TEAM)
    return [{"name": n, "role": r} for n, r in brochure.team if n in said]
