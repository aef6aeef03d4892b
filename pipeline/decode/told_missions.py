"""Which of the texts under heads are missions of the brochure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from carnet.pipeline.decode.decoded import Decoded
from carnet.pipeline.decode.doubts import SURE
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.roles import Role

NAMED = 0.75
"""Probability from which on text outside missions is taken for what it seems."""


def kept_missions(doc: Decoded, members: dict[int, list[int]]) -> list[int]:
    """Heads of what is a mission: not a line of contents that names one told elsewhere, nor text that lacks nearly all
    that the others have, nor what somebody of the firm did before, in short, on a page about people."""
    kinds = {a: {doc.roles[i] for i in some} - {Role.LABEL, Role.ASIDE, Role.REFERENCE} for a, some in members.items()}
    usual = sorted(len(k) for k in kinds.values())[len(kinds) // 2] if kinds else 0
    titles = {a: _letters(doc, some) for a, some in members.items()}
    pages = _about_people(doc)
    about_people = {a for a in kinds if doc.fragments[a].page in pages}
    short = Counter(doc.fragments[a].page for a, k in kinds.items() if k <= _IN_SHORT)
    all_on = Counter(doc.fragments[a].page for a in kinds)
    full = sorted(len(k) for a, k in kinds.items() if a not in about_people)
    bare = _without_labels(doc, members)
    on = Counter(doc.fragments[a].page for a in bare)
    out = []
    for anchor, some in kinds.items():
        poor = len(some) <= 2
        twin = any(
            len(kinds[b]) > len(some) and titles[anchor] and titles[b].startswith(titles[anchor][:40])
            for b in kinds
            if b != anchor
        )
        named = some >= _NAMED and _surely_named(doc, members[anchor])
        richer = len(full) > 0 and full[len(full) // 2] >= len(some) + _MORE
        page = doc.fragments[anchor].page
        in_short = anchor in about_people and some <= _IN_SHORT and richer and 2 * short[page] > all_on[page]
        firm = {doc.roles[i] for i in members[anchor] if doc.sure[i] >= NAMED} & some
        if anchor in bare and 2 * len(firm) <= usual and not (named and some <= _LISTED and on[page] >= _A_LIST):
            continue
        if not some or in_short or poor and twin or poor and usual >= _RICH and not named:
            continue
        out.append(anchor)
    return out


def _surely_named(doc: Decoded, members: Sequence[int]) -> bool:
    """Are its title and its client surely that, but for a few letters that go on with them?"""
    said = (i for i in members if doc.roles[i] in _NAMED and len(doc.fragments[i].text) >= _LETTERS)
    return all(doc.sure[i] >= SURE for i in said)


_LETTERS = 8
"""Of a name at least."""


def with_all_labels(doc: Decoded) -> set[int]:
    """Heads of missions that print once each label that nearly all print: nothing in them heads another."""
    said: dict[int, Counter[str]] = {}
    for i, role in enumerate(doc.roles):
        if role is Role.LABEL and doc.home[i] >= 0:
            said.setdefault(int(doc.home[i]), Counter())[letters_of(doc.fragments[i].text)] += 1
    often = Counter(key for some in said.values() for key in some)
    usual = {key for key, count in often.items() if count >= _NEARLY_ALL * len(said)}
    return {a for a, some in said.items() if all(some[key] == 1 for key in usual)} if len(usual) >= _LABELLED else set()


def _without_labels(doc: Decoded, members: dict[int, list[int]]) -> set[int]:
    """Heads of what has none of the labels that nearly every mission prints."""
    said = {
        a: {letters_of(doc.fragments[i].text) for i in some if doc.roles[i] is Role.LABEL}
        for a, some in members.items()
    }
    often = Counter(key for keys in said.values() for key in keys)
    usual = {key for key, count in often.items() if count >= _NEARLY_ALL * len(members)}
    return {a for a, keys in said.items() if not keys & usual} if len(usual) >= _LABELLED else set()


_NEARLY_ALL = 0.7
"""Share of the missions with a label, from which on all are to have such."""
_LABELLED = 3
"""Such labels at least."""
_NAMED = {Role.TITLE, Role.CLIENT}
"""What tells a mission of a short list behind full ones: "Autres références"."""
_RICH = 6
"""Kinds of parts of the usual mission from which on one with two is none."""


def _about_people(doc: Decoded) -> set[int]:
    """Pages on which people of the firm stand."""
    pages = Counter(f.page for f, role in zip(doc.fragments, doc.roles, strict=True) if role is Role.TEAM)
    return {page for page, count in pages.items() if count >= _PEOPLE_SAID}


_PEOPLE_SAID = 2
"""Texts about people of the firm: a name and what it does."""
_IN_SHORT = frozenset({
    Role.TITLE, Role.HEADING, Role.CLIENT, Role.PERIOD, Role.PLACE, Role.FACTS, Role.OTHER, Role.PARTNERS,
})  # fmt: skip
"""What a curriculum says of a mission."""
_A_LIST = 3
"""Missions on a page without any of the labels that the others have, from which on they are a list of their own."""
_LISTED = _IN_SHORT | {Role.AMOUNT, Role.WORKS_COST, Role.START, Role.END, Role.DURATION, Role.STATUS}
"""What a list behind missions with labels says of another."""
_MORE = 2
"""Kinds of parts by which the usual mission on the other pages is richer."""


def _letters(doc: Decoded, some: Sequence[int]) -> str:
    said = (doc.fragments[i].text for i in sorted(some) if doc.roles[i] in (Role.TITLE, Role.HEADING))
    return letters_of("".join(said))
