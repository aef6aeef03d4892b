"""Pages around the missions: cover, contents, about us, team, addresses, prices and such; openers of parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from carnet.pipeline.teach.blocks.art import WHITE, Runs, dot, line, photo, photo_row, restyle, say, stack
from carnet.pipeline.teach.blocks.dress import Dress, Page
from carnet.pipeline.teach.blocks.words import couples, word, words
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.nodes import (
    Box,
    Cell,
    Chain,
    Grid,
    Look,
    Mark,
    Node,
    PageBreak,
    Para,
    Place,
    Rule,
    Run,
    Sheet,
    Space,
)
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

FRONT = Role.FRONT


def cover(rng: Random, brochure: Brochure, voice: Voice, dressed: Dress) -> Sheet:
    """A cover by lot: plain, coloured, with a picture, with a band, large letters."""
    at = dressed.page
    title = word(rng, "cover")
    form = rng.choice(("plain", "filled", "photo", "band", "large", "corner"))
    ink = WHITE if form == "filled" else Look(color=voice.accent)
    lines = _cover_lines(
        rng, brochure, title, ink, rng.choice((22.0, 28.0, 34.0)) if form != "large" else min(64.0, at.inner_width / 9)
    )
    body: list[Node] = []
    match form:
        case "photo":
            height = at.height * rng.uniform(0.4, 0.6)
            body = [
                Place(photo(rng, at.width, height), x=-at.margins[0], y=-at.margins[1]),
                Space(height),
                stack(lines, 8),
            ]
        case "band":
            band = Box(stack(restyled(lines, WHITE), 8), fill=voice.accent, inset=18)
            body = [Space(at.inner_height * rng.uniform(0.2, 0.5)), band]
        case "corner":
            body = [Space(at.inner_height * 0.6), Grid(("1fr", "2fr"), ((Cell(None), Cell(stack(lines, 6))),))]
        case _:
            body = [Space(at.inner_height * rng.uniform(0.1, 0.45)), stack(lines, rng.choice((6.0, 12.0, 20.0)))]
    sheet = dressed.sheet(body, bare=True)
    return Sheet(sheet.children, at.width, at.height, at.margins, fill=voice.accent if form == "filled" else None)


def restyled(paras: Sequence[Para], look: Look) -> list[Para]:
    """Paragraphs in another look."""
    return [Para(restyle(p.runs, look), align=p.align) for p in paras]


def _cover_lines(rng: Random, brochure: Brochure, title: str, ink: Look, size: float) -> list[Para]:
    big = Look(size=size, bold=rng.random() < 0.6, color=ink.color, upper=rng.random() < 0.25)
    small = Look(size=max(9.0, size * 0.4), color=ink.color)
    order = [say(title, FRONT, look=big), say(brochure.firm, FRONT, look=small)]
    if rng.random() < 0.5:
        order.reverse()
    if brochure.slogan and rng.random() < 0.6:
        order.append(say(brochure.slogan, FRONT, look=small))
    if rng.random() < 0.5:
        order.append(
            say(
                rng.choice(
                    (
                        str(brochure.year),
                        f"Édition {brochure.year}",
                        f"{brochure.year - 5} – {brochure.year}",
                        word(rng, "cover_notes"),
                    )
                ),
                FRONT,
                look=small,
            )
        )
    return order


def page_title(voice: Voice, text: str, role: Role = FRONT) -> Para:
    """The title of a page that is no mission."""
    look = voice.look("domain")
    return say(
        text,
        role,
        look=Look(
            size=min(look.size or 18.0, 26.0), bold=look.bold, color=look.color, upper=look.upper, font=look.font
        ),
    )


def contents(rng: Random, brochure: Brochure, voice: Voice) -> Node:
    """A table of contents: parts, by lot also titles or clients, with numbers of pages."""
    detailed = rng.random() < 0.75
    number = rng.randint(3, 9)
    rows: list[Node | None] = []
    dots = rng.random() < 0.45
    told = rng.choice(
        ((Role.TITLE,), (Role.TITLE,), (Role.CLIENT,), (Role.CLIENT, Role.TITLE), (Role.TITLE, Role.CLIENT))
    )
    joint = rng.choice((" – ", ", ", " : ", " | "))
    parts = rng.random() < 0.75
    for domain in brochure.domains or (word(rng, "missions_part"),):
        if parts:
            rows.append(_entry(domain, number, dots, Look(bold=True)))
        for mission in brochure.missions:
            if detailed and mission.domain == domain:
                said = [mission.values[r].text for r in told if mission.has(r)]
                rows.append(_entry(joint.join(said), number, dots, Look()) if said else None)
            number += mission.domain == domain
    gap = rng.choice((3.0, 5.0, 9.0))
    title = page_title(voice, word(rng, "contents"))
    if rng.random() < 0.3 and len(rows) > 6:
        half = (len(rows) + 1) // 2
        both = Grid(("1fr", "1fr"), ((Cell(stack(rows[:half], gap)), Cell(stack(rows[half:], gap))),), gap_x=24)
        return stack((title, Space(10), both), 5)
    return stack((title, Space(10), stack(rows, gap)), 5)


def _entry(text: str, number: int, dots: bool, look: Look) -> Node:
    text = text.replace("\n", " ")
    if dots:
        return say(f"{text} {'.' * max(5, 90 - len(text))} {number}", FRONT, look=look)
    return Grid(
        ("1fr", 30.0), ((Cell(say(text, FRONT, look=look)), Cell(say(str(number), FRONT, look=look, align="right"))),)
    )


def about(rng: Random, brochure: Brochure, voice: Voice) -> Node:
    """Who the firm is."""
    paras: list[Node | None] = [say(t, FRONT, look=voice.look("text")) for t in brochure.about]
    if rng.random() < 0.4:
        paras.insert(rng.randint(0, len(paras)), photo(rng, "100%", rng.uniform(90, 200)))
    if rng.random() < 0.3:
        paras.append(history(rng, brochure))
    return stack((page_title(voice, word(rng, "about")), Space(6), *paras), 7)


def history(rng: Random, brochure: Brochure) -> Node:
    """Dates of the firm: they are no periods of missions."""
    year, rows = brochure.year - 18, []
    for text in words(rng, "history_lines", rng.randint(3, 5)):
        rows.append((Cell(say(str(year), FRONT, look=Look(bold=True))), Cell(say(text, FRONT))))
        year += rng.randint(1, 5)
    return Grid((50.0, "1fr"), tuple(rows), gap_y=8)


def figures(rng: Random, brochure: Brochure, voice: Voice) -> Node:
    """Large figures with a word under each."""
    look = Look(size=rng.choice((22.0, 28.0, 36.0)), bold=True, color=voice.accent)
    cells = [Cell(stack((say(n, FRONT, look=look), say(t, FRONT)), 2)) for n, t in brochure.figures]
    count = rng.choice((2, 3, 4))
    rows = tuple(tuple((cells[i : i + count] + [Cell(None)] * count)[:count]) for i in range(0, len(cells), count))
    title = page_title(voice, word(rng, "figures"))
    return stack((title, Space(10), Grid(("1fr",) * count, rows, gap_x=14, gap_y=18)), 6) if rows else title


def team(rng: Random, brochure: Brochure, voice: Voice) -> Node:
    """The people of the firm: none of them is a contact."""
    form = rng.choice(("lines", "grid", "grid", "table"))
    bold = Look(bold=True)
    rows: list[Node | None] = []
    people = [(say(n, Role.TEAM, look=bold), say(r, Role.TEAM)) for n, r in brochure.team]
    if form == "lines":
        rows = [Para((*n.runs, Run(", ", Mark(Role.TEAM)), *r.runs)) for n, r in people]
    elif form == "table":
        rows = (
            [
                Grid(
                    (170.0, "1fr"),
                    tuple((Cell(n), Cell(r)) for n, r in people),
                    inset=4,
                    stroke="#bbbbbb",
                    rules=rng.random() < 0.6,
                )
            ]
            if people
            else []
        )
    else:
        rows = [_gallery(rng, people)]
    return stack((page_title(voice, word(rng, "team")), Space(8), *rows), 5)


def _gallery(rng: Random, people: Sequence[tuple[Para, Para]]) -> Node | None:
    count = rng.choice((2, 3, 4))
    cells = [Cell(stack((photo(rng, 60, 66), n, r), 3)) for n, r in people]
    rows = tuple(tuple((cells[i : i + count] + [Cell(None)] * count)[:count]) for i in range(0, len(cells), count))
    return Grid(("1fr",) * count, rows, gap_x=12, gap_y=14) if rows else None


def offices(rng: Random, brochure: Brochure, voice: Voice) -> Node:
    """Addresses of the firm."""
    blocks = [
        stack((say(city, Role.OFFICE, look=Look(bold=True)), say(address, Role.OFFICE)), 2)
        for city, address, _ in brochure.offices
    ]
    body: Node = (
        stack(blocks, 10)
        if rng.random() < 0.6 or not blocks
        else Grid(("1fr",) * len(blocks), (tuple(Cell(b) for b in blocks),), gap_x=12)
    )
    site = say(brochure.website, FRONT) if brochure.website and rng.random() < 0.8 else None
    return stack((page_title(voice, word(rng, "offices")), Space(6), body, site), 6)


def clients(rng: Random, brochure: Brochure, voice: Voice) -> Node:
    """A wall of clients' names: no missions."""
    names = list(
        dict.fromkeys(m.values[Role.CLIENT].text.replace("\n", " ") for m in brochure.missions if m.has(Role.CLIENT))
    )
    rng.shuffle(names)
    count = rng.choice((2, 3, 4))
    boxed = rng.random() < 0.5
    cells = [
        Cell(Box(say(n, FRONT, align="center"), stroke="#cccccc", inset=8) if boxed else say(n, FRONT))
        for n in names[:24]
    ]
    rows = tuple(tuple((cells[i : i + count] + [Cell(None)] * count)[:count]) for i in range(0, len(cells), count))
    grid = Grid(("1fr",) * count, rows, gap_x=10, gap_y=8) if rows else None
    return stack((page_title(voice, word(rng, "clients")), Space(8), grid), 5)


def method(rng: Random, brochure: Brochure, voice: Voice) -> Node:
    """How the firm works, in steps: no approach of a mission."""
    steps = couples(rng, "method_steps", rng.randint(3, 5))
    rows = [
        stack((say(f"{i}. {a}" if rng.random() < 0.5 else a, FRONT, look=voice.look("text_label")), say(b, FRONT)), 2)
        for i, (a, b) in enumerate(steps, 1)
    ]
    body: Node = (
        stack(rows, 9) if rng.random() < 0.6 else Grid(("1fr",) * len(rows), (tuple(Cell(r) for r in rows),), gap_x=10)
    )
    return stack((page_title(voice, word(rng, "method")), Space(6), body), 6)


def prices(rng: Random, brochure: Brochure, voice: Voice) -> Node:
    """A price list: no fees of missions."""
    rows = tuple(
        (Cell(say(a, FRONT)), Cell(say(b, FRONT, align="right")))
        for a, b in couples(rng, "price_lines", rng.randint(4, 7))
    )
    grid = Grid(("1fr", 130.0), rows, inset=4, stroke="#999999", rules=rng.random() < 0.5)
    return stack((page_title(voice, word(rng, "prices")), Space(6), grid), 6)


def certificates(rng: Random, brochure: Brochure, voice: Voice) -> Node:
    """Qualifications and insurances, with dates and amounts that are no mission's."""
    rows = [
        Para((Run(t, Mark(FRONT)),), item=1, marker=voice.bullet) for t in words(rng, "labels_lines", rng.randint(3, 7))
    ]
    return stack((page_title(voice, word(rng, "labels_page")), Space(6), *rows), 5)


def praise(rng: Random, brochure: Brochure, voice: Voice) -> Node:
    """What clients said, on a page of its own."""
    out: list[Node | None] = []
    for text in words(rng, "quotes", rng.randint(2, 4)):
        who = (
            f"{rng.choice(brochure.team)[0]}, {word(rng, 'quote_roles')}"
            if brochure.team and rng.random() < 0.2
            else word(rng, "quote_roles").capitalize()
        )
        out.append(
            stack(
                (say(f"« {text} »", FRONT, look=Look(size=12, italic=True)), say(who, FRONT, look=voice.look("small"))),
                2,
            )
        )
    return stack((page_title(voice, word(rng, "clients")), Space(6), *out), 12)


def jobs(rng: Random, brochure: Brochure, voice: Voice) -> Node:
    """A job offer: its "Mission :" is none."""
    rows = [say(t, FRONT) for t in words(rng, "jobs_lines", 4)]
    return stack((page_title(voice, word(rng, "jobs")), Space(6), *rows), 5)


_BEFORE = (contents, contents, contents, about, about, figures, team, clients, method, certificates)
_AFTER = (team, offices, offices, clients, prices, praise, certificates, jobs, method)


def front(rng: Random, brochure: Brochure, voice: Voice, dressed: Dress, most: int = 5) -> list[Sheet]:
    """Cover and some pages before the missions, by lot none at all."""
    sheets = [cover(rng, brochure, voice, dressed)] if rng.random() < 0.75 else []
    return sheets + _pages(rng, brochure, voice, dressed, _BEFORE, min(most, rng.choice((0, 0, 1, 1, 2, 2, 3, 4, 5))))


def back(rng: Random, brochure: Brochure, voice: Voice, dressed: Dress, most: int = 3) -> list[Sheet]:
    """Some pages behind the missions, by lot none at all."""
    return _pages(rng, brochure, voice, dressed, _AFTER, min(most, rng.choice((0, 0, 1, 1, 2, 3))))


Block = Callable[[Random, Brochure, Voice], Node]


def _pages(
    rng: Random, brochure: Brochure, voice: Voice, dressed: Dress, kinds: Sequence[Block], count: int
) -> list[Sheet]:
    blocks = [k(rng, brochure, voice) for k in dict.fromkeys(rng.sample(list(kinds), min(count, len(kinds))))]
    sheets = []
    while blocks:
        some = [blocks.pop(0)]
        if blocks and rng.random() < 0.25:
            some += [Space(24), blocks.pop(0)]
        sheets.append(dressed.sheet(some))
    return sheets


# ---- openers of parts

Opener = Callable[[str, int], list[Node]]
OPENERS = (
    "page",
    "page-photo",
    "page-large",
    "band",
    "heading",
    "heading-ruled",
    "number",
    "tinted",
    "intro",
    "none",
    "none",
)


def opener(rng: Random, brochure: Brochure, voice: Voice, at: Page, forms: Sequence[str] = OPENERS) -> Opener:
    """How the parts of a brochure open, by lot: a page, a band or heading over the first mission, nothing."""
    form = rng.choice(list(forms))
    lists = rng.random() < 0.15
    said = rng.random() < 0.3 or form == "intro"
    motto = rng.random() < 0.4

    def draw(domain: str, number: int) -> list[Node]:
        if form == "none" or not domain:
            return []
        extra: list[Node] = [say(words(rng, "intro", 1)[0].split(",")[0].rstrip(". "), FRONT)] if motto else []
        extra += [_intro(rng, voice)] if said else []
        if lists and form.startswith("page"):
            extra += [
                say(m.values[Role.TITLE].text.replace("\n", " "), FRONT)
                for m in brochure.missions
                if m.domain == domain and m.has(Role.TITLE)
            ]
        return _opened(rng, voice, at, form, domain, number, extra)

    return draw


def _intro(rng: Random, voice: Voice) -> Node:
    return stack([say(t, FRONT, look=voice.look("text")) for t in words(rng, "intro", rng.randint(1, 2))], 4)


def _opened(rng: Random, voice: Voice, at: Page, form: str, domain: str, number: int, extra: list[Node]) -> list[Node]:
    look = voice.look("domain")
    name = say(domain, Role.DOMAIN, look=look)
    light = say(
        domain, Role.DOMAIN, look=Look(size=max(look.size or 20.0, 20.0), bold=True, color="#ffffff", font=look.font)
    )
    ordinal = say(
        f"{number:02}", Role.FURNITURE, look=Look(size=max(20.0, (look.size or 20.0) * 1.6), color=voice.accent2)
    )
    match form:
        case "page":
            ground = Place(
                Box(None, fill=voice.accent, inset=0, width=at.width, height=at.height),
                x=-at.margins[0],
                y=-at.margins[1],
            )
            plain = [Para(restyle(p.runs, WHITE)) for e in extra for p in _flat(e)]
            return [ground, Space(at.inner_height * 0.35), stack([light, Space(8), *plain], 5), PageBreak()]
        case "page-photo":
            return [
                photo(rng, "100%", at.inner_height * 0.55),
                Space(16),
                ordinal,
                Space(4),
                name,
                Space(8),
                stack(extra, 3),
                PageBreak(),
            ]
        case "page-large":
            large = say(
                domain,
                Role.DOMAIN,
                look=Look(size=min(44.0, at.inner_width / 11), bold=True, color=voice.accent, font=look.font),
            )
            return [Space(at.inner_height * 0.3), ordinal, Space(6), large, Space(10), stack(extra, 3), PageBreak()]
        case "band":
            band = Box(
                say(domain, Role.DOMAIN, look=Look(size=look.size, bold=True, color="#ffffff", font=look.font)),
                fill=voice.accent,
                inset=7,
            )
            return [band, Space(8), *_spaced(extra)]
        case "heading-ruled":
            return [stack((name, Rule(voice.accent, 1.2)), 4), Space(8), *_spaced(extra)]
        case "number":
            return [
                Grid((48.0, "1fr"), ((Cell(ordinal, valign="bottom"), Cell(name, valign="bottom")),)),
                Space(8),
                *_spaced(extra),
            ]
        case "tinted":
            return [Box(name, fill=voice.tint, inset=7), Space(8), *_spaced(extra)]
    return [name, Space(7), *_spaced(extra)]


def _flat(node: Node) -> list[Para]:
    from carnet.pipeline.teach.nodes import paras

    return list(paras(node))


def _spaced(extra: Sequence[Node]) -> list[Node]:
    return [n for e in extra for n in (e, Space(8))]


def by_domain(brochure: Brochure) -> list[tuple[str, list[int]]]:
    """Parts in the order of their missions: name, indexes of its missions."""
    out: list[tuple[str, list[int]]] = []
    for at, mission in enumerate(brochure.missions):
        if not out or out[-1][0] != mission.domain:
            out.append((mission.domain, []))
        out[-1][1].append(at)
    return out


def sign_row(voice: Voice, runs: Sequence[Runs]) -> Node:
    """Short things side by side, a drawn dot before each."""
    return Chain(tuple(Grid((9.0, "auto"), ((Cell(dot(voice.accent, 4)), Cell(line(r))),)) for r in runs), 8)


def strip_of_photos(rng: Random, height: float = 80.0) -> Node:
    """Three or four pictures side by side."""
    return photo_row(rng, rng.choice((2, 3, 4)), height)
