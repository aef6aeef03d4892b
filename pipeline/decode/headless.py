"""Missions whose heading is no text: a picture, or nothing at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.roles import Role

_FACTS = frozenset({
    Role.CLIENT, Role.PERIOD, Role.START, Role.END, Role.DURATION, Role.AMOUNT, Role.CONTACT, Role.EMAIL, Role.PHONE,
})  # fmt: skip
"""What a mission prints in one place."""
_MISSIONS = 3
"""Missions that one label opens, at least."""
_SHARE = 0.6
"""Of the missions with labels, that one label opens, and that print another of its labels once."""
_AGAIN = 2
"""Labels, beside the one that opens, that come again."""


def without_heads(
    fragments: Sequence[Fragment],
    roles: Sequence[Role],
    announced: Sequence[Role | None],
    homes: Sequence[int],
    rank: Sequence[int],
) -> Iterator[int]:
    """The label that opens each mission without a head: where most missions are opened by one label, it comes again in
    one, or in none, and with it other labels that a mission prints once, on a page with more facts of a kind than
    heads."""
    labels: dict[int, dict[str, list[int]]] = {}
    for i in sorted((i for i, role in enumerate(roles) if role is Role.LABEL), key=lambda i: rank[i]):
        labels.setdefault(homes[i], {}).setdefault(letters_of(fragments[i].text), []).append(i)
    first = Counter(next(iter(some)) for home, some in labels.items() if home >= 0)
    opening, count = first.most_common(1)[0] if first else ("", 0)
    if count < max(_MISSIONS, _SHARE * first.total()):
        return
    facts = Counter(
        (fragments[i].page, text) for some in labels.values() for text, same in some.items() for i in same
        if announced[i] in _FACTS
    )  # fmt: skip
    heads = Counter(fragments[i].page for i, home in enumerate(homes) if home == i)
    fuller = {page for (page, _), count in facts.items() if count > heads[page]}
    once = _told_once([some for home, some in labels.items() if home >= 0])
    for home, some in labels.items():
        places = some.get(opening, [])
        own = next((i for i in places if rank[i] > rank[home]), next(iter(places), None)) if home >= 0 else None
        more = [i for i in places if i != own]
        again = [some[text] for text in some.keys() & once if len(some[text]) > (home >= 0)]
        if more and len(again) > _AGAIN and not _retold(fragments, roles, homes, home):
            yield from (i for i in more if fragments[i].page in fuller)


def _told_once(missions: Sequence[dict[str, list[int]]]) -> set[str]:
    """Labels that missions with them nearly always print once."""
    often = Counter(text for some in missions for text in some)
    single = Counter(text for some in missions for text, places in some.items() if len(places) == 1)
    return {text for text, count in single.items() if count >= _SHARE * often[text]}


def _retold(fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int], home: int) -> bool:
    """Are the mission's facts the same each time, as where its head comes again on the next page?"""
    some = Counter(letters_of(fragments[i].text) for i, h in enumerate(homes) if h == home and roles[i] in _FACTS)
    return sum(count > 1 for count in some.values()) * 2 >= len(some)
