"""People, e-mail addresses and phone numbers named in running text: what is kept out of a public data set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.emails import find_emails
from carnet.pipeline.values.found import Found
from carnet.pipeline.values.lookalikes import as_typed, dialled_as
from carnet.pipeline.values.phones import find_phones

PersonalKind = Literal["person", "email", "phone"]
_PERSON: PersonalKind = "person"
_EMAIL: PersonalKind = "email"
_PHONE: PersonalKind = "phone"
_WINDOW = 8000
"""Letters that are looked at together; a longer text is looked at in pieces that overlap."""
_OVERLAP = 200
_TOKEN = re.compile(
    r"(?:[cdjlmnst]|qu)['’](?=[^\W\d_])|(?:[^\W\d_]\.-?){1,3}(?=[^\W\d_])|[^\W\d_]+(?:['’-][^\W\d_]+)*\.?|[^\w\s]+|\d+"
)
_DIGITS = re.compile(r"(?:\d[\s.()/\u00a0\u202f-]{0,3}){8}")
_CAPITAL = re.compile(r"[^\W\d_a-z]")
_LONGEST_NAME = 4
"""Capitals of a name; particles stand between them."""
_LONGEST_WITH_PARTICLES = 8
_LOUD = 6
"""Letters of a second surname behind a dash with blanks: shorter words in capitals are bodies ("Mme VIARD - ADEME")."""


def find_personal(text: str, rules: Rules) -> list[Found[PersonalKind]]:
    """Spans of names, addresses and numbers, in order, none over another. A name's civility is not in its span.

    >>> [("Animé par Mme Vidal, 04 66 00 00 00"[f.start : f.end], f.value)
    ...  for f in find_personal("Animé par Mme Vidal, 04 66 00 00 00", load_rules())]
    [('Vidal', 'person'), ('04 66 00 00 00', 'phone')]
    """
    found: list[Found[PersonalKind]] = []
    for offset in range(0, max(len(text), 1), _WINDOW):
        start = max(0, offset - _OVERLAP)
        piece = text[start : offset + _WINDOW + _OVERLAP]
        found += [
            Found(f.value, f.start + start, f.end + start, f.rule)
            for f in _in_piece(as_typed(piece), rules)
            if f.end > f.start
        ]
    return _apart(found)


def _in_piece(text: str, rules: Rules) -> Iterator[Found[PersonalKind]]:
    words = words_of(rules)
    if "@" in text:
        yield from (Found(_EMAIL, f.start, f.end, f.rule) for f in find_emails(text))
        yield from (Found(_EMAIL, m.start(), m.end(), "personal.email") for m in _ANY_ADDRESS.finditer(text))
    if words.disguised.search(text):
        yield from (Found(_EMAIL, m.start(), m.end(), "personal.disguised") for m in words.disguised.finditer(text))
    dialled = dialled_as(text)
    if _DIGITS.search(dialled):
        yield from (Found(_PHONE, f.start, f.end, f.rule) for f in find_phones(dialled, rules))
    tokens = tokens_of(text)
    yield from _spoken_numbers(tokens, words)
    yield from _people(text, tokens, words)


_ANY_ADDRESS = re.compile(r"[\w.+'-]{1,80}\s?@\s?[\w-]{1,80}(?:\.[\w-]{1,80}){0,6}")


def _apart(found: Sequence[Found[PersonalKind]]) -> list[Found[PersonalKind]]:
    """In order; of two that overlap one, as long as both."""
    out: list[Found[PersonalKind]] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if out and one.start < out[-1].end:
            last = out[-1]
            out[-1] = Found(last.value, last.start, max(last.end, one.end), last.rule)
        else:
            out.append(one)
    return out


# --- numbers that are said

_SAID_AT_LEAST = 4
"""Numbers in a row of which one is a word: "06 douze 34 cinquante-six"."""
_BETWEEN_SAID = frozenset("-.,/–")


def _spoken_numbers(tokens: Sequence[NameToken], words: PersonalWords) -> Iterator[Found[PersonalKind]]:
    """Where a zero and other numbers, some of them words, stand in a row."""
    at = 0
    while at < len(tokens):
        run = _run_of_numbers(tokens, at, words)
        said = [n for n in run if not tokens[n].text.isdigit()]
        if said and len(run) >= _SAID_AT_LEAST and tokens[at].low.startswith(_ZEROS):
            yield Found(_PHONE, tokens[at].start, tokens[run[-1]].end, "personal.spoken")
        at = run[-1] + 1 if run else at + 1


_ZEROS = ("0", "zero", "plus")


def _run_of_numbers(tokens: Sequence[NameToken], first: int, words: PersonalWords) -> list[int]:
    run: list[int] = []
    for at in range(first, len(tokens)):
        token = tokens[at]
        if run and token.text in _BETWEEN_SAID:
            continue
        if not _is_number(token, words) or (run and token.start - tokens[at - 1].end > 2):
            break
        run.append(at)
    return run


def _is_number(token: NameToken, words: PersonalWords) -> bool:
    if token.text.isdigit():
        return len(token.text) <= 2
    return all(part in words.spoken or part == "et" for part in token.low.rstrip(".").split("-"))


# --- people


@dataclass(frozen=True)
class PersonalWords:
    """The lexicons `personal` and `people`, folded. `own_firms`: behind them stands who works in his own name; `owned`:
    what is somebody's where "de" stands between."""

    civilities: frozenset[str]
    plural: frozenset[str]
    given: frozenset[str]
    also_words: frozenset[str]
    eponyms: frozenset[str]
    own_firms: frozenset[str]
    owned: frozenset[str]
    between: frozenset[str]
    particles: frozenset[str]
    also_surnames: frozenset[str]
    nobody: frozenset[str]
    spoken: frozenset[str]
    disguised: re.Pattern[str]


@lru_cache(maxsize=4)
def words_of(rules: Rules) -> PersonalWords:
    """The lexicons by which personal data are found, folded once for the same rules."""
    personal, people = rules.lexicon("personal"), rules.lexicon("people")

    def folded(entries: object) -> frozenset[str]:
        listed = [entries] if isinstance(entries, str) else list(entries) if isinstance(entries, list) else []
        return frozenset(word for entry in listed for word in fold(str(entry)).split())

    signs, dots = (
        "|".join(re.escape(fold(str(sign))) for sign in personal[name]) for name in ("at_words", "dot_words")
    )
    return PersonalWords(
        folded(personal["civilities"]),
        folded(personal["plural_civilities"]),
        folded(people["given_names"]),
        folded(personal["also_words"]),
        folded(personal["eponyms"]),
        folded(personal["own_firms"]),
        folded(personal["owned"]),
        folded(personal["between"]),
        folded(people["particles"]),
        folded(people["also_surnames"]),
        folded(people["not_names"])
        | folded(people["services"])
        | folded(people["role_heads"])
        | folded(personal["not_people"])
        | folded(personal["own_firms"])
        | folded(personal["trades"]),
        folded(personal["spoken"]),
        re.compile(
            rf"[\w.+-]{{2,60}}(?:(?:{dots})[\w.+-]{{1,60}}){{0,4}} ?(?:{signs}) ?"
            rf"[\w-]{{2,60}}(?:(?:\.|{dots})[\w-]{{2,60}}){{0,4}}(?:\.|{dots})[a-z]{{2,10}}\b",
            re.IGNORECASE,
        ),
    )


@dataclass(frozen=True, slots=True)
class NameToken:
    """A word, a sign or a number; `low`: folded."""

    text: str
    low: str
    start: int
    end: int


def tokens_of(text: str) -> list[NameToken]:
    """Words, signs and numbers of a text."""
    return [NameToken(m[0], fold(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def _people(text: str, tokens: Sequence[NameToken], words: PersonalWords) -> Iterator[Found[PersonalKind]]:
    if not _CAPITAL.search(text):
        return
    at, several = 0, False
    while at < len(tokens):
        several = several and tokens[at - 1].low in _AND
        name = _name_at(tokens, at, words, several)
        if name:
            first, last, rule = name
            yield Found(_PERSON, tokens[first].start, tokens[last].end - tokens[last].text.endswith("."), rule)
            several = several or tokens[at].low in words.plural
            at = last + (several and last + 1 < len(tokens) and tokens[last + 1].low in _AND)
        at += 1


_AND = ("et", ",", "&")


def _name_at(tokens: Sequence[NameToken], at: int, words: PersonalWords, several: bool) -> tuple[int, int, str] | None:
    """First and last token of a name that begins, with its civility, at this token. `several`: a civility before
    another name holds for this one too."""
    token = tokens[at]
    if several:
        last = _surname_end(tokens, at, words)
        if last is not None:
            return at, last, "personal.civility"
    if token.low in words.civilities and (token.text[0].isupper() or len(token.low) > 2):
        first = _after_civilities(tokens, at, words)
        last = _surname_end(tokens, first, words)
        if last is not None and not is_eponym(tokens, at, words):
            return first, last, "personal.civility"
        return None
    if _is_given(token, words):
        last = _surname_end(tokens, _after_given(tokens, at, words), words)
        if last is not None and not is_eponym(tokens, at, words):
            return at, last, "personal.given_name"
    if token.text.isupper() and len(token.text) > 2 and at + 1 < len(tokens) and _is_surname(token, words):
        given = tokens[at + 1]
        near = given.start - token.end == 1
        if near and _is_given(given, words) and not given.text.isupper() and not is_eponym(tokens, at, words):
            return at, at + 1, "personal.surname_first"
    return None


def _after_civilities(tokens: Sequence[NameToken], at: int, words: PersonalWords) -> int:
    """Past "M.", "M. et Mme", "Monsieur le Docteur"."""
    at += 1
    while at < len(tokens) - 1 and (
        tokens[at].low in words.civilities
        or tokens[at].text == ")"
        or (tokens[at].low in _BETWEEN_CIVILITIES and tokens[at + 1].low in words.civilities)
    ):
        at += 1
    return at


_BETWEEN_CIVILITIES = ("et", "ou", "&", "/")


def _after_given(tokens: Sequence[NameToken], at: int, words: PersonalWords) -> int:
    """Past "Paul", "Hélène et Paul"."""
    two = at + 2 < len(tokens) and tokens[at + 1].low in ("et", "&") and _is_given(tokens[at + 2], words)
    return at + (3 if two else 1)


def _is_given(token: NameToken, words: PersonalWords) -> bool:
    first = token.low.split("-")[0]
    return token.text[0].isupper() and first in words.given and token.low not in words.also_words


def _surname_end(tokens: Sequence[NameToken], first: int, words: PersonalWords) -> int | None:
    """Last token of the capitals, with the particles between them, that begin at `first`; None when there are none."""
    last, capitals = None, 0
    for index in range(first, min(first + _LONGEST_WITH_PARTICLES, len(tokens))):
        token = tokens[index]
        if capitals == _LONGEST_NAME or (index > first and token.start - tokens[index - 1].end > 1):
            break
        if token.low.rstrip("'’") in words.particles and not token.text.isupper():
            if token.low in words.also_surnames and token.text[0].isupper():
                last = index
            continue
        if not _is_surname(token, words):
            break
        last, capitals = index, capitals + 1
        if token.text.endswith("."):
            break
    return _with_second(tokens, last, words) if last is not None else None


def _with_second(tokens: Sequence[NameToken], last: int, words: PersonalWords) -> int:
    """ "VIARD - ROCHEFORT": both surnames of who has two, in capitals."""
    both = tokens[last : last + 3]
    if len(both) < 3 or both[1].text not in ("-", "–"):
        return last
    loud = all(t.text.isupper() for t in both[::2]) and len(both[2].text) >= _LOUD and len(both[0].text) > 2
    return last + 2 if loud and _is_surname(both[2], words) else last


def _is_surname(token: NameToken, words: PersonalWords) -> bool:
    bare = token.low.strip(".")
    body = token.text[2:] if token.text[1:2] in ("'", "’") else token.text
    letters = bool(body) and body[0].isupper() and bare[0].isalpha()
    return letters and bare not in words.nobody and bare.split("'")[-1] not in words.nobody


def is_eponym(tokens: Sequence[NameToken], at: int, words: PersonalWords) -> bool:
    """Whether what stands before makes the name that of a place or a body."""
    before = at - 1
    while before >= 0 and (tokens[before].low in words.between or tokens[before].text[-1] in "'’«\"“"):
        before -= 1
    if before >= 0 and tokens[before].low in words.owned and _is_of(tokens[before + 1 : at]):
        return False
    return before >= 0 and (tokens[before].low in words.eponyms or tokens[before].low.split("'")[-1] in words.eponyms)


def _is_of(between: Sequence[NameToken]) -> bool:
    """ "ferme de Jean Morel" is his, "lycée Jean Monnet" nobody's."""
    return len(between) == 1 and between[0].low.rstrip("'’") in ("d", "de")
