"""Fiches of a word processor: for each mission a bordered table of two columns, label cell and value cell."""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import Brochure, Mission
from tests.samples.paper import A4, Flow, Paper, Type

INK, SHADE, LINE = "#000000", "#dce6f1", "#4f81bd"
LABEL = Type("Helvetica-Bold", 9.5, INK, 1.25)
VALUE = Type("Helvetica", 9.5, INK, 1.25)
LEFT, FIRST, SECOND, PAD = 56.0, 130.0, 353.0, 4.0


def draw(brochure: Brochure, path: Path) -> None:
    paper = Paper(path, A4, "Géopôle Conseil – dossier de références", brochure.firm)
    paper.line(297, 260, "DOSSIER DE RÉFÉRENCES", Type("Helvetica-Bold", 24, LINE, align="center"))
    paper.line(297, 310, "Géopôle Conseil", Type("Helvetica", 18, INK, align="center"))
    paper.line(297, 700, "Toulouse, mars 2023", Type("Helvetica", 11, INK, align="center"))
    paper.next()
    flow = Flow(paper, LEFT, FIRST + SECOND, 80, 770, lambda: _furnish(paper))
    flow.furnish()
    flow.text("Présentation de la société", Type("Helvetica-Bold", 14, LINE), 8)
    for label, value in (
        ("Raison sociale", "Géopôle Conseil SAS"),
        ("Siège", "31 allée des Tuiliers, 31000 Toulouse"),
        ("Téléphone", "05 36 49 30 00"),
        ("Site internet", brochure.websites[0]),
        ("Chiffre d'affaires 2022", "1 080 000 € HT"),
        ("Effectif", "11 personnes"),
    ):
        _row(flow, label, [value])
    flow.top += 14
    flow.text("Équipe", Type("Helvetica-Bold", 14, LINE), 8)
    for person in brochure.team:
        _row(flow, person["name"], [person["role"]])
    flow.new_page()
    for m in brochure.missions:
        _fiche(flow, m)
    paper.next()
    paper.save()


def _furnish(paper: Paper) -> None:
    paper.line(LEFT, 40, "Géopôle Conseil", Type("Helvetica", 8, "#7f7f7f"))
    paper.line(539, 800, f"Page {paper.page}", Type("Helvetica", 8, "#7f7f7f", align="right"))


def _fiche(flow: Flow, m: Mission) -> None:
    if flow.top > 520:
        flow.new_page()
    m.page = flow.paper.page
    rows = [
        ("Référence n° " + str(m.number), [m.title or ""]),
        ("Client", [m.client or ""]),
        ("Durée / dates", [m.when_printed]),
        ("Montant de la prestation", [m.fee_printed]),
        ("Partenaires", [", ".join(m.partners)]),
        ("Contexte et objectifs", m.context),
        ("Prestations réalisées", ["- " + text for text in m.approach]),
        ("Résultats", m.results),
        ("Personne à contacter", [m.contact]),
    ]
    for label, values in rows:
        if label != "Partenaires" or m.partners:
            _row(flow, label, values)
    flow.top += 30


def _row(flow: Flow, label: str, values: list[str]) -> None:
    """A row of the table; a long one goes over the page break as a whole."""
    text = "\n".join(values)
    height = (
        max(flow.paper.height_of(text, SECOND - 2 * PAD, VALUE), flow.paper.height_of(label, FIRST - 2 * PAD, LABEL))
        + 2 * PAD
    )
    flow.need(height)
    flow.paper.box(LEFT, flow.top, FIRST, height, SHADE, LINE)
    flow.paper.box(LEFT + FIRST, flow.top, SECOND, height, stroke=LINE)
    flow.paper.block(LEFT + PAD, flow.top + PAD, FIRST - 2 * PAD, label, LABEL)
    flow.paper.block(LEFT + FIRST + PAD, flow.top + PAD, SECOND - 2 * PAD, text, VALUE)
    flow.top += height
