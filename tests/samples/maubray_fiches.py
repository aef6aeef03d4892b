"""Sample book: A4 fiches of an engineering firm, label and value rows that flow over page breaks, chapter headings."""

from __future__ import annotations

from pathlib import Path

from .content import Brochure, Mission
from .paper import A4, Flow, Paper, Type

RED, SLATE, INK, GREY = "#9c2f24", "#2f4858", "#1f1f1f", "#7b7b7b"
LEFT, WIDTH = 62.0, 470.0
TEXT = Type("Times-Roman", 10.5, INK, 1.28, "justify", hyphenate=True)
LABEL = Type("Helvetica-Bold", 8.5, SLATE, 1.4)
VALUE = Type("Helvetica", 9, INK, 1.32)
PART = Type("Helvetica-Bold", 9.5, RED, 1.5)


def draw(brochure: Brochure, path: Path) -> None:
    pages = _draw(brochure, path, {})
    _draw(brochure, path, pages)  # again, now that the summary knows its pages


def _draw(brochure: Brochure, path: Path, pages: dict[int, int]) -> dict[int, int]:
    paper = Paper(path, A4, "Maubray Ingénierie – fiches", brochure.firm)
    _cover(paper)
    flow = Flow(paper, LEFT, WIDTH, 88, 770, lambda: _furnish(paper))
    flow.furnish()
    _summary(flow, brochure, pages)
    flow.new_page()
    _firm(flow, brochure)
    for number, domain in enumerate(brochure.domains, 1):
        flow.new_page()
        flow.text(f"CHAPITRE {number}", Type("Helvetica", 8.5, GREY), 2)
        flow.text(domain, Type("Helvetica-Bold", 20, RED), 14)
        for mission in brochure.of_domain(domain):
            _fiche(flow, mission)
    flow.new_page()
    _contact(flow, brochure)
    paper.next()
    paper.save()
    return {m.number: m.page or 0 for m in brochure.missions}


def _furnish(paper: Paper) -> None:
    paper.line(LEFT, 44, "Maubray Ingénierie", Type("Helvetica-Bold", 8, SLATE))
    paper.line(LEFT + WIDTH, 44, "Fiches de références 2018 – 2022", Type("Helvetica", 8, GREY, align="right"))
    paper.rule(LEFT, 58, LEFT + WIDTH, 58, RED, 0.8)
    paper.line(LEFT + WIDTH / 2, 800, f"– {paper.page} –", Type("Helvetica", 8, GREY, align="center"))


def _cover(paper: Paper) -> None:
    paper.hills(0, 0, 595.28, 360, ("#e9ddd3", "#c9a99a", "#a4685c", "#6d3a33"), 4)
    paper.line(LEFT, 420, "Maubray Ingénierie", Type("Times-Bold", 36, RED))
    paper.line(LEFT, 470, "Fiches de références", Type("Times-Roman", 22, SLATE))
    paper.line(LEFT, 505, "Déchets, eau, patrimoine bâti", Type("Times-Italic", 14, INK))
    paper.line(LEFT, 740, "Besançon – Lausanne", Type("Helvetica", 10, GREY))
    paper.line(LEFT, 756, "Mise à jour : janvier 2023", Type("Helvetica", 10, GREY))
    paper.next()


def _summary(flow: Flow, brochure: Brochure, pages: dict[int, int]) -> None:
    flow.text("Sommaire", Type("Helvetica-Bold", 20, RED), 12)
    style = Type("Times-Roman", 10, INK, 1.3)
    for domain in brochure.domains:
        flow.text(domain, Type("Helvetica-Bold", 10.5, SLATE), 2)
        for m in brochure.of_domain(domain):
            end = flow.paper.line(LEFT + 12, flow.top, f"{m.number}. {m.title} ", style)
            page = str(pages.get(m.number, 0))
            dots = "." * int((LEFT + WIDTH - 22 - end) / 2.5)
            flow.paper.line(end, flow.top, dots, style)
            flow.paper.line(LEFT + WIDTH, flow.top, page, Type("Times-Roman", 10, INK, align="right"))
            flow.top += 15
        flow.top += 8


def _firm(flow: Flow, brochure: Brochure) -> None:
    flow.text("Le bureau", Type("Helvetica-Bold", 20, RED), 10)
    for text in (
        "Maubray Ingénierie est un bureau d'études fondé en 2003 à Besançon. Quatorze ingénieurs et techniciens y "
        "travaillent pour les collectivités, les bailleurs et l'industrie, de part et d'autre de la frontière.",
        "Nous mesurons avant de calculer et nous calculons avant de dessiner. Chaque rapport est relu par un ingénieur "
        "qui n'a pas suivi l'affaire. Notre chiffre d'affaires 2022 s'élève à 1 240 000 € HT.",
    ):
        flow.text(text, TEXT, 6)
    flow.top += 10
    flow.text("L'équipe", Type("Helvetica-Bold", 20, RED), 10)
    for person in brochure.team:
        flow.text(person["name"], Type("Helvetica-Bold", 10, SLATE), 0)
        flow.text(person["role"], Type("Times-Italic", 10.5, INK), 8)


def _fiche(flow: Flow, m: Mission) -> None:
    flow.need(150)
    m.page = flow.paper.page
    flow.text(f"Fiche {m.number:02d}", Type("Helvetica", 8, GREY), 1)
    flow.text(m.title or "", Type("Helvetica-Bold", 12.5, SLATE), 5)
    rows = (
        ("Maître d'ouvrage", m.show.get("client", m.client or "") if m.client_stated else ""),
        ("Période", m.when_printed),
        ("Montant de nos prestations", m.fee_printed),
        ("Interlocuteur", m.contact),
        ("Cotraitants", ", ".join(m.partners)),
    )
    for label, value in rows:
        if value:
            flow.pair(label, value, 140, LABEL, VALUE)
    flow.top += 5
    for label, texts in (("Contexte", m.context), ("Mission confiée", m.approach), ("Suites données", m.results)):
        flow.need(PART.step + 2 * TEXT.step)
        flow.text(label, PART, 1)
        for text in texts:
            flow.text(text, TEXT, 3)
        flow.top += 3
    flow.top += 18


def _contact(flow: Flow, brochure: Brochure) -> None:
    flow.text("Où nous trouver", Type("Helvetica-Bold", 20, RED), 14)
    for title, rest in (
        ("Besançon (siège)", "3 quai de l'Horloge, 25000 Besançon\n03 53 01 10 00"),
        ("Lausanne", "Chemin des Lisières 12, 1004 Lausanne (Suisse)\n+41 21 000 11 30"),
    ):
        flow.text(title, Type("Helvetica-Bold", 12, SLATE), 2)
        flow.text(rest, Type("Times-Roman", 11, INK), 12)
    flow.text(brochure.websites[0], Type("Helvetica-Bold", 11, RED), 2)
    flow.text("bureau@maubray-ingenierie.example", Type("Times-Roman", 11, INK), 2)
