"""Binds a brochure: parts with their openers, a mission's pages one after the other, pages before and behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from carnet.pipeline.teach.blocks.art import WHITE, restyle, say, stack
from carnet.pipeline.teach.blocks.dress import Dress, Page, paper, running_part
from carnet.pipeline.teach.blocks.front import OPENERS, Opener, back, by_domain, front, opener
from carnet.pipeline.teach.blocks.heads import continued
from carnet.pipeline.teach.blocks.texts import Texts, text_length
from carnet.pipeline.teach.blocks.words import word
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.nodes import Box, Look, Node, PageBreak, Paper, Para, Place, Sheet, Space, Turned
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

Pages = Callable[[MissionFacts], Sequence[Node | None]]
Ground = Callable[[MissionFacts], Node | None]


def bind(
    rng: Random,
    brochure: Brochure,
    voice: Voice,
    dressed: Dress,
    pages: Pages,
    size: float,
    openers: Sequence[str] = OPENERS,
    ground: Ground | None = None,
    font: str | None = None,
    together: int = 1,
    bare: bool = False,
) -> Paper:
    """A paper whose every mission starts on a page of its own (`together`: that many follow one another on a page).

    `ground`: what is drawn under the pages of a mission, which then has a sheet of its own. `bare`: no running heads.
    """
    opened = opener(rng, brochure, voice, dressed.page, openers)
    pages = _bannered(rng, voice, dressed.page, pages) if together == 1 else pages
    under = _watermark(rng, dressed.page)
    places_part = dressed.head(None) is None and rng.random() < 0.1
    sheets: list[Sheet] = []
    for number, (domain, indexes) in enumerate(by_domain(brochure), 1):
        missions = [brochure.missions[at] for at in indexes]
        if ground is None:
            sheets.append(
                _part(rng, voice, dressed, opened, domain, number, missions, pages, places_part, together, bare)
            )
        else:
            sheets += _apart(dressed, opened, domain, number, missions, pages, ground, bare)
    if under:
        sheets = [s if s.background else replace(s, background=under) for s in sheets]
    return paper(
        rng,
        brochure,
        [*front(rng, brochure, voice, dressed), *sheets, *back(rng, brochure, voice, dressed)],
        size,
        font,
    )


def _bannered(rng: Random, voice: Voice, at: Page, pages: Pages) -> Pages:
    """By lot the status of a mission as a slanted banner over a corner of its page, first or last in the file."""
    if rng.random() > 0.08:
        return pages
    angle, first = rng.choice((20.0, 30.0, 40.0, -12.0)), rng.random() < 0.5

    def draw(mission: MissionFacts) -> list[Node | None]:
        status = restyle(voice.value(mission, Role.STATUS), WHITE)
        if not status:
            return list(pages(mission))
        box = Box(Para(status, align="center"), fill=voice.accent2, inset=5, width=110)
        banner = Place(Turned(box, angle), at.inner_width - 70, -min(30.0, at.margins[1] - 4))
        return [banner, *pages(mission)] if first else [*_until_break(list(pages(mission)), banner)]

    return draw


def _until_break(nodes: list[Node | None], last: Node) -> list[Node | None]:
    """The nodes with one more at the end of the first page as far as it is known."""
    at = next((i for i, n in enumerate(nodes) if isinstance(n, PageBreak)), len(nodes))
    return [*nodes[:1], last, *nodes[1:]] if at == len(nodes) else [*nodes[:at], last, *nodes[at:]]


def _watermark(rng: Random, at: Page) -> Node | None:
    """By lot a pale word across all pages."""
    if rng.random() > 0.04:
        return None
    look = Look(size=min(at.width, at.height) / 8, bold=True, color="#ededed")
    text = say(word(rng, "watermarks"), Role.FURNITURE, look=look)
    return Place(Turned(text, -35.0), at.width * 0.12, at.height * 0.25)


def _part(
    rng: Random,
    voice: Voice,
    dressed: Dress,
    opened: Opener,
    domain: str,
    number: int,
    missions: Sequence[MissionFacts],
    pages: Pages,
    places_part: bool,
    together: int,
    bare: bool,
) -> Sheet:
    nodes: list[Node | None] = list(opened(domain, number))
    for i, mission in enumerate(missions):
        if i:
            nodes.append(PageBreak() if i % together == 0 else Space(18))
        if places_part and domain and i % together == 0:
            nodes.append(running_part(dressed, voice, domain, rng))
        nodes += pages(mission)
    return dressed.sheet(nodes, domain or None, bare=bare)


def _apart(
    dressed: Dress,
    opened: Opener,
    domain: str,
    number: int,
    missions: Sequence[MissionFacts],
    pages: Pages,
    ground: Ground,
    bare: bool,
) -> list[Sheet]:
    head = opened(domain, number)
    sheets = []
    if head and isinstance(head[-1], PageBreak):
        sheets, head = [dressed.sheet(head[:-1], domain or None, bare=bare)], []
    for mission in missions:
        nodes, head = [*head, *pages(mission)], []
        sheets.append(dressed.sheet(nodes, domain or None, background=ground(mission), bare=bare))
    return sheets


def scaled(voice: Voice, size: float) -> Voice:
    """The voice for pages whose running text has that size: its looks, meant for 10, grow or shrink along."""
    factor = size / 10

    def grown(look: Look) -> Look:
        return replace(look, size=round(look.size * factor, 1)) if look.size else look

    return replace(voice, looks={use: grown(look) for use, look in voice.looks.items()})


def fitting_size(brochure: Brochure, width: float, height: float, least: float, most: float, columns: int = 1) -> float:
    """A size of type in which the longest mission's texts fit into `width` by `height`, between `least` and `most`."""
    longest = max((_letters(m, columns) for m in brochure.missions), default=400)
    size = float((width * height / max(longest, 1) / 0.78) ** 0.5)
    return round(max(least, min(most, size)), 1)


def _letters(mission: MissionFacts, columns: int) -> int:
    """Letters to find room for: of all texts, or of the longest in as many columns as there are texts."""
    lengths = [sum(len(t) + 40 for t in some) for some in (mission.context, mission.approach, mission.results)]
    return max(lengths) * columns if columns > 1 else sum(lengths)


def suite(
    rng: Random, voice: Voice, texts: Texts, mission: MissionFacts, chance: float
) -> tuple[list[Node], list[Node | None]]:
    """The texts of a mission on its first page, and what goes on overleaf; by lot all on one."""
    roles = texts.roles(mission)
    if len(roles) < 2 or rng.random() > chance:
        return texts.parts(mission, roles), []
    at = rng.randint(1, len(roles) - 1)
    rest = stack(texts.parts(mission, roles[at:]), texts.gap)
    overleaf = [PageBreak(), continued(rng, voice, mission) if rng.random() < 0.7 else None, Space(6), rest]
    return texts.parts(mission, roles[:at]), overleaf


def page_size(rng: Random, at: Page) -> float:
    """A size of running type by lot that becomes the page."""
    unit = {True: 0.85, False: 1.0}[at.height < 460] * (1.15 if at.width > 900 else 1.0)
    return round(rng.uniform(8.3, 11.0) * unit, 1)


def together(rng: Random, brochure: Brochure, most: int = 3) -> int:
    """How many missions follow one another on a page: mostly one, more where they have little to tell."""
    letters = sum(text_length(m) for m in brochure.missions) / max(len(brochure.missions), 1)
    return rng.randint(1, most) if letters < 500 else rng.choice((1,) * 6 + (2,))
