"""The sample deck as a converter leaves it: plain paragraphs in reading order, menus and all, no headings marked."""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import NESTED, Brochure, Mission

SUFFIX = ".txt"
CONTENT = Path(__file__).resolve().parent.parent / "orvane_deck.yml"
MENU = ["Le cabinet", "Nos missions", "Nos méthodes", "Nous rencontrer"]


def draw(brochure: Brochure, path: Path) -> None:
    blocks = [
        "",
        "Orvane Conseil",
        "Nos références 2017-2022",
        "Édition de février 2023",
        *MENU,
        "Qui nous sommes",
        "Orvane Conseil est né à Tours en 2009. Un bureau à Liège suit nos missions en Belgique.",
        "Une équipe qui va sur le terrain",
    ]
    for person in brochure.team:
        blocks.append(f"{person['name']}\n\n{person['role']}")
    for domain in brochure.domains:
        blocks += [*MENU[:2], *brochure.domains, *MENU[2:], f"**{domain}**"]
        for mission in brochure.of_domain(domain):
            blocks += _mission(mission)
    blocks += [
        *MENU,
        "Tours\n\n14 rue du Vieux Cordier, 37000 Tours, 02 61 91 40 12",
        "Liège (Belgique)\n\nQuai des Cordiers 8, 4000 Liège",
        brochure.websites[0],
    ]
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _mission(m: Mission) -> list[str]:
    blocks = [""]
    title = f"{m.title} {m.show['note']}" if "note" in m.show else m.title
    client = m.show.get("client", m.client)
    if m.client_stated:
        blocks += [f"{client} : {title}"] if m.show.get("one_line") else [client, title or ""]
    for label, items in (("Contexte et enjeux", m.context), ("Notre démarche", m.approach), ("Résultats", m.results)):
        blocks += [label, "\n".join(_bullet(item) for item in items)]
    return [*blocks, "Dates de la mission", m.when_printed, "Montant", m.fee_printed, "Contact", m.contact]


def _bullet(item: str) -> str:
    return f" - {item.removeprefix(NESTED)}" if item.startswith(NESTED) else f"- ▶ {item}"
