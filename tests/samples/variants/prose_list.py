"""Short references as prose in two columns: « 2021 – Ville de X : étude …, 24 000 € HT, avec Y »."""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import Brochure, Mission
from tests.samples.paper import A4, Paper, Type

SEA, INK = "#1b5e83", "#1e1e1e"
TEXT = Type("Times-Roman", 10.5, INK, 1.28, hyphenate=True)
HEAD = Type("Helvetica-Bold", 13, SEA)


def draw(brochure: Brochure, path: Path) -> None:
    paper = Paper(path, A4, "Halieutis, références", brochure.firm)
    paper.line(50, 60, "Halieutis", Type("Helvetica-Bold", 32, SEA))
    paper.line(50, 104, "biologie des milieux aquatiques, conseil aux gestionnaires", Type("Times-Italic", 13, INK))
    paper.blocks(
        50,
        150,
        495,
        (
            "Depuis 2008, Halieutis étudie ce qui vit dans l'eau et ceux qui en vivent. Le bureau compte sept personnes à "  # noqa: E501
            "Lorient, un bateau de huit mètres et un laboratoire de tri.",
            "Gwendal Trévidic, gérant, et Josiane Pécot, biologiste, dirigent les études. Les montants ci-dessous sont "
            "ceux de nos honoraires.",
        ),
        TEXT,
        6,
    )
    paper.line(50, 250, "Références récentes", Type("Helvetica-Bold", 18, INK))
    x, top, bottom = 50.0, 290.0, 560.0
    for domain in brochure.domains:
        x, top, bottom = _room(paper, x, top, bottom, 60)
        paper.line(x, top, domain, HEAD)
        top += 24
        for m in brochure.of_domain(domain):
            text = _text(m)
            x, top, bottom = _room(paper, x, top, bottom, paper.height_of(text, 226, TEXT))
            m.page = paper.page
            top = paper.bullets(x, top, 236, [text], TEXT, "•", SEA, 6)
        top += 12
    paper.line(
        50,
        790,
        "Halieutis SARL, 14 quai des Indes-Noires, 56100 Lorient – 02 61 91 90 90 – www.halieutis.example",
        Type("Helvetica", 8, SEA),
    )
    paper.next()
    paper.save()


def _text(m: Mission) -> str:
    parts = [m.title or "", m.fee_printed or m.show.get("fee", ""), m.show.get("with", "")]
    return f"{m.when_printed} – {m.client} : " + ", ".join(p for p in parts if p)


def _room(paper: Paper, x: float, top: float, bottom: float, height: float) -> tuple[float, float, float]:
    """The next column or page when this one is full."""
    if top + height <= bottom:
        return x, top, bottom
    if x < 300:
        return 309.0, (290.0 if paper.page == 1 else 60.0), bottom
    paper.next()
    return 50.0, 60.0, 760.0
