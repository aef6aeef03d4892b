"""The best whole: heads of missions, what belongs to each, what stands around; and how sure each part is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from carnet.pipeline.decode.cut_headings import cut_within_lines
from carnet.pipeline.decode.doubts import SURE
from carnet.pipeline.decode.entries import bracketed_entries
from carnet.pipeline.decode.feet import one_a_page, under_their_pages
from carnet.pipeline.decode.figures import big_figures, pulled_out
from carnet.pipeline.decode.group_clients import group_clients
from carnet.pipeline.decode.headless import without_heads
from carnet.pipeline.decode.heads import in_two_stretches, parted_by_colons
from carnet.pipeline.decode.homes import homes
from carnet.pipeline.decode.items import Item, listed_items
from carnet.pipeline.decode.labels import labels_of, texts_under_labels, told_apart, told_by_labels
from carnet.pipeline.decode.menus import marked_entries, unfolded_entries
from carnet.pipeline.decode.odd_ones import unlike_the_others
from carnet.pipeline.decode.openers import (
    kickers_alike,
    lone_titles,
    of_the_whole,
    openers_alike,
    over_a_list,
    over_all_parts,
    over_every_mission,
    over_several,
    tags,
)
from carnet.pipeline.decode.over_columns import gone_on
from carnet.pipeline.decode.over_titles import facts_over_titles
from carnet.pipeline.decode.paragraph_roles import told_by_place
from carnet.pipeline.decode.parts import named_parts
from carnet.pipeline.decode.people_tables import PeopleTable, number_of, people_tables, their_missions
from carnet.pipeline.decode.proposal import Read
from carnet.pipeline.decode.rounds import Round, rounds
from carnet.pipeline.decode.run_on import dates_apart, run_on
from carnet.pipeline.decode.section_rows import section_rows
from carnet.pipeline.decode.strays import behind_front_matter, between_its_own, over_front_matter, texts_over_heads
from carnet.pipeline.decode.stretches import (
    Falls,
    Stretch,
    columns,
    falls_of,
    in_columns,
    in_order,
    paragraphs,
    stretches,
)
from carnet.pipeline.decode.tables import (
    Tables,
    clients_of_rows_above,
    clients_over_rows,
    dates_by_columns,
    one_title_a_row,
    told_by_columns,
)
from carnet.pipeline.decode.telling import told_in_order
from carnet.pipeline.decode.told_alone import Texts, one_paragraph, told_alone
from carnet.pipeline.decode.within_texts import within_texts
from carnet.pipeline.observe.document import FLOW, SLOT, Observed, look_of
from carnet.pipeline.page.fragments import Fragment, Sheet
from carnet.pipeline.page.relations import RELATIONS
from carnet.pipeline.roles.links import ranks_by_roles
from carnet.pipeline.roles.network import RoleModel, Told, sums
from carnet.pipeline.rules.fold import letters_of
from carnet.schemas.layout import BBox, Passage
from carnet.schemas.outline import MissionSection, Outline, Part, PartKind
from carnet.schemas.roles import Role

Index = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.float32]

ANCHOR = 0.5
"""Probability from which on a fragment heads a mission."""

PART_OF = {
    Role.TITLE: PartKind.TITLE, Role.CLIENT: PartKind.CLIENT, Role.PLACE: PartKind.PLACE, Role.PERIOD: PartKind.PERIOD,
    Role.DURATION: PartKind.DURATION, Role.START: PartKind.START, Role.END: PartKind.END, Role.AMOUNT: PartKind.AMOUNT,
    Role.WORKS_COST: PartKind.WORKS_COST, Role.PARTNERS: PartKind.PARTNERS, Role.STATUS: PartKind.STATUS,
    Role.REFERENCE: PartKind.REFERENCE, Role.OTHER: PartKind.OTHER, Role.CONTEXT: PartKind.CONTEXT,
    Role.APPROACH: PartKind.APPROACH, Role.RESULTS: PartKind.RESULTS, Role.FACTS: PartKind.FACTS,
    Role.CONTACT: PartKind.CONTACT, Role.EMAIL: PartKind.CONTACT, Role.PHONE: PartKind.CONTACT,
    Role.ASIDE: PartKind.OTHER,
}  # fmt: skip
_PEOPLE = (Role.CONTACT, Role.EMAIL, Role.PHONE)


@dataclass
class _Document:
    """What the decoder works on."""

    sheets: Sequence[Sheet]
    seen: Observed
    roles: list[Role]
    shares: Matrix
    sure: list[float]
    announced: list[Role | None]
    home: Index  # index of the anchor, -1 for none
    home_sure: npt.NDArray[np.float32]
    lines: list[Passage]
    pitch: float
    rank: list[int]
    parts: list[float]  # how likely each fragment names a part of the brochure
    afar: set[int] = field(default_factory=set)  # told of a mission in a table elsewhere
    shared: dict[int, list[int]] = field(default_factory=dict)  # told of several missions, by head
    items: dict[int, tuple[Part, ...]] = field(default_factory=dict)  # parts of short references, by head

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        return self.seen.fragments

    @cached_property
    def over_values(self) -> dict[int, tuple[int, float]]:
        """The label of each value, and how far it is in letter sizes."""
        return labels_of(self.seen, self.roles, self.home.tolist())

    @cached_property
    def tagged(self) -> bool:
        """Are the words over missions tags, which name no part? Asked for when all roles are settled."""
        return bool(tags(self.fragments, self.roles, self.home.tolist()))

    @cached_property
    def with_kickers(self) -> int:
        """Missions with a line over their title that names their part. Likewise."""
        homes = self.home.tolist()
        return len({homes[i] for i, role in enumerate(self.roles) if role is Role.KICKER and homes[i] >= 0})

    @cached_property
    def tables(self) -> Tables:
        """Asked for when all roles are settled."""
        return Tables(self.fragments, self.roles)

    @cached_property
    def falls(self) -> Falls:
        """How far the lines of texts are from each other; likewise."""
        order = sorted((i for i, role in enumerate(self.roles) if role.narrative), key=lambda i: self.rank[i])
        return falls_of([self.fragments[i] for i in order])

    @cached_property
    def heads(self) -> list[int]:
        """Heads of columns, likewise."""
        return [i for i, role in enumerate(self.roles) if role is Role.HEAD]


TellItem = Callable[[Passage], tuple[Part, ...]]


def _no_item(item: Passage) -> tuple[Part, ...]:
    return ()


def decode(
    sheets: Sequence[Sheet], seen: Observed, told: Told, model: RoleModel, tell_item: TellItem = _no_item
) -> Read:
    """Missions in the order of print. `tell_item`: the parts of a short reference, see `items.parts_of`."""
    doc = settled(sheets, seen, told, model, tell_item)
    anchors = np.flatnonzero(doc.home == np.arange(len(doc.home)))
    members: dict[int, list[int]] = {int(a): [] for a in anchors}
    around: list[int] = []
    shared = {i for some in doc.shared.values() for i in some}
    for i, role in enumerate(doc.roles):
        if role.of_mission and doc.home[i] >= 0:
            members[int(doc.home[i])].append(i)
        elif i in shared:
            continue
        elif role is not Role.HEAD:
            around.append(i)
    for head, some in doc.shared.items():
        if head in members:  # what names a part since heads none
            members[head] += some
    told_of = _told_of(doc, members)
    odd = unlike_the_others(doc.fragments, doc.roles, {a: members[a] for a in told_of}, doc.sure)
    rows = _in_rows(doc, told_of)
    order = sorted((a for a in told_of if a not in odd), key=lambda a: _order(doc, a, rows))
    around += [i for a in members if a not in set(order) for i in members[a]]
    entries = bracketed_entries(
        doc.fragments, doc.roles, doc.shares, model.roles, doc.lines, {a: members[a] for a in order}
    )
    sections: list[MissionSection] = []
    sure: list[dict[PartKind, float]] = []
    for anchor in order:
        if not members[anchor]:
            continue
        section, doubts = _section(doc, len(sections) + 1, anchor, sorted(members[anchor]), around)
        if anchor in entries:
            section = replace(section, heading=(entries[anchor].heading,), parts=entries[anchor].parts)
        if anchor in doc.items and not entries:
            section = replace(section, heading=(), parts=doc.items[anchor])
        sections.append(section)
        sure.append(doubts)
    theirs = [n for n, role in enumerate(model.roles) if role.of_mission]
    share = float(told.roles[:, theirs].sum(axis=1).mean()) if len(told.roles) else 1.0
    unsure = max(_unsure_parts(doc), _unsure_heads(doc, told, {*order}))
    return Read(_outline(doc, sections, around), tuple(sure), _untold(doc, around), share, unsure)


def _unsure_parts(doc: _Document) -> float:
    """Share of what missions hold that is hardly told from something else."""
    sure = [p >= SURE for p, role in zip(doc.sure, doc.roles, strict=True) if role.of_mission]
    return 1 - sum(sure) / len(sure) if sure else 1.0


def _unsure_heads(doc: _Document, told: Told, kept: Container[int]) -> float:
    """Texts that may head a mission and may not, and heads that only the grammar asks for, to each that is sure.
    `kept`: the heads of what is a mission in the end."""
    heads = int((told.anchors >= ANCHOR).sum())
    between = np.flatnonzero((told.anchors >= 1 - _HEADS_SURELY) & (told.anchors < _HEADS_SURELY)).tolist()
    whole = _with_all_labels(doc)
    home = doc.home.tolist()
    maybe = sum((home[i] in kept or not whole) and (home[i] == i or home[i] not in whole) for i in between)
    asked = sum(home[i] == i and i not in whole for i in np.flatnonzero(told.anchors < 1 - _HEADS_SURELY).tolist())
    return (maybe + asked) / heads if heads else 1.0


_HEADS_SURELY = 0.85
"""Probability from which on a text surely heads a mission; surely none, under what is left."""


NAMED = 0.75
"""Probability from which on text outside missions is taken for what it seems."""


def _untold(doc: _Document, around: Sequence[int]) -> dict[int, list[str]]:
    """What seems to be of a mission and has none, and what is hardly sure to be of none."""
    out: dict[int, list[str]] = {}
    for i in around:
        if doc.roles[i].of_mission or doc.sure[i] < NAMED and doc.roles[i] is Role.FRONT:
            out.setdefault(doc.fragments[i].page, []).append(doc.fragments[i].text)
    return out


def _told_of(doc: _Document, members: dict[int, list[int]]) -> list[int]:
    """Heads of what is a mission: not a line of contents that names one told elsewhere, nor text that lacks nearly all
    that the others have, nor what somebody of the firm did before, in short, on a page about people."""
    kinds = {a: {doc.roles[i] for i in some} - {Role.LABEL, Role.ASIDE, Role.REFERENCE} for a, some in members.items()}
    usual = sorted(len(k) for k in kinds.values())[len(kinds) // 2] if kinds else 0
    titles = {a: _letters(doc, some) for a, some in members.items()}
    pages = _about_people(doc)
    about_people = {a for a in kinds if doc.fragments[a].page in pages}
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
        named = some >= _NAMED and all(doc.sure[i] >= SURE for i in members[anchor] if doc.roles[i] in _NAMED)
        richer = len(full) > 0 and full[len(full) // 2] >= len(some) + _MORE
        in_short = anchor in about_people and some <= _IN_SHORT and richer
        page = doc.fragments[anchor].page
        firm = {doc.roles[i] for i in members[anchor] if doc.sure[i] >= NAMED} & some
        if anchor in bare and 2 * len(firm) <= usual and not (named and some <= _LISTED and on[page] >= _A_LIST):
            continue
        if not some or in_short or poor and twin or poor and usual >= _RICH and not named:
            continue
        out.append(anchor)
    return out


def _with_all_labels(doc: _Document) -> set[int]:
    """Heads of missions that print once each label that nearly all print: nothing in them heads another."""
    said: dict[int, Counter[str]] = {}
    for i, role in enumerate(doc.roles):
        if role is Role.LABEL and doc.home[i] >= 0:
            said.setdefault(int(doc.home[i]), Counter())[letters_of(doc.fragments[i].text)] += 1
    often = Counter(key for some in said.values() for key in some)
    usual = {key for key, count in often.items() if count >= _NEARLY_ALL * len(said)}
    return {a for a, some in said.items() if all(some[key] == 1 for key in usual)} if len(usual) >= _LABELLED else set()


def _without_labels(doc: _Document, members: dict[int, list[int]]) -> set[int]:
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


def _about_people(doc: _Document) -> set[int]:
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


def _letters(doc: _Document, some: Sequence[int]) -> str:
    said = (doc.fragments[i].text for i in sorted(some) if doc.roles[i] in (Role.TITLE, Role.HEADING))
    return letters_of("".join(said))


def settled(
    sheets: Sequence[Sheet], seen: Observed, told: Told, model: RoleModel, tell_item: TellItem = _no_item
) -> _Document:
    """Heads, links and roles that agree with the grammar: where a mission has twice what it has once, a head was
    missed; labels, and the names of parts, are used alike throughout a brochure."""
    told = _with_section_rows(seen, told, model)
    apart = people_tables(seen.fragments, told.roles, model.roles)
    said = told.roles
    told = _set_apart(told, model, apart)
    anchors = np.flatnonzero(told.anchors >= ANCHOR)
    anchors = anchors[~_beside_a_head(seen, told.anchors, anchors)]
    anchors = anchors[~_of_one_text(seen, told, anchors)]
    anchors = anchors[~_of_none(told, model, anchors)]
    doc = _document(sheets, seen, told, model, anchors)
    bare = set(without_heads(doc.fragments, doc.roles, doc.announced, doc.home.tolist(), doc.rank))
    if bare:
        headings = _headings_over(doc, bare, anchors)
        anchors = np.array(sorted({*anchors.tolist(), *headings.values()}), np.int64)
        bare -= headings.keys()
        anchors = np.array(sorted({*anchors.tolist(), *bare}), np.int64)
        doc = _document(sheets, seen, told, model, anchors, bare)
    for _ in range(_ROUNDS):
        more = _in_rows_of_their_own(doc, told, anchors, _missed(doc, told, anchors))
        if not more:
            break
        anchors = np.array(sorted({*anchors.tolist(), *more}), np.int64)
        doc = _document(sheets, seen, told, model, anchors, bare)
    boxed = any(piece.word.box for line in doc.lines[:1] for piece in line.pieces)
    some_rounds = [] if boxed else rounds(doc.fragments, doc.roles, doc.announced, told.anchors.tolist(), doc.rank)
    if some_rounds:
        bare = {r.head for r in some_rounds if r.bare}
        within = {i for r in some_rounds for i in (*r.before, *r.labelled)}
        kept = {r.head for r in some_rounds} | set(anchors.tolist()) - within
        doc = _document(sheets, seen, told, model, np.array(sorted(kept), np.int64), bare)
        _in_rounds(doc, some_rounds, model)
    heads = anchors.tolist()
    listed = [] if some_rounds else listed_items(doc.fragments, doc.roles, heads, doc.rank, doc.lines, tell_item)
    if listed:
        within = {i for item in listed for i in item.members}
        kept = {item.head for item in listed} | set(anchors.tolist()) - within
        doc = _document(sheets, seen, told, model, np.array(sorted(kept), np.int64), bare)
        _in_items(doc, listed)
    for i, head in list(facts_over_titles(doc.fragments, doc.roles, doc.home.tolist())):
        doc.home[i] = head
    for i, role in list(
        in_two_stretches(doc.fragments, doc.roles, doc.shares, doc.home.tolist(), doc.rank, model.roles)
    ):
        doc.roles[i] = role
    for i, role in list(parted_by_colons(doc.fragments, doc.roles, doc.home.tolist(), doc.rank)):
        doc.roles[i] = role
    for i in [*cut_within_lines(doc.fragments, doc.roles, doc.home.tolist())]:
        doc.roles[i] = Role.HEADING
    for i in (*_lone_signs(doc), *_hashed(doc)):
        doc.roles[i] = Role.FURNITURE
    for i, share in list(told_by_labels(seen, doc.roles, doc.shares, told.of, doc.home.tolist(), model.roles)):
        doc.roles[i], doc.sure[i] = model.roles[int(share.argmax())], float(share.max())
    for i, share in list(told_apart(seen, doc.roles, doc.shares, doc.home.tolist(), model.roles)):
        doc.roles[i], doc.sure[i] = model.roles[int(share.argmax())], float(share.max())
    for i, share in list(told_by_columns(doc.fragments, doc.roles, doc.shares, told.of, doc.home.tolist())):
        doc.roles[i], doc.sure[i] = model.roles[int(share.argmax())], float(share.max())
    for i, role in list(dates_by_columns(doc.fragments, doc.roles, doc.announced, doc.home.tolist())):
        doc.roles[i] = role
    for i, share in list(one_title_a_row(doc.fragments, doc.roles, doc.shares, doc.home.tolist(), model.roles)):
        doc.roles[i], doc.sure[i] = model.roles[int(share.argmax())], float(share.max())
    for i, role in list(gone_on(doc.fragments, doc.roles, doc.announced, doc.home.tolist(), doc.rank, doc.sure)):
        doc.roles[i] = role
    for i, role in list(texts_under_labels(seen, doc.roles, doc.home.tolist())):
        doc.roles[i] = role
    above = seen.beside[RELATIONS.index("above")].tolist()
    for i, beside in list(within_texts(doc.fragments, doc.roles, doc.sure, doc.home.tolist(), above)):
        doc.roles[i], doc.home[i], doc.sure[i] = doc.roles[beside], doc.home[beside], doc.sure[beside]
    for i, last in list(run_on(doc.fragments, doc.roles, doc.home.tolist())):
        doc.roles[i], doc.home[i] = doc.roles[last], doc.home[last]
    for i in dates_apart(doc.fragments, doc.roles):
        doc.roles[i] = Role.FACTS
    over = labels_of(seen, doc.roles, doc.home.tolist())
    for i in texts_over_heads(doc.fragments, doc.roles, doc.home.tolist(), over, doc.rank):
        doc.roles[i], doc.sure[i], doc.home[i] = Role.FRONT, _BY_PLACE, -1
    for i in over_front_matter(doc.fragments, doc.roles, doc.home.tolist(), doc.rank):
        doc.roles[i], doc.sure[i], doc.home[i] = Role.FRONT, _BY_PLACE, -1
    for i in behind_front_matter(doc.fragments, doc.roles, doc.home.tolist(), doc.rank):
        doc.home[i] = -1
    for i, head in list(between_its_own(doc.fragments, doc.roles, doc.home.tolist(), doc.rank)):
        doc.home[i] = head
    for i in _before_their_head(doc):
        doc.home[i] = -1
    paragraphs = told_by_place(doc.fragments, doc.roles, doc.shares, doc.home.tolist(), doc.rank, model.roles)
    for i, share in list(paragraphs):
        role, sure = model.roles[int(share.argmax())], float(share.max())
        doc.roles[i], doc.sure[i] = role, sure if role is doc.roles[i] else min(sure, _BY_PLACE)
    for i, role in list(told_in_order(doc.fragments, doc.roles, doc.shares, doc.home.tolist(), doc.rank, model.roles)):
        doc.roles[i] = role
    for tell in (one_paragraph, told_alone):
        home = doc.home.tolist()
        over = labels_of(seen, doc.roles, home)
        for i, role in list(tell(Texts(doc.fragments, doc.roles, home, over, doc.announced, doc.rank))):
            doc.roles[i], doc.sure[i] = role, min(doc.sure[i], _BY_PLACE)
    pulled = pulled_out(doc.fragments, doc.roles, doc.home.tolist())
    doubted = {(int(doc.home[i]), doc.roles[i]) for i in pulled}  # a text that lost a part of what it seemed to be
    for i in pulled:
        doc.roles[i] = Role.ASIDE
    for i, role in enumerate(doc.roles):
        doc.sure[i] = min(doc.sure[i], _BY_PLACE) if (int(doc.home[i]), role) in doubted else doc.sure[i]
    for head, some in big_figures(doc.fragments, doc.roles, doc.home.tolist()).items():
        _tell_figures(doc, head, some)
    for i in lone_titles(doc.fragments, doc.roles, doc.home.tolist(), doc.rank):
        named = sum(c.isalpha() for c in doc.fragments[i].text) >= _NAME
        doc.roles[i], doc.sure[i], doc.home[i] = (Role.DOMAIN if named else Role.FRONT), _BY_PLACE, -1
    domain = told.roles[:, model.roles.index(Role.DOMAIN)]
    for i in openers_alike(doc.fragments, doc.roles, doc.home.tolist(), doc.rank, domain):
        doc.roles[i], doc.sure[i] = Role.DOMAIN, float(domain[i])
    for i, head in under_their_pages(doc.fragments, doc.roles, doc.home.tolist(), doc.rank).items():
        doc.home[i] = head
    for i, head in one_a_page(doc.fragments, doc.roles, doc.home.tolist()).items():
        doc.home[i] = head
    for half, whole in _halves(doc):
        doc.home[doc.home == half] = whole
    for i in _before_their_head(doc):
        doc.home[i] = -1
    for i in over_all_parts(doc.fragments, doc.roles, doc.home.tolist()):
        doc.roles[i] = Role.FURNITURE
    menus = marked_entries(doc.fragments, doc.roles, doc.home.tolist())
    for i in menus.others:
        doc.roles[i] = Role.FRONT if doc.roles[i] is Role.DOMAIN else doc.roles[i]
    for i in menus.here:
        doc.roles[i], doc.sure[i], doc.home[i] = Role.DOMAIN, _BY_MENU, -1
    unfolded = unfolded_entries(doc.fragments, doc.roles, doc.home.tolist())
    for i in unfolded.others:
        doc.roles[i], doc.home[i] = Role.FRONT, -1
    for i in unfolded.here:
        doc.roles[i], doc.sure[i], doc.home[i] = Role.DOMAIN, _BY_MENU, -1
    for i in over_every_mission(doc.fragments, doc.roles, doc.home.tolist()):
        doc.roles[i] = Role.LABEL
    for i in kickers_alike(doc.fragments, doc.roles, told.roles[:, model.roles.index(Role.KICKER)]):
        doc.roles[i] = Role.KICKER
    for i in over_several(doc.fragments, doc.roles, doc.home.tolist(), doc.rank):
        doc.roles[i], doc.home[i] = Role.DOMAIN, -1
    for i in over_a_list(doc.fragments, doc.roles, doc.home.tolist(), doc.rank):
        doc.roles[i], doc.sure[i], doc.home[i] = Role.DOMAIN, _BY_PLACE, -1
    for i in clients_over_rows(doc.fragments, doc.roles, doc.home.tolist(), doc.rank):
        doc.roles[i], doc.home[i] = Role.GROUP_CLIENT, -1
    for group in group_clients(doc.fragments, doc.roles, doc.home.tolist(), doc.rank):
        people = group.people(doc.roles)
        doc.afar.update(people)
        doc.shared |= {head: people for head in group.missions}
        for i in (*group.client, *group.between):
            doc.home[i] = -1
            if i not in people:
                doc.roles[i] = Role.GROUP_CLIENT if i in group.client else Role.FRONT
    for head, clients in list(clients_of_rows_above(doc.fragments, doc.roles, doc.home.tolist())):
        doc.shared[head] = [*doc.shared.get(head, ()), *clients]
    for i in named_parts(doc.fragments, doc.roles, doc.home.tolist()):
        doc.roles[i], doc.sure[i], doc.home[i] = Role.DOMAIN, _BY_PLACE, -1
    for i in of_the_whole(doc.fragments, doc.roles, doc.home.tolist(), doc.sure):
        doc.roles[i] = Role.FRONT
    for table in apart:
        _people_of(doc, table, said, model)
    people = [model.roles.index(role) for role in _PEOPLE]
    for i in (i for i, role in enumerate(doc.roles) if role in _PEOPLE):  # which of them, the words tell
        doc.sure[i] = max(doc.sure[i], float(doc.shares[i, people].sum()))
    return doc


def _headings_over(doc: _Document, labels: Collection[int], anchors: Index) -> dict[int, int]:
    """By label, the heading right over it in the look of other heads, where it has one that seemed to head nothing."""
    looks = {look_of(doc.fragments[a]) for a in anchors.tolist()}
    order = sorted(range(len(doc.rank)), key=lambda i: doc.rank[i])
    at = {i: n for n, i in enumerate(order)}
    out = {}
    for label in labels:
        n = at[label]
        while n > 0 and doc.roles[order[n - 1]] in _HEADS and look_of(doc.fragments[order[n - 1]]) in looks:
            n -= 1
        over = order[n : at[label]]
        if over and not {*over} & {*anchors.tolist()} and doc.fragments[over[-1]].page == doc.fragments[label].page:
            out[label] = next((i for i in over if doc.roles[i] is not Role.CLIENT), over[0])
    return out


def _in_items(doc: _Document, listed: Sequence[Item]) -> None:
    """Gives each fragment of a list of references to its item."""
    for item in listed:
        for i in item.members:
            doc.home[i], doc.home_sure[i] = item.head, max(doc.home_sure[i], _BY_LABELS)
        doc.items[item.head] = _of_its_money(item, doc.roles)
    within = {i for item in listed for i in item.members}
    heads = {item.head for item in listed}
    for i in range(len(doc.home)):
        if i not in within and int(doc.home[i]) in heads:
            doc.home[i] = -1


def _of_its_money(item: Item, roles: Sequence[Role]) -> tuple[Part, ...]:
    """Its parts, an amount as what it seems to be: a fee, or the cost of works."""
    said = {roles[i] for i in item.members}
    if Role.AMOUNT in said or Role.WORKS_COST not in said:
        return item.parts
    works = PartKind.WORKS_COST
    return tuple(
        replace(p, kind=works, rule=f"roles.{works.value}") if p.kind is PartKind.AMOUNT else p for p in item.parts
    )


def _in_rounds(doc: _Document, some: Sequence[Round], model: RoleModel) -> None:
    """Gives each label to the mission in whose round it stands, and its value with it: all that follows the label of a
    text up to the next label, and behind the last label, and behind others that few missions have, what they
    announce."""
    for told in some:
        mine: list[int] = []
        announced: Role | None = None
        usual = set(told.usual)
        if not any(doc.roles[i] is Role.CLIENT for i in told.before):
            for i in told.named:
                _tell(doc, i, Role.CLIENT, model)
        for i in (*told.labelled, *told.behind):
            if i in told.owed and announced is not None:
                _tell(doc, i, announced, model)
            elif doc.home[i] == i and i != told.head:
                break
            if i in usual or i in told.behind and doc.roles[i] is Role.LABEL:
                announced = doc.announced[i]
            elif announced is not None and announced.narrative:
                if i in told.behind and not doc.roles[i].narrative:
                    break
                if doc.roles[i] not in _FACTS_IN_TEXTS or doc.sure[i] < _BY_LABELS:
                    _tell(doc, i, announced, model)
            elif i in told.behind and doc.roles[i] is not announced and not {doc.roles[i], announced} <= _ABOUT_PEOPLE:
                break
            mine.append(i)
        others = False
        for i in [*told.labelled, *told.behind][len(mine) :]:
            others |= not doc.roles[i].of_mission
            if others and doc.roles[i].narrative and doc.home[i] == told.head:
                doc.home[i] = -1
        for i in mine:
            doc.home[i], doc.home_sure[i] = told.head, max(doc.home_sure[i], _BY_LABELS)
        before = {*told.before, *told.labelled, *told.behind}
        first = min(doc.rank[i] for i in before)
        earlier = [i for i in np.flatnonzero(doc.home == told.head).tolist() if doc.rank[i] < first]
        texts = max((doc.rank[i] for i in earlier if doc.roles[i].narrative), default=-1)
        for i in earlier:
            doc.home[i] = -1 if doc.rank[i] <= texts else told.head


def _tell(doc: _Document, i: int, role: Role, model: RoleModel) -> None:
    """What a fragment is, whatever it seems to be."""
    doc.roles[i], doc.sure[i] = role, max(doc.sure[i], _BY_LABELS)
    doc.shares[i] = (1 - _BY_LABELS) / (len(model.roles) - 1)
    doc.shares[i, model.roles.index(role)] = _BY_LABELS


_FACTS_IN_TEXTS = frozenset({Role.PARTNERS, Role.PERIOD, Role.AMOUNT, Role.WORKS_COST, Role.ASIDE})
"""What may stand by itself among the sentences of a text."""
_ABOUT_PEOPLE = frozenset({Role.CONTACT, Role.EMAIL, Role.PHONE, Role.LABEL, Role.ASIDE})
_BY_LABELS = 0.9
"""How surely a text belongs to the mission in whose round of labels it stands."""


def _tell_figures(doc: _Document, head: int, some: Sequence[tuple[int, list[int]]]) -> None:
    """Big figures and their words are what came of a mission, each a result, where nothing else says so; else they
    stand beside it."""
    order = [i for figure, words in some for i in (figure, *words)]
    others = any(r is Role.RESULTS and doc.home[i] == head and i not in order for i, r in enumerate(doc.roles))
    for i, place in zip(order, sorted(doc.rank[i] for i in order), strict=True):
        doc.rank[i], doc.roles[i] = place, Role.ASIDE if others else Role.RESULTS


def _set_apart(told: Told, model: RoleModel, tables: Sequence[PeopleTable]) -> Told:
    """What the networks say, but for tables of people, which are looked at when the missions are known."""
    some = sorted(i for table in tables for i in table.members)
    if not some:
        return told
    roles, anchors = told.roles.copy(), told.anchors.copy()
    roles[some], anchors[some] = 0.0, 0.0
    roles[some, model.roles.index(Role.FRONT)] = 1.0
    return replace(told, roles=roles, anchors=anchors)


def _people_of(doc: _Document, table: PeopleTable, said: Matrix, model: RoleModel) -> None:
    """Gives the people of a table to the missions of those they are named for, to all of several of one name; who is
    named for none is told so."""
    named: dict[int, str] = {}
    numbers: dict[int, list[str]] = {}
    for i in sorted(range(len(doc.roles)), key=lambda i: doc.rank[i]):
        if doc.home[i] >= 0 and doc.roles[i] in _HEADS:
            named[int(doc.home[i])] = f"{named.get(int(doc.home[i]), '')} {doc.fragments[i].text}"
        elif doc.home[i] >= 0 and doc.roles[i] is Role.REFERENCE:
            numbers.setdefault(int(doc.home[i]), []).append(number_of(doc.fragments[i].text))
    order = {a: named[a] for a in sorted(named, key=lambda a: doc.rank[a])}
    for row in table.rows:
        for i in row.people:
            doc.roles[i], doc.sure[i] = model.roles[int(said[i].argmax())], float(said[i].max())
    theirs = their_missions(table, order, numbers)
    often = Counter(i for people in theirs.values() for i in people)
    for mission, people in theirs.items():
        for i in people:
            doc.home[i], doc.home_sure[i] = mission if often[i] == 1 else -1, _BY_NAME
            doc.afar.add(i)
        if several := [i for i in people if often[i] > 1]:
            doc.shared[mission] = [*doc.shared.get(mission, ()), *several]


_BY_NAME = 0.9
"""How surely somebody belongs to the mission of a body that a table names beside."""


def _with_section_rows(seen: Observed, told: Told, model: RoleModel) -> Told:
    """What the networks say, but for the rows of tables that name their parts."""
    rows = section_rows(seen.fragments, told.roles, told.anchors, model.roles)
    if not rows:
        return told
    roles, anchors = told.roles.copy(), told.anchors.copy()
    roles[rows], anchors[rows] = (1 - _BY_PLACE) / (len(model.roles) - 1), 0.0
    roles[rows, model.roles.index(Role.DOMAIN)] = _BY_PLACE
    return replace(told, roles=roles, anchors=anchors)


def _in_rows_of_their_own(doc: _Document, told: Told, anchors: Index, more: Sequence[int]) -> list[int]:
    """Those of more heads that are no cells beside a head, in a table with heads of columns."""
    if not more:
        return []
    both = np.array(sorted({*anchors.tolist(), *more}), np.int64)
    beside = set(both[_beside_a_head(doc.seen, told.anchors, both)].tolist())
    tables = Tables(doc.fragments, doc.roles)
    cells = (i for i in beside if tables.over(doc.fragments[i].page, doc.fragments[i].box, doc.fragments[i].style.size))
    return sorted(set(more) - set(cells))


def _beside_a_head(seen: Observed, heads: Matrix, anchors: Index) -> npt.NDArray[np.bool_]:
    """Which of the anchors are hardly likely heads right beside a sure one, in a place where no sure one stands in the
    whole brochure; or stand beside one in whose place far more of them stand: cells of its row."""
    slot, page, box = seen.groups[SLOT][anchors], seen.page[anchors], seen.boxes[anchors]
    sure = heads[anchors] >= _SURELY
    near = np.abs((box[:, None, 1] + box[:, None, 3] - box[None, :, 1] - box[None, :, 3]) / 2) < _ONE_ROW
    apart = (box[:, None, 0] >= box[None, :, 2]) | (box[:, None, 2] <= box[None, :, 0])
    beside = near & apart & (page[:, None] == page[None, :]) & sure[None, :]
    many = np.bincount(slot, minlength=1)[slot] if len(slot) else slot
    fewer = _FAR_MORE * many[:, None] <= many[None, :]
    told: npt.NDArray[np.bool_] = ~sure & ~np.isin(slot, slot[sure]) & beside.any(axis=1)
    told |= (beside & fewer).any(axis=1)
    total = np.bincount(slot, heads[anchors], minlength=1)[slot] if len(slot) else heads[anchors]
    mean = total / np.maximum(many, 1)
    told |= (beside & (mean[:, None] + _WEAKER <= mean[None, :])).any(axis=1)
    return told


_FAR_MORE = 2
"""How many times more heads stand in one column than in another, of which then none is one beside it."""
_WEAKER = 0.15
"""How much less likely the texts of one column are heads, on the mean, than those of another: then none is one beside
one of those."""
_ONE_ROW = 1.6
"""Letter sizes between the middles of two cells of a row, of which one has a line more."""
_SURELY = 0.9
"""Probability from which on a head is one, whatever stands beside it."""


def _of_one_text(seen: Observed, told: Told, anchors: Index) -> npt.NDArray[np.bool_]:
    """Which of the anchors are hardly likely heads right before or behind a likelier one in a running text, both the
    same, or on one line: two lines of one title, or what a sign parts in one heading."""
    flow, best = seen.groups[FLOW], told.roles.argmax(axis=1)
    out = np.zeros(len(anchors), bool)
    for n, (a, b) in enumerate(zip(anchors[:-1].tolist(), anchors[1:].tolist(), strict=True)):
        if b == a + 1 and (
            flow[a] == flow[b] and best[a] == best[b] or _parted_by_a_sign(seen.fragments[a], seen.fragments[b])
        ):
            weaker = n if told.anchors[a] < told.anchors[b] else n + 1
            out[weaker] |= bool(told.anchors[anchors[weaker]] < _SURELY)
    return out


def _parted_by_a_sign(one: Fragment, other: Fragment) -> bool:
    """The one right before the other on its line, in its look."""
    follows = other.number == one.number + 1 and one.line == other.line and one.page == other.page
    return follows and bool(other.joint) and one.style == other.style


def _of_none(told: Told, model: RoleModel, anchors: Index) -> npt.NDArray[np.bool_]:
    """Which of the anchors are hardly likely heads that seem to belong to no mission: a line of contents."""
    around = np.array([not role.of_mission for role in model.roles], bool)
    none = around[told.roles[anchors].argmax(axis=1)] if len(anchors) else np.zeros(0, bool)
    return np.asarray(none & (told.anchors[anchors] < _SURELY), bool)


def _halves(doc: _Document) -> list[tuple[int, int]]:
    """Heads under which stands for whom and where, and nothing else, right before one on the page that says what, and
    for whom not or in the same words: two halves of one mission, as in a letter whose head names the client."""
    kinds: dict[int, set[Role]] = {}
    clients: dict[int, list[str]] = {}
    for i, role in enumerate(doc.roles):
        if role.of_mission and doc.home[i] >= 0:
            kinds.setdefault(int(doc.home[i]), set()).add(role)
            if role is Role.CLIENT:
                clients.setdefault(int(doc.home[i]), []).append(doc.fragments[i].text)
    named = {a: letters_of("".join(clients.get(a, []))) for a in kinds}
    order = sorted(kinds, key=lambda a: doc.rank[a])
    return [
        (half, whole)
        for half, whole in zip(order, order[1:], strict=False)
        if doc.fragments[half].page == doc.fragments[whole].page
        and Role.CLIENT in kinds[half] <= _FOR_WHOM
        and Role.HEADING not in kinds[whole]
        and named[whole] in ("", named[half])
        and Role.TITLE in kinds[whole]
    ]


_FOR_WHOM = frozenset({Role.CLIENT, Role.PLACE, Role.ASIDE, Role.LABEL, Role.REFERENCE, Role.KICKER})


def _before_their_head(doc: _Document) -> list[int]:
    """Text on a page before the one on which its mission begins, hardly linked to it, or with the head of another
    mission between, or before the first where hardly another mission has such: the firm's own words."""
    of_heads = {a for a in doc.home.tolist() if a >= 0}
    heads = sorted(doc.rank[a] for a in of_heads)
    before = [
        (i, home)
        for i, home in enumerate(doc.home.tolist())
        if home >= 0 and doc.roles[i].of_mission and doc.fragments[home].page > doc.fragments[i].page
    ]
    seldom = len({home for _, home in before}) <= _SELDOM * len(of_heads)
    out = []
    for i, home in before:
        between = bisect_left(heads, doc.rank[home]) - bisect_right(heads, doc.rank[i])
        first = seldom and doc.rank[home] == heads[0]
        if first or doc.home_sure[i] < _LINKED or between > 0:
            out.append(i)
    return out


_TAGGED = 2
"""Missions with something over their titles up to which it is no name of a part, where it stands elsewhere."""
_SELDOM = 0.2
"""Share of the missions with text on a page before their head, up to which none has."""


_LINKED = 0.5
"""Probability under which a text stands with no mission of a later page."""


def _lone_signs(doc: _Document) -> list[int]:
    """What stands between a label and its value, alone on its line or in another look, is neither."""
    told = [i for i, role in enumerate(doc.roles) if role.of_mission and not role.narrative]
    return [i for i in told if i != doc.home[i] and not doc.fragments[i].text.strip(_SIGNS)]


def _hashed(doc: _Document) -> list[int]:
    """Tags name no part: "#montagne"."""
    named = (i for i, role in enumerate(doc.roles) if role in (Role.DOMAIN, Role.KICKER))
    return [i for i in named if doc.fragments[i].text.startswith("#")]


_NAME = 3
"""Letters of the name of a part at least."""
_SIGNS = ":;,.|/·• "
_ROUNDS = 3
_BY_MENU = 0.95
"""How surely an entry set apart in a menu that comes again names a part."""
_BY_PLACE = 0.8
"""How surely a text names a part whose place alone says so."""
_LEAST = 0.08
"""Probability under which nothing is taken for a head, whatever the grammar asks."""
_ONCE = (Role.CLIENT, Role.PERIOD, Role.AMOUNT, Role.TITLE, Role.HEADING)
"""What a mission prints once, nearly always."""


def _missed(doc: _Document, told: Told, anchors: Index) -> list[int]:
    """The likeliest heads of the missions that a mission with several clients, dates and amounts must hold."""
    members: dict[int, list[int]] = {}
    homeless: list[int] = []
    for i, role in enumerate(doc.roles):
        if role.of_mission:
            (members.setdefault(int(doc.home[i]), []) if doc.home[i] >= 0 else homeless).append(i)
    out: list[int] = []
    for anchor, some in members.items():
        wanted = _times(doc, some)
        if wanted > 1:
            out += _likeliest(doc, told, [i for i in some if i != anchor], wanted - 1)
    if homeless:
        out += _likeliest(doc, told, homeless, max(1, _times(doc, homeless)))
    return [i for i in out if i not in set(anchors.tolist())]


def _times(doc: _Document, some: Sequence[int]) -> int:
    """How often the second commonest of the roles told once is told: one alone may be told twice."""
    fragments = [doc.fragments[i] for i in some]
    lines = stretches(fragments, [doc.roles[i] for i in some], [1.0] * len(some), doc.lines)
    counts = sorted((len(_clusters([s for s in lines if s.role is r], doc)) for r in _ONCE), reverse=True)
    return counts[1]


def _likeliest(doc: _Document, told: Told, some: Sequence[int], count: int) -> list[int]:
    """Texts that may head a mission, those in the look of other heads first."""
    heads = {look_of(doc.fragments[i]) for i in np.flatnonzero(told.anchors >= ANCHOR)}
    able = []
    for i in some:
        alike = look_of(doc.fragments[i]) in heads
        if doc.fragments[i].text[:1].islower():
            continue  # it goes on with a line above
        if doc.roles[i] in _HEADS and (told.anchors[i] >= _LEAST or alike):
            able.append((float(told.anchors[i]) + (1.0 if alike else 0.0), i))
    known = [doc.fragments[int(i)] for i in np.flatnonzero(doc.home == np.arange(len(doc.home)))]
    able = [(p, i) for p, i in able if not any(_one_text(doc.fragments[i], head) for head in known)]
    chosen: list[int] = []
    for _, i in sorted(able, key=lambda pair: (-pair[0], pair[1])):
        if len(chosen) < count and not any(_one_text(doc.fragments[i], doc.fragments[j]) for j in chosen):
            chosen.append(i)
    return chosen


_HEADS = (Role.TITLE, Role.HEADING, Role.CLIENT)


def _one_text(a: Fragment, b: Fragment) -> bool:
    """Two lines of one text: one under the other in one look; or two pieces of a line that a sign parts."""
    if _parted_by_a_sign(*((a, b) if a.number < b.number else (b, a))):
        return True
    size = max(a.style.size, b.style.size)
    near = max(a.box.top, b.box.top) - min(a.box.bottom, b.box.bottom) < 1.1 * size
    return a.page == b.page and near and a.box.x_overlap(b.box) > 0 and look_of(a) == look_of(b)


def _document(
    sheets: Sequence[Sheet],
    seen: Observed,
    told: Told,
    model: RoleModel,
    anchors: Index,
    bare: Collection[int] = (),
) -> _Document:
    """`bare`: those of the anchors that are no heads, but what stands first of a mission without one."""
    flow = _parted_by_labels(seen, told.roles[:, model.roles.index(Role.LABEL)])
    shares = _of_flows(told.roles, flow, model.roles)
    best = shares.argmax(axis=1)
    who, whose, share = model.links(seen, told, anchors)
    share = _links_of_flows(flow, who, whose, share)
    if bare:
        share[_before(seen, who, whose, np.array(sorted(bare), np.int64))] = 0.0
    roles = [model.roles[b] for b in best]
    rank = ranks_by_roles(seen, roles)
    home, home_sure = homes(rank, roles, who, whose, share, anchors)
    announced = [model.roles[b] for b in told.of.argmax(axis=1)] if len(seen.rows) else []
    return _Document(
        sheets, seen, roles, shares, shares.max(axis=1).tolist(), list(announced), home, home_sure,
        [line for s in sheets for line in s.lines], seen.pitch, rank.tolist(),
        told.roles[:, model.roles.index(Role.DOMAIN)].tolist(),
    )  # fmt: skip


def _parted_by_labels(seen: Observed, label: Matrix) -> Index:
    """Running texts, numbered; a label begins another, and so does what has one of its own at its left."""
    flow, left = seen.groups[FLOW], seen.beside[RELATIONS.index("left")]
    begins = (left >= 0) & (label[left] > 0.5) | (label > 0.5) if len(flow) else np.zeros(0, bool)
    now: dict[int, int] = {}
    out = [0] * len(flow)
    for i, number in enumerate(flow.tolist()):
        if begins[i] or number not in now:
            now[number] = i
        out[i] = now[number]
    return np.array(out, np.int64)


def _of_flows(roles: Matrix, flow: Index, known: Sequence[Role]) -> Matrix:
    """What the lines of one running text are, they are together: those that are not sure of themselves take the mean of
    what each seems to be."""
    if not len(flow):
        return roles
    flow = _parted_headings(roles, flow, known)
    total = sums(np.log(np.maximum(roles, 1e-4)), flow)
    mean = np.exp(total / np.bincount(flow, minlength=len(total))[:, None].clip(1))
    pooled = (mean / mean.sum(axis=1, keepdims=True))[flow].astype(np.float32)
    return np.asarray(np.where(roles.max(axis=1, keepdims=True) >= _OF_ITSELF, roles, pooled), np.float32)


def _parted_headings(roles: Matrix, flow: Index, known: Sequence[Role]) -> Index:
    """The running texts, a heading cut where its lines are far likelier first for whom and then what."""
    client, title = (np.log(np.maximum(roles[:, known.index(role)], 1e-4)) for role in (Role.CLIENT, Role.TITLE))
    best = roles.argmax(axis=1)
    heads = np.isin(best, [known.index(role) for role in (Role.CLIENT, Role.TITLE, Role.HEADING)])
    out = flow.copy()
    for number in np.unique(flow[heads]).tolist():
        some = np.flatnonzero(flow == number)
        if len(some) < 2 or not heads[some].all():
            continue
        whole = max(client[some].sum(), title[some].sum())
        parted = [client[some[:at]].sum() + title[some[at:]].sum() for at in range(1, len(some))]
        at = int(np.argmax(parted)) + 1
        if parted[at - 1] - whole > _PARTED:
            out[some[at:]] = some[at]
    return out


_PARTED = 2.0
"""By how much likelier, in units of log probability, a heading is two texts than one."""
_OF_ITSELF = 0.85
"""Probability from which on a line is what it seems, whatever the lines around it are."""


def _links_of_flows(flow: Index, who: Index, whose: Index, share: Matrix) -> Matrix:
    """The lines of one running text belong to one mission."""
    if not len(who):
        return share
    key = flow[who] * (int(whose.max()) + 1) + whose
    _, at, counts = np.unique(key, return_inverse=True, return_counts=True)
    total = np.zeros(len(counts), np.float32)
    np.add.at(total, at, share)
    return np.asarray((total / counts)[at], np.float32)


def _before(seen: Observed, who: Index, whose: Index, bare: Index) -> npt.NDArray[np.bool_]:
    """Which of the pairs hold what stands before the first of a mission: on a page before, or over it."""
    a, b = seen.boxes[who], seen.boxes[whose]
    over = (a[:, 3] <= b[:, 1]) & (np.minimum(a[:, 2], b[:, 2]) > np.maximum(a[:, 0], b[:, 0]))
    earlier = seen.page[who] < seen.page[whose]
    return np.asarray(np.isin(whose, bare) & (earlier | (seen.page[who] == seen.page[whose]) & over), bool)


def _order(doc: _Document, anchor: int, rows: Collection[int]) -> tuple[int, float, float]:
    """By page in the order of the columns; row by row on pages where heads stand in rows."""
    f = doc.fragments[anchor]
    return (f.page, round(f.box.top), f.box.x0) if f.page in rows else (f.page, doc.rank[anchor], 0.0)


def _in_rows(doc: _Document, heads: Sequence[int]) -> set[int]:
    """Pages on which two rows or more of two heads and more stand level, and most heads in such: cards."""
    rows = Counter((doc.fragments[a].page, round(doc.fragments[a].box.top)) for a in heads)
    on = Counter(doc.fragments[a].page for a in heads)
    pages = Counter(page for (page, _), count in rows.items() if count > 1)
    level = Counter(page for (page, top), count in rows.items() if count > 1 for _ in range(count))
    return {page for page, count in pages.items() if count > 1 and level[page] > on[page] / 2}


def _section(
    doc: _Document, ordinal: int, anchor: int, members: list[int], around: Sequence[int]
) -> tuple[MissionSection, dict[PartKind, float]]:
    fragments = [doc.fragments[i] for i in members]
    roles = [doc.roles[i] for i in members]
    sure = [min(doc.sure[i], float(doc.home_sure[i])) for i in members]
    lines = stretches(fragments, roles, sure, doc.lines)
    by_role: dict[Role, list[Stretch]] = {}
    for s in lines:
        by_role.setdefault(s.role, []).append(s)
    labels = by_role.pop(Role.LABEL, [])
    heading: tuple[Passage, ...] = ()
    parts: list[tuple[int, Part]] = []
    doubts: dict[PartKind, float] = {}

    def add(kind: PartKind, some: Sequence[Stretch], items: Sequence[Passage], role: Role) -> None:
        label = _label(doc, some[0], labels, role)
        parts.append((some[0].first, Part(kind, tuple(items), label, f"roles.{kind.value}")))
        doubts[kind] = min(doubts.get(kind, 1.0), *(s.sure for s in some))

    people = sorted((s for r in _PEOPLE for s in by_role.pop(r, [])), key=lambda s: s.first)
    if people:
        ordered = in_order(people, doc.rank)
        add(PartKind.CONTACT, ordered, _rows(ordered, doc.lines), Role.CONTACT)
    for role, some in by_role.items():
        if role is Role.HEADING:
            groups = _one_text_in_order(_clusters(some, doc), doc, members)
            heading = tuple(Passage.join([s.passage for s in group]) for group in groups[:1])
            doubts[PartKind.TITLE] = min(s.sure for s in some)
        elif role is Role.KICKER or role not in PART_OF:
            continue
        elif role.narrative or role is Role.ASIDE:
            ordered = in_columns(some, doc.rank, doc.seen.body_size)
            items = [
                Passage.join([s.passage for s in g])
                for g in paragraphs(ordered, doc.pitch, doc.seen.body_size, doc.falls)
            ]
            add(PART_OF[role], ordered, items, role)
        else:
            groups = _one_text_in_order(_clusters(some, doc), doc, members) if role in _HEADS else _clusters(some, doc)
            own = _of_one_label(_announced(groups, doc, labels, role), doc, anchor)
            for group in groups:
                kind = PART_OF[role] if group in own else PartKind.OTHER
                add(kind, group, [Passage.join([s.passage for s in group])], role)
    kickers = [] if doc.tagged else by_role.get(Role.KICKER, [])
    if doc.with_kickers <= _TAGGED:
        kickers = [s for s in kickers if _right_over(s.box, doc.fragments[anchor])]
    domain, rule, sure_of_domain = _domain(doc, anchor, kickers, around)
    doubts[PartKind.DOMAIN] = sure_of_domain
    client = None if PartKind.CLIENT in doubts or heading else _above(doc, anchor, around, Role.GROUP_CLIENT)
    if client is not None:
        parts.append((0, Part(PartKind.CLIENT, (client,), None, "roles.group_client")))
        doubts[PartKind.CLIENT] = _over_others(doc, anchor, around)
    row = _under_heads(doc, lines)
    if row:
        parts += [(len(doc.fragments), part) for part in _empty_cells(doc, anchor, {p.kind for _, p in parts})]
    parts.sort(key=lambda p: p[0])
    pages = [f.page for f in fragments if f.number not in doc.afar] or [f.page for f in fragments]
    section = MissionSection(
        ordinal=ordinal,
        heading=heading,
        parts=tuple(p for _, p in parts),
        domain=domain,
        domain_rule=rule,
        page_first=min(pages),
        page_last=max(pages),
        year=_above(doc, anchor, around, Role.YEAR),
        from_table=row,
    )
    return section, doubts


def _under_heads(doc: _Document, lines: Sequence[Stretch]) -> bool:
    """Do most of a mission's short texts, two at least, stand under heads of columns?"""
    short = [s for s in lines if not s.role.narrative and s.role in PART_OF]
    told = sum(bool(doc.tables.over(s.page, s.box, s.style.size)) for s in short)
    return told >= _ROW and 2 * told > len(short)


def _empty_cells(doc: _Document, anchor: int, told: set[PartKind]) -> list[Part]:
    """Columns of the mission's table that say nothing of it."""
    head = doc.fragments[anchor]
    level = doc.tables.lowest(head.page, head.box.top + 2, head.style.size)
    out = []
    for some in level:
        role = next((role for i in some if (role := doc.announced[i]) in PART_OF), None)
        if role is not None and PART_OF[role] not in told:
            label = Passage.join([doc.fragments[i].passage for i in some])
            out.append(Part(PART_OF[role], (), label, f"roles.{PART_OF[role].value}"))
    return out


_ROW = 2
"""Cells of a mission under heads of columns at least, by which it is a row."""


def _announced(
    groups: list[list[Stretch]], doc: _Document, labels: Sequence[Stretch], role: Role
) -> list[list[Stretch]]:
    """Of the texts of a role that a mission has once, those under a label or a column's head that announces it; where
    there is none, all."""
    if len(groups) < 2 or role not in _ONCE:
        return groups
    own = [_announcing(doc, group[0], labels, role) for group in groups]
    return [group for group, said in zip(groups, own, strict=True) if said is role] if role in own else groups


def _of_one_label(groups: list[list[Stretch]], doc: _Document, anchor: int) -> list[list[Stretch]]:
    """Without those under another label than the head's: "Nature de la mission" beside "Opération"."""
    told = [doc.over_values.get(group[0].first) for group in groups]
    mine = next((over for group, over in zip(groups, told, strict=True) if _holds(group, anchor)), None)
    if mine is None:
        return groups
    return [g for g, over in zip(groups, told, strict=True) if over is None or over[0] == mine[0]]


def _holds(group: Sequence[Stretch], i: int) -> bool:
    return any(s.first <= i <= s.last for s in group)


def _announcing(doc: _Document, value: Stretch, labels: Sequence[Stretch], role: Role) -> Role | None:
    """What the head over the value's column announces; labels beside it count as announcing what it is."""
    over = doc.tables.over(value.page, value.box, value.style.size)
    if over:
        told = [doc.announced[i] for i in over]
        return role if role in told else told[-1]
    found = doc.over_values.get(value.first)
    if found is not None and found[1] < _RIGHT_ABOVE and doc.announced[found[0]] is role:
        return role
    return role if any(doc.announced[label.first] is role and label.line == value.line for label in labels) else None


_RIGHT_ABOVE = 1.0
"""Letter sizes between a label and the value under it, at most."""


def _rows(ordered: Sequence[Stretch], lines: Sequence[Passage]) -> list[Passage]:
    """Stretches of one line side by side, as one passage each line."""
    out: list[list[Stretch]] = []
    for s in ordered:
        if out and out[-1][-1].line == s.line and s.first == out[-1][-1].last + 1:
            out[-1].append(s)
        else:
            out.append([s])
    rows = [_span(group, lines) for group in out]
    items: list[list[Passage]] = []
    for row in rows:
        if items and items[-1][-1].text.rstrip()[-1:] in _CUT:
            items[-1].append(row)
        else:
            items.append([row])
    return [Passage.join(item) for item in items]


_CUT = ("-", "\u2010", "\u00ad", "@", "_")
"""Ends of lines on which an address or a name is cut."""


def _span(group: Sequence[Stretch], lines: Sequence[Passage]) -> Passage:
    if len(group) == 1:
        return group[0].passage
    line = lines[group[0].line]
    start = line.text.find(group[0].text)
    end = line.text.rfind(group[-1].text) + len(group[-1].text)
    return line.slice(max(start, 0), end)


def _clusters(some: Sequence[Stretch], doc: _Document) -> list[list[Stretch]]:
    """Lines that go on, one under the other in one look, or side by side."""
    out: list[list[Stretch]] = []
    for s in in_order(some, doc.rank):
        if out and _goes_on(doc, out[-1][-1], s):
            out[-1].append(s)
        else:
            out.append([s])
    return out


def _one_text_in_order(groups: list[list[Stretch]], doc: _Document, members: Sequence[int]) -> list[list[Stretch]]:
    """Groups in one look that follow each other with nothing of the mission between: a title over wide lines, or whose
    words stand far apart."""
    order = {i: n for n, i in enumerate(sorted(members, key=lambda i: doc.rank[i]))}
    out: list[list[Stretch]] = []
    for group in groups:
        last = out[-1][-1] if out else None
        in_order = last is not None and order[group[0].first] == order[last.last] + 1
        if last is not None and (in_order and _alike(last, group[0]) or _in_one_cell(doc, last, group[0])):
            out[-1].extend(group)
        else:
            out.append(list(group))
    return out


def _in_one_cell(doc: _Document, a: Stretch, b: Stretch) -> bool:
    """Of one mission, flush under one head of a column: a cell whose lines stand in rows of a sheet."""
    flush = a.page == b.page and abs(a.box.x0 - b.box.x0) < 1 and a.style == b.style
    over = doc.tables.over(a.page, a.box, a.style.size) if flush else []
    return bool(over) and over == doc.tables.over(b.page, b.box, b.style.size)


def _alike(a: Stretch, b: Stretch) -> bool:
    """In one look, and near enough for one text."""
    one, other = a.style, b.style
    look = abs(one.size - other.size) < 0.02 * one.size and (one.bold, one.italic, one.color) == (
        other.bold, other.italic, other.color,
    )  # fmt: skip
    near = b.box.top - a.box.bottom < _WIDE_LINES * one.size and b.box.x0 - a.box.x1 < _WIDE_BLANKS * one.size
    return look and a.page == b.page and near


_WIDE_LINES = 1.6
"""Letter sizes between two lines of a title at most."""
_WIDE_BLANKS = 5.0
"""Letter sizes between two words of a title at most."""


def _goes_on(doc: _Document, last: Stretch, s: Stretch) -> bool:
    if last.page != s.page:
        return False
    size = max(last.style.size, s.style.size)
    if last.line == s.line:
        return True
    if s.role in _HEADS and _has_its_label(doc, s):
        return False
    near = -0.3 * size < s.box.top - last.box.bottom < 1.1 * size
    under = last.box.x_overlap(s.box) > -size or abs(s.box.x0 - _left_of_line(doc, last)) < 0.5 * size
    return near and abs(last.style.size - s.style.size) < 0.12 * size and under


def _has_its_label(doc: _Document, s: Stretch) -> bool:
    """Does a label stand at its left that goes on with none above?"""
    left = int(doc.seen.beside[RELATIONS.index("left"), s.first])
    label = left >= 0 and doc.roles[left] is Role.LABEL and doc.home[left] == doc.home[s.first]
    return label and not doc.fragments[left].text[:1].islower()


def _left_of_line(doc: _Document, last: Stretch) -> float:
    """Where the line or row begins on which something stands, mostly behind its label: there it goes on below."""
    boxes = (piece.word.box for piece in doc.lines[last.line].pieces)
    own = min((box.x0 for box in boxes if box), default=last.box.x0)
    first = int(doc.seen.beside[RELATIONS.index("row_first"), last.first])
    alike = first >= 0 and doc.home[first] == doc.home[last.first]
    return min(own, doc.fragments[first].box.x0) if alike else own


def _label(doc: _Document, value: Stretch, labels: Sequence[Stretch], role: Role) -> Passage | None:
    """The label that announces a value: on its line before it, or right above it; else the head of its column."""
    best: tuple[float, Stretch] | None = None
    for label in labels:
        if label.page != value.page:
            continue
        told = doc.announced[label.first]
        size = max(value.style.size, 1)
        before = label.box.y_overlap(value.box) > 0.4 * min(label.box.height, value.box.height)
        if before and label.box.x1 <= value.box.x0 + size:
            distance = (value.box.x0 - label.box.x1) / size
        elif label.box.bottom <= value.box.top + 0.4 * size and label.box.x_overlap(value.box) > 0:
            distance = 2 + (value.box.top - label.box.bottom) / size
        else:
            continue
        distance += 0 if told is role else 6
        if distance < 14 and (best is None or distance < best[0]):
            best = distance, label
    if best is not None:
        return best[1].passage
    return _column_head(doc, value, role)


def _column_head(doc: _Document, value: Stretch, role: Role) -> Passage | None:
    """The head over the value's column on its page, else the last one that announces its role."""
    over = doc.tables.over(value.page, value.box, value.style.size)
    if over:
        return Passage.join([doc.fragments[i].passage for i in over])
    for i in reversed(doc.heads):
        if doc.fragments[i].page <= value.page and doc.announced[i] is role:
            return doc.fragments[i].passage
    return None


def _domain(
    doc: _Document, anchor: int, kickers: Sequence[Stretch], around: Sequence[int]
) -> tuple[Passage | None, str, float]:
    """The part of the brochure, the rule that tells it, and how surely; or how surely it is in none."""
    if kickers:
        lines = _clusters(kickers, doc)[0]
        return Passage.join([s.passage for s in lines]), "roles.kicker", min(s.sure for s in lines)
    found = _lines_above(doc, anchor, around, Role.DOMAIN)
    if not found:
        page = doc.fragments[anchor].page
        return None, "", 1.0 - max((doc.parts[i] for i in around if doc.fragments[i].page <= page), default=0.0)
    return _whole_lines(doc, found), "roles.domain", min(doc.sure[f.number] for f in found)


def _right_over(kicker: BBox, head: Fragment) -> bool:
    return kicker.bottom <= head.box.top + 1 and abs(kicker.x0 - head.box.x0) < head.style.size


def _whole_lines(doc: _Document, found: Sequence[Fragment]) -> Passage:
    """The lines that name a part, with the letter or number that a dash parts from the name: "A – Eau potable"."""
    out = []
    for number in dict.fromkeys(f.line for f in found):
        own = {f.style for f in found if f.line == number}
        line = [f for f in doc.fragments if f.line == number and f.style in own]
        alike = [f for f in line if not doc.roles[f.number].of_mission and f.joint in ("", "-")]
        whole = [f for f in found if f.line == number]
        some = alike if line == alike and set(whole) <= set(alike) else whole
        first, last = some[0], some[-1]
        out.append(doc.lines[number].slice(first.start, last.end) if len(some) > 1 else first.passage)
    return Passage.join(out)


def _above(doc: _Document, anchor: int, around: Sequence[int], role: Role) -> Passage | None:
    found = _lines_above(doc, anchor, around, role)
    return Passage.join([f.passage for f in found]) if found else None


def _lines_above(doc: _Document, anchor: int, around: Sequence[int], role: Role) -> list[Fragment]:
    """The last text of a role that many missions stand under, before the anchor or on its page's edge."""
    head = doc.fragments[anchor]
    found = [doc.fragments[i] for i in around if doc.roles[i] is role]
    row = [f for f in found if role is Role.GROUP_CLIENT and _in_row(doc, f, head)]
    if row:
        return sorted(row, key=lambda f: (f.box.top, f.box.x0))
    before = [f for f in found if f.page < head.page or f.page == head.page and _stands_over(doc, f, head)]
    beside = [f for f in before if role is Role.DOMAIN or f.page < head.page or _heads(f, head)]
    if not beside:
        return []
    sure = {(f.page, look_of(f)) for f in found if doc.sure[f.number] >= _RATHER}
    last = max(
        beside,
        key=lambda f: (f.page, f.turned, (f.page, look_of(f)) in sure, *_how_late(doc, f, head), _at_left(f, head)),
    )
    lines = [f for f in found if f.page == last.page and f.style == last.style and abs(f.box.top - last.box.top) < 3 *
    f.style.size
             and f.box.x_overlap(last.box) > 0]  # fmt: skip
    return sorted(lines, key=lambda f: (f.box.top, f.box.x0))


_RATHER = 0.5
"""Probability from which on a text rather names a part than not: of two on a page one in the look of such counts."""


def _stands_over(doc: _Document, f: Fragment, head: Fragment) -> bool:
    """May a text go on over the mission of this head on the same page? What comes later in the order of the columns may
    not, where it heads another mission there: the name of a part in the middle of the next column."""
    if f.turned:
        return True
    others = [doc.fragments[a] for a in set(doc.home.tolist()) if a >= 0 and doc.fragments[a].page == f.page]
    if doc.rank[f.number] < doc.rank[head.number]:
        return f.box.top <= head.box.top + 2 or _in_column_before(doc, f, head)
    later = [o for o in others if doc.rank[o.number] > doc.rank[f.number]]
    its_own = min(later, key=lambda o: doc.rank[o.number], default=None)
    flush = its_own is not None and abs(its_own.box.x0 - f.box.x0) < _FLUSH * f.style.size
    over_all = not flush and all(f.box.bottom <= o.box.top for o in others)
    return f.box.top <= head.box.top + 2 and (its_own is None or over_all or f.box.x_overlap(head.box) > 0)


def _heads_column(doc: _Document, f: Fragment, first: Fragment, head: Fragment) -> bool:
    """Does a mission stand under a name of a part in its column, before the one of this head in the next column?"""
    flush = abs(first.box.x0 - f.box.x0) < _FLUSH * f.style.size and first.box.top > f.box.top
    return flush and doc.rank[f.number] < doc.rank[first.number] < doc.rank[head.number]


def _how_late(doc: _Document, f: Fragment, head: Fragment) -> tuple[bool, float]:
    """Of two texts over a mission the one right above it counts, then the one that comes last in the columns before."""
    if f.page != head.page or f.box.top <= head.box.top + 2 and not _in_column_before(doc, f, head):
        return True, round(f.box.top)
    return False, doc.rank[f.number]


def _at_left(f: Fragment, head: Fragment) -> float:
    """Where a name of a part begins that does so not behind the head: of two side by side the nearer one counts."""
    return f.box.x0 if f.box.x0 <= head.box.x0 + _FLUSH * head.style.size else -1.0


def _in_column_before(doc: _Document, f: Fragment, head: Fragment) -> bool:
    others = (doc.fragments[a] for a in set(doc.home.tolist()) if a >= 0 and doc.fragments[a].page == f.page)
    return f.box.x1 <= head.box.x0 and any(_heads_column(doc, f, o, head) for o in others)


_FLUSH = 0.5
"""Letter sizes between where the name of a part begins and the head under it, at most."""


def _over_others(doc: _Document, anchor: int, around: Sequence[int]) -> float:
    """How surely a client over several missions is this one's: hardly, where it stands in another row of a table."""
    lines = _lines_above(doc, anchor, around, Role.GROUP_CLIENT)
    return 0.5 if any(_in_row(doc, f, doc.fragments[anchor]) is False for f in lines) else 0.9


def _in_row(doc: _Document, f: Fragment, head: Fragment) -> bool | None:
    """Do they stand in one row of a table whose rows are ruled, the one at the left? None where no line is drawn over
    both, or it does not stand at the left."""
    if f.page != head.page or f.turned or f.box.x1 > head.box.x0 + 2:
        return None
    sheet = doc.sheets[int(doc.seen.page[head.number])]
    rows = [y for x0, x1, y in sheet.rules if x0 <= f.box.x0 and x1 >= head.box.x0]
    a, b = sorted((f.box.top + f.box.bottom, head.box.top + head.box.bottom))
    return not any(a / 2 < y < b / 2 for y in rows) if rows else None


def _heads(f: Fragment, head: Fragment) -> bool:
    """Does it stand over the head's own column?"""
    return f.box.x0 <= head.box.x1


def _outline(doc: _Document, sections: Sequence[MissionSection], around: Sequence[int]) -> Outline:
    def told(*roles: Role) -> tuple[Passage, ...]:
        some = [i for i in around if doc.roles[i] in roles]
        return tuple(_blocks(doc, some))

    running = {
        " ".join(doc.fragments[i].text.split()).casefold(): doc.fragments[i].passage
        for i in around
        if doc.roles[i] is Role.FURNITURE
    }
    rest = tuple(r for r in Role if r not in (Role.TEAM, Role.OFFICE, Role.FURNITURE, Role.HEAD))
    return Outline(
        missions=tuple(sections),
        front=told(*rest),
        team=told(Role.TEAM),
        offices=told(Role.OFFICE),
        running=tuple(running.values()),
    )


def _blocks(doc: _Document, some: Iterable[int]) -> list[Passage]:
    """Lines one under the other as blocks, page by page, column by column."""
    chosen = list(some)
    lines = stretches([doc.fragments[i] for i in chosen], [Role.FRONT] * len(chosen), [1.0] * len(chosen), doc.lines)
    out: list[Passage] = []
    for page in sorted({s.page for s in lines}):
        for column in columns([s for s in lines if s.page == page]):
            group: list[Stretch] = []
            for s in sorted(column, key=lambda s: (round(s.box.top / 3), s.box.x0)):
                if group and not _goes_on(doc, group[-1], s):
                    out.append(Passage.join([g.passage for g in group]))
                    group = []
                group.append(s)
            if group:
                out.append(Passage.join([g.passage for g in group]))
    return out
