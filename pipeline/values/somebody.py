"""Surnames that many people bear, where somebody would stand: "Animation : Garnier", "Petit C.", "la DGS, Petit"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from carnet.pipeline.values.personal import NameToken, is_eponym
from carnet.pipeline.values.surnames import SHORTEST, Surnames, bare, is_common, is_initial, is_surname

_BESIDE = ("|", "/", "(")
"""Between a given name and a surname of a table, or one in brackets."""
_SIGNS = (",", ":", "(", "–", "—", "-", "=")
_LOOSE = ("(", "–", "—", "-")
"""Behind these a place may stand beside somebody's title."""
_OF_LABELS = (":", "=")
_LIST, _STEP = 3, 5
"""So many surnames, so few words between them, are people."""
_LONGEST_LABEL = 9
_JOINS = ("/", ",", "&", "+")

Span = tuple[int, int] | None
IsPlace = Callable[[NameToken], bool]


def named(tokens: Sequence[NameToken], is_place: IsPlace, words: Surnames) -> Iterator[tuple[int, int]]:
    """First and last token of each that is somebody's name by what stands beside it."""
    yield from ((at, at) for at in _alone(tokens, words) if not is_place(tokens[at]))
    yield from _enumerated(tokens, is_place, words)
    for at, token in enumerate(tokens):
        if is_surname(token, words.common):
            span = next((span for way in _WAYS for span in (way(tokens, at, is_place, words),) if span), None)
            if span and not is_eponym(tokens, span[0], words.personal):
                yield span
        elif _is_compound(token, words) and not is_place(token) and not is_eponym(tokens, at, words.personal):
            yield at, at


def _alone(tokens: Sequence[NameToken], words: Surnames) -> Iterator[int]:
    """Nothing else in the text, or in its last sentence, or before a bracket that closes without having been opened."""
    if len(tokens) == 1 and tokens[0].text[0].isupper() and is_surname(tokens[0], words.common - words.harmless):
        yield 0
    if len(tokens) > 1 and tokens[-2].text[-1] in ".!?" and is_common(tokens[-1], words):
        yield len(tokens) - 1
    if len(tokens) > 1 and tokens[1].text[0] == ")" and is_common(tokens[0], words):
        yield 0


def _enumerated(tokens: Sequence[NameToken], is_place: IsPlace, words: Surnames) -> Iterator[tuple[int, int]]:
    """ "Caron (Département), Lemoine (Région) et Hamon (ADEME)"."""
    run: list[int] = []
    for at, token in enumerate(tokens):
        if not is_common(token, words) or is_place(token) or (not run and is_eponym(tokens, at, words.personal)):
            continue
        run = [*run, at] if run and at - run[-1] <= _STEP else [at]
        if len(run) == _LIST:
            yield run[0], at


def _is_compound(token: NameToken, words: Surnames) -> bool:
    """ "Petit-Garnier", "Sylvie-Roux"."""
    parts = token.low.rstrip(".").split("-")
    if len(parts) != 2 or min(map(len, parts)) < SHORTEST or not token.text[0].isupper():
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
    if at and _is_near(tokens, at - 1) and is_initial(tokens[at - 1]) and _ends(tokens, at, words):
        return at - 1, at
    behind = at + 1 + (at + 2 < len(tokens) and tokens[at + 1].text == "(")
    if behind < len(tokens) and _is_near(tokens, behind - 1) and bare(tokens[at]) not in words.harmless:
        letters = tokens[behind]
        dotted = is_initial(letters)
        bare_letters = letters.text.isupper() and len(letters.text) <= 2 and letters.low not in words.firms
        if dotted or (bare_letters and _ends(tokens, behind, words, whole=True)):
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
    return small and bare(surname) not in words.ordinary | words.harmless | words.given


def _beside_title(
    tokens: Sequence[NameToken], at: int, is_place: IsPlace, words: Surnames
) -> Span:  # fmt: skip
    """ "la DGS, Petit", "Petit, DGS", "le DGS (Garnier)", "le colonel Fournier", "Garnier : chef de projet"."""
    if not tokens[at].text[0].isupper() or _is_title(tokens[at], words):
        return None
    led = bare(tokens[at]) not in words.harmless and not is_place(tokens[at]) and _is_led(tokens, at, words)
    return (at, at) if led or (_ends(tokens, at, words) and _is_apposed(tokens, at, is_place, words)) else None


def _is_led(tokens: Sequence[NameToken], at: int, words: Surnames) -> bool:
    """Whether nothing but a blank stands between it and a title: "le colonel Fournier", "chef de projet Garnier",
    "Garnier architecte"; behind "maire de" stands a place."""
    before, after = tokens[max(0, at - 3) : at], tokens[at + 1 : at + 2]
    if after and _is_near(tokens, at) and after[0].text.islower() and _is_title(after[0], words):
        return True
    if not before or not _is_near(tokens, at - 1):
        return False
    small = [t.low.rstrip("'’") in words.small for t in before]
    whole = small == [False, True, False] and before[-1].text.islower() and _is_title(before[0], words)
    return whole or _is_title(before[-1], words)


def _is_apposed(tokens: Sequence[NameToken], at: int, is_place: IsPlace, words: Surnames) -> bool:
    """Whether a title stands beside it, a sign between."""
    after = tokens[at + 1 : at + 3]
    if len(after) == 2 and after[0].text in _SIGNS and _is_title(after[1], words):
        return True
    sign = tokens[at - 1].text if at > 1 else ""
    if sign not in _SIGNS or (sign in _LOOSE and is_place(tokens[at])):
        return False
    label = _label_before(tokens, at - 1)
    return any(_is_title(token, words) for token in (label if sign in _OF_LABELS else label[:3]))


def _label_before(tokens: Sequence[NameToken], at: int) -> list[NameToken]:
    """The words before a sign, the last first; what stands in brackets is none of them."""
    before = list(tokens[max(0, at - _LONGEST_LABEL) : at])
    if before and before[-1].text == ")":
        opened = next((n for n in reversed(range(len(before))) if before[n].text == "("), 0)
        before = before[:opened]
    return list(takewhile(lambda token: token.text[0].isalpha(), reversed(before)))


def _is_title(token: NameToken, words: Surnames) -> bool:
    """ "DGS", "lieutenant-colonel"."""
    return bare(token).split("-")[-1] in words.titles


def _announced(
    tokens: Sequence[NameToken], at: int, is_place: IsPlace, words: Surnames
) -> Span:  # fmt: skip
    """ "Photos : Blanc", "dessiné par Blanc"."""
    fits = tokens[at].text[0].isupper() and bare(tokens[at]) not in words.harmless and at
    if not fits or not _ends(tokens, at, words) or is_place(tokens[at]):
        return None
    before = at - 1
    while before and tokens[before].low.rstrip("'’") in words.small - words.agents:
        before -= 1
    written = "".join(t.low for t in tokens[max(0, before - 2) : before + 1]) in words.written_to
    return (at, at) if written or tokens[before].low in words.agents or _is_listed(tokens, at - 1, words) else None


def _is_listed(tokens: Sequence[NameToken], at: int, words: Surnames) -> bool:
    """Whether a label and its colon stand there, names and what joins them between ("Animation : Petit / Garnier")."""
    while (
        at > 1 and (tokens[at].text in _JOINS or tokens[at].low in words.goes_on) and tokens[at - 1].text[0].isupper()
    ):
        at -= 2
    if tokens[at].text == "(" and at:
        return tokens[at - 1].low in words.announcing
    return tokens[at].text == ":" and any(t.low.strip(".") in words.announcing for t in _label_before(tokens, at))


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
    plain = tokens[at].text[0].isupper() and bare(tokens[at]) not in words.harmless
    return (at, at) if dated and free and plain and not is_place(tokens[at]) else None


_WAYS = (_with_initial, _with_given, _beside_title, _announced, _with_kin, _with_year)


def _is_near(tokens: Sequence[NameToken], at: int) -> bool:
    return tokens[at + 1].start - tokens[at].end <= 1


def _ends(tokens: Sequence[NameToken], at: int, words: Surnames, whole: bool = False) -> bool:
    """Whether a surname that is a word besides ends here; `whole`: any surname."""
    if not whole and bare(tokens[at]) not in words.ordinary | words.harmless:
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is None or not after.text[0].isalnum() or after.low in words.goes_on or tokens[at].text.endswith(".")
