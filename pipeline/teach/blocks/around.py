"""What stands around the missions on their own pages: a letterhead over the first, a tailpiece behind the last.

Without a cover, a brochure says who it is where its missions begin; what a cover, an address page or the small print
say stands then a line away from a title, and is none.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from carnet.pipeline.teach.blocks.art import Runs, beside, say, stack
from carnet.pipeline.teach.blocks.words import word, words
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.facts.people import people_forms, phone_number
from carnet.pipeline.teach.nodes import Box, Look, Mark, Node, Paper, Para, Place, Rule, Run, Sheet, Space, run_nodes
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

HEADED, ENDED = 0.3, 0.25
_BARS = (" – ", " | ", " · ", "  ", " / ")


def surrounded(rng: Random, brochure: Brochure, voice: Voice, paper: Paper) -> Paper:
    """The paper, by lot with a letterhead and a tailpiece. Pages on which things have places of their own are left."""
    with_missions = [n for n, sheet in enumerate(paper.sheets) if _has_missions(sheet)]
    if not with_missions:
        return paper
    sheets = list(paper.sheets)
    first, last = with_missions[0], with_missions[-1]
    if rng.random() < HEADED and not _places(sheets[first]):
        head = letterhead(rng, brochure, voice, paper.size)
        sheets[first] = replace(sheets[first], children=(*head, *sheets[first].children))
    if rng.random() < ENDED and not _places(sheets[last]):
        tail = tailpiece(rng, brochure, voice, paper.size)
        sheets[last] = replace(sheets[last], children=(*sheets[last].children, *tail))
    return replace(paper, sheets=tuple(sheets))


def letterhead(rng: Random, brochure: Brochure, voice: Voice, size: float) -> list[Node]:
    """Firm, name of the document, address, notes, in an order and a dress by lot."""
    align = rng.choice(("left", "left", "left", "center", "right"))
    large = Look(size=size * rng.choice((1.0, 1.3, 1.6, 2.0, 2.6)), bold=rng.random() < 0.7, upper=rng.random() < 0.4,
                 color=rng.choice((voice.accent, None)))  # fmt: skip
    small = Look(size=size * rng.choice((0.85, 1.0, 1.2)), italic=rng.random() < 0.2)
    named = say(brochure.firm, Role.FRONT, look=large, align=align)
    titled = say(_titled(rng, brochure), Role.FRONT, look=rng.choice((small, large)), align=align)
    lines: list[Node | None] = [named, titled] if rng.random() < 0.7 else [titled, named]
    if rng.random() < 0.25:
        lines.pop()
    lines += [Para(runs, align=align) for runs in _addresses(rng, brochure, small)]
    if rng.random() < 0.5:
        lines.append(say(word(rng, "letterhead_notes").format(year=brochure.year), Role.FRONT, look=small, align=align))
    if brochure.slogan and rng.random() < 0.25:
        lines.insert(1, say(brochure.slogan, Role.FRONT, look=small, align=align))
    if rng.random() < 0.2:
        rng.shuffle(lines)
    return [_dressed(rng, voice, stack(lines, rng.choice((0.0, 2.0, 4.0)))), Space(rng.choice((6.0, 12.0, 20.0)))]


def _titled(rng: Random, brochure: Brochure) -> str:
    title = word(rng, "cover")
    years = f"{brochure.year - rng.randint(3, 9)}{rng.choice(('-', '–', ' – '))}{brochure.year}"
    return rng.choice((title, title, f"{title} ({years})", f"{title} {years}", f"{title}, {brochure.year}"))


def _addresses(rng: Random, brochure: Brochure, look: Look) -> list[Runs]:
    """Where the firm sits and how it is reached: on a line, or each on its own."""
    parts: list[Runs] = []
    if brochure.offices and rng.random() < 0.55:
        sign = word(rng, "office_signs") if rng.random() < 0.65 else ""
        cities = word(rng, "city_joints").join(city for city, _, _ in brochure.offices)
        whole = " – ".join(f"{address}, {city}" for city, address, _ in brochure.offices)
        label = (Run(sign, Mark(Role.LABEL, 0, Role.OFFICE), look),) if sign else ()
        parts.append((*label, Run(rng.choice((cities, cities, whole)), Mark(Role.OFFICE), look)))
    if brochure.website and rng.random() < 0.55:
        parts.append((Run(brochure.website, Mark(Role.FRONT), look),))
    if rng.random() < 0.35:
        host = brochure.website.removeprefix("www.") or "bureau.example"
        parts.append((Run(f"{word(rng, 'mailboxes')}@{host}", Mark(Role.FRONT), look),))
    if rng.random() < 0.3:
        number, _ = phone_number(rng, people_forms(rng), brochure.country)
        parts.append((Run(word(rng, "phone_signs") + number, Mark(Role.FRONT), look),))
    if len(parts) > 1 and rng.random() < 0.5:
        bar = rng.choice(_BARS)
        joined = parts[0]
        for more in parts[1:]:
            joined = (*joined, Run(bar, Mark(Role.FRONT), look), *more)
        return [joined]
    return parts


def _dressed(rng: Random, voice: Voice, block: Node) -> Node:
    match rng.choice(("plain", "plain", "plain", "ruled", "filled", "beside")):
        case "ruled":
            return stack((block, Rule(voice.accent, rng.choice((0.6, 1.5)))), 4)
        case "filled":
            return Box(block, fill=voice.tint, inset=8)
        case "beside":
            return beside(block, say(word(rng, "missions_part"), Role.FRONT, align="right"), ("2fr", "1fr"))
    return block


def tailpiece(rng: Random, brochure: Brochure, voice: Voice, size: float) -> list[Node]:
    """How to reach the firm, who it is, small print."""
    look = Look(size=size * rng.choice((0.8, 0.9, 1.0)))
    lines: list[Node | None] = []
    if rng.random() < 0.7:
        strong = Look(bold=True, size=size * rng.choice((1.0, 1.0, 1.4)), color=voice.accent)
        title = rng.choice((word(rng, "offices"), brochure.firm, word(rng, "tail_titles")))
        lines.append(say(title, Role.FRONT, look=strong))
    lines += [Para(runs) for runs in _addresses(rng, brochure, look)]
    if brochure.about and rng.random() < 0.3:
        lines.insert(rng.randint(0, len(lines)), say(rng.choice(brochure.about), Role.FRONT, look=look))
    if rng.random() < 0.4 or not lines:
        lines += [say(text, Role.FURNITURE, look=look) for text in words(rng, "legal", rng.randint(1, 2))]
    return [Space(rng.choice((10.0, 18.0, 30.0))), _dressed(rng, voice, stack(lines, rng.choice((0.0, 2.0, 4.0))))]


def _has_missions(sheet: Sheet) -> bool:
    return any(run.mark.mission for child in sheet.children for _, run in run_nodes(child))


def _places(sheet: Sheet) -> bool:
    """Things with places of their own would come to lie over others."""
    return any(isinstance(child, Place) for child in sheet.children)
