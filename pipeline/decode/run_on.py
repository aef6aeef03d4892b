"""A line that goes on with the one above says what that says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from carnet.pipeline.observe.document import look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

_NEXT = 0.7
"""Letter sizes between two lines of one text at most."""
_FLUSH = 0.4
"""Letter sizes between where they begin, at most."""
_ENDS = tuple(".!?;:»")
_NOTHING = frozenset({Role.LABEL, Role.KICKER, Role.ASIDE, Role.FRONT, Role.HEAD, Role.FURNITURE, Role.OTHER})
"""What the end of a sentence may be taken for."""
_GOING_ON = frozenset({Role.CONTEXT, Role.APPROACH, Role.RESULTS, Role.TITLE, Role.FACTS})


def run_on(
    fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], sure: Sequence[float]
) -> Iterator[tuple[int, int]]:
    """Fragments on lines that go on with the line above, with the last fragment of that: "31 actions, 9 engagées la
    première" and "année", which was a label; "pour la Sem du Cady, de février 2020 à juillet" and "2022"; "La Ville de
    Morcy a voulu, en" and "2021, des tarifs plus justes", of which hardly anything says what it is."""
    said = list(roles)
    labels = Counter(f.text.casefold() for f in fragments if roles[f.number] is Role.LABEL)
    often = {text for text, count in Counter(f.text.casefold() for f in fragments).items() if count >= _OFTEN}
    for lines in _by_page(fragments, homes):
        for at, line in enumerate(lines):
            some = lines[max(0, at - _NEAR) : at]
            listed = _listed(some, line, said) if line[0].text.casefold() not in often else None
            if listed is not None:
                said[line[0].number] = Role.PARTNERS
                yield line[0].number, listed
                continue
            above = next((other for other in reversed(some) if _goes_on(other, line)), None)
            if above is None:
                continue
            last = above[-1].number
            whole = said[last] is Role.FACTS and len(line) == 1 and len(line[0].text) <= _REST
            for f in _up_to_its_end(line):
                if labels[f.text.casefold()] > 1:
                    break  # printed elsewhere, too: a label
                lost = said[last] in _GOING_ON and said[f.number] in _NOTHING
                lost |= said[last] is Role.OTHER and said[f.number].narrative
                lost |= said[last] is Role.CLIENT and said[f.number].of_mission and sure[f.number] < _HARDLY
                if (whole or lost) and said[f.number] is not said[last]:
                    said[f.number] = said[last]
                    yield f.number, last


def _listed(above: Sequence[Sequence[Fragment]], line: Sequence[Fragment], said: Sequence[Role]) -> int | None:
    """The last fragment of the firm right above a lone text that seems to be nothing: the next firm of the list."""
    if len(line) > 1 or said[line[0].number] not in _NOTHING - {Role.LABEL}:
        return None
    over = next((some for some in reversed(above) if _right_under(some, line)), None)
    return over[-1].number if over and len(over) == 1 and said[over[-1].number] is Role.PARTNERS else None


_HARDLY = 0.5
"""Probability under which it is hardly told what a line is."""
_OFTEN = 3
"""Times that a text stands in a brochure, from which on it is no name of one firm."""
_NEAR = 12
"""Lines of a page between two of one text, in other columns, at most."""
_REST = 30
"""Letters of the end of a line of facts at most."""


def _up_to_its_end(line: Sequence[Fragment]) -> list[Fragment]:
    """The fragments of the sentence that goes on; no label behind it."""
    out: list[Fragment] = []
    for f in line:
        if f.text.rstrip().endswith(":"):
            break
        out.append(f)
        if f.text.rstrip().endswith(_ENDS):
            break
    return out


def _by_page(fragments: Sequence[Fragment], homes: Sequence[int]) -> Iterator[list[list[Fragment]]]:
    """The lines of each page with missions, from the top, each with its fragments."""
    pages: dict[int, dict[int, list[Fragment]]] = {}
    with_missions = {fragments[i].page for i, home in enumerate(homes) if home >= 0}
    for f in fragments:
        if f.page in with_missions:
            pages.setdefault(f.page, {}).setdefault(f.line, []).append(f)
    for lines in pages.values():
        some = [sorted(line, key=lambda f: f.start) for line in lines.values()]
        yield sorted(some, key=lambda line: line[0].box.top)


def _right_under(above: Sequence[Fragment], line: Sequence[Fragment]) -> bool:
    """Does a line stand under another in one look, and begin where that does, or under its list mark?"""
    last, first, start = above[-1], line[0], above[0]
    size = max(first.style.size, 1.0)
    gap = first.box.top - last.box.bottom
    hangs = _HANGING if start.marked else _FLUSH
    flush = -hangs * size < first.box.x0 - start.box.x0 < _FLUSH * size
    return flush and -0.3 * size <= gap < _NEXT * size and not first.marked and look_of(last) == look_of(first)


def _goes_on(above: Sequence[Fragment], line: Sequence[Fragment]) -> bool:
    last, first = above[-1], line[0]
    if not _right_under(above, line):
        return False
    told = first.text[:1].islower() or first.text[:1].isdigit()
    return told and not last.text.rstrip().endswith(_ENDS) and not line[-1].text.rstrip().endswith(":")


_HANGING = 2.5
"""Letter sizes by which a line under a marked one may begin further left: under its mark."""


def dates_apart(fragments: Sequence[Fragment], roles: Sequence[Role]) -> list[int]:
    """Dates that a dash joins to a line of facts: "2017 – 2021, 5,2 ha, honoraires 21 200 €" is one line of facts."""
    out = []
    for one, other in zip(fragments, fragments[1:], strict=False):
        both = {roles[one.number], roles[other.number]} == {Role.PERIOD, Role.FACTS}
        if both and one.line == other.line and other.joint == "-":
            out += [f.number for f in (one, other) if roles[f.number] is Role.PERIOD]
    return out
