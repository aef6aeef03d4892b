"""What stands within a running text is of that text: a raised "7ème", words in brackets, the address of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

_ADDRESS = re.compile(r"https?://\S{4,400}$|www\.\S{4,400}$")
_RAISED = 0.8
"""Size of a raised sign at most, of the letters beside it."""
_SHORT = 5
"""Its letters at most."""
_FIGURES = 2
_ENDS = tuple(".!?;:")
_OWN = frozenset({Role.LABEL, Role.HEAD, Role.EMAIL, Role.PHONE, Role.CONTACT})
"""What is something else wherever it stands."""


def within_texts(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    sure: Sequence[float],
    homes: Sequence[int],
    above: Sequence[int],
) -> Iterator[tuple[int, int]]:
    """Fragments with the one before them on their line, whose text they go on with, or in whose brackets they stand, or
    the one above where it is hardly told what they are; a raised sign that opens a line, a number, or an address under
    a label, with the one behind it. `above`: the fragment above each, -1 for none."""
    said, home, sure = list(roles), list(homes), list(sure)
    labelled = {(homes[f.number], roles[f.number]) for f in fragments[1:] if roles[f.number - 1] is Role.LABEL}
    addresses: set[int] = set()
    for f, after in zip_longest(fragments[1:], fragments[2:]):
        before = fragments[f.number - 1]
        if _is_address(f, before, before.number in addresses):
            addresses.add(f.number)
        if roles[f.number].narrative and not _explains(f, before, said, sure):
            continue
        told = before if f.number in addresses and said[before.number].narrative else _text_of(f, before, after, said)
        if told is None and said[f.number] in _VAGUE and _in_brackets(f, fragments, said):
            told = before
        if told is None and after is not None and _opens_line(f, before, after, said, sure):
            told = after
        if told is None and (home[f.number], said[f.number]) in labelled:
            told = _told_in_passing(f, before, said)
        if told is None and home[f.number] != f.number:
            over = fragments[above[f.number]] if above[f.number] >= 0 else None
            told = before if _explains(f, before, said, sure) else _text_over(f, over, said, sure)
        if told is not None and said[told.number] is not said[f.number] and home[told.number] >= 0:
            said[f.number], home[f.number], sure[f.number] = said[told.number], home[told.number], sure[told.number]
            yield f.number, told.number


def _text_of(f: Fragment, before: Fragment, after: Fragment | None, said: Sequence[Role]) -> Fragment | None:
    """What it goes on with, if anything."""
    if after is not None and _is_first(f, before, after, said):
        return after
    if said[f.number] in _OWN:
        return None
    on_line = before.line == f.line and not f.joint and not f.marked
    if on_line and (_raised(f, before) or _is_text(before, said) and _within(before, f)):
        return before
    opens = after is not None and after.line == f.line and _raised(f, after)
    return after if opens else None


def _is_first(f: Fragment, before: Fragment, after: Fragment | None, said: Sequence[Role]) -> bool:
    """Is it an address right under a label whose text goes on below?"""
    under = said[before.number] is Role.LABEL and before.page == f.page and f.box.top > before.box.top
    text = after is not None and said[after.number].narrative and abs(after.box.x0 - f.box.x0) < f.style.size
    return under and text and bool(_ADDRESS.match(f.text))


def _told_in_passing(f: Fragment, before: Fragment, said: Sequence[Role]) -> Fragment | None:
    """The text before the colon, or the bar, that it stands behind: where its mission tells under a label what it seems
    to tell, it is of that text: "Animation : Perrault / Vigneau" beside "Partenaires : Hydrelle"."""
    inside = (
        before.line == f.line and f.joint in (":", "|") and before.style == f.style and said[before.number].narrative
    )
    return before if inside and said[f.number] not in _OWN else None


def _explains(f: Fragment, before: Fragment, said: Sequence[Role], sure: Sequence[float]) -> bool:
    """Does it stand behind the colon of a line of text, and is rather less told than that?"""
    on_line = before.line == f.line and f.joint == ":" and before.style == f.style and said[before.number].narrative
    weak = sure[f.number] < (sure[before.number] if said[f.number].narrative else _HARDLY)
    return on_line and weak and len(before.text) >= _LONG


def _text_over(f: Fragment, over: Fragment | None, said: Sequence[Role], sure: Sequence[float]) -> Fragment | None:
    """The text right above that it goes on with in the same look and place, if it is hardly told what it is."""
    if over is None or said[f.number] not in _VAGUE or sure[f.number] >= _HARDLY or not said[over.number].narrative:
        return None
    flush = abs(over.box.x0 - f.box.x0) < _FLUSH * f.style.size and over.style == f.style and over.page == f.page
    near = f.box.top - over.box.bottom < f.style.size
    return over if flush and near and over.marked == f.marked and sure[over.number] >= _HARDLY else None


_VAGUE = frozenset({Role.FRONT, Role.OTHER, Role.TITLE, Role.HEADING, Role.KICKER, Role.PLACE, Role.CLIENT})
_HARDLY = 0.6
"""Probability under which it is hardly told what a fragment is."""
_FLUSH = 0.3
_LONG = 30
"""Letters before a colon from which on they are no label."""


def _is_text(f: Fragment, roles: Sequence[Role]) -> bool:
    return roles[f.number].narrative and not f.text.rstrip().endswith(_ENDS)


def _within(before: Fragment, f: Fragment) -> bool:
    """Does it begin small, or in brackets that the text opens before it?"""
    return f.text[:1].islower() or before.text.count("(") > before.text.count(")") and ")" in f.text


def _is_address(f: Fragment, before: Fragment, goes_on: bool) -> bool:
    """Of a page in the web; or what is left of one on the next line, where that `goes_on`."""
    whole = not any(c.isspace() for c in f.text)
    near = before.page == f.page and f.box.top - before.box.bottom < before.style.size
    more = (goes_on or bool(_ADDRESS.search(before.text))) and f.style == before.style and len(f.text) > _SHORT
    return whole and near and (bool(_ADDRESS.search(f.text)) or more)


def _in_brackets(f: Fragment, fragments: Sequence[Fragment], said: Sequence[Role]) -> bool:
    """Does it stand in brackets that a text opens before it, or that open behind one, on its line or the one above?"""
    first = f.number
    while first > 0 and f.number - first < _MOST and _one_text(fragments[first - 1], fragments[first]):
        first -= 1
    line = [g for g in fragments[max(0, first - _MOST) : first + 1] if g.line == fragments[first].line]
    if f.box.x0 < line[0].box.x0 - _FLUSH * f.style.size:
        return False  # in another column
    if first == f.number or not all(said[i].narrative for i in range(first, f.number)):
        return False
    text = " ".join(fragments[i].text for i in range(first, f.number))
    opens = f.text.startswith("(") and f.line == fragments[f.number - 1].line
    return opens or text.count("(") > text.count(")")


def _one_text(a: Fragment, b: Fragment) -> bool:
    """One behind the other on a line, or on the next one, which begins no item of a list."""
    below = not b.marked and -a.style.size < b.box.top - a.box.bottom < a.style.size and b.box.x0 < a.box.x0
    alike = a.style == b.style or a.line == b.line and a.style.size == b.style.size  # a link in another colour
    return a.page == b.page and alike and (a.line == b.line or below)


_MOST = 8
"""Fragments before one that are looked at for a bracket."""


def _opens_line(f: Fragment, before: Fragment, after: Fragment, said: Sequence[Role], sure: Sequence[float]) -> bool:
    """Is it hardly told what it is, and parted by a sign from what goes on behind it: the number of an item, the first
    of two names?"""
    opens = before.line != f.line and after.line == f.line and after.joint in ("-", "|") and after.style == f.style
    text = said[after.number].narrative and f.text.isdecimal() and len(f.text) <= _FIGURES
    heading = said[after.number] is Role.CLIENT and said[f.number] in _NOTHING
    return opens and (text or heading) and sure[f.number] < _HARDLY


_NOTHING = frozenset({Role.FURNITURE, Role.FRONT, Role.OTHER})


def _raised(f: Fragment, beside: Fragment) -> bool:
    """A sign or an ordinal; a year set small beside a title is its own."""
    sign = f.text.isalnum() and len(f.text) <= (_FIGURES if f.text.isdecimal() else _SHORT)
    return sign and f.style.size <= _RAISED * beside.style.size
