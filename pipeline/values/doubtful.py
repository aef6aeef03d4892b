"""Where a text may name somebody whom no rule knows for sure: what a public data set leaves out rather than shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.rules.places import load_places
from carnet.pipeline.values.found import Found
from carnet.pipeline.values.lookalikes import as_typed
from carnet.pipeline.values.personal import NameToken, PersonalWords, is_eponym, tokens_of, words_of
from carnet.pipeline.values.somebody import named
from carnet.pipeline.values.strangers import Company, in_one_word, strangers
from carnet.pipeline.values.surnames import Surnames, firms_of, harmless_of, is_common, surnames_of

_MOST = 2000
"""Letters of a text that are looked at together; a longer one is looked at in pieces that overlap."""
_OVERLAP = 100
_BESIDE = 3
"""Signs between somebody and somebody else, or a number."""
_LONGEST = 4
"""Words of a name."""
_LATIN, _OTHER = r"A-Za-z\u00c0-\u024f", r"\u0370-\u03ff\u0400-\u052f\u13a0-\u13ff\u1d00-\u1d2b"
_ODD_WRITING = re.compile(
    r"[\u0590-\u109f\u10d0-\u11ff\u2e80-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufefc]{2,2000}"
    rf"|[{_LATIN}][\u0300-\u036f]|[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}]"
)
"""Writing without capitals, in which nothing tells a name from a word (Arabic, Chinese, Hebrew); letters with signs
that belong to none; letters of two writings in one word."""
_INITIAL = re.compile(r"(?:[^\W\d_a-z]\.?-?){1,3}")


class Model(Protocol):
    """A trained model's opinion: `carnet.pipeline.nlp.Nlp`."""

    def persons(self, text: str) -> list[Found[str]]: ...

    def knows(self, word: str) -> bool: ...


def find_doubtful(text: str, rules: Rules, model: Model, certain: Iterable[tuple[int, int]] = ()) -> list[Found[str]]:
    """Spans that may be somebody's name, beside those that are `certain` (start, end): "doubt", or "guess" where only
    the model says so. It is asked only where something in a text looks like a name.

    >>> from carnet.pipeline.nlp import get_nlp
    >>> text = "Les ateliers de Wojciech Kowalczyk ont réuni vingt communes."
    >>> [text[f.start : f.end] for f in find_doubtful(text, load_rules(), get_nlp())]  # doctest: +SKIP
    ['Wojciech Kowalczyk']
    """
    words, known, found, text = _words(rules), list(certain), [], as_typed(text)
    for offset in range(0, max(len(text), 1), _MOST - _OVERLAP):
        piece = text[offset : offset + _MOST]
        covered = [(start - offset, end - offset) for start, end in known]
        found += [Found(f.value, f.start + offset, f.end + offset, f.rule) for f in _in(piece, words, model, covered)]
    return found


@dataclass(frozen=True)
class _More:
    """The lexicons, folded. `harmless`: words that stand in no name; `labels`: what announces a person."""

    personal: PersonalWords
    harmless: frozenset[str]
    roles: frozenset[str]
    labels: frozenset[str]
    households: frozenset[str]
    numbered: frozenset[str]
    families: frozenset[str]
    middle: frozenset[str]
    firms: frozenset[str]
    surnames: Surnames
    company: Company


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _More:
    people, personal = rules.lexicon("people"), words_of(rules)

    def folded(entries: object) -> frozenset[str]:
        return frozenset(word for entry in entries for word in fold(str(entry)).split())  # type: ignore[attr-defined]

    roles = folded(people["role_heads"]) - folded(rules.lexicon("personal")["also_roles"])
    return _More(
        personal, harmless_of(rules), roles, frozenset(fold(str(label)) for label in people["labels"]),
        folded(rules.lexicon("personal")["households"]), folded(rules.lexicon("personal")["numbered"]),
        frozenset(fold(str(people["family_names"])).split()), folded(people["middle_names"]),
        firms_of(rules),
        surnames_of(rules), _company(rules, personal, roles),
    )  # fmt: skip


def _company(rules: Rules, personal: PersonalWords, roles: frozenset[str]) -> Company:
    said = rules.lexicon("personal")
    agents, rosters, behind, small, held, dignities, closings, has, did = (
        frozenset(fold(str(word)) for word in said[name])
        for name in ("agents", "rosters", "behind", "small_words", "held", "dignities", "closings", "has", "did")
    )
    articles = frozenset(fold(str(word)) for word in rules.lexicon("people")["articles"])
    profiles, networks = ("|".join(re.escape(str(w)) for w in said[name]) for name in ("profiles", "networks"))
    return Company(
        agents=agents, rosters=rosters | roles, behind=behind, given=personal.given - personal.also_words,
        called=surnames_of(rules).given,
        small=(small - agents) | personal.particles,
        civilities=frozenset(word for word in personal.civilities if word[-1] != "."),
        titles=roles | held, dignities=dignities, grounds=personal.eponyms,
        closings=closings, articles=articles | personal.own_firms, has=has, did=did,
        profiles=re.compile(
            rf"(?:{profiles})/[\w./%-]{{2,200}}|\b(?:{networks})\s?:\s?@?[\w]{{1,60}}(?:[._-][\w]{{1,60}}){{1,4}}",
            re.IGNORECASE,
        ),
    )  # fmt: skip


def _in(text: str, words: _More, model: Model, covered: Sequence[tuple[int, int]]) -> Iterator[Found[str]]:
    tokens = tokens_of(text)
    free = [not any(start <= t.start and t.end - t.text.endswith(".") <= end for start, end in covered) for t in tokens]
    yield from _strange(text, tokens, free, words, model)
    yield from _named(tokens, free, words, covered)
    suspects = [
        *_announced(tokens, free, words), *_capitals(tokens, free, words), *_inverted(tokens, free, words),
        *_small(tokens, free, words), *_from_elsewhere(tokens, free, words),
    ]  # fmt: skip
    suspects = [suspect for suspect in suspects if not _is_firm(suspect, words)]
    if not suspects:
        return
    persons = model.persons(text)
    for suspect in suspects:
        if suspect.is_odd(model):
            yield Found("doubt", suspect.start, suspect.end, suspect.rule)
        elif suspect.is_seen(model, persons):
            yield Found("guess", suspect.start, suspect.end, suspect.rule)


def _named(
    tokens: Sequence[NameToken], free: Sequence[bool], words: _More, covered: Sequence[tuple[int, int]]
) -> Iterator[Found[str]]:
    """Common surnames where somebody would stand, or beside somebody, a number, an address ("Mme Lemoine/Hamon")."""
    for first, last in named(tokens, lambda token: _is_place([token]), words.surnames):
        if any(free[first : last + 1]):
            yield Found("doubt", tokens[first].start, tokens[last].end, "doubt.surname")
    for token in (t for t, is_free in zip(tokens, free, strict=True) if is_free and is_common(t, words.surnames)):
        gaps = [max(start - token.end, token.start - end) for start, end in covered]
        if any(0 <= gap <= _BESIDE for gap in gaps) and not _is_place([token]):
            yield Found("doubt", token.start, token.end, "doubt.surname")


def _is_firm(suspect: _Suspect, words: _More) -> bool:
    """One surname and the word of a firm ("Silva Consult"); with a given name or an initial it is somebody's own."""
    names = [t for t in suspect.tokens if t.low not in words.personal.particles]
    named = [t for t in names if t.low.rstrip(".") not in words.firms]
    own = any(_is_initial(t) or _is_given(t, words) or t.low in words.personal.civilities for t in named)
    return len(named) == 1 < len(names) and not own


def _strange(
    text: str, tokens: Sequence[NameToken], free: Sequence[bool], words: _More, model: Model
) -> Iterator[Found[str]]:
    """Words that no text knows, where somebody would stand."""

    def is_new(at: int, spellings: Callable[[str], Iterable[str]], anywhere: bool = False) -> bool:
        token = tokens[at]
        bare = re.sub(r"^[^\W\d_]['’]", "", token.text.rstrip("."))
        if not (free[at] and bare[:1].isupper() and _may_be_capital(token, words)):
            return False
        known = any(map(model.knows, spellings(bare))) and not is_common(token, words.surnames)
        return not (known or (_is_place([token]) and not anywhere) or is_eponym(tokens, at, words.personal))

    def is_strange(at: int) -> bool:
        return is_new(at, lambda bare: (bare, bare.lower(), bare.capitalize()))

    def is_proper(at: int) -> bool:
        return is_new(at, lambda bare: (bare.lower(),))

    def bears(at: int) -> bool:
        return is_new(at, lambda bare: (bare.lower(),), anywhere=True)

    for at in strangers(tokens, is_strange, is_proper, bears, words.company):
        if not is_eponym(tokens, at, words.personal):
            yield Found("doubt", tokens[at].start, tokens[at].end, "doubt.stranger")
    for m in () if text.isascii() else _ODD_WRITING.finditer(text):
        yield Found("doubt", *m.span(), "doubt.script")
    for start, end in in_one_word(text, tokens, model.knows, words.company):
        if not load_places().find(text[start:end].rstrip(".")):
            yield Found("doubt", start, end, "doubt.one_word")


@dataclass(frozen=True)
class _Suspect:
    """Tokens that may be a name. `is_sure`: its form tells without a model."""

    tokens: tuple[NameToken, ...]
    rule: str
    is_sure: bool = False

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        last = self.tokens[-1]
        return last.end - (last.text.endswith(".") and not _is_initial(last))

    def is_odd(self, model: Model) -> bool:
        """Whether its form is that of a name, or its words are in no text ("Ngozi Adeyemi")."""
        return self.is_sure or self._is_loud(model) or (len(self._words) > 1 and self._is_strange(model))

    def is_seen(self, model: Model, persons: Sequence[Found[str]]) -> bool:
        """Whether the model sees a person (in one word it sees too many), or one of several words is in no text."""
        seen = any(max(f.start, self.start) < min(f.end, self.end) for f in persons)
        if not seen:
            return len(self._words) > 1 and self._is_half_strange(model)
        return len(self.tokens) > 1 or self._is_strange(model)

    @property
    def _words(self) -> list[NameToken]:
        return [t for t in self.tokens if len(t.low) > 2]

    def _is_strange(self, model: Model) -> bool:
        return all(t.text[0].isupper() and not model.knows(t.low.strip(".")) for t in self._words)

    def _is_half_strange(self, model: Model) -> bool:
        """All have capitals, and one that is no abbreviation is in no text, however it is spelt."""
        named = [t.text.strip(".") for t in self._words]
        odd = [w for w in named if len(w) > 4 and w.istitle() and not any(map(model.knows, (w, w.lower())))]
        return bool(odd) and all(word[0].isupper() and not word.isupper() for word in named)

    def _is_loud(self, model: Model) -> bool:
        """A surname in capitals that is no known word, before another name ("LE GUENNO Yann")."""
        pairs = zip(self.tokens, self.tokens[1:], strict=False)
        return any(
            a.text.isupper() and len(a.text) > 4 and b.text.istitle() and len(b.text) > 2 and not model.knows(a.low)
            for a, b in pairs
        )


def _announced(tokens: Sequence[NameToken], free: Sequence[bool], words: _More) -> Iterator[_Suspect]:
    """What stands behind a civility or a label of persons ("mme okonkwo", "Contact : yildiz kaya")."""
    for at, token in enumerate(tokens[:-1]):
        after = at + 1
        if token.low in words.labels and tokens[after].text == ":":
            after += 1
        elif token.low in words.households:
            yield from _household(tokens, at, free, words)
            continue
        elif token.low not in words.personal.civilities or (at and tokens[at - 1].text.isdigit()):
            continue
        else:
            after = _past_elision(tokens, after, words)
        if after < len(tokens) and free[after] and _may_be_name(tokens[after], words):
            yield _Suspect((token, *tokens[after : after + 2]), "doubt.announced", is_sure=len(token.low) > 2)


def _household(
    tokens: Sequence[NameToken], at: int, free: Sequence[bool], words: _More
) -> Iterator[_Suspect]:  # fmt: skip
    """ "famille Morel", "consorts Le Cloarec", "Indivision Saint-Amans"."""
    after = at + 1
    while after + 1 < len(tokens) and tokens[after].low.rstrip("'’") in words.personal.particles:
        after += 1
    if free[after] and _bears_name(tokens[after], words):
        yield _Suspect((tokens[at], tokens[after]), "doubt.household", is_sure=True)


def _bears_name(token: NameToken, words: _More) -> bool:
    """A capital that is no word of a body, a saint's name among them ("Indivision Saint-Amans")."""
    saint = "-" in token.low and token.low.split("-")[0] in words.personal.eponyms and token.low not in words.harmless
    return _may_be_capital(token, words) or (saint and token.text[0].isupper())


def _past_elision(tokens: Sequence[NameToken], at: int, words: _More) -> int:
    """ "maître d'ouvrage": the word behind "d'"."""
    elided = tokens[at].text[-1] in "'’" and tokens[at].low.rstrip("'’") in words.personal.particles
    return at + (elided and at + 1 < len(tokens))


def _inverted(tokens: Sequence[NameToken], free: Sequence[bool], words: _More) -> Iterator[_Suspect]:
    """Surname, comma, given name ("Morel, Claudine"); no list of names of bodies."""
    for at in range(len(tokens) - 2):
        surname, comma, given = tokens[at : at + 3]
        if comma.text != "," or not (free[at] and free[at + 2]) or given.text.isupper():
            continue
        is_list = any(t.text == "," for t in (*tokens[max(0, at - 1) : at], *tokens[at + 3 : at + 4]))
        if all(_may_be_capital(t, words) and not _is_place([t]) for t in (surname, given)):
            is_given = _is_given(given, words)
            if is_given or not is_list:
                yield _Suspect((surname, given), "doubt.inverted", is_sure=is_given)


def _is_given(token: NameToken, words: _More) -> bool:
    return token.low.split("-")[0] in words.personal.given and token.low not in words.personal.also_words


def _capitals(tokens: Sequence[NameToken], free: Sequence[bool], words: _More) -> Iterator[_Suspect]:
    """Capitals side by side, an initial among them, or beside a role."""
    for first, last in _runs(tokens, free, words):
        run = tuple(tokens[first : last + 1])
        names = [t for t in run if not _is_initial(t) and t.low.rstrip("'’") not in words.personal.particles]
        initial = any(_is_initial(t) for t in run)
        signed = initial and first > 0
        if not names or (_is_place(names) and not signed) or is_eponym(tokens, first, words.personal):
            continue
        if initial:
            if all(len(t.low) > 2 for t in names) and not _is_numbered(tokens, first, words):
                yield _Suspect(run, "doubt.initial", is_sure=_is_inside(tokens, first, names))
        elif len(names) > 1 or (first > 0 and not (names[0].text.isupper() and len(names[0].text) < 6)):
            yield _Suspect(run, "doubt.capitals", is_sure=_has_role(tokens, first, last, words))


def _is_initial(token: NameToken) -> bool:
    return bool(_INITIAL.fullmatch(token.text)) and ("." in token.text or "-" in token.text)


def _is_numbered(tokens: Sequence[NameToken], first: int, words: _More) -> bool:
    return any(t.low in words.numbered for t in tokens[max(0, first - 1) : first + 1])


def _is_inside(tokens: Sequence[NameToken], first: int, names: Sequence[NameToken]) -> bool:
    """Not a numbered heading ("A. Diagnostic partagé"): something stands before it, or nothing behind it."""
    return first > 0 or len(names) > 1 or len(tokens) <= 3


def _runs(tokens: Sequence[NameToken], free: Sequence[bool], words: _More) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(tokens):
        last = at
        if free[at] and _may_be_capital(tokens[at], words):
            while last + 1 < len(tokens) and _goes_on(tokens, last + 1, free, words):
                last += 1
            while tokens[last].low in words.personal.particles:
                last -= 1
            yield at, last
        at = max(last, at) + 1


def _goes_on(tokens: Sequence[NameToken], at: int, free: Sequence[bool], words: _More) -> bool:
    near = tokens[at].start - tokens[at - 1].end <= 1
    is_particle = tokens[at].low in words.personal.particles and tokens[at].text.islower()
    return near and free[at] and (is_particle or _may_be_capital(tokens[at], words))


def _may_be_capital(token: NameToken, words: _More) -> bool:
    return token.text[0].isupper() and _may_be_name(token, words)


def _may_be_name(token: NameToken, words: _More) -> bool:
    bare = token.low.strip(".").split("'")[-1].split("’")[-1]
    if _is_initial(token):
        return True
    known = any(part in words.harmless for part in (bare, *bare.split("-")))
    return token.text[0].isalpha() and not known


def _is_place(names: Sequence[NameToken]) -> bool:
    return bool(load_places().find(" ".join(t.text for t in names)))


def _has_role(tokens: Sequence[NameToken], first: int, last: int, words: _More) -> bool:
    """Somebody's role stands beside it, behind a comma, a dash or a bracket ("…, DGS")."""
    after = [t.low for t in tokens[last + 1 : last + 3]]
    before = [t.low for t in tokens[max(0, first - 2) : first]]
    behind = len(after) == 2 and after[0] in (",", "(", "–", "—", "-", ":") and after[1] in words.roles
    ahead = bool(before) and (before[-1] in words.roles or (before[-1] in (",", ":") and before[0] in words.roles))
    return behind or ahead


def _small(tokens: Sequence[NameToken], free: Sequence[bool], words: _More) -> Iterator[_Suspect]:
    """Two small words of which one is a given name, or is followed by a role: the model tells whether they are one."""
    for at in range(len(tokens) - 1):
        last = at + 1
        if _is_given(tokens[at], words) and tokens[last].low in words.personal.particles and last + 1 < len(tokens):
            last += 1
        pair = tokens[at], tokens[last]
        if not all(free[at : last + 1]) or not any(t.text[0].islower() for t in pair):
            continue
        if not all(_may_be_name(t, words) for t in pair) or is_eponym(tokens, at + 1, words.personal):
            continue
        if any(_is_given(t, words) for t in pair) or _has_role(tokens, at, last, words):
            yield _Suspect(tuple(tokens[at : last + 1]), "doubt.small")


def _from_elsewhere(tokens: Sequence[NameToken], free: Sequence[bool], words: _More) -> Iterator[_Suspect]:
    """Names of three short words that no other rule knows: a surname that is no French word beside other capitals
    ("Nguyen Van Thanh"), or a word that only stands within names ("Le Thi Hoa")."""

    def may_be(at: int) -> bool:
        token = tokens[at]
        return token.text[0].isupper() and (token.low in words.middle or _may_be_capital(token, words))

    for at, token in enumerate(tokens):
        if not (free[at] and token.text[0].isupper()) or (token.text.isupper() and len(token.low) < 4):
            continue
        first, last = _stretch(tokens, at, may_be)
        if token.low in words.families and last > first and not is_eponym(tokens, first, words.personal):
            yield _Suspect(tuple(tokens[first : last + 1]), "doubt.family_name", is_sure=True)
        elif token.low in words.middle and last > at and _is_between(tokens, at, words):
            yield _Suspect(tuple(tokens[at - 1 : last + 1]), "doubt.middle_name", is_sure=True)


def _stretch(tokens: Sequence[NameToken], at: int, may_be: Callable[[int], bool]) -> tuple[int, int]:
    """The capitals around one, a blank apart; as many as a name has."""
    first = last = at
    while first and last - first < _LONGEST and _is_near(tokens, first - 1) and may_be(first - 1):
        first -= 1
    while last + 1 < len(tokens) and last - first < _LONGEST and _is_near(tokens, last) and may_be(last + 1):
        last += 1
    return first, last


def _is_near(tokens: Sequence[NameToken], at: int) -> bool:
    """Does the next word stand a blank away?"""
    return tokens[at + 1].start - tokens[at].end == 1


def _is_between(tokens: Sequence[NameToken], at: int, words: _More) -> bool:
    """Does a capital stand before it that is nobody's place or body? Articles may be surnames: "Le Thi Hoa"."""
    if not at or not _is_near(tokens, at - 1):
        return False
    before = tokens[at - 1]
    short = len(before.low) <= 2 and before.text.istitle()
    is_name = short or _may_be_capital(before, words)
    return is_name and not before.text.isupper() and not is_eponym(tokens, at - 1, words.personal)
