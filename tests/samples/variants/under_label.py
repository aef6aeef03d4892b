"""One reference a page: bands of unusual labels with the value under each, on slides in portrait."""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import Brochure, Mission
from tests.samples.paper import Paper, Type

NAVY, CORAL, FOG, INK = "#14304f", "#e4572e", "#eef1f5", "#22262b"
SIZE = (540.0, 720.0)
LABEL = Type("VeraBd", 8, CORAL)
VALUE = Type("Vera", 9, INK, 1.3)


def draw(brochure: Brochure, path: Path) -> None:
    paper = Paper(path, SIZE, "Studio Pilchard – carnet", brochure.firm)
    paper.box(0, 0, 540, 720, fill=NAVY)
    paper.disc(400, 160, 90, CORAL)
    paper.line(50, 400, "studio", Type("Vera", 26, "#ffffff"))
    paper.line(50, 430, "pilchard", Type("VeraBd", 46, "#ffffff"))
    paper.line(50, 500, "carnet de missions", Type("Vera", 15, CORAL))
    paper.line(50, 650, "Brest · Paris", Type("Vera", 11, "#ffffff"))
    paper.next()
    _people(paper, brochure)
    for domain in brochure.domains:
        paper.box(0, 0, 540, 720, fill=CORAL)
        paper.line(50, 330, domain, Type("VeraBd", 34, "#ffffff"))
        paper.next()
        for m in brochure.of_domain(domain):
            _mission(paper, m)
    paper.box(0, 0, 540, 720, fill=NAVY)
    paper.block(50, 260, 440, "On en parle ?", Type("VeraBd", 28, "#ffffff"))
    paper.block(
        50,
        320,
        440,
        "Brest – 5 quai de l'Étoupe, 29200 Brest – 02 61 91 20 20\n"
        "Paris – 88 rue du Four-à-Chaux, 75013 Paris – 01 99 00 20 20",
        Type("Vera", 10.5, "#ffffff", 1.6),
    )
    paper.line(50, 400, brochure.websites[0], Type("VeraBd", 13, CORAL))
    paper.next()
    paper.save()


def _people(paper: Paper, brochure: Brochure) -> None:
    paper.line(50, 60, "Qui sommes-nous ?", Type("VeraBd", 22, NAVY))
    for place, person in enumerate(brochure.team):
        x, top = 50 + place % 2 * 230, 130 + place // 2 * 200
        paper.disc(x + 40, top + 40, 40, "#c9d3de")
        paper.line(x, top + 92, person["name"], Type("VeraBd", 11, NAVY))
        paper.block(x, top + 108, 200, person["role"], VALUE)
    paper.next()


def _mission(paper: Paper, m: Mission) -> None:
    m.page = paper.page
    paper.line(50, 36, (m.domain or "").upper(), Type("VeraBd", 7.5, CORAL), spacing=1)
    paper.block(50, 56, 440, m.title or "", Type("VeraBd", 20, NAVY, 1.2))
    paper.hills(50, 122, 440, 110, ("#dfe5ec", "#b7c4d3", "#8499b3"), m.number)
    client = m.client or "" if m.client_stated else ""
    _band(paper, 246, 50, (("Pour qui ?", client, 215), ("Quand ?", m.when_printed, 215)))
    _band(paper, 302, 74, (("Budget", m.fee_printed, 130), ("Votre interlocuteur", m.contact, 300)))
    top = 392.0
    for label, items in (("Défi", m.context), ("Réponse", m.approach), ("Impact", m.results)):
        paper.line(50, top, label, Type("VeraBd", 12, NAVY))
        top = paper.bullets(50, top + 20, 440, items, Type("Vera", 10, INK, 1.35), "–", CORAL, 3) + 8
    if m.partners and m.number != 3:
        paper.line(50, top + 6, "Avec " + " et ".join(m.partners), Type("VeraIt", 9.5, NAVY))
    paper.line(490, 695, f"{paper.page}", Type("Vera", 7.5, "#8a8f96", align="right"))
    paper.next()


def _band(paper: Paper, top: float, height: float, cells: tuple[tuple[str, str, float], ...]) -> None:
    x = 50.0
    for label, value, width in cells:
        paper.box(x, top, width, height, fill=FOG)
        if value:
            paper.line(x + 8, top + 7, label, LABEL)
            paper.block(x + 8, top + 20, width - 16, value, VALUE)
        x += width + 10
