"""Which words of a heading name the client, and which the work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from carnet.pipeline.fields.context import Context
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.bodies import names_body
from carnet.pipeline.values.organisations import classify, form_of
from carnet.schemas.layout import Passage

_COLON = re.compile(r"\s{0,40}:\s{1,40}")
_DASH = re.compile(r"\s{1,40}[–—|-]\s{1,40}")
_COMMA = re.compile(r",\s{1,40}")
_AFTER_NOTE = re.compile(r"\)\s{1,40}(?=[A-ZÀ-Ö])")
_IN_BRACKETS = re.compile(r"\s{0,40}\(([^()]{6,100})\)\s{0,40}$")
_LONGEST_CLIENT = 135
_LONGEST_ALONE = 90
_HABIT = 3  # headings that surely read so make a habit, if they are a third of all


@dataclass(frozen=True)
class Split:
    """`way`: how client and title were told apart. `score`: what speaks for it. `guess`: only the work's words do."""

    client: Passage | None
    title: Passage | None
    way: str
    score: float = 0.0
    guess: bool = False


def split_heading(blocks: Sequence[Passage], ctx: Context) -> Split:
    """The likeliest of all ways to read the heading, by what the two sides look like and by the brochure's habits.

    "Schéma des eaux – Pays du Gravelin" has the client behind the dash: one side opens with a word for a work, the
    other with a word for a body.
    """
    ways = [_weighed(way, blocks, ctx) for way in _ways(blocks, ctx)]
    return max(ways, key=lambda way: way.score)


def habits(headings: Iterable[Sequence[Passage]], ctx: Context) -> frozenset[str]:
    """The ways in which at least a third of the headings surely read ("Client : titre" gives {"colon"})."""
    splits = [split_heading(blocks, ctx) for blocks in headings if any(blocks)]
    sure = Counter(s.way for s in splits if s.client and s.title and body_weight(s.client.text, ctx) >= _SURE)
    return frozenset(way for way, n in sure.items() if n >= max(_HABIT, 0.3 * len(splits)))


def _ways(blocks: Sequence[Passage], ctx: Context) -> Iterator[Split]:
    whole = Passage.join(list(blocks)).flow(ctx.keep_hyphen)
    yield Split(None, whole, "none")
    if len(whole.text) < _LONGEST_ALONE:
        yield Split(bare(whole), None, "whole")
    if len(blocks) >= 2:
        yield from _by_blocks([b.flow(ctx.keep_hyphen) for b in blocks])
    else:
        yield from _by_lines(blocks[0].lines(), ctx)
    yield from _by_marks(whole, single=len(blocks) < 2)


def _by_blocks(flows: Sequence[Passage]) -> Iterator[Split]:
    for at, flow in enumerate(flows):
        rest = [f for i, f in enumerate(flows) if i != at]
        place = "first" if at == 0 else "last" if at == len(flows) - 1 else "inner"
        yield Split(bare(flow), bare(Passage.join(rest, " ")), f"blocks_{place}")


def _by_lines(lines: Sequence[Passage], ctx: Context) -> Iterator[Split]:
    for at in range(1, len(lines)):
        head, tail = (bare(Passage.join(part).flow(ctx.keep_hyphen)) for part in (lines[:at], lines[at:]))
        yield Split(head, tail, "lines")
        yield Split(tail, head, "lines_end")


def _by_marks(whole: Passage, single: bool) -> Iterator[Split]:
    """At a colon, a dash, a comma, a bracket: what stands before it, or behind the last of them, may be the client."""
    text = whole.text
    first = _COLON.search(text)
    if first:
        yield Split(whole.slice(0, first.start()), whole.slice(first.end(), len(text)), "colon")
    for pattern, way in ((_DASH, "dash"), (_COMMA, "comma")) if single else ((_DASH, "dash"),):
        marks = list(pattern.finditer(text))
        for mark in marks[:1]:
            yield Split(whole.slice(0, mark.start()), whole.slice(mark.end(), len(text)), way)
        for mark in marks[-1:]:
            yield Split(whole.slice(mark.end(), len(text)), whole.slice(0, mark.start()), f"{way}_end")
    for mark in _AFTER_NOTE.finditer(text):
        yield Split(whole.slice(0, mark.start() + 1), whole.slice(mark.end(), len(text)), "bracket")
    last = _IN_BRACKETS.search(text) if single else None
    if last:
        client = whole.slice(last.start(1), last.end(1))
        yield Split(client, whole.slice(0, last.start()), "bracket_end")


# --- what speaks for a way

_SURE, _WEAK, _NAME, _WORK = 3.0, 1.5, 0.5, -3.0
_ENDS = ("comma", "comma_end", "bracket_end", "lines_end")  # so common in titles that both sides must be sure


def _weighed(split: Split, blocks: Sequence[Passage], ctx: Context) -> Split:
    if split.title is None:
        return _alone(split, ctx)
    works = works_weight(split.title.text, ctx)
    if split.client is None:
        as_body = body_weight(split.title.text, ctx)
        score = 1.0 + works if as_body < _SURE else -0.5
        return Split(None, split.title, split.way, score)
    body = body_weight(split.client.text, ctx)
    usual = split.way in ctx.habits
    if not _possible(split, body, works, usual, ctx):
        return Split(split.client, split.title, split.way, -9)
    score = body + works + _STRENGTH.get(split.way, 0.2)
    if usual and body > _WORK:
        score += 1.5
    if split.way.startswith("blocks"):
        score += _by_look(split, blocks)
    if works <= 0 and body_weight(split.title.text, ctx) >= _SURE:
        score -= 1.5
    if split.title.text[:1].islower() and split.way in ("lines", "lines_end"):
        score -= 2
    guess = body <= _NAME and not usual and not (split.way.startswith("blocks") and works > 0)
    return Split(split.client, split.title, split.way, score, guess)


_STRENGTH = {"blocks_first": 1.0, "blocks_last": 0.8, "colon": 0.5, "bracket": 0.4, "dash": 0.3, "lines": 0.3}


def _alone(split: Split, ctx: Context) -> Split:
    """A heading that is a client's name and nothing else."""
    text = split.client.text if split.client else ""
    score = 2.0 if body_weight(text, ctx) >= _SURE else -9.0
    return Split(split.client, None, split.way, score)


def _possible(split: Split, body: float, works: float, usual: bool, ctx: Context) -> bool:
    if split.client is None or split.title is None:
        return False
    client, title = split.client.text, split.title.text
    if not 2 < len(client) < _LONGEST_CLIENT or len(title) < 4 or is_unfinished(client, ctx):
        return False
    if split.way in _ENDS:
        sure = body >= _SURE and works > 0 and client[:1].isupper()
        if split.way == "bracket_end":
            sure = sure and not _is_acronym(title.split()[-1])
        return sure and not is_unfinished(title, ctx)
    if split.way in ("lines", "bracket", "dash_end") and not usual:
        return body >= _SURE
    if split.way == "dash" and body <= _NAME and works <= 0 and not usual:
        return False
    return not _opens_with_service(title, ctx) or works > 0


def _by_look(split: Split, blocks: Sequence[Passage]) -> float:
    """The client is set smaller, or stands first, or ends with a colon."""
    at = 0 if split.way == "blocks_first" else len(blocks) - 1
    if split.way == "blocks_inner":
        return 0.0
    if blocks[at].text.rstrip().endswith(":"):
        return 3.0
    sizes = [b.style.size for b in blocks]
    return 0.7 if max(sizes) - min(sizes) >= 0.5 and sizes[at] == min(sizes) else 0.0


def body_weight(text: str, ctx: Context) -> float:
    """How much a text looks like the name of a body: sure, weak, any name, or no name at all."""
    flat = text.strip(" :–-")
    if not flat or len(flat) > _LONGEST_CLIENT:
        return _WORK
    kind = form_of(flat, ctx.rules)
    if works_weight(flat, ctx) > 0 and not (kind.where == "starts" and classify(flat, ctx.rules).sure):
        return _WORK
    if flat[0].islower():
        return _WORK
    if fold(flat) in _words(ctx.rules).incomplete:
        return _WEAK / 2
    if names_body(flat, ctx.rules):
        return _SURE if kind.where != "ends" or _ends_as_name(flat) else _NAME
    if kind.where in ("starts", "place"):
        return _WEAK
    return 0.0 if flat.endswith("?") or any(c.isdigit() for c in flat) else _NAME


def _ends_as_name(text: str) -> bool:
    """ "Terres Habitat" is a name, "Observatoire de l'habitat" is none: its last word is a common noun."""
    return text.isupper() or text.split()[-1][:1].isupper() or len(text.split()) == 1


def works_weight(text: str, ctx: Context) -> float:
    """Does it open with a word for a piece of work ("Étude", "Le schéma directeur", "AMO pour …")?"""
    words = _words(ctx.rules)
    folded = words.articles.sub("", fold(text.strip(" :–-")))
    first = re.match(r"[\w-]+", folded)
    return 1.5 if first is not None and first.group() in words.works else 0.0


def is_unfinished(text: str, ctx: Context) -> bool:
    """Does the text break off: "Concertation avec", "Schéma de"?"""
    last = text.split()[-1]  # "Lutry SA" is a legal form, no "sa"
    return last.islower() and fold(last) in _words(ctx.rules).unfinished or fold(last).endswith("'")


def _opens_with_service(text: str, ctx: Context) -> bool:
    """ "Département de la Loire – Direction des routes" is a client with its service, and no title."""
    first = re.match(r"[\w-]+", fold(text))
    return first is not None and first.group() in _words(ctx.rules).services


def _is_acronym(word: str) -> bool:
    return len(word) >= 3 and word.strip("().,").isupper()


def bare(passage: Passage) -> Passage:
    """Without the signs that part it from what follows: "Ville de Morcy –" is "Ville de Morcy"."""
    return passage.slice(0, len(passage.text.rstrip(" :–-")))


@dataclass(frozen=True)
class _Words:
    works: frozenset[str]
    articles: re.Pattern[str]
    unfinished: frozenset[str]
    services: frozenset[str]
    incomplete: frozenset[str]


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    fields = rules.lexicon("fields")

    def folded(entries: Iterable[object]) -> frozenset[str]:
        return frozenset(fold(str(e)) for e in entries)

    articles = "|".join(re.escape(a) for a in folded(fields["articles"]))
    return _Words(
        works=folded(rules.lexicon("works")["works"]),
        articles=re.compile(rf"^(?:{articles})\s?"),
        unfinished=folded(fields["unfinished"]),
        services=folded(fields["services"]),
        incomplete=folded(fields["incomplete_bodies"]),
    )
