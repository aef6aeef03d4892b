"""Sample deck: slides of a consultancy, one mission a slide, with menus, a team page and statistics between."""

from __future__ import annotations

from pathlib import Path

from .content import Brochure, Mission
from .paper import SLIDE, Paper, Type

INK, PLUM, SAND, MINT, GREY = "#2b2b33", "#5b2a5e", "#f4efe6", "#3f8f84", "#8a8a92"
BODY = Type("Vera", 12.5, INK, 1.3)
SMALL = Type("Vera", 11, INK, 1.3)
HEAD = Type("VeraBd", 10, "#ffffff")
MENU = ("Le cabinet", "Nos missions", "Nos méthodes", "Nous rencontrer")


def draw(brochure: Brochure, path: Path) -> None:
    paper = Paper(path, SLIDE, "Orvane Conseil – références", brochure.firm)
    _cover(paper)
    _menu(paper, 0)
    _firm(paper)
    _team(paper, brochure)
    for domain in brochure.domains:
        _menu(paper, 1, brochure.domains, domain)
        _figures(paper, brochure.domains.index(domain))
        for mission in brochure.of_domain(domain):
            _mission(paper, mission)
    _menu(paper, 2)
    _methods(paper)
    _menu(paper, 3)
    _contact(paper, brochure)
    paper.save()


def _cover(paper: Paper) -> None:
    paper.box(0, 0, 960, 540, fill=PLUM)
    paper.hills(520, 0, 440, 540, ("#77467b", "#8f6392", "#5e8f88", "#2f6a62"), 2)
    paper.line(60, 190, "Orvane Conseil", Type("VeraBd", 38, "#ffffff"))
    paper.line(60, 250, "Nos références 2017-2022", Type("Vera", 18, "#f0dcb0"))
    paper.line(60, 290, "Mobilités, alimentation, services publics", Type("Vera", 14, "#ffffff"))
    paper.line(60, 470, "Édition de février 2023", Type("VeraIt", 11, "#e4d4e6"))
    paper.next()


def _frame(paper: Paper, title: str) -> None:
    paper.box(0, 0, 960, 62, fill=PLUM)
    paper.line(30, 20, title, Type("VeraBd", 20, "#ffffff"))
    _foot(paper)


def _foot(paper: Paper) -> None:
    paper.rule(30, 518, 930, 518, "#d8d2c8", 0.5)
    paper.line(30, 522, "Orvane Conseil – Références", Type("Vera", 7.5, GREY))
    paper.line(930, 522, str(paper.page), Type("Vera", 7.5, GREY, align="right"))
    paper.disc(915, 500, 6, MINT)
    paper.disc(925, 506, 4, PLUM)


def _menu(paper: Paper, current: int, domains: list[str] | None = None, domain: str | None = None) -> None:
    paper.box(0, 0, 280, 540, fill=PLUM)
    paper.line(40, 250, "Sommaire", Type("VeraBd", 24, "#ffffff"))
    top = 110.0
    for number, item in enumerate(MENU):
        lit = number == current
        paper.box(340, top, 460, 42, fill=MINT if lit else SAND, radius=6)
        paper.line(360, top + 14, item, Type("VeraBd" if lit else "Vera", 15, "#ffffff" if lit else INK))
        top += 54
        for sub in domains or () if lit else ():
            style = Type("VeraBd", 12.5, MINT) if sub == domain else Type("Vera", 12.5, GREY)
            paper.line(390, top, sub, style)
            top += 26
    _foot(paper)
    paper.next()


def _firm(paper: Paper) -> None:
    _frame(paper, "Qui nous sommes")
    paper.blocks(
        30,
        90,
        560,
        (
            "Orvane Conseil est né à Tours en 2009. Nous aidons les collectivités et les établissements publics à décider, "  # noqa: E501
            "puis à faire : déplacements, alimentation, accès aux services.",
            "Nous sommes douze, sociologues, ingénieurs et anciens agents publics. Un bureau à Liège suit nos missions en "  # noqa: E501
            "Belgique et au Luxembourg depuis 2016.",
            "En six ans, 94 missions ont été menées pour 70 clients, d'un montant moyen de 31 000 € HT. Un client sur "
            "trois revient vers nous pour une deuxième étude.",
        ),
        Type("Vera", 13, INK, 1.4),
        12,
    )
    paper.hills(640, 90, 280, 190, ("#dfe9e6", "#a9c9c3", "#5e8f88"), 1)
    paper.hills(640, 300, 280, 190, ("#eadfeb", "#c3a6c6", "#77467b"), 3)
    paper.next()


def _team(paper: Paper, brochure: Brochure) -> None:
    _frame(paper, "Une équipe qui va sur le terrain")
    for number, person in enumerate(brochure.team):
        x = 50 + number * 176
        paper.box(x + 38, 120, 84, 92, fill="#dcd6cc")
        paper.disc(x + 80, 152, 17, "#a59d90")
        paper.box(x + 54, 176, 52, 36, fill="#a59d90")
        paper.block(x, 224, 160, person["name"], Type("VeraBd", 11.5, PLUM, align="center"))
        paper.block(x, 242, 160, person["role"], Type("Vera", 10, INK, align="center"))
    paper.box(50, 320, 860, 120, fill=SAND)
    paper.bullets(
        70,
        338,
        820,
        (
            "Un binôme pour chaque mission, présent du lancement à la restitution",
            "Des enquêteurs formés par nos soins, jamais de sous-traitance à l'aveugle",
            "Un jour de terrain pour deux jours de bureau",
        ),
        Type("Vera", 12, INK),
        "•",
        MINT,
        8,
        16,
    )
    paper.next()


def _figures(paper: Paper, number: int) -> None:
    told = (
        (
            "Pourquoi les mobilités ?",
            ("63 %", "des actifs ruraux n'ont aucun transport collectif pour aller travailler"),
            ("1,2 M€", "coût annuel moyen d'un réseau urbain de quatre lignes"),
        ),
        (
            "Pourquoi l'alimentation ?",
            ("2 %", "de l'alimentation d'une ville moyenne vient de ses environs"),
            ("EGAlim", "50 % de produits durables dans les cantines depuis le 1er janvier 2022"),
        ),
        (
            "Pourquoi les services ?",
            ("17 min", "temps moyen pour rejoindre un guichet en zone rurale"),
            ("13 M", "de Français mal à l'aise avec les démarches en ligne"),
        ),
    )[number]
    _frame(paper, told[0])
    for row, (figure, text) in enumerate(told[1:]):
        top = 120 + row * 160
        paper.box(60, top, 240, 120, fill=MINT if row else PLUM, radius=8)
        paper.line(180, top + 42, figure, Type("VeraBd", 30, "#ffffff", align="center"))
        paper.block(340, top + 40, 520, text, Type("Vera", 16, INK, 1.35))
    paper.next()


def _mission(paper: Paper, m: Mission) -> None:
    m.page = paper.page
    paper.box(0, 0, 960, 66, fill=PLUM)
    _heading(paper, m)
    _column(paper, 30, 84, 440, 250, "Contexte et enjeux", m.context)
    _column(paper, 490, 84, 440, 250, "Notre démarche", m.approach)
    paper.box(30, 346, 900, 20, fill=MINT)
    paper.line(38, 351, "Résultats", HEAD)
    paper.box(30, 366, 900, 72, fill="#eef5f3")
    paper.bullets(40, 373, 880, m.results, SMALL, "•", MINT, 4)
    boxes = (
        (30, 230, "Dates de la mission", m.when_printed),
        (270, 200, "Montant", m.fee_printed),
        (480, 450, "Contact", m.contact),
    )
    for x, width, label, value in boxes:
        paper.box(x, 448, width, 62, fill=SAND, stroke="#d8c9a8")
        paper.line(x + 8, 454, label, Type("VeraBd", 9, PLUM))
        paper.block(x + 8, 469, width - 16, value, Type("Vera", 9.5, INK))
    _foot(paper)
    paper.next()


def _heading(paper: Paper, m: Mission) -> None:
    if not m.client_stated:
        return
    client = m.show.get("client", m.client)
    title = f"{m.title} {m.show['note']}" if "note" in m.show else m.title
    if m.show.get("one_line"):
        paper.block(30, 10, 880, f"{client} : {title}", Type("VeraBd", 16, "#ffffff", 1.25))
        return
    paper.line(30, 10, client, Type("VeraBd", 17, "#f0dcb0"))
    paper.block(30, 36, 880, title, Type("VeraBd", 14, "#ffffff"))


def _column(paper: Paper, x: float, top: float, width: float, height: float, label: str, items: list[str]) -> None:
    paper.box(x, top, width, height, stroke="#c9bfd0")
    paper.line(x + 10, top + 8, label, Type("VeraBd", 11, MINT))
    paper.bullets(x + 10, top + 28, width - 20, items, BODY, "•", PLUM, 5, 12)


def _methods(paper: Paper) -> None:
    _frame(paper, "Quatre temps, une seule équipe")
    for number, step in enumerate(("Écouter", "Mesurer", "Proposer", "Mettre en route")):
        x = 40 + number * 225
        paper.box(x, 150, 205, 60, fill=(PLUM, MINT)[number % 2])
        paper.line(x + 102, 173, step, Type("VeraBd", 14, "#ffffff", align="center"))
    paper.block(
        40,
        250,
        880,
        "Chaque étude se termine par un séminaire avec les élus et un bilan à six mois, sans frais supplémentaires.",
        Type("Vera", 13, INK, 1.4),
    )
    paper.next()


def _contact(paper: Paper, brochure: Brochure) -> None:
    _frame(paper, "Nous rencontrer")
    places = (
        ("Tours", "14 rue du Vieux Cordier, 37000 Tours", "02 61 91 40 12"),
        ("Liège (Belgique)", "Quai des Cordiers 8, 4000 Liège", "+32 4 000 12 30"),
    )
    for number, (city, street, phone) in enumerate(places):
        x = 60 + number * 420
        paper.line(x, 150, city, Type("VeraBd", 18, MINT))
        paper.line(x, 182, street, Type("Vera", 13, INK))
        paper.line(x, 204, phone, Type("Vera", 13, INK))
    paper.line(60, 300, brochure.websites[0], Type("VeraBd", 16, PLUM))
    paper.line(60, 330, "bonjour@orvane-conseil.example", Type("Vera", 14, INK))
    paper.next()
