"""Cards side by side, two columns of three, of a Belgian firm; the domain stands over the page."""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import Brochure, Mission
from tests.samples.paper import A4, Paper, Type

GREEN, DARK, PALE = "#2e7d4f", "#1c2b22", "#eef4ef"
TEXT = Type("Vera", 7.8, DARK, 1.3)
BOLD = Type("VeraBd", 7.8, GREEN, 1.3)


def draw(brochure: Brochure, path: Path) -> None:
    paper = Paper(path, A4, "Wathelet & Fils – cartes de références", brochure.firm)
    paper.box(0, 0, 595.28, 841.89, fill=GREEN)
    paper.line(60, 300, "Wathelet & Fils", Type("VeraBd", 36, "#ffffff"))
    paper.line(60, 350, "Bureau d'études – Namur et Tournai", Type("Vera", 15, "#dff0e5"))
    paper.line(60, 400, "Nos réalisations en onze cartes", Type("Vera", 13, "#ffffff"))
    paper.next()
    for domain in brochure.domains:
        missions = brochure.of_domain(domain)
        for start in range(0, len(missions), 6):
            _page(paper, domain, missions[start : start + 6])
    _last(paper, brochure)
    paper.save()


def _page(paper: Paper, domain: str, missions: list[Mission]) -> None:
    paper.line(40, 34, domain, Type("VeraBd", 17, GREEN))
    for place, mission in enumerate(missions):
        _card(paper, mission, 40 + place % 2 * 262, 68 + place // 2 * 244)
    paper.line(40, 815, "Bureau Wathelet & Fils SRL", Type("Vera", 7, "#777777"))
    paper.line(555, 815, f"{paper.page}/4", Type("Vera", 7, "#777777", align="right"))
    paper.next()


def _card(paper: Paper, m: Mission, x: float, top: float) -> None:
    m.page = paper.page
    paper.box(x, top, 252, 234, fill=PALE, radius=7)
    paper.box(x, top + 8, 4, 40, fill=GREEN)
    inner, width = x + 12, 228.0
    below = paper.block(inner, top + 10, width, m.title or "", Type("VeraBd", 10, DARK, 1.2))
    below = paper.block(inner, below + 2, width, m.show.get("client", m.client), Type("VeraIt", 8.5, GREEN)) + 5
    for label, texts in (("Enjeu", m.context), ("Nos prestations", m.approach), ("Résultat", m.results)):
        paper.line(inner, below, label, BOLD)
        below = paper.blocks(inner, below + BOLD.step, width, texts, TEXT, 3)
    if "with" in m.show:
        below = paper.block(inner, below + 1, width, m.show["with"], Type("VeraIt", 7.8, DARK, 1.3)) + 3
    paper.rule(inner, top + 178, inner + width, top + 178, GREEN, 0.5)
    paper.line(inner, top + 184, m.when_printed, Type("VeraBd", 7.8, DARK))
    paper.line(inner + width, top + 184, m.fee_printed, Type("VeraBd", 7.8, DARK, align="right"))
    paper.block(inner, top + 198, width, m.contact, Type("Vera", 7.5, DARK, 1.25))


def _last(paper: Paper, brochure: Brochure) -> None:
    paper.line(40, 60, "L'équipe dirigeante", Type("VeraBd", 17, GREEN))
    for row, person in enumerate(brochure.team):
        paper.line(40, 100 + row * 34, person["name"], Type("VeraBd", 11, DARK))
        paper.line(40, 114 + row * 34, person["role"], Type("Vera", 10, DARK))
    paper.line(40, 260, "Nos bureaux", Type("VeraBd", 17, GREEN))
    paper.block(
        40,
        295,
        400,
        "Rue des Brasseurs 27, 5000 Namur – 0032/81 00 41 00\nQuai Saint-Brice 9, 7500 Tournai – 0032/69 00 12 60",
        Type("Vera", 10.5, DARK, 1.6),
    )
    paper.line(40, 360, f"{brochure.websites[0]} – info@wathelet-fils.be", Type("VeraBd", 11, GREEN))
    paper.next()
