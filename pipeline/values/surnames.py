"""Surnames that many people bear, where somebody would stand: "Animation : Garnier", "Petit C.", "la DGS, Petit"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.people.names import is_person
from carnet.pipeline.values.people.words import words_of as people_words
from carnet.pipeline.values.personal import NameToken, PersonalWords, is_eponym, tokens_of, words_of

_BESIDE = ("|", "/", "(")
"""Between a given name and a surname of a table, or one in brackets."""
_SHORTEST = 4
_LONGEST_LABEL = 7
_JOINS = ("/", ",", "&", "et", "+")
_GOES_ON = ("et", "puis", "ou", "a", "ont", "avec", "contre", "c")
"""What may follow a surname that is a word besides: no noun goes on with these."""

Span = tuple[int, int] | None
IsPlace = Callable[[NameToken], bool]


@dataclass(frozen=True)
class Surnames:
    """Folded words. `ordinary`: surnames that are words besides; `harmless`: words of bodies, places, roles; `titles`:
    what stands for a person (roles); `announcing`: labels before a colon; `agents`: right before somebody; `kin`:
    before or behind a surname ("frères", "père"); `civilities`: whole words of them;
    `small`: before what is no person."""

    personal: PersonalWords
    common: frozenset[str]
    ordinary: frozenset[str]
    harmless: frozenset[str]
    given: frozenset[str]
    titles: frozenset[str]
    announcing: frozenset[str]
    agents: frozenset[str]
    kin: frozenset[str]
    civilities: frozenset[str]
    small: frozenset[str]


@lru_cache(maxsize=4)
def surnames_of(rules: Rules) -> Surnames:
    """The lexicons, folded."""
    said, listed, people = (rules.lexicon(name) for name in ("personal", "names", "people"))
    words = words_of(rules)
    common, ordinary, given = (frozenset(str(listed[name]).split()) for name in ("common", "ordinary", "given"))
    roles = _folded(people["role_heads"]) - _folded(said["also_roles"])
    labels = frozenset(fold(str(label)) for label in people["labels"])
    return Surnames(
        personal=words, common=common | ordinary, ordinary=ordinary, harmless=harmless_of(rules),
        given=(words.given | given) - words.also_words, titles=roles | _folded(said["ranks"]),
        announcing=roles | labels | _folded([*said["rosters"], *said["also_roles"], *said["holders"]]),
        agents=_folded(said["agents"]), kin=_folded(said["kin"]),
        civilities=frozenset(word for word in words.civilities if len(word) > 2 and word[-1] != "."),
        small=_folded(said["small_words"]),
    )  # fmt: skip


@lru_cache(maxsize=4)
def harmless_of(rules: Rules) -> frozenset[str]:
    """Words that stand in no name: of bodies, places and roles, small words."""
    personal, bodies = words_of(rules), rules.lexicon("organisations")
    named = _folded([*bodies["name_words"], *bodies["name_tails"], *bodies["regions"]])
    small = _folded(rules.lexicon("personal")["small_words"])
    return personal.nobody | personal.eponyms | personal.civilities | small | named


def _folded(entries: Iterable[object]) -> frozenset[str]:
    return frozenset(word for entry in entries for word in fold(str(entry)).split())


def is_common(token: NameToken, words: Surnames) -> bool:
    """Whether a word with a capital is such a surname, and no other word: it may stand where a strange one would."""
    return token.text[0].isupper() and _is_surname(token, words.common - words.ordinary - words.harmless)


def is_somebody(name: str, rules: Rules) -> bool:
    """Whether the whole of it is a person's name, in any order and from anywhere.

    >>> [is_somebody(name, load_rules()) for name in ("Silva Ana", "Ngozi Adeyemi", "Garcia Lopez", "Silva Consult")]
    [True, True, True, False]
    """
    words, people = surnames_of(rules), people_words(rules)
    tokens = [t for t in tokens_of(name) if t.low not in words.personal.particles]
    if any(_is_of_a_firm(token, rules) for token in tokens):
        return False
    if is_person(name, people, strictly=True):
        return True
    known = [t for t in tokens if _is_surname(t, words.common) or t.low.split("-")[0] in words.given]
    given = any(t.low.split("-")[0] in words.given for t in tokens)
    initials = [t for t in tokens if _is_initial(t)]
    named = len(known) + len(initials) == len(tokens) >= 2 and known
    return bool(named or (given and len(tokens) > 1 and is_person(name, people)))


def may_be_somebody(name: str, rules: Rules) -> bool:
    """Whether it has the form of a person's name, or is a surname alone: "Wojciech Kowalczyk", "Diallo"; and of many a
    firm's ("Terra Nivel")."""
    words = surnames_of(rules)
    if any(_is_of_a_firm(token, rules) for token in tokens_of(name)):
        return False
    return is_person(name, people_words(rules)) or fold(name) in words.common - words.harmless


def _is_of_a_firm(token: NameToken, rules: Rules) -> bool:
    """ "Conseil", "Paysage"."""
    return token.low.rstrip(".") in firms_of(rules)


@lru_cache(maxsize=4)
def firms_of(rules: Rules) -> frozenset[str]:
    """Words of firms, folded."""
    return _folded([*rules.lexicon("firm_words")["firm_words"], *rules.lexicon("personal")["trades"]])


def named(tokens: Sequence[NameToken], is_place: IsPlace, words: Surnames) -> Iterator[tuple[int, int]]:
    """First and last token of each that is somebody's name by what stands beside it."""
    if len(tokens) == 1 and tokens[0].text[0].isupper() and _is_surname(tokens[0], words.common - words.harmless):
        yield from () if is_place(tokens[0]) else [(0, 0)]
    for at, token in enumerate(tokens):
        if _is_surname(token, words.common):
            span = next((span for way in _WAYS for span in (way(tokens, at, is_place, words),) if span), None)
            if span and not is_eponym(tokens, span[0], words.personal):
                yield span
        elif _is_compound(token, words) and not is_place(token) and not is_eponym(tokens, at, words.personal):
            yield at, at


def _is_surname(token: NameToken, surnames: frozenset[str]) -> bool:
    """No abbreviation of three letters ("CHU")."""
    return _bare(token) in surnames and not (token.text.isupper() and len(token.text) < _SHORTEST)


def _bare(token: NameToken) -> str:
    return token.low.rstrip(".").split("'")[-1].split("’")[-1]


def _is_compound(token: NameToken, words: Surnames) -> bool:
    """ "Petit-Garnier", "Sylvie-Roux"."""
    parts = token.low.rstrip(".").split("-")
    if len(parts) != 2 or min(map(len, parts)) < _SHORTEST or not token.text[0].isupper():
        return False
    if parts[0] in words.given:
        return parts[1] in words.common - words.given
    return set(parts) <= words.common and not set(parts) <= words.ordinary and not set(parts) & words.personal.eponyms


# --- ways to be somebody; each gives the span of the name


def _with_initial(
    tokens: Sequence[NameToken], at: int, is_place: IsPlace, words: Surnames
) -> Span:  # fmt: skip
    """ "C. Petit", "Garnier M", "Garnier (M.)", "Lefèvre J.-B."; no numbered heading ("A. Fontaine de la place")."""
    if not tokens[at].text[0].isupper():
        return None
    if at and _is_near(tokens, at - 1) and _is_initial(tokens[at - 1]) and _ends(tokens, at, words):
        return at - 1, at
    behind = at + 1 + (at + 2 < len(tokens) and tokens[at + 1].text == "(")
    if behind < len(tokens) and _is_near(tokens, behind - 1) and _bare(tokens[at]) not in words.harmless:
        letters = tokens[behind]
        dotted = _is_initial(letters)
        if dotted or (letters.text.isupper() and len(letters.text) <= 2 and _ends(tokens, behind, words, whole=True)):
            return at, behind
    return None


def _with_given(
    tokens: Sequence[NameToken], at: int, is_place: IsPlace, words: Surnames
) -> Span:  # fmt: skip
    """ "Garnier Marc", "Garnier | Marc", "Marc (Garnier)", "Louise Maire", "garnier marc"."""
    low = tokens[at].low
    if low in words.personal.eponyms:
        return None
    for other in (at + 1, at - 1):
        if 0 <= other < len(tokens) and _is_near(tokens, min(at, other)) and _are_a_pair(tokens, at, other, words):
            return min(at, other), max(at, other)
    for other in (at + 2, at - 2):
        parted = 0 <= other < len(tokens) and tokens[(at + other) // 2].text in _BESIDE
        if parted and _are_a_pair(tokens, at, other, words) and not is_place(tokens[at]):
            return min(at, other), max(at, other)
    return None


def _are_a_pair(tokens: Sequence[NameToken], at: int, other: int, words: Surnames) -> bool:
    surname, given = tokens[at], tokens[other]
    if given.low.rstrip(".").split("-")[0] not in words.given or surname.low == given.low:
        return False
    if surname.text[0].isupper() and given.text[0].isupper():
        return True
    small = surname.text.islower() and given.text.islower()
    return small and _bare(surname) not in words.ordinary | words.harmless | words.given


def _beside_title(
    tokens: Sequence[NameToken], at: int, is_place: IsPlace, words: Surnames
) -> Span:  # fmt: skip
    """ "la DGS, Petit", "Petit, DGS", "le DGS (Garnier)", "l'élue Petit"; behind no blank alone may it be a place."""
    if not tokens[at].text[0].isupper() or _is_title(tokens[at], words):
        return None
    before = tokens[at - 1] if at else None
    if before and _is_title(before, words) and _is_near(tokens, at - 1) and _bare(tokens[at]) not in words.harmless:
        return None if is_place(tokens[at]) else (at, at)
    return (at, at) if _ends(tokens, at, words) and _is_apposed(tokens, at, is_place, words) else None


def _is_apposed(tokens: Sequence[NameToken], at: int, is_place: IsPlace, words: Surnames) -> bool:
    """Whether a title stands beside it, a sign between."""
    after = tokens[at + 1 : at + 3]
    if len(after) == 2 and after[0].text == "," and _is_title(after[1], words):
        return True
    sign = tokens[at - 1].text if at > 1 else ""
    may_be_place = sign == "(" and is_place(tokens[at])
    return sign in (",", ":", "(") and _is_title(tokens[at - 2], words) and not may_be_place


def _is_title(token: NameToken, words: Surnames) -> bool:
    """ "DGS", "lieutenant-colonel"."""
    return _bare(token).split("-")[-1] in words.titles


def _announced(
    tokens: Sequence[NameToken], at: int, is_place: IsPlace, words: Surnames
) -> Span:  # fmt: skip
    """ "Photos : Blanc", "dessiné par Blanc"."""
    fits = tokens[at].text[0].isupper() and _bare(tokens[at]) not in words.harmless and at
    if not fits or not _ends(tokens, at, words) or is_place(tokens[at]):
        return None
    return (at, at) if tokens[at - 1].low in words.agents or _is_listed(tokens, at - 1, words) else None


def _is_listed(tokens: Sequence[NameToken], at: int, words: Surnames) -> bool:
    """Whether a label and its colon stand there, names and what joins them between ("Animation : Petit / Garnier")."""
    while at > 1 and tokens[at].text in _JOINS and tokens[at - 1].text[0].isupper():
        at -= 2
    if tokens[at].text == "(" and at:
        return tokens[at - 1].low in words.announcing
    label = list(takewhile(lambda t: t.text[0].isalpha(), reversed(tokens[max(0, at - _LONGEST_LABEL) : at])))
    return tokens[at].text == ":" and any(t.low.strip(".") in words.announcing for t in label)


def _with_kin(
    tokens: Sequence[NameToken], at: int, is_place: IsPlace, words: Surnames
) -> Span:  # fmt: skip
    """ "Garnier père et fils", "les frères Garnier", "née Petit", "madame petit"."""
    before, after = tokens[max(0, at - 1) : at], tokens[at + 1 : at + 2]
    if any(t.low in words.civilities for t in before) and not _is_title(tokens[at], words):
        return at, at
    is_kin = tokens[at].text[0].isupper() and any(t.low in words.kin for t in (*before, *after))
    return (at, at) if is_kin and _ends(tokens, at, words) else None


def _with_year(tokens: Sequence[NameToken], at: int, is_place: IsPlace, words: Surnames) -> Span:
    """ "d'après Roux (2018)", "voir Roux & Blanc 2018"; "Ville de Roux (2018)" is a place's."""
    after = [t.text for t in tokens[at + 1 : at + 3] if t.text != "("]
    dated = bool(after) and len(after[0]) == 4 and after[0].isdigit()
    before = tokens[at - 1] if at else None
    free = before is None or before.low.rstrip("'’") not in words.small or before.low == "et"
    plain = tokens[at].text[0].isupper() and _bare(tokens[at]) not in words.harmless
    return (at, at) if dated and free and plain and not is_place(tokens[at]) else None


_WAYS = (_with_initial, _with_given, _beside_title, _announced, _with_kin, _with_year)


def _is_near(tokens: Sequence[NameToken], at: int) -> bool:
    return tokens[at + 1].start - tokens[at].end <= 1


def _is_initial(token: NameToken) -> bool:
    return len(token.text) <= 3 and token.text[0].isupper() and token.text[-1] in ".-" and token.text[1:2] in ".-"


def _ends(tokens: Sequence[NameToken], at: int, words: Surnames, whole: bool = False) -> bool:
    """Whether a surname that is a word besides ends here; `whole`: any surname."""
    if not whole and _bare(tokens[at]) not in words.ordinary | words.harmless:
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is None or not after.text[0].isalnum() or after.low in _GOES_ON or tokens[at].text.endswith(".")
