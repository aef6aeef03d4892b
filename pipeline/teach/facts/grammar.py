"""Sentences by lot from templates.

"{act} {thing}[ à {place}|]": a name in braces is replaced by an entry of that list (or by what is given),
"[a|b]" by one of its sides; "{3-60}" is a number, "{1000-9000~}" a round one, "{Act}" starts with a capital. Entries
may hold slots of their own. Nouns keep their article; `smooth` contracts ("de le" -> "du", "de Orb" -> "d'Orb").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random

from carnet.pipeline.teach.facts.lists import pick

Words = Mapping[str, Sequence[str]]
Given = Mapping[str, str]
Made = Mapping[str, Callable[[], str]]
_Part = Callable[["Speaker"], str]

_TOKEN = re.compile(r"\{([^{}]*)\}|([\[\]|])")
_NUMBER = re.compile(r"(\d+)-(\d+)(~?)")
_VOWEL = "aeiouyàâéèêëîïôûœAEIOUÀÂÉÈÊËÎÏÔÛŒ"
_ASPIRED = "haut|hameau|hall|handicap|hauteur|huit|hors|onz|oui|hangar|haie|hip|hutt|hiérarch|huis|haras|harcèl"
_SHORTENED = "[dD]e|[lL]e|[lL]a|[qQ]ue|[nN]e|[sS]e|[lL]orsque|[pP]uisque|[jJ]usque"
_ELIDED = re.compile(rf"\b({_SHORTENED}) (?=(?!(?i:{_ASPIRED}))[{_VOWEL}h])(?!y[eao])")
_JOINED = re.compile(r"\b([dD]e|[àÀ]) ([lL]es?) (?=\w)")
_TO = {("d", "le"): "du", ("d", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}


class Speaker:
    """A lot, the lists it draws from, and words that are given or made anew each time. Later `words` go first."""

    def __init__(self, rng: Random, *words: Words, given: Given | None = None, made: Made | None = None) -> None:
        self.rng = rng
        self.words = words
        self.given = dict(given or {})
        self.made = made or {}
        self.last: dict[str, str] = {}

    def say(self, template: str) -> str:
        """The template filled and smoothed."""
        return smooth(self.fill(template))

    def fill(self, template: str) -> str:
        return "".join([part if isinstance(part, str) else part(self) for part in _parsed(template)])

    def slot(self, name: str) -> str:
        """What stands for a name: given words, else an entry of the last list that has it."""
        low = name.lower() if name[:1].isupper() else name
        found = self.given.get(name) or self.given.get(low)
        if found is None:
            made = self.made.get(low)
            found = made() if made else self.fill(self._drawn(name if self.has(name) else low))
        return capital(found) if low != name else found

    def _drawn(self, name: str) -> str:
        """An entry of a list, seldom the same twice running."""
        some = self._list(name)
        entry = pick(self.rng, some)
        if self.last.get(name) == entry:
            entry = pick(self.rng, some)
        self.last[name] = entry
        return entry

    def _list(self, name: str) -> Sequence[str]:
        for words in reversed(self.words):
            if words.get(name):
                return words[name]
        raise KeyError(name)

    def has(self, name: str) -> bool:
        return any(words.get(name) for words in self.words)

    def a(self, name: str) -> str:
        """An entry of a list, filled and smoothed."""
        return self.say(pick(self.rng, self._list(name)))


def smooth(text: str) -> str:
    """French contractions and elisions: "de le plan" -> "du plan", "de Orbec" -> "d'Orbec"."""
    return _ELIDED.sub(lambda m: m[1][:-1] + "'", _JOINED.sub(_contracted, text)).replace("  ", " ").strip()


def capital(text: str) -> str:
    """The first letter as a capital, whatever sign stands before it."""
    return text[:1].upper() + text[1:]


def number(value: int, space: str = " ") -> str:
    """45000 -> "45 000"."""
    return f"{value:,}".replace(",", space)


def _contracted(match: re.Match[str]) -> str:
    joined = _TO[match[1].lower()[0], match[2].lower()]
    return (capital(joined) if match[1][0].isupper() else joined) + " "


@cache
def _parsed(template: str) -> tuple[str | _Part, ...]:
    parts, end = _alternatives(template, 0, outside=True)
    assert end == len(template), template
    return parts[0]


def _alternatives(template: str, at: int, outside: bool = False) -> tuple[list[tuple[str | _Part, ...]], int]:
    """What stands up to the closing bracket, parted at "|"; `outside` of all brackets "|" is a sign like others."""
    sides: list[tuple[str | _Part, ...]] = []
    side: list[str | _Part] = []
    while True:
        match = _TOKEN.search(template, at)
        side.append(template[at : match.start() if match else len(template)])
        if match is None or match[2] == "]":
            return [*sides, _without_empty(side)], match.end() if match else len(template)
        at = match.end()
        if match[1] is not None:
            side.append(_slot(match[1]))
        elif match[2] == "|" and outside:
            side.append("|")
        elif match[2] == "|":
            sides.append(_without_empty(side))
            side = []
        else:
            inner, at = _alternatives(template, at)
            side.append(_choice(inner))


def _without_empty(side: list[str | _Part]) -> tuple[str | _Part, ...]:
    return tuple(part for part in side if part != "")


def _slot(name: str) -> _Part:
    match = _NUMBER.fullmatch(name)
    if match is None:
        return lambda speaker: speaker.slot(name)
    low, high, round_ = int(match[1]), int(match[2]), bool(match[3])

    def some(speaker: Speaker) -> str:
        value = int(low * (high / low) ** speaker.rng.random()) if high > 20 * max(low, 1) and low else low
        value = value if high > 20 * max(low, 1) and low else low + int(speaker.rng.random() * (high - low + 1))
        if round_:
            step = 10 ** max(len(str(value)) - 2, 0)
            value = max(value // step * step, low)
        return str(value) if 1900 <= value < 2100 and not round_ else number(value)

    return some


def _choice(sides: list[tuple[str | _Part, ...]]) -> _Part:
    def one(speaker: Speaker) -> str:
        return "".join([part if isinstance(part, str) else part(speaker) for part in pick(speaker.rng, sides)])

    return one
