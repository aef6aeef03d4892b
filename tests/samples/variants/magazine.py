"""A magazine: a ribbon of values beside icons, no label, text in columns with crossheads, pull quotes, big figures."""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import Brochure, Mission
from tests.samples.paper import A4, Paper, Type

TEAL, ROSE, INK, CREAM = "#0f6b6b", "#d9546d", "#242424", "#fbf6ee"
TEXT = Type("Times-Roman", 10.2, INK, 1.3, "justify", hyphenate=True)
CROSS = Type("Helvetica-Bold", 9, ROSE)
FACT = Type("Helvetica", 8.5, INK, 1.25)


def draw(brochure: Brochure, path: Path) -> None:
    paper = Paper(path, A4, "Salicorne, le magazine", brochure.firm)
    paper.hills(0, 0, 595.28, 841.89, ("#cfe5e2", "#8ebfb9", "#3f8c86", "#0f6b6b"), 2)
    paper.line(50, 60, "SALICORNE", Type("Helvetica-Bold", 52, "#ffffff"))
    paper.line(52, 122, "Le magazine de l'agence, n° 7, hiver 2022", Type("Times-Italic", 15, "#ffffff"))
    paper.line(52, 760, "Huit histoires vraies", Type("Times-Bold", 26, "#ffffff"))
    paper.next()
    _edito(paper, brochure)
    for mission in brochure.missions:
        _story(paper, mission)
    paper.box(0, 0, 595.28, 841.89, fill=CREAM)
    paper.line(50, 90, "Écrivez-nous", Type("Times-Bold", 28, TEAL))
    paper.block(
        50,
        150,
        240,
        "La Rochelle\n6 rue des Sauniers\n17000 La Rochelle\n05 36 49 20 20",
        Type("Helvetica", 10, INK, 1.5),
    )
    paper.block(
        310,
        150,
        240,
        "Luxembourg\n21 rue des Trois-Glands\nL-1628 Luxembourg\n+352 26 00 20 20",
        Type("Helvetica", 10, INK, 1.5),
    )
    paper.line(50, 260, brochure.websites[0], Type("Helvetica-Bold", 13, ROSE))
    paper.next()
    paper.save()


def _edito(paper: Paper, brochure: Brochure) -> None:
    paper.line(50, 70, "Ceux qui font l'agence", Type("Times-Bold", 26, TEAL))
    for place, person in enumerate(brochure.team):
        paper.disc(80, 150 + place * 90, 28, "#d8cfc0")
        paper.line(125, 136 + place * 90, person["name"], Type("Times-Bold", 14, INK))
        paper.line(125, 154 + place * 90, person["role"], Type("Times-Italic", 11, ROSE))
    paper.block(
        50,
        440,
        480,
        "Une agence de communication publique vit de ce qu'elle entend. Ces huit histoires ont "
        "d'abord été racontées par ceux qui les ont vécues ; nous n'avons fait que les mettre en page.",
        TEXT,
    )
    _folio(paper)
    paper.next()


def _story(paper: Paper, m: Mission) -> None:
    m.page = paper.page
    left_ribbon = m.number % 3 == 0
    paper.box(50, 46, 8, 8, fill=ROSE)
    paper.line(64, 45, m.domain or "", Type("Helvetica", 9, ROSE))
    top = paper.block(50, 66, 495, m.title or "", Type("Times-Bold", 27, TEAL, 1.1))
    if m.client_stated:
        paper.line(50, top + 4, m.client or "", Type("Helvetica-Bold", 10.5, INK))
    paper.hills(50, 140, 495, 150, ("#e2efec", "#b9d8d2", "#6faaa3"), m.number)
    if left_ribbon:
        paper.box(50, 310, 150, 210, fill=CREAM)
        _facts(paper, m, 60, 324, 130, down=True)
        _columns(paper, m, 220, 310, 325, 1)
        paper.line(50, 540, m.show["figure"], Type("Helvetica-Bold", 34, ROSE))
        paper.block(50, 580, 150, m.show["legend"], Type("Helvetica", 8.5, INK, 1.3))
    else:
        paper.box(50, 302, 495, 62, fill=CREAM)
        _facts(paper, m, 60, 312, 130, down=False)
        bottom = _columns(paper, m, 50, 384, 236, 2)
        _quote(paper, m, bottom + 24)
        paper.line(545, 700, m.show["figure"], Type("Helvetica-Bold", 40, ROSE, align="right"))
        paper.line(545, 748, m.show["legend"], Type("Helvetica", 9, INK, align="right"))
    _folio(paper)
    paper.next()


def _facts(paper: Paper, m: Mission, x: float, top: float, width: float, down: bool) -> None:
    place = 0.0
    values = [("date", m.when_printed), ("coin", m.fee_printed), ("person", m.contact)]
    if m.partners:
        values.append(("link", "avec " + " et ".join(m.partners)))
    for number, (icon, value) in enumerate(values):
        room = width if down else (104, 100, 150, 90)[number]
        _icon(paper, icon, x + (0 if down else place), top + (place if down else 0))
        left = x + (0 if down else place) + 16
        below = paper.block(left, top + (place if down else 0), room - 20, value, FACT)
        place = below - top + 10 if down else place + room + 8


def _icon(paper: Paper, name: str, x: float, top: float) -> None:
    if name == "date":
        paper.box(x, top + 1, 9, 9, stroke=TEAL)
        paper.box(x, top + 1, 9, 3, fill=TEAL)
    elif name == "coin":
        paper.disc(x + 4.5, top + 5, 4.8, TEAL)
        paper.line(x + 4.5, top + 1.5, "€", Type("Helvetica-Bold", 7, "#ffffff", align="center"))
    elif name == "person":
        paper.disc(x + 4.5, top + 3, 2.4, TEAL)
        paper.box(x + 0.5, top + 6, 8, 4, fill=TEAL, radius=1.5)
    else:
        paper.disc(x + 3, top + 5, 2.6, TEAL)
        paper.disc(x + 7, top + 5, 2.6, ROSE)


def _columns(paper: Paper, m: Mission, x: float, top: float, width: float, count: int) -> float:
    """Crossheads and paragraphs that run from one column into the next."""
    rows: list[tuple[str, bool, Type]] = []
    for cross, texts in (("Le point de départ", m.context), ("Le chemin", m.approach), ("À l'arrivée", m.results)):
        rows.append((cross, True, CROSS))
        for text in texts:
            rows += [(row, last, TEXT) for row, last in paper.wrap(text, width, TEXT)]
    share, lowest = -(-len(rows) // count), top
    for number, (row, last, style) in enumerate(rows):
        if number % share == 0:
            x, y = x + (width + 23 if number else 0), top
        if style is CROSS:
            paper.line(x, y + 3, row, CROSS)
        else:
            paper._row(x, y, width, row, last, style)
        y += TEXT.step + (3 if last else 0)
        lowest = max(lowest, y)
    return lowest


def _quote(paper: Paper, m: Mission, top: float) -> None:
    if m.show["quote"]:
        paper.rule(120, top, 120, top + 50, ROSE, 2)
        below = paper.block(134, top, 300, f"« {m.show['quote']} »", Type("Times-Italic", 16, TEAL, 1.25))
        paper.line(134, below + 2, m.show["who"], Type("Helvetica", 8.5, INK))


def _folio(paper: Paper) -> None:
    even = paper.page % 2 == 0
    style = Type("Helvetica", 8, "#888888", align="left" if even else "right")
    text = f"{paper.page}   Salicorne n° 7" if even else f"hiver 2022   {paper.page}"
    paper.line(50 if even else 545, 805, text, style)
