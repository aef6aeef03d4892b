"""Pages that look like missions and are none: price lists, turnover, plans, surveys, CVs, prizes, glossaries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from carnet.pipeline.teach.blocks.art import WHITE, capped, restyle, say, stack
from carnet.pipeline.teach.blocks.lists import listed, listed_rows, listed_words
from carnet.pipeline.teach.blocks.words import couples, word, words
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.nodes import PLAIN, Cell, Grid, Look, Mark, Node, Para, Rule, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

Trap = Callable[[Random, Brochure, Voice], list[Node]]


def front_title(text: str, voice: Voice, size: float = 17.0, role: Role = Role.FRONT) -> Para:
    """The title of a page that is no mission, in the look of the parts' titles."""
    return Para(capped((Run(text, Mark(role), voice.look("domain")),), size))


def plain_table(
    rng: Random, voice: Voice, head: Sequence[str], rows: Sequence[Sequence[str]], size: float, role: Role = Role.FRONT
) -> Grid:
    """A table of words and figures that belong to no mission."""
    dark, aligned = rng.random() < 0.4, rng.choice(("left", "right", "center"))
    small = Look(size=size)
    body = [
        tuple(Cell(say(c, role, look=small, align=aligned if i else "left")) for i, c in enumerate(r)) for r in rows
    ]
    if head:
        look = Look(size=size, bold=True, color=WHITE.color if dark else None)
        body.insert(
            0, tuple(Cell(say(c, role, look=look, align=aligned), fill=voice.accent if dark else None) for c in head)
        )
    stroke = rng.choice((None, "#999999", voice.accent))
    widths = (f"{rng.choice((2, 3))}fr", *("1fr",) * (len(rows[0]) - 1))
    return Grid(widths, tuple(body), inset=rng.uniform(2.5, 5), stroke=stroke, rules=rng.random() < 0.4, head_rows=0)


def prices(rng: Random, brochure: Brochure, voice: Voice) -> list[Node]:
    """A price list."""
    rows = couples(rng, "price_lines", rng.randint(4, 9))
    return [front_title(word(rng, "prices"), voice), Space(8), plain_table(rng, voice, (), rows, 9.0)]


def turnover(rng: Random, brochure: Brochure, voice: Voice) -> list[Node]:
    """Turnover or staff of three years."""
    kind = rng.choice(("turnover", "staff"))
    years = [str(brochure.year - n) for n in (3, 2, 1)]
    rows = listed_rows(rng, f"{kind}_rows", rng.randint(3, 6))
    return [
        front_title(listed(rng, f"{kind}_titles"), voice, 14),
        Space(6),
        plain_table(rng, voice, ("", *years), rows, 9.0),
    ]


def statistics(rng: Random, brochure: Brochure, voice: Voice) -> list[Node]:
    """Gear, a plan in phases, a survey, courses with dates and prices."""
    kind = rng.choice(("gear", "plan", "survey", "course"))
    rows = listed_rows(rng, f"{kind}_rows", rng.randint(3, 6))
    return [front_title(listed(rng, f"{kind}_titles"), voice, 15), Space(6), plain_table(rng, voice, (), rows, 9.0)]


def glossary(rng: Random, brochure: Brochure, voice: Voice) -> list[Node]:
    """Short words and what they mean."""
    rows = listed_rows(rng, "glossary_rows", rng.randint(4, 7))
    lines = [Para((Run(a + " : ", Mark(Role.FRONT), Look(bold=True)), Run(b, Mark(Role.FRONT)))) for a, b in rows]
    return [front_title(listed(rng, "glossary_titles"), voice, 14), Space(5), stack(lines, 5)]


def prizes(rng: Random, brochure: Brochure, voice: Voice) -> list[Node]:
    """Prizes, talks and articles, with years."""
    lines = listed_words(rng, "prize_lines", rng.randint(3, 7))
    return _bullets(rng, voice, listed(rng, "prize_titles"), lines)


def charter(rng: Random, brochure: Brochure, voice: Voice) -> list[Node]:
    """Promises of the firm, or what it offers, in lines or short texts."""
    kind = rng.choice(("charter", "offer"))
    out = _bullets(rng, voice, listed(rng, f"{kind}_titles"), listed_words(rng, f"{kind}_lines", rng.randint(3, 7)))
    if kind == "offer":
        out += [Space(8), stack([say(t, Role.FRONT) for t in listed_words(rng, "offer_texts", rng.randint(1, 4))], 6)]
    return out


def _bullets(rng: Random, voice: Voice, title: str, lines: Sequence[str]) -> list[Node]:
    marker = voice.bullet if rng.random() < 0.7 else ""
    paras = [Para((Run(t, Mark(Role.FRONT)),), item=1, marker=marker) for t in lines]
    return [front_title(title, voice, 15), Space(6), stack(paras, rng.choice((5, 6, 9)))]


def clients(rng: Random, brochure: Brochure, voice: Voice) -> list[Node]:
    """Names of clients without missions, in columns or in one paragraph."""
    names = sorted(
        {m.values[Role.CLIENT].text.replace("\n", " ") for m in brochure.missions if Role.CLIENT in m.values}
    )[: rng.randint(6, 18)]
    title = front_title(word(rng, "clients"), voice, 15)
    if rng.random() < 0.3 or len(names) < 4:
        return [title, Space(5), say(rng.choice((" – ", ", ", " • ")).join(names), Role.FRONT)]
    look = rng.choice((PLAIN, Look(bold=True), Look(upper=True, size=8.0)))
    lines = [say(n, Role.FRONT, look=look) for n in names]
    count = 2 if max(map(len, names)) > 18 else 3
    share = -(-len(lines) // count)
    cells = tuple(Cell(stack(lines[i * share : (i + 1) * share], 6)) for i in range(count))
    return [title, Space(6), Grid(("1fr",) * count, (cells,), gap_x=14)]


def curriculum(rng: Random, brochure: Brochure, voice: Voice) -> list[Node]:
    """One or more CVs of the team."""
    out: list[Node] = [front_title(word(rng, "team"), voice, 16, Role.FRONT), Space(6)]
    for name, role in rng.sample(brochure.team, min(len(brochure.team), rng.choice((1, 1, 2, 3)))):
        out += [cv(rng, voice, name, role), Space(10)]
    return out


def cv(rng: Random, voice: Voice, name: str, role: str) -> Stack:
    """The CV of one person: name, function, then blocks of lines."""
    joint = rng.choice(("\n", ", ", " – "))
    out: list[Node] = [
        Para(
            (
                Run(name, Mark(Role.TEAM), capped((Run("", Mark(Role.TEAM), voice.look("title")),), 14)[0].look),
                Run(joint + role, Mark(Role.TEAM)),
            )
        )
    ]
    for title, lines in (
        ("cv_training", "cv_training_lines"),
        ("cv_heads", "cv_jobs"),
        ("cv_skills", "cv_skills_lines"),
    ):
        if rng.random() < 0.75:
            out.append(
                say(
                    listed(rng, title),
                    Role.TEAM,
                    look=restyle((Run("", Mark(Role.TEAM), voice.look("label")),), Look(bold=True))[0].look,
                )
            )
            marker = voice.bullet if rng.random() < 0.5 else ""
            out += [
                Para((Run(t, Mark(Role.TEAM)),), item=1 if marker else 0, marker=marker)
                for t in listed_words(rng, lines, rng.randint(2, 4))
            ]
    return stack(out, 5)


def jobs(rng: Random, brochure: Brochure, voice: Voice) -> list[Node]:
    """Offers of work, whose words are those of missions."""
    lines = [say(t, Role.FRONT) for t in words(rng, "jobs_lines", rng.randint(2, 5))]
    return [front_title(word(rng, "jobs"), voice, 14), Space(8), stack(lines, 6)]


TRAPS: tuple[Trap, ...] = (prices, turnover, statistics, glossary, prizes, charter, clients, curriculum, jobs)


def trap_page(rng: Random, brochure: Brochure, voice: Voice, count: int = 1) -> list[Node]:
    """A page of one or more such things."""
    out: list[Node] = []
    for trap in rng.sample(TRAPS, min(count, len(TRAPS))):
        out += [
            *(
                [Space(16), Rule("#bbbbbb", 0.5), Space(8)]
                if out and rng.random() < 0.3
                else [Space(18)]
                if out
                else []
            ),
            *trap(rng, brochure, voice),
        ]
    return out
