"""No genre: missions told in sentences, whatever stands around them: paragraphs one after the other, short notes on a
page each, annexes behind a list or a table, columns of a magazine.

What is drawn for a whole brochure is who speaks and in which words (`blocks/told.py`), how a paragraph opens, whether
facts stand once more on lines of their own, and what stands over and under it, in an order by lot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from carnet.pipeline.teach.blocks import groups, told
from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.list_pages import Part, bind, part_sheets
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.facts.lists import load
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.genres.free_lists import drawn_parts
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Rule, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

Draw = Callable[[MissionFacts], Node | None]
_LEADS = ("none",) * 6 + ("title", "title", "client", "both", "place", "number", "title-run", "client-run", "year-run")


def paragraphs(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Missions one after the other in one to three columns, under names of parts or none."""
    page = c.page(rng, ("a4", "a4", "a4", "a5", "b5", "a4-wide", "letter", "16:9-small"))
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    size = rng.uniform(8.0, 11.0)
    pieces = _flow(rng, brochure, voice, brochure.missions, page, size)
    return bind(rng, brochure, voice, dressed, part_sheets(rng, dressed, pieces), size)


def notes(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """A note on each mission, on a page of its own or two or three on one: what it is called, sentences, facts, texts,
    who can be asked, in an order by lot."""
    page = c.page(rng, ("a4", "a4", "letter", "a5", "a4-wide", "square", "16:9-small"))
    size = c.page_size(rng, page)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    note = _note(rng, brochure, c.scaled(voice, size), size, page.inner_width)
    many = rng.choice((1, 1, 1, 2, 3))
    return c.bind(rng, brochure, voice, dressed, lambda mission: [note(mission)], size, together=many)


def annexes(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Some missions listed or told at length, the others in sentences behind them, seldom before."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "letter"))
    size = rng.uniform(8.0, 10.5)
    dressed = c.dress(rng, brochure, voice, page)
    at = rng.randint(1, max(1, len(brochure.missions) - 1))
    first, rest = brochure.missions[:at], brochure.missions[at:]
    sheets = part_sheets(rng, dressed, drawn_parts(rng, brochure, voice, first, page, size))
    if rest:
        title = c.capped((Run(_word(rng, "annexes"), Mark(Role.FRONT), voice.look("domain")),), 18.0)
        pieces = _flow(rng, brochure, voice, rest, page, size)
        over: list[Part] = [("", [Para(title), Space(12)])] if rng.random() < 0.7 else []
        behind = [dressed.sheet([n for _, nodes in [*over, *pieces] for n in nodes])]
        sheets = [*sheets, *behind] if rng.random() < 0.8 else [*behind, *sheets]
    return bind(rng, brochure, voice, dressed, sheets, size)


def _word(rng: Random, kind: str) -> str:
    return str(rng.choice(load("sentences")[kind]))


# ---- paragraphs


def _flow(
    rng: Random, brochure: Brochure, voice: Voice, missions: Sequence[MissionFacts], page: c.Page, size: float
) -> list[Part]:
    """Missions as paragraphs by part of the brochure."""
    small = c.scaled(voice, size)
    drawn = _paragraph(rng, brochure, small, size)
    count = rng.choice((1, 1, 1, 2, 2, 3)) if page.inner_width / size > 46 else 1
    room, gap, form = rng.uniform(4, 16), rng.uniform(12, 24), rng.choice((*groups.PART_FORMS, "none", "none", "none"))
    ruled = rng.random() < 0.15
    out: list[Part] = []
    for domain, some in [("", list(missions))] if form == "none" else groups.parts(brochure, missions):
        flow: list[Node] = []
        for mission in some:
            rule = [Rule("#aaaaaa", 0.4), Space(room)] if ruled and flow else []
            flow += [*rule, drawn(mission), Space(room)]
        head: list[Node] = []
        if domain:
            head = [groups.part_head(rng, small, domain, form, 16.0), Space(6), *groups.opening(rng, small, size)]
        body = columned(flow, count, gap, page.inner_width, size, page.inner_height - 70)
        out.append((domain, [*head, body]))
    if out and rng.random() < 0.5:
        out[0] = (out[0][0], [groups.section_title(rng, voice), Space(12), *out[0][1]])
    return out


def _paragraph(rng: Random, brochure: Brochure, voice: Voice, size: float) -> Callable[[MissionFacts], Node]:
    """How every mission becomes a paragraph or two."""
    told_ = told.telling(rng, brochure, voice)
    lead, joint = rng.choice(_LEADS), rng.choice((" ", " ", " ", "\n"))
    marker, align = rng.choice(("", "", "", "–", voice.bullet)), rng.choice(("left", "left", "justify"))
    apart, gap = rng.random() < 0.5, rng.choice((0.5, 2.0, 4.0))

    def draw(mission: MissionFacts) -> Node:
        over, run_in = _lead(voice, mission, lead)
        said = told.run_together(told_.sentences(mission), joint)
        texts = [t for role in told_.told if (t := told_.texts(mission, role))]
        first = (*run_in, *said) if apart else told.run_together([(*run_in, *said), *texts])
        paras = [Para(first, align=align, item=1 if marker and not over else 0, marker="" if over else marker)]
        paras += [Para(t, align=align) for t in texts] if apart else []
        return c.stack([*over, *paras], gap)

    return draw


def _lead(voice: Voice, mission: MissionFacts, form: str) -> tuple[list[Node], c.Runs]:
    """What stands over a paragraph, and what runs in at its head."""
    n, name = mission.ordinal, form.removesuffix("-run")
    title = c.capped(voice.value(mission, Role.TITLE, "title"), 14.0)
    client = c.capped(voice.value(mission, Role.CLIENT, "client"), 14.0)
    if form == "both":
        return [Para(runs) for runs in (title, client) if runs], ()
    if form == "number":
        return [], (Run(f"{n}. ", Mark(Role.REFERENCE, n), voice.look("label")),)
    roles = {"title": Role.TITLE, "client": Role.CLIENT, "place": Role.PLACE, "year": Role.PERIOD}
    if name not in roles:
        return [], ()
    look = {"title": title, "client": client}.get(name)
    runs = look if look is not None else voice.value(mission, roles[name], "kicker")
    if not runs:
        return [], ()
    if name == form:
        return [Para(runs)], ()
    run_in = c.restyle(runs, Look(size=voice.look("text").size, bold=True))
    return [], (*run_in, Run(" – ", run_in[-1].mark))


# ---- notes


@dataclass(frozen=True)
class _Note:
    """The parts of a note; each may draw nothing."""

    parts: tuple[Draw, ...]
    gap: float
    framed: str
    tint: str

    def draw(self, mission: MissionFacts) -> Node:
        inner = c.stack([node for part in self.parts if (node := part(mission)) is not None], self.gap)
        match self.framed:
            case "tint":
                return Box(inner, fill=self.tint, inset=10, keep=False)
            case "box":
                return Box(inner, stroke="#999999", inset=12, keep=False)
            case "rule":
                return c.stack((Rule("#999999", 0.6), inner), 6)
        return inner


def _note(rng: Random, brochure: Brochure, voice: Voice, size: float, width: float) -> Callable[[MissionFacts], Node]:
    """A note by lot: its parts mostly in a usual order."""
    told_ = told.telling(rng, brochure, voice, rich=0.5)
    body = _body(rng, told_, voice, width)
    before = [_name(rng, voice, size), _dated(rng, brochure, voice)]
    left = tuple(r for r in (Role.PERIOD, Role.AMOUNT, Role.PLACE, Role.PARTNERS, Role.CONTACT) if r not in told_.shown)
    facts = _facts_again(rng, voice, left if rng.random() < 0.6 else told_.shown, width)
    behind = [facts, _asked(rng, voice), _closing(rng, voice)]
    rng.shuffle(before)
    if rng.random() < 0.3:
        rng.shuffle(behind)
    order = [*before, body, *behind]
    if rng.random() < 0.25:
        order = [facts, *before, body, *behind[1:]] if behind[0] is facts else [behind[0], *before, body, *behind[1:]]
    framed = rng.choice(("none",) * 5 + ("tint", "box", "rule"))
    return _Note(tuple(order), rng.choice((4.0, 8.0, 12.0, 18.0)), framed, voice.tint).draw


def _body(rng: Random, told_: told.Telling, voice: Voice, width: float) -> Draw:
    """Its sentences: one paragraph, one each, the title on a line of its own between, beside a margin."""
    form = rng.choice(("together", "together", "each", "each", "list", "margin"))
    leading, align = rng.choice((None, None, 0.8, 0.9)), rng.choice(("left", "left", "justify"))
    split = rng.random() < 0.3

    def draw(mission: MissionFacts) -> Node:
        said = told_.sentences(mission)
        texts = [t for role in told_.told if (t := told_.texts(mission, role))]
        if form == "together":
            return c.stack([Para(told.run_together(said), align=align, leading=leading), *map(Para, texts)], 6)
        some = _title_apart(said[0]) if split and said else said[:1]
        rest = [
            Para(s, item=1 if form == "list" else 0, marker=voice.bullet if form == "list" else "") for s in said[1:]
        ]
        node = c.stack([*(Para(s, align=align, leading=leading) for s in some), *rest, *map(Para, texts)], 5)
        return Grid((width * 0.2, "1fr"), ((Cell(None), Cell(node)),)) if form == "margin" and width > 300 else node

    return draw


def _title_apart(sentence: c.Runs) -> list[c.Runs]:
    """The sentence in three: what comes before the title, the title, what comes behind."""
    at = [i for i, r in enumerate(sentence) if r.mark.role is Role.TITLE and len(r.text) > 8]
    if not at:
        return [sentence]
    end = at[-1] + 1
    end = end if any(ch.isalnum() for r in sentence[end:] for ch in r.text) else len(sentence)
    return [part for part in (sentence[: at[0]], sentence[at[0] : end], sentence[end:]) if part]


def _name(rng: Random, voice: Voice, size: float) -> Draw:
    """What the note is called, which is no mission's title; or the mission's number, client or title as heading."""
    form = rng.choice(("name", "name", "kicker", "title", "none"))
    text, align = _word(rng, "names"), rng.choice(("left", "left", "left", "center", "right"))
    look = Look(
        size=round(size * rng.choice((1.0, 1.2, 1.5, 1.8)), 1),
        bold=rng.random() < 0.7,
        color=rng.choice((None, voice.accent)),
    )

    def draw(mission: MissionFacts) -> Node | None:
        n = mission.ordinal
        match form:
            case "name":
                role = Role.REFERENCE if "{n}" in text else Role.FURNITURE
                return c.say(text.format(n=n), role, n if "{n}" in text else 0, look=look, align=align)
            case "kicker" if mission.domain:
                return c.say(mission.domain, Role.DOMAIN, n, look=voice.look("kicker"), align=align)
            case "title":
                return c.line(c.capped(voice.value(mission, Role.TITLE, "title"), 18.0), align)
        return None

    return draw


_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "septembre", "octobre", "décembre")


def _dated(rng: Random, brochure: Brochure, voice: Voice) -> Draw:
    """By lot the day on which the note was written: no date of a mission."""
    forms = ("Le {d} {m} {y}", "{d}/{mm:02}/{y}", "Mis à jour en {m} {y}", "Propos recueillis en {m} {y}")
    form = rng.choice((*forms, *("",) * 7))

    def draw(mission: MissionFacts) -> Node | None:
        at = rng.randrange(len(_MONTHS))
        day = form.format(d=rng.randint(1, 28), m=_MONTHS[at], mm=at + 1, y=brochure.year - rng.randint(0, 3))
        return c.say(day, Role.ASIDE, mission.ordinal, look=voice.look("small")) if day else None

    return draw


def _facts_again(rng: Random, voice: Voice, roles: Sequence[Role], width: float) -> Draw:
    """By lot facts on lines of their own under the sentences."""
    if rng.random() < 0.4:
        return lambda mission: None
    some = c.Choice(tuple(roles), rng.choice(("end", "none")), rng.choice((None, "")))
    drawn = c.arrangement(rng, voice, width=width)

    def draw(mission: MissionFacts) -> Node | None:
        facts = some.of(voice, mission)
        return drawn(facts) if facts else None

    return draw


def _asked(rng: Random, voice: Voice) -> Draw:
    """By lot who can be asked, line under line or on one."""
    form = rng.choice(("none", "none", "lines", "line", "labelled"))

    def draw(mission: MissionFacts) -> Node | None:
        if form == "none":
            return None
        runs = (
            voice.fact_line(mission, Role.CONTACT)
            if form == "labelled"
            else voice.contact(mission, "\n" if form == "lines" else ", ")
        )
        return c.line(runs)

    return draw


def _closing(rng: Random, voice: Voice) -> Draw:
    """By lot a quote or words that end the note."""
    form, size = rng.choice(("none", "none", "quote", "rule", "picture")), rng.choice((9.0, 11.0, 13.0))
    height = rng.uniform(30, 110)

    def draw(mission: MissionFacts) -> Node | None:
        match form:
            case "quote":
                return c.quote(voice, mission, size)
            case "rule":
                return Rule("#bbbbbb", 0.5)
            case "picture":
                return c.captioned(rng, mission.ordinal, "60%", height, voice.look("small"))
        return None

    return draw
