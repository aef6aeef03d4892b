"""A landscape reference table with ruled cells, band rows for the domains, and cost of works beside the fee."""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import Brochure
from tests.samples.paper import A4_LANDSCAPE, Flow, Look, Paper, Table, Type

BLACK, OCHRE = "#111111", "#b8741a"
CELL = Type("Helvetica", 9, BLACK, 1.2)
LOOK = Look(
    Type("Helvetica-Bold", 8, BLACK, 1.15),
    CELL,
    "#ececec",
    rules="#555555",
    uprights="#555555",
    pad=6,
    band=Type("Helvetica-Bold", 9, "#ffffff"),
    band_fill=OCHRE,
)
COLUMNS = (
    ("N°", 28.0, "center"),
    ("Opération", 196.0, "left"),
    ("MOA", 128.0, "left"),
    ("Mission", 74.0, "left"),
    ("Montant travaux (€ HT)", 72.0, "right"),
    ("Honoraires (€ HT)", 70.0, "right"),
    ("Livraison", 60.0, "center"),
    ("Équipe", 134.0, "left"),
)


def draw(brochure: Brochure, path: Path) -> None:
    paper = Paper(path, A4_LANDSCAPE, "Références Atelier Pontcarral", brochure.firm)
    paper.box(0, 0, 300, 595, fill=OCHRE)
    paper.line(340, 230, "Atelier Pontcarral", Type("Helvetica-Bold", 34, BLACK))
    paper.line(340, 272, "architectes", Type("Helvetica", 20, OCHRE))
    paper.line(340, 320, "Tableau des références 2016-2023", Type("Helvetica", 14, BLACK))
    paper.line(
        340, 520, "17 rue des Trois-Raisins, 63000 Clermont-Ferrand – 04 65 71 80 20", Type("Helvetica", 9.5, BLACK)
    )
    paper.line(
        340,
        534,
        "agence@pontcarral-architectes.example – www.pontcarral-architectes.example",
        Type("Helvetica", 9.5, BLACK),
    )
    paper.next()
    flow = Flow(paper, 40, 762, 70, 500, lambda: _furnish(paper))
    flow.furnish()
    _agency(flow, brochure)
    flow.new_page()
    table = Table(flow, COLUMNS, LOOK)
    table.header()
    for domain in brochure.domains:
        table.band(domain)
        for m in brochure.of_domain(domain):
            m.page = table.row(
                (
                    str(m.number),
                    m.title or "",
                    m.client or "",
                    m.show["mission"],
                    m.show["works"],
                    m.fee_printed,
                    m.show.get("when", m.when_printed),
                    m.show["team"],
                )
            )
    fees = sum(float(m.fee[1]) for m in brochure.missions if len(m.fee) > 1)
    table.row(("", "TOTAL", "", "", "42 064 500", f"{fees:,.2f}".replace(",", " ").replace(".", ","), "", ""))
    paper.next()
    paper.save()


def _furnish(paper: Paper) -> None:
    paper.line(40, 30, "Atelier Pontcarral architectes", Type("Helvetica-Bold", 8, OCHRE))
    paper.line(802, 30, "Références", Type("Helvetica", 8, BLACK, align="right"))
    paper.line(802, 562, f"Page {paper.page} / 4", Type("Helvetica", 8, BLACK, align="right"))


def _agency(flow: Flow, brochure: Brochure) -> None:
    flow.text("L'agence", Type("Helvetica-Bold", 18, OCHRE), 8)
    flow.text(
        "L'atelier construit depuis 1999 des écoles, des lieux de soin et des logements entre Loire et Dordogne. "
        "Neuf personnes y travaillent. Abréviations : MOA, maîtrise d'ouvrage ; Base, mission de base au sens de "
        "la loi MOP ; OPC, ordonnancement, pilotage et coordination ; NC, non communiqué.",
        Type("Helvetica", 10, BLACK, 1.4),
        12,
    )
    table = Table(flow, (("Nom", 200.0, "left"), ("Fonction", 260.0, "left"), ("Depuis", 70.0, "center")), LOOK)
    table.header()
    for person, year in zip(brochure.team, ("1999", "2014", "2008"), strict=True):
        table.row((person["name"], person["role"], year))
