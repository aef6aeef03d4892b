"""Tables of a Luxembourg firm where the client is a band row above its missions, one table for each domain."""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import Brochure
from tests.samples.paper import A4, Flow, Look, Paper, Table, Type

WINE, INK, SHADE = "#7a1f3d", "#202020", "#f3e9ed"
LOOK = Look(
    Type("VeraBd", 8, "#ffffff"),
    Type("Vera", 8.5, INK, 1.25),
    WINE,
    pad=5,
    band=Type("VeraBd", 8.8, WINE),
    band_fill=SHADE,
)
COLUMNS = (
    ("Objet de la mission", 230.0, "left"),
    ("Période", 90.0, "left"),
    ("Honoraires EUR HTVA", 90.0, "right"),
    ("État", 90.0, "left"),
)


def draw(brochure: Brochure, path: Path) -> None:
    paper = Paper(path, A4, "Lux & Semois – références", brochure.firm)
    paper.box(0, 260, 595.28, 150, fill=WINE)
    paper.line(50, 295, "Lux & Semois Consult", Type("VeraBd", 28, "#ffffff"))
    paper.line(50, 345, "Références choisies par client", Type("Vera", 14, SHADE))
    paper.next()
    flow = Flow(paper, 48, 500, 70, 770, lambda: _furnish(paper))
    flow.furnish()
    for domain in brochure.domains:
        flow.need(160)
        flow.text(domain, Type("VeraBd", 15, WINE), 6)
        table, client = Table(flow, COLUMNS, LOOK), None
        table.header()
        for m in brochure.of_domain(domain):
            if m.client != client:
                table.band(m.client or "")
                client = m.client
            m.page = table.row((m.title or "", m.when_printed, m.fee_printed, m.show["status"]))
        flow.top += 22
    flow.new_page()
    flow.text("Direction", Type("VeraBd", 15, WINE), 6)
    for person in brochure.team:
        flow.text(f"{person['name']} – {person['role']}", Type("Vera", 10, INK), 4)
    flow.text("\nBureaux", Type("VeraBd", 15, WINE), 6)
    flow.text(
        "12 rue du Moulin-Haut, L-2310 Luxembourg, (+352) 26 00 30 30\n"
        "Rue de Neufchâteau 5, 6600 Bastogne, Belgique, +32 61 00 30 30",
        Type("Vera", 10, INK, 1.5),
        10,
    )
    flow.text(brochure.websites[0], Type("VeraBd", 10, WINE))
    paper.next()
    paper.save()


def _furnish(paper: Paper) -> None:
    paper.line(48, 36, "Lux & Semois Consult SA", Type("Vera", 7.5, "#888888"))
    paper.line(548, 36, f"{paper.page}", Type("Vera", 7.5, "#888888", align="right"))
