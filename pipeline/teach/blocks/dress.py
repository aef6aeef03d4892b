"""The dress of a brochure's pages: format, margins, type, running heads and feet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks.art import WHITE, beside, restyle, stack
from carnet.pipeline.teach.blocks.words import word
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Place, Rule, Run, Sheet, Space
from carnet.pipeline.teach.typst import FONTS
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

FORMATS: dict[str, tuple[float, float]] = {
    "a4": (595, 842),
    "a4-wide": (842, 595),
    "16:9": (960, 540),
    "16:9-small": (720, 405),
    "4:3": (720, 540),
    "letter": (612, 792),
    "letter-wide": (792, 612),
    "a3-wide": (1191, 842),
    "a5": (420, 595),
    "square": (600, 600),
    "b5": (499, 709),
}
_SERIFS = ("Libertinus Serif", "New Computer Modern", "DejaVu Serif", "Source Serif Pro", "Caladea")

Running = Callable[[str | None], Node | None]


@dataclass(frozen=True, slots=True)
class Page:
    """A page's format and margins (left, top, right, bottom)."""

    width: float
    height: float
    margins: tuple[float, float, float, float]

    @property
    def inner_width(self) -> float:
        return self.width - self.margins[0] - self.margins[2]

    @property
    def inner_height(self) -> float:
        return self.height - self.margins[1] - self.margins[3]

    @property
    def wide(self) -> bool:
        return self.width > self.height

    def but(
        self,
        left: float | None = None,
        top: float | None = None,
        right: float | None = None,
        bottom: float | None = None,
    ) -> Page:
        """The page with other margins."""
        new = tuple(
            m if given is None else given for given, m in zip((left, top, right, bottom), self.margins, strict=True)
        )
        return replace(self, margins=(new[0], new[1], new[2], new[3]))


def page(rng: Random, formats: Sequence[str] = ("a4",), tight: float = 1.0) -> Page:
    """A page of one of the formats, its margins by lot. `tight` below 1: narrower margins."""
    width, height = FORMATS[rng.choice(formats)]
    unit = min(width, height) / 595 * tight
    left = rng.uniform(32, 72) * unit
    right = left if rng.random() < 0.7 else rng.uniform(32, 72) * unit
    return Page(width, height, (left, rng.uniform(44, 78) * unit, right, rng.uniform(44, 72) * unit))


@dataclass(frozen=True, slots=True)
class Dress:
    """How all pages of one brochure are dressed: running head and foot by domain, fill of the page."""

    page: Page
    head: Running
    foot: Running
    names_domain: bool  # does the running head name the part of the brochure?
    fill: str | None = None

    def sheet(
        self,
        children: Sequence[Node | None],
        domain: str | None = None,
        background: Node | None = None,
        page: Page | None = None,
        bare: bool = False,
    ) -> Sheet:
        """Pages in this dress. `bare`: without running head and foot."""
        at = page or self.page
        return Sheet(
            tuple(c for c in children if c is not None),
            width=at.width,
            height=at.height,
            margins=at.margins,
            header=None if bare else self.head(domain),
            footer=None if bare else self.foot(domain),
            background=background,
            fill=self.fill,
        )


def dress(rng: Random, brochure: Brochure, voice: Voice, at: Page, head_domain: float = 0.12) -> Dress:
    """A dress by lot. `head_domain`: how probable a running head is that names the part."""
    names = rng.random() < head_domain
    fill = rng.choice((None,) * 9 + ("#fdfbf6", "#f7f8fa"))
    return Dress(at, _head(rng, brochure, voice, names), _foot(rng, brochure, voice, at), names, fill)


def paper(
    rng: Random, brochure: Brochure, sheets: Sequence[Sheet], size: float = 10.0, font: str | None = None
) -> Paper:
    """The whole document, its running type by lot (unless `font`)."""
    metadata = {
        "title": rng.choice(
            (word(rng, "cover"), f"{brochure.firm} – références", "Microsoft Word - fiches_v3.doc", "Présentation1")
        )
    }
    if rng.random() < 0.5:
        metadata["author"] = rng.choice((brochure.firm, "Utilisateur", "Reprographie"))
    justify = rng.random() < 0.25
    return Paper(
        tuple(sheets),
        font=font or typeface(rng),
        size=round(size, 1),
        color=rng.choice(("#000000", "#1a1a1a", "#222222", "#333333", "#2b2b3a")),
        leading=rng.choice((0.5, 0.55, 0.6, 0.65, 0.65, 0.7, 0.8)),
        justify=justify,
        hyphenate=justify or rng.random() < 0.15,
        metadata=metadata if rng.random() < 0.7 else {},
    )


def typeface(rng: Random, serif: float = 0.35) -> str:
    """A family by lot; `serif`: how probable one with serifs is."""
    some = _SERIFS if rng.random() < serif else tuple(f for f in FONTS if f not in _SERIFS)
    return rng.choice(some)


# ---- running heads and feet


def running_words(text: str, voice: Voice, role: Role = Role.FURNITURE, look: Look | None = None) -> Run:
    """A run of a running head."""
    return Run(text, Mark(role), look or voice.look("small"))


def _head(rng: Random, brochure: Brochure, voice: Voice, names: bool) -> Running:
    form = rng.choice(("none", "none", "firm", "firm-right", "both", "ruled", "band", "menu", "title-band"))
    title = word(rng, "missions_part")
    upper = Look(upper=rng.random() < 0.3, tracking=rng.choice((0.0, 0.0, 0.8)))

    def draw(domain: str | None) -> Node | None:
        part = domain if names else None
        name = restyle((running_words(brochure.firm, voice),), upper)
        other = (running_words(part, voice, Role.DOMAIN) if part else running_words(title, voice),)
        return _running(
            form if form != "none" or not part else "firm-right", name, restyle(other, upper), voice, brochure, part
        )

    return draw


def _running(
    form: str, name: tuple[Run, ...], other: tuple[Run, ...], voice: Voice, brochure: Brochure, part: str | None
) -> Node | None:
    match form:
        case "none":
            return None
        case "firm":
            return Para(other if part else name)
        case "firm-right":
            return Para(other if part else name, align="right")
        case "both":
            return beside(Para(name), Para(other, align="right"), ("1fr", "1fr"))
        case "ruled":
            return stack((beside(Para(name), Para(other, align="right"), ("1fr", "1fr")), Rule(voice.accent, 0.6)), 3)
        case "title-band" if part:
            look = replace(voice.look("domain"), color="#ffffff")
            named = Para((Run(part, Mark(Role.DOMAIN), look),))
            return Box(
                beside(named, Para(restyle(name, WHITE), align="right"), ("2fr", "1fr")), fill=voice.accent, inset=6
            )
        case "band" | "title-band":
            look = Look(color=WHITE.color)
            return Box(
                beside(Para(restyle(name, look)), Para(restyle(other, look), align="right"), ("1fr", "1fr")),
                fill=voice.accent,
                inset=4,
            )
        case _:
            return menu(brochure, voice, part, name)


def menu(brochure: Brochure, voice: Voice, part: str | None, last: tuple[Run, ...] = ()) -> Node:
    """All parts of the brochure side by side, the present one in bold."""
    cells = []
    for domain in shown_parts(brochure, part, 6):
        here = domain == part
        look = Look(bold=True, color=voice.accent) if here else Look(color="#999999")
        runs = restyle((running_words(domain, voice, Role.DOMAIN if here else Role.FURNITURE),), look)
        cells.append(Cell(Para(runs)))
    if last:
        cells.append(Cell(Para(last, align="right")))
    return Grid(("1fr",) * len(cells), (tuple(cells),), gap_x=8) if cells else Space(1)


def shown_parts(brochure: Brochure, part: str | None, most: int) -> list[str]:
    """The parts that a menu or register has room for, the present one among them."""
    some = list(brochure.domains[:most])
    return some if part is None or part in some else [*some[: most - 1], part]


def _foot(rng: Random, brochure: Brochure, voice: Voice, at: Page) -> Running:
    form = rng.choice(("number", "number", "number-right", "both", "both", "ruled", "of", "legal", "none", "square"))
    text = rng.choice(
        (brochure.firm, brochure.website, word(rng, "foot_words"), f"{brochure.firm} – {word(rng, 'foot_words')}")
    )
    number = rng.choice(("{page}", "{page}", "– {page} –", "p. {page}", "Page {page}", "{page} / {pages}", "{page}|"))
    legal = word(rng, "legal")

    def draw(domain: str | None) -> Node | None:
        left, right = (running_words(text, voice),), (running_words(number, voice),)
        match form:
            case "none":
                return None
            case "number":
                return Para(right, align="center")
            case "number-right":
                return Para(right, align="right")
            case "ruled":
                return stack((Rule("#aaaaaa", 0.5), beside(Para(left), Para(right, align="right"), ("1fr", 70.0))), 3)
            case "of":
                return Para((*left, running_words("  |  ", voice), *right), align="right")
            case "legal":
                return stack((Para(left, align="center"), Para((running_words(legal, voice),), align="center")), 2)
            case "square":
                cell = Box(Para(restyle(right, WHITE), align="center"), fill=voice.accent, inset=4, width=58)
                return beside(Para(left), cell, ("1fr", 58.0))
            case _:
                return beside(Para(left), Para(right, align="right"), ("1fr", 70.0))

    return draw


def running_part(dressed: Dress, voice: Voice, domain: str, rng: Random) -> Node:
    """The name of the part as a running head that stands on this page only, above its text area."""
    look = Look(upper=rng.random() < 0.4, color=voice.accent)
    width = dressed.page.inner_width
    para = Para(restyle((running_words(domain, voice, Role.DOMAIN),), look), align=rng.choice(("left", "right")))
    return Place(para, x=0, y=-min(34.0, dressed.page.margins[1] - 10), width=width)
