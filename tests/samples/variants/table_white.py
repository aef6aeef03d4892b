"""A reference list of a Swiss firm, a table held by white space only."""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import Brochure
from tests.samples.paper import A4_LANDSCAPE, Flow, Look, Paper, Table, Type

INK, RED, GREY = "#1b1b1b", "#c8102e", "#777777"
LOOK = Look(Type("Helvetica", 8, GREY), Type("Helvetica", 9.5, INK, 1.3), pad=6)
COLUMNS = (
    ("Mandant", 170.0, "left"),
    ("Objet", 236.0, "left"),
    ("Années", 96.0, "left"),
    ("Honoraires (hors TVA)", 104.0, "left"),
    ("Personne de référence", 180.0, "left"),
)


def draw(brochure: Brochure, path: Path) -> None:
    paper = Paper(path, A4_LANDSCAPE, "Rochat Emery – références", brochure.firm)
    paper.line(56, 220, "Rochat Emery Conseils SA", Type("Helvetica-Bold", 30, INK))
    paper.line(56, 264, "Liste de références", Type("Helvetica", 18, RED))
    paper.line(56, 300, "État au 31 janvier 2023", Type("Helvetica", 11, GREY))
    paper.next()
    flow = Flow(paper, 28, 786, 66, 530, lambda: _furnish(paper))
    flow.furnish()
    for number, domain in enumerate(brochure.domains):
        if number:
            flow.top += 16
        flow.need(120)
        flow.paper.line(34, flow.top, domain, Type("Helvetica-Bold", 15, RED))
        flow.top += 26
        table = Table(flow, COLUMNS, LOOK)
        table.header()
        for m in brochure.of_domain(domain):
            m.page = table.row(
                (m.show.get("client", m.client or ""), m.title or "", m.when_printed, m.fee_printed, m.contact)
            )
    flow.new_page()
    _last(flow, brochure)
    paper.next()
    paper.save()


def _furnish(paper: Paper) -> None:
    paper.line(34, 28, "Rochat Emery Conseils SA", Type("Helvetica", 7.5, GREY))
    paper.line(806, 28, f"Références, page {paper.page}", Type("Helvetica", 7.5, GREY, align="right"))


def _last(flow: Flow, brochure: Brochure) -> None:
    paper = flow.paper
    paper.line(34, 66, "Direction", Type("Helvetica-Bold", 15, RED))
    for row, person in enumerate(brochure.team):
        paper.line(34, 96 + row * 18, person["name"], Type("Helvetica-Bold", 10, INK))
        paper.line(200, 96 + row * 18, person["role"], Type("Helvetica", 10, INK))
    paper.line(34, 190, "Adresses", Type("Helvetica-Bold", 15, RED))
    paper.block(
        34, 218, 300, "Avenue de la Harpe-Dorée 14\n1007 Lausanne\n+41 21 000 45 45", Type("Helvetica", 10, INK, 1.4)
    )
    paper.block(300, 218, 300, "Rue du Vieux-Raccard 3\n1950 Sion\n+41 27 000 45 45", Type("Helvetica", 10, INK, 1.4))
    paper.line(34, 290, f"{brochure.websites[0]} | info@rochat-emery.ch", Type("Helvetica", 10, INK))
