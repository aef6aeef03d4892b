"""Two missions a page parted by a rule, with a side bar of facts at the left.

Spaced capitals, bold faked by printing twice, ligatures, soft hyphens, turned tab text, a recurring logo.
"""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import Brochure, Mission
from tests.samples.paper import A4, Paper, Type

GOLD, NIGHT, INK = "#b08d2f", "#1f2a44", "#26262b"
TEXT = Type("Vera", 9, INK, 1.4, "justify", hyphenate=True, soft=True, ligatures=True)
FACT = Type("Vera", 8, INK, 1.3, ligatures=True)
LABEL = Type("Vera", 7, GOLD, 1.3, twice=True)
HEAD = Type("Vera", 8.5, NIGHT, 1.3, twice=True)


def draw(brochure: Brochure, path: Path) -> None:
    paper = Paper(path, A4, "Officine Maréchal", brochure.firm)
    paper.box(0, 0, 595.28, 841.89, fill=NIGHT)
    paper.line(90, 330, "OFFICINE MARÉCHAL", Type("Vera", 22, "#ffffff"), spacing=6)
    paper.line(90, 375, "RÉFÉRENCES", Type("Vera", 13, GOLD), spacing=9)
    paper.line(90, 760, "Études de marché et de tourisme, Reims", Type("Vera", 10, "#ffffff"))
    paper.next()
    _people(paper, brochure)
    for domain in brochure.domains:
        missions = brochure.of_domain(domain)
        for start in range(0, len(missions), 2):
            _furnish(paper, domain)
            _mission(paper, missions[start], 96)
            if start + 1 < len(missions):
                paper.rule(60, 442, 535, 442, GOLD, 0.8)
                _mission(paper, missions[start + 1], 462)
            paper.next()
    paper.save()


def _furnish(paper: Paper, domain: str) -> None:
    paper.line(60, 40, domain.upper(), Type("Vera", 12, NIGHT, twice=True), spacing=5)
    paper.rule(60, 62, 535, 62, NIGHT, 0.5)
    paper.box(572, 180, 24, 190, fill=GOLD)
    paper.turned(588, 360, "RÉFÉRENCES", Type("Vera", 9, "#ffffff"))
    paper.disc(60, 806, 9, NIGHT)
    paper.disc(66, 806, 5, GOLD)
    paper.line(80, 801, "Officine Maréchal", Type("Vera", 7.5, NIGHT))
    paper.line(535, 801, str(paper.page), Type("Vera", 7.5, NIGHT, align="right"))


def _mission(paper: Paper, m: Mission, top: float) -> None:
    m.page = paper.page
    below = paper.block(210, top, 325, m.title or "", Type("Vera", 13, NIGHT, 1.2, twice=True, ligatures=True)) + 8
    for label, texts in (("SITUATION", m.context), ("MÉTHODE", m.approach), ("ACQUIS", m.results)):
        paper.line(210, below, label, HEAD, spacing=3)
        below = paper.blocks(210, below + 15, 325, texts, TEXT, 4) + 4
    side = top
    for label, value in (
        ("CLIENT", m.client or ""),
        ("PÉRIODE", m.when_printed),
        ("HONORAIRES", m.fee_printed),
        ("CONTACT", m.contact),
        ("COTRAITANTS", " / ".join(m.partners)),
    ):
        if value:
            paper.line(60, side, label, LABEL, spacing=1.5)
            side = paper.block(60, side + 11, 130, value, FACT) + 8
    paper.rule(200, top, 200, max(side, below), "#d9cfae", 0.6)


def _people(paper: Paper, brochure: Brochure) -> None:
    _furnish(paper, "L'équipe")
    for row, person in enumerate(brochure.team):
        paper.line(60, 110 + row * 44, person["name"], Type("Vera", 11, NIGHT, twice=True))
        paper.line(60, 126 + row * 44, person["role"], Type("Vera", 9, INK))
    paper.block(
        60,
        300,
        400,
        f"Officine Maréchal, 19 rue du Chanvre, 51100 Reims\n03 53 01 80 80\n{brochure.websites[0]}",
        Type("Vera", 9.5, INK, 1.5),
    )
    paper.next()
