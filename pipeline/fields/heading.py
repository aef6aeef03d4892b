"""The heading of a mission -> client, title, and the firms named in a note behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from carnet.pipeline.fields.context import Context
from carnet.pipeline.fields.split import Split, bare, habits, split_heading
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold, letters_of
from carnet.pipeline.rules.places import load_places
from carnet.pipeline.values.bodies import names_body
from carnet.pipeline.values.dates import parse_period
from carnet.pipeline.values.patterns import any_of
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, PartKind
from carnet.schemas.values import Period

_NOTE = re.compile(r"\s{0,40}\(([^()]{2,200})\)\s{0,40}\.?$")
_APART = re.compile(r"\s{0,40}:\s{1,40}|\s{1,40}[–—|-]\s{1,40}|,\s{1,40}|\s{1,40}\(")
_BEHIND = re.compile(r"(?:,|\s[–—-])\s{1,40}([\w' -]{4,30})$")  # "Commune de Braives, Belgique"
_LOOSE_NOTE = re.compile(r"(?:\s{1,40}[–—-]|,)\s{1,40}([^()]{8,200})$")  # "… – en co-traitance avec Cabinet X"
_WITH = re.compile(r",\s{1,40}(?P<note>avec\s{1,40}(?P<firm>[A-ZÀ-Ö][^()]{2,80}))$")


@dataclass(frozen=True)
class Heading:
    """`way`: how client and title were told apart (colon, blocks_first, lines, whole, none, label)."""

    client: Passage | None
    title: Passage | None
    note: Passage | None  # "co-traitance avec Cabinet X", without its brackets
    place: Passage | None  # "Belgique" in "Ville de Tournai (Belgique)"
    way: str
    period: Passage | None = None  # "2020" in "Étude … – Ville de Morcy (2020)"
    guess: bool = False

    @property
    def rule(self) -> str:
        """The id that evidence carries: of the mark, whichever side of it the client stands."""
        return "heading.guess" if self.guess else f"heading.{self.way.partition('_')[0]}"


def read_heading(section: MissionSection, ctx: Context) -> Heading:
    """Client, title and note of a heading.

    "Pays du Gravelin : Schéma des eaux (co-traitance avec Hydro 12)" has the client "Pays du Gravelin", the title
    "Schéma des eaux" and the note "co-traitance avec Hydro 12".
    """
    blocks = _blocks(section, ctx)
    if not blocks:
        return _labelled(section, ctx)
    dated = any(p.kind in _DATED and p.items for p in section.parts)
    blocks, period = (blocks, None) if dated else _without_period(blocks, ctx)
    split = _split(section, blocks, ctx)
    client, title, note, place = split.client, split.title, None, None
    if title is not None:
        title, note = without_note(title, ctx)
    if client is not None:
        client, place = without_place(client, ctx)
        if note is None:
            client, note = without_note(client, ctx)
        if note is None and client:
            client, note = _without_firm(client, ctx)
    return Heading(client or None, title or None, note, place, split.way, period, split.guess)


def heading_habits(sections: Iterable[MissionSection], ctx: Context) -> frozenset[str]:
    """The ways in which the headings of this brochure tell client and title apart, where no label names the client."""
    return habits([_blocks(s, ctx) for s in sections if s.heading and not _has(s, PartKind.CLIENT)], ctx)


def _split(section: MissionSection, blocks: Sequence[Passage], ctx: Context) -> Split:
    whole = Passage.join(list(blocks)).flow(ctx.keep_hyphen)
    if _has(section, PartKind.CLIENT):
        return Split(None, _without_client(section, blocks, whole, ctx), "label")
    named = [(i, _opened(b, ctx)) for i, b in enumerate(blocks)] if len(blocks) >= 2 else []
    for at, client in named:
        if client is not None:
            rest = [b.flow(ctx.keep_hyphen) for i, b in enumerate(blocks) if i != at]
            return Split(client, bare(Passage.join(rest, " ")), "opener")
    return split_heading(blocks, ctx)


def _without_client(section: MissionSection, blocks: Sequence[Passage], whole: Passage, ctx: Context) -> Passage:
    """The title without the labelled client where it stands apart in the heading: in a line of its own, or as in
    "Plan vélo – Ville de Morcy"."""
    named = {letters_of(i.text) for p in section.parts if p.kind is PartKind.CLIENT for i in p.items} - {""}
    others = _without_kickers([b for b in blocks if letters_of(b.text) not in named])
    if 0 < len(others) < len(blocks):
        return Passage.join(others).flow(ctx.keep_hyphen)
    longest = 2 * max(map(len, named), default=0) + _SIGNS
    for mark in _APART.finditer(whole.text):
        before, behind = (0, mark.start()), (mark.end(), len(whole.text))
        for one, other in ((behind, before), (before, behind)):
            if one[1] - one[0] <= longest and letters_of(whole.text[slice(*one)]) in named and whole.slice(*other):
                return whole.slice(*other)
    return whole


def _without_kickers(blocks: Sequence[Passage]) -> list[Passage]:
    """A heading without small capitals above it ("VAL D'ORGERET · SAVOIE"): no client, no words of the title."""
    largest = max((b.style.size for b in blocks), default=0.0)
    first = next((i for i, b in enumerate(blocks) if not (b.text.isupper() and b.style.size < _KICKER * largest)), 0)
    return list(blocks[first:])


_KICKER = 0.6
_SIGNS = 40
"""A client's name as printed may have so many signs more than twice its letters; what is longer is another."""


def _opened(block: Passage, ctx: Context) -> Passage | None:
    """The client in a block of its own behind a word that announces it: "pour la Ville de …", "Client : …"."""
    flow = block.flow(ctx.keep_hyphen)
    label = ctx.rules.labels.match_start(flow.text)
    if label is not None and label.kind is PartKind.CLIENT and label.exact:
        return flow.slice(label.rest, len(flow.text)) or None
    folded = fold(flow.text)
    for opener in sorted(ctx.rules.lexicon("fields")["client_openers"], key=lambda w: -len(str(w))):
        start = fold(str(opener)) + ("" if str(opener).endswith("'") else " ")
        if folded.startswith(start) and flow.text[len(start) : len(start) + 1].isupper():
            return flow.slice(len(start), len(flow.text))
    return None


def _has(section: MissionSection, kind: PartKind) -> bool:
    return any(p.kind is kind and p.items for p in section.parts)


def _blocks(section: MissionSection, ctx: Context) -> list[Passage]:
    blocks = [p for p in section.heading if p]
    if len(blocks) > 1 and re.fullmatch(r"\W{0,3}\d{1,3}\W{0,3}", blocks[0].text):
        blocks = blocks[1:]  # its number, set large
    return [without_number(blocks[0], ctx), *blocks[1:]] if blocks else []


_NUMBER = re.compile(
    r"(?:\[\d{1,3}\]|\d{1,2}(?:\.\d{1,2}){1,6}\.?|\d{1,2}[.)°]|0\d)\s{1,40}(?=[A-ZÀ-Ö\"«])|\[\d{1,3}\]\s{1,40}(?=\d)"
)


def _set_apart(block: Passage) -> bool:
    """Does it open with a number in another size or colour than the words behind it?"""
    if len(block.pieces) < 3 or not re.fullmatch(r"\d{1,2}", block.pieces[0].word.text):
        return False
    number, word = block.pieces[0].word.style, block.pieces[1].word.style
    return abs(number.size - word.size) > 0.15 * word.size or number.color != word.color


def without_number(block: Passage, ctx: Context) -> Passage:
    """ "3.2 Étude …", "Référence n° 12 – Étude …" without its number."""
    if _set_apart(block):
        return block.slice(len(block.pieces[0].word.text), len(block.text))
    match = _NUMBER.match(block.text) or re.match(ctx.rules.lexicon("fields")["heading_number"], fold(block.text))
    return block.slice(match.end(), len(block.text)) if match and match.end() < len(block.text) - 3 else block


def _without_period(blocks: list[Passage], ctx: Context) -> tuple[list[Passage], Passage | None]:
    """The heading without a period in brackets, or after a comma or dash, at its end."""
    last = blocks[-1].flow(ctx.keep_hyphen)
    for match in re.finditer(
        r"\s{0,40}[(\[]([^()\[\]]{4,40})[)\]]\s{0,40}$|(?:\s{1,40}[–—-]|,)\s{1,40}([^,–—()]{4,40})$", last.text
    ):
        group = 1 if match.group(1) else 2
        found = parse_period(match.group(group), ctx.rules)
        if found and not found.note and match.start() > 8 and _when_done(found.value, bracketed=group == 1):
            period = last.slice(match.start(group), match.end(group))
            return [*blocks[:-1], last.slice(0, match.start())], period
    return blocks, None


_DATED = (PartKind.PERIOD, PartKind.DURATION, PartKind.START)
_LONGEST_RANGE = 4  # years; "Schéma directeur, 2020-2030" names a horizon


def _when_done(period: Period, bracketed: bool) -> bool:
    if period.start is None:
        return bracketed and period.ongoing
    years = period.end.year - period.start.year if period.end else 0
    return bracketed and years <= 2 * _LONGEST_RANGE or 0 <= years <= _LONGEST_RANGE


def _labelled(section: MissionSection, ctx: Context) -> Heading:
    """The title beside its label, or in its column."""
    titles = [i for part in section.parts if part.kind is PartKind.TITLE for i in part.items]
    if not titles:
        return Heading(None, None, None, None, "none")
    title, note = without_note(_said_once(without_number(titles[0], ctx).flow(ctx.keep_hyphen)), ctx)
    title = _announced(title, ctx)
    blocks, period = [title], None
    if not any(p.kind in _DATED and p.items for p in section.parts):
        blocks, period = _without_period(blocks, ctx)
    return Heading(None, blocks[0], note, None, "label", period)


def _announced(title: Passage, ctx: Context) -> Passage:
    """A title that a sentence announces, without what announces it and without the sentence behind it: "l'étude
    intitulée Évaluation du plan. Nous recommandons …" is "Évaluation du plan"."""
    match = _title_opener(ctx.rules).match(fold(title.text))
    if match is None or match.end() >= len(title.text):
        return title
    rest = title.slice(match.end(), len(title.text))
    end = _TOLD.search(rest.text)
    return rest.slice(0, end.start()) if end else rest


@lru_cache(maxsize=4)
def _title_opener(rules: Rules) -> re.Pattern[str]:
    openers = any_of(rules.lexicon("fields")["title_openers"])
    return re.compile(rf"(?:[a-z'’]{{1,20}}\s){{0,3}}?(?:{openers})\s{{0,4}}:?\s{{0,4}}[«\"]?\s?")


_TOLD = re.compile(r"\s?[»\"]?\s?[.;](?:\s{1,4}[A-ZÀ-Ý].{0,400})?$|\s?[»\"]$", re.S)
"""How a sentence that names a work ends."""


def _said_once(title: Passage) -> Passage:
    """A title that the text below it begins with, said again: "Plan guide du Moulin-Neuf – Plan guide du"."""
    words = [(match.group(), match.start()) for match in re.finditer(r"[^\s–—:-][^\s]*", title.text)]
    letters = [letters_of(word) for word, _ in words]
    for at in range((len(words) + 1) // 2, len(words) - 1):
        again = letters[at:]
        if again == letters[: len(again)]:
            return title.slice(0, len(title.text[: words[at][1]].rstrip(" –—:-.,")))
    return title


def without_note(passage: Passage, ctx: Context) -> tuple[Passage, Passage | None]:
    """The title without a note that only names co-contractors; other notes stay."""
    for pattern, opening in ((_NOTE, "note_starts"), (_LOOSE_NOTE, "loose_note_starts")):
        match = pattern.search(passage.text)
        starts = (fold(str(w)) for w in ctx.rules.lexicon("partners")[opening])
        if match and any(fold(match.group(1)).startswith(start) for start in starts):
            return passage.slice(0, match.start()), passage.slice(match.start(1), match.end(1))
    return passage, None


def _without_firm(client: Passage, ctx: Context) -> tuple[Passage, Passage | None]:
    """ "Ville de Morcy, avec Atelier Lune": the client, and the note on who worked with us; a second client stays."""
    match = _WITH.search(client.text)
    if match is None or names_body(match.group("firm"), ctx.rules):
        return client, None
    return client.slice(0, match.start()), client.slice(match.start("note"), match.end("note"))


def without_place(passage: Passage, ctx: Context) -> tuple[Passage, Passage | None]:
    """The client without a country, canton, region or département behind it ("(74)", "(Cantal)", "(Vaud, Suisse)",
    ", Belgique").

    An acronym stays.
    """
    countries = ctx.rules.lexicon("clients")["country_notes"]
    places = {fold(str(w)) for words in countries.values() for w in words}
    match = _NOTE.search(passage.text)
    if match and match.start() >= 3:
        pieces = [p.strip() for p in fold(match.group(1)).split(",")]
        known = pieces[-1] in places or load_places().find(pieces[-1], "dr")
        if known or re.fullmatch(r"\d{1,3}[ab]?", pieces[-1]):
            return passage.slice(0, match.start()), passage.slice(match.start(1), match.end(1))
    behind = _BEHIND.search(passage.text)
    abroad = {fold(str(w)) for code, words in countries.items() if code != "FR" for w in words if len(str(w)) > 3}
    if behind and behind.start() >= 6 and fold(behind.group(1)) in abroad:
        return passage.slice(0, behind.start()), passage.slice(behind.start(1), behind.end(1))
    return passage, None
