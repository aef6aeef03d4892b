"""What the texts of a mission say by how many there are: the only one says what was done, whatever else it seems to
say; beside one that a label says to tell what was done, the other says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from carnet.pipeline.decode.paragraph_roles import told_without_labels
from carnet.pipeline.decode.tables import Tables
from carnet.pipeline.observe.document import look_of
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role

_MOST = 0.5
"""Share of the missions with texts whose texts are one paragraph without a label, from which on a paragraph is one
text."""
_RATHER = 0.7
"""Share of the letters of such paragraphs that seem to say what was done, from which on all do."""


class Texts:
    """The texts of missions. `over`: the label of each value; `announced`: what each fragment announces as a label or
    as the head of a column; `rank`: places in the order of reading."""

    def __init__(
        self,
        fragments: Sequence[Fragment],
        roles: Sequence[Role],
        homes: Sequence[int],
        over: Mapping[int, tuple[int, float]],
        announced: Sequence[Role | None],
        rank: Sequence[int],
    ) -> None:
        self.fragments, self.roles, self.homes, self.rank = fragments, roles, homes, rank
        self.over, self.announced = over, announced
        self.tables = Tables(fragments, roles)
        self.of: dict[int, list[int]] = {}
        for i, role in enumerate(roles):
            if role.narrative and homes[i] >= 0:
                self.of.setdefault(homes[i], []).append(i)

    def announces(self, i: int, role: Role) -> bool:
        """Does the label of a text, or the head of its column, say so? No label does for what is set in another look
        further below."""
        f = self.fragments[i]
        heads = list(self.tables.over(f.page, f.box, f.style.size))
        if i in self.over and not self._another(i):
            heads.append(self.over[i][0])
        return any(self.announced[h] is role for h in heads)

    def _another(self, i: int) -> bool:
        """Is it in another look than the first text under its label?"""
        label = self.over[i][0]
        first = min((j for j, (head, _) in self.over.items() if head == label), key=lambda j: self.rank[j])
        a, b = self.fragments[first], self.fragments[i]
        return first != i and look_of(a) != look_of(b) and b.box.top > a.box.bottom - 1


def told_alone(texts: Texts) -> Iterator[tuple[int, Role]]:
    """Texts with the role they have by what stands beside them: of why alone, or what came of it alone, what was done;
    of both, what came of it is; and one beside what a label says was done is why."""
    for some in texts.of.values():
        kinds = {texts.roles[i] for i in some}
        if Role.APPROACH not in kinds:
            last = Role.RESULTS if Role.RESULTS in kinds else Role.CONTEXT
            own = [i for i in some if texts.roles[i] is last]
            if not any(texts.announces(i, last) for i in own):
                yield from ((i, Role.APPROACH) for i in own)
        elif Role.CONTEXT not in kinds:
            done = [i for i in some if texts.announces(i, Role.APPROACH)]
            free = [i for i in some if i not in done and not texts.announces(i, texts.roles[i])]
            if done and free and len(free) + len(done) == len(some) and _set_apart(texts, done, free):
                yield from ((i, Role.CONTEXT) for i in free)


def _set_apart(texts: Texts, done: Sequence[int], free: Sequence[int]) -> bool:
    """In another look, or in a paragraph of its own before the label."""
    looks = {look_of(texts.fragments[i]) for i in done}
    labels = [texts.over[i][0] for i in done if i in texts.over]
    before = bool(labels) and max(texts.rank[i] for i in free) < min(texts.rank[i] for i in labels)
    return before or all(look_of(texts.fragments[i]) not in looks for i in free)


def one_paragraph(texts: Texts) -> Iterator[tuple[int, Role]]:
    """Texts of missions that are one paragraph without a label, in a brochure where most are: what was done."""
    told = list(told_without_labels(texts.fragments, texts.roles, texts.homes, texts.rank, 1))
    lone = [some[0] for some in told if len(some) == 1]
    letters = Counter[Role]()
    for i in (i for some in lone for i in some):
        letters[texts.roles[i]] += len(texts.fragments[i].text)
    if len(lone) < _MOST * max(1, len(texts.of)) or letters[Role.APPROACH] < _RATHER * letters.total():
        return
    for some in lone:
        yield from ((i, Role.APPROACH) for i in some if texts.roles[i] is not Role.APPROACH)
