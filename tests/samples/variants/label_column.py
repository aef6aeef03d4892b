"""A narrow column of labels at the left, texts of several paragraphs at the right, references one after another."""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import Brochure, Mission
from tests.samples.paper import A4, Flow, Paper, Type

BLUE, INK, GREY = "#1d3f72", "#202020", "#8c8c8c"
LABEL = Type("Helvetica", 8, BLUE, 1.25, "right")
TEXT = Type("Times-Roman", 10.5, INK, 1.3, "justify", hyphenate=True, soft=True)
LEFT, RIGHT, WIDTH = 60.0, 170.0, 370.0


def draw(brochure: Brochure, path: Path) -> None:
    paper = Paper(path, A4, "Ysengrin – Ce que nous avons fait", brochure.firm)
    _cover(paper, brochure)
    flow = Flow(paper, RIGHT, WIDTH, 80, 775, lambda: _furnish(paper))
    flow.furnish()
    for mission in brochure.missions:
        _reference(flow, mission)
    flow.new_page()
    _last(flow, brochure)
    paper.next()
    paper.save()


def _cover(paper: Paper, brochure: Brochure) -> None:
    paper.rule(RIGHT - 14, 60, RIGHT - 14, 780, BLUE, 1.2)
    paper.line(RIGHT, 200, "Cabinet Ysengrin", Type("Times-Bold", 32, BLUE))
    paper.line(RIGHT, 245, "Organisation, santé au travail, dialogue social", Type("Times-Italic", 14, INK))
    paper.line(RIGHT, 300, "Neuf interventions, racontées sans fard", Type("Times-Roman", 13, INK))
    paper.line(RIGHT, 470, "Qui nous sommes", Type("Helvetica-Bold", 10, BLUE))
    top = 490.0
    for person in brochure.team:
        paper.line(RIGHT, top, person["name"], Type("Times-Bold", 11, INK))
        paper.line(RIGHT + 130, top, person["role"], Type("Times-Roman", 11, INK))
        top += 18
    paper.next()


def _furnish(paper: Paper) -> None:
    paper.rule(RIGHT - 14, 60, RIGHT - 14, 780, "#c9d3e3", 0.8)
    paper.line(LEFT, 46, "YSENGRIN", Type("Helvetica-Bold", 8, BLUE), spacing=3)
    paper.line(540, 46, "Interventions", Type("Times-Italic", 9, GREY, align="right"))
    paper.line(540, 800, str(paper.page), Type("Times-Roman", 9, GREY, align="right"))


def _reference(flow: Flow, m: Mission) -> None:
    flow.need(180)
    m.page = flow.paper.page
    flow.text(m.title or "", Type("Times-Bold", 15, BLUE, 1.15), 8)
    rows = (
        ("Donneur d'ordre", [m.show.get("client", m.client)]),
        ("Quand", [m.when_printed]),
        ("Le besoin", m.context),
        ("Ce que nous avons apporté", m.approach),
        ("Bénéfices", m.results),
        ("Combien", [m.fee_printed]),
        ("Avec qui", [m.show.get("with", ", ".join(m.partners))]),
        ("Qui en parle", [m.contact]),
    )
    for label, texts in rows:
        if not "".join(texts):
            continue
        flow.need(3 * TEXT.step)
        flow.paper.block(LEFT, flow.top + 2, RIGHT - LEFT - 28, label, LABEL)
        below = flow.top + flow.paper.height_of(label, RIGHT - LEFT - 28, LABEL) + 5
        page = flow.paper.page
        for text in texts:
            flow.text(text, TEXT, 4)
        if flow.paper.page == page:
            flow.top = max(flow.top, below)
        flow.top += 3
    flow.top += 24


def _last(flow: Flow, brochure: Brochure) -> None:
    flow.text("Venir nous voir", Type("Times-Bold", 15, BLUE), 10)
    for city, where in (
        ("Lille", "42 rue de la Vieille-Filature, 59000 Lille, 03 53 01 60 00"),
        ("Arlon", "Rue des Déportés 11, 6700 Arlon, Belgique, +32 63 00 12 00"),
    ):
        flow.text(city, Type("Helvetica-Bold", 10, BLUE), 2)
        flow.text(where, TEXT, 10)
    flow.text(brochure.websites[0], Type("Helvetica-Bold", 10, INK), 2)
