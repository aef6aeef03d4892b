"""Read what an invented brochure says (YAML) and write its reference answers (FORMAT.md).

In the YAML a mission is short: `when: "Janvier à mai 2022 | 2022-01 | 2022-05"` (as printed, start, end, stated
months), `fee: "29 000 € HT | 29000 | HT"` (as printed, amount, tax, upper bound), `contacts: ["Jeanne Lhomme;
directrice; -; -"]` (name, role, e-mail, phone; `!` before a person who has left). What only the drawing needs stands
under `show`; further keys of the answers under `also`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

NESTED = "+ "  # a text item that starts so is printed as a bullet under the one before


@dataclass
class Mission:
    """One reference: the answers, and what is printed where that is something else."""

    title: str | None
    client: str | None
    client_type: str | None
    country: str
    domain: str | None
    client_stated: bool
    aliases: list[str]
    when: list[str]
    fee: list[str]
    currency: str
    contacts: list[dict[str, Any]]
    contact: str
    partners: list[str]
    context: list[str]
    approach: list[str]
    results: list[str]
    findings: list[str]
    ongoing: bool
    show: dict[str, Any]
    extra: dict[str, Any]
    without: list[str]  # fields for which this part of the brochure has no label or column
    number: int = 0
    page: int | None = None

    @property
    def when_printed(self) -> str:
        return self.when[0] if self.when else ""

    @property
    def fee_printed(self) -> str:
        return self.fee[0] if self.fee else ""


@dataclass
class Brochure:
    """The whole content of one brochure."""

    name: str
    firm: str
    missions: list[Mission]
    team: list[dict[str, str]]
    offices: list[dict[str, str]]
    websites: list[str]

    @property
    def domains(self) -> list[str]:
        return list(dict.fromkeys(m.domain for m in self.missions if m.domain))

    def of_domain(self, domain: str | None) -> list[Mission]:
        return [m for m in self.missions if m.domain == domain]


def load(path: Path) -> Brochure:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    missions: list[Mission] = []
    for part in data["parts"]:
        for raw in part["missions"]:
            missions.append(_mission({"without": part.get("without", []), **raw}, part.get("domain"), data))
    for number, mission in enumerate(missions, 1):
        mission.number = number
    return Brochure(
        path.stem,
        data["firm"],
        missions,
        data.get("team", []),
        data.get("offices", []),
        data.get("websites", []),
    )


def write_gold(brochure: Brochure, path: Path) -> None:
    gold = {
        "brochure": brochure.name,
        "firm": brochure.firm,
        "missions": [answers(m) for m in brochure.missions],
        "team": brochure.team,
        "offices": brochure.offices,
        "websites": brochure.websites,
    }
    path.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _mission(raw: dict[str, Any], domain: str | None, data: dict[str, Any]) -> Mission:
    raw = dict(raw)
    contacts = [_contact(text) for text in raw.pop("contacts", [])]
    client = raw.pop("client", None)
    mission = Mission(
        title=raw.pop("title", None),
        client=client,
        client_type=raw.pop("type", None),
        country=raw.pop("country", data.get("country", "FR")),
        domain=raw.pop("domain", domain),
        client_stated=raw.pop("stated", True),
        aliases=raw.pop("aliases", []) + _usual_aliases(client),
        when=[part.strip() for part in str(raw.pop("when", "")).split("|")] if raw.get("when") else [],
        fee=[part.strip() for part in str(raw.pop("fee", "")).split("|")] if raw.get("fee") else [],
        currency=raw.pop("currency", data.get("currency", "EUR")),
        contacts=contacts,
        contact=raw.pop("contact", "\n".join(_spelled(c) for c in contacts)).strip(),
        partners=raw.pop("partners", []),
        context=raw.pop("context", []),
        approach=raw.pop("approach", []),
        results=raw.pop("results", []),
        findings=raw.pop("findings", []),
        ongoing=raw.pop("ongoing", False),
        show=raw.pop("show", {}),
        extra=raw.pop("also", {}),
        without=raw.pop("without", []) + data.get("without", []),
    )
    mission.aliases += [mission.show["client"]] if "client" in mission.show else []
    raw.pop("when", None), raw.pop("fee", None)
    assert not raw, f"{mission.title}: unknown {sorted(raw)}"
    return mission


def _contact(text: str) -> dict[str, Any]:
    name, role, email, phone = (part.strip() for part in (text.lstrip("!") + ";-;-;-").split(";")[:4])
    values = {"name": name, "role": role, "email": email, "phone": phone.replace(" ", "")}
    return {k: None if v == "-" else v for k, v in values.items()} | {"left": text.startswith("!")}


def _spelled(contact: dict[str, Any]) -> str:
    return ", ".join(contact[k] for k in ("name", "role", "email", "phone") if contact[k])


def _usual_aliases(client: str | None) -> list[str]:
    """`Ville de Morcy` -> `Commune de Morcy`, `Mairie de Morcy`, `Morcy`."""
    kinds = ("Ville", "Commune", "Mairie")
    for kind in kinds:
        for link in (" de ", " d'", " du ", " des "):
            if client and client.startswith(kind + link):
                place = client[len(kind + link) :]
                return [k + link + place for k in kinds if k != kind] + ([place] if link in (" de ", " d'") else [])
    return []


def answers(m: Mission) -> dict[str, Any]:
    """What a reader finds in a mission (FORMAT.md)."""
    _, start, end, months = (m.when + [""] * 4)[:4]
    _, amount, tax, upper = (m.fee + [""] * 4)[:4]
    return {
        "ordinal": m.number,
        "page": m.page,
        "domain": m.domain,
        "title": m.title,
        "client": m.client,
        "client_stated": m.client_stated,
        "client_aliases": m.aliases,
        "client_type": m.client_type,
        "country": m.country,
        "period_raw": m.when_printed or None,
        "start": start or None,
        "end": end or None,
        "stated_months": int(months) if months else None,
        "status": "ongoing" if m.ongoing else "completed",
        "amount_raw": m.fee_printed or None,
        "amount": _number(amount),
        "amount_max": _number(upper),
        "currency": m.currency if amount else None,
        "tax": tax or None,
        "contacts": m.contacts,
        "partners": m.partners,
        "context": _plain(m.context),
        "approach": _plain(m.approach),
        "results": _plain(m.results),
        "findings": _findings(m),
        **m.extra,
    }


def _number(text: str) -> float | int | None:
    return None if not text else float(text) if "." in text else int(text)


def _plain(items: list[str]) -> list[str]:
    return [item.removeprefix(NESTED) for item in items]


def _findings(m: Mission) -> list[str]:
    """What is plainly absent or upside down, then what only the writer of the sample knows."""
    _, start, end, months = (m.when + [""] * 4)[:4]
    found = []
    if not m.client_stated:
        found.append("client_missing")
    if not start and not m.ongoing and "period" not in m.without:
        found.append("period_missing")
    if not (m.fee + ["", ""])[1] and "amount" not in m.without:
        found.append("amount_missing")
    if not m.contacts and "contact" not in m.without:
        found.append("contact_missing")
    if end and end < start[: len(end)]:
        found.append("date_order")
    if months and len(start) == len(end) == 7 and _months(start, end) not in (int(months), int(months) + 1):
        found.append("duration_mismatch")
    return found + [code for code in m.findings if code not in found]


def _months(start: str, end: str) -> int:
    """Inclusive count: 2022-01 to 2022-03 are 3."""
    (y1, m1), (y2, m2) = (map(int, part.split("-")) for part in (start, end))
    return (y2 - y1) * 12 + m2 - m1 + 1
