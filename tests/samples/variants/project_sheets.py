"""Architects' sheets: a title, a list of facts beside a picture, prose without any label."""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import Brochure, Mission
from tests.samples.paper import A4, Paper, Type

INK, STONE, BRICK = "#23201d", "#8b8378", "#a8452c"
FACT = Type("Helvetica", 8.5, INK, 1.35)
PROSE = Type("Times-Roman", 12, INK, 1.42, "justify", hyphenate=True)


def draw(brochure: Brochure, path: Path) -> None:
    paper = Paper(path, A4, "Colombel Sarrazin – projets", brochure.firm)
    paper.hills(0, 0, 595.28, 841.89, ("#efe7dc", "#d9c6b2", "#b88f73", "#8b5b43"), 3)
    paper.line(56, 90, "colombel sarrazin", Type("Helvetica", 34, INK))
    paper.line(56, 134, "architecture & paysage", Type("Helvetica", 14, INK))
    paper.next()
    paper.line(56, 120, "projets choisis", Type("Helvetica", 20, INK))
    top = 170.0
    for domain in brochure.domains:
        paper.line(56, top, domain.lower(), Type("Helvetica-Bold", 10, BRICK))
        for m in brochure.of_domain(domain):
            top += 17
            paper.line(70, top, m.title or "", Type("Helvetica", 10, INK))
        top += 28
    paper.next()
    for m in brochure.missions:
        _sheet(paper, m)
    _agency(paper, brochure)
    paper.save()


def _sheet(paper: Paper, m: Mission) -> None:
    m.page = paper.page
    paper.line(56, 40, (m.domain or "").lower(), Type("Helvetica", 9, BRICK))
    paper.block(56, 62, 480, m.title or "", Type("Helvetica", 22, INK, 1.15))
    right = m.number % 2 == 0
    picture, facts = (56.0, 400.0) if right else (216.0, 56.0)
    paper.hills(picture, 128, 324, 250, ("#e6e1d8", "#c9bda9", "#9d8f7c", "#6e6252"), m.number)
    paper.line(picture, 382, f"© Colombel Sarrazin, {m.number + 2012}", Type("Helvetica", 6.5, STONE))
    rows = (
        ("Maîtrise d'ouvrage", m.client),
        ("Programme", m.show["programme"]),
        ("Surface", m.show["surface"]),
        ("Coût des travaux", m.show["cost"]),
        ("Honoraires", m.fee_printed or m.show.get("fee", "")),
        (_label(m), m.when_printed),
        ("Équipe", m.show["team"]),
    )
    top = 128.0
    for label, value in rows:
        if value:
            top = paper.block(facts, top, 144, f"{label} : {value}", FACT) + 5
    paper.blocks(56, 430, 484, m.approach, PROSE, 8)
    paper.line(540, 805, str(paper.page), Type("Helvetica", 8, STONE, align="right"))
    paper.next()


def _agency(paper: Paper, brochure: Brochure) -> None:
    paper.line(56, 120, "l'agence", Type("Helvetica", 20, INK))
    top = 165.0
    for person in brochure.team:
        paper.line(56, top, f"{person['name']}, {person['role']}", Type("Helvetica", 10.5, INK))
        top += 19
    paper.block(
        56,
        280,
        400,
        "9 passage des Cordiers, 44000 Nantes\n02 61 91 70 70\n"
        f"agence@colombel-sarrazin.example\n{brochure.websites[0]}",
        Type("Helvetica", 10.5, INK, 1.5),
    )
    paper.next()


def _label(m: Mission) -> str:
    return "Calendrier" if "-" in m.when_printed or " à " in m.when_printed else "Livraison"
