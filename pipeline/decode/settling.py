"""Heads, links and roles that agree with the grammar."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from carnet.pipeline.decode.anchors import (
    ANCHOR,
    beside_a_head,
    halves_of_missions,
    headings_over,
    in_rows_of_their_own,
    missed_heads,
    of_none,
    of_one_text,
    second_lines,
    words_of_a_form,
)
from carnet.pipeline.decode.boxes import in_their_boxes
from carnet.pipeline.decode.contents import tables_of_contents
from carnet.pipeline.decode.cut_columns import cut_by_columns
from carnet.pipeline.decode.cut_headings import cut_within_lines
from carnet.pipeline.decode.cut_rows import rows_cut_by_pages
from carnet.pipeline.decode.decoded import HEADS, PEOPLE, Decoded, Matrix
from carnet.pipeline.decode.figures import big_figures, pulled_out
from carnet.pipeline.decode.group_clients import group_clients
from carnet.pipeline.decode.headless import without_heads
from carnet.pipeline.decode.heads import in_two_stretches, parted_by_colons
from carnet.pipeline.decode.in_rounds import in_items, in_rounds, tell_figures
from carnet.pipeline.decode.items import listed_items
from carnet.pipeline.decode.labels import labels_of, labels_of_rows, texts_under_labels, told_apart, told_by_labels
from carnet.pipeline.decode.linking import document_of
from carnet.pipeline.decode.menus import marked_entries, unfolded_entries
from carnet.pipeline.decode.merged_cells import in_merged_cells
from carnet.pipeline.decode.one_a_page import one_a_page
from carnet.pipeline.decode.openers import (
    of_the_whole,
    openers_alike,
    over_all_parts,
    over_every_mission,
    where_parts_are,
)
from carnet.pipeline.decode.over_columns import gone_on
from carnet.pipeline.decode.over_titles import (
    facts_behind_labels_over_titles,
    facts_over_titles,
    over_as_elsewhere,
)
from carnet.pipeline.decode.paragraph_roles import told_by_place
from carnet.pipeline.decode.parts import named_parts
from carnet.pipeline.decode.people_tables import PeopleTable, number_of, people_tables, their_missions
from carnet.pipeline.decode.rounds import rounds
from carnet.pipeline.decode.run_on import dates_apart, run_on
from carnet.pipeline.decode.section_rows import section_rows
from carnet.pipeline.decode.strays import (
    behind_front_matter,
    lines_of_the_team,
    over_front_matter,
    texts_over_heads,
)
from carnet.pipeline.decode.tables import (
    clients_over_rows,
    dates_by_columns,
    figures_by_columns,
    heads_in_two_lines,
    one_title_a_row,
    told_by_columns,
    told_by_rows,
)
from carnet.pipeline.decode.telling import told_in_order
from carnet.pipeline.decode.told_alone import Texts, one_paragraph, told_alone
from carnet.pipeline.decode.within_texts import within_texts
from carnet.pipeline.decode.year_columns import fees_by_year
from carnet.pipeline.observe.document import Observed
from carnet.pipeline.page.fragments import Sheet
from carnet.pipeline.page.relations import RELATIONS
from carnet.pipeline.roles.network import RoleModel, Told
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Part
from carnet.schemas.roles import Role

TellItem = Callable[[Passage], tuple[Part, ...]]


def no_item(item: Passage) -> tuple[Part, ...]:
    """For a reader that knows no short references."""
    return ()


def settled(
    sheets: Sequence[Sheet], seen: Observed, told: Told, model: RoleModel, tell_item: TellItem = no_item
) -> Decoded:
    """Heads, links and roles that agree with the grammar: where a mission has twice what it has once, a head was
    missed; labels, and the names of parts, are used alike throughout a brochure."""
    told = _with_section_rows(seen, told, model)
    told = _with_labels_of_rows(seen, told, model)
    told = _set_apart(told, model, list(tables_of_contents(seen.fragments, told.roles, told.anchors, model.roles)))
    told = _set_apart(told, model, words_of_a_form(seen, told, model), Role.ASIDE)
    apart = people_tables(seen.fragments, told.roles, model.roles)
    said = told.roles
    told = _set_apart(told, model, sorted(i for table in apart for i in table.members))
    doc = _with_heads(sheets, seen, told, model, tell_item)
    for i, head in in_their_boxes(doc.sheets, doc.fragments, doc.roles, doc.home.tolist()).items():
        doc.home[i], doc.home_sure[i] = head, _BY_BOX
    _tell_by_labels(doc, told, model)
    _join_texts(doc)
    _send_strays_home(doc)
    _tell_paragraphs(doc, model)
    _name_openers(doc, told.roles[:, model.roles.index(Role.DOMAIN)])
    _share_by_page(doc)
    _name_parts(doc)
    _share_clients(doc)
    _share_years(doc)
    _leave_parts_and_front(doc)
    for table in apart:
        _people_of(doc, table, said, model)
    people = [model.roles.index(role) for role in PEOPLE]
    for i in (i for i, role in enumerate(doc.roles) if role in PEOPLE):  # which of them, the words tell
        doc.sure[i] = max(doc.sure[i], float(doc.shares[i, people].sum()))
    return doc


def _with_heads(sheets: Sequence[Sheet], seen: Observed, told: Told, model: RoleModel, tell_item: TellItem) -> Decoded:
    """The document with the heads that the grammar asks for, or those of its rounds of labels, or of its items."""
    words = np.array([any(map(str.isalnum, f.text)) for f in seen.fragments], bool)
    anchors = np.flatnonzero((told.anchors >= ANCHOR) & words)  # a list mark alone heads nothing
    anchors = anchors[~beside_a_head(seen, told.anchors, anchors)]
    anchors = anchors[~of_one_text(seen, told, anchors)]
    anchors = anchors[~second_lines(seen, told, anchors)]
    anchors = anchors[~of_none(told, model, anchors)]
    doc = document_of(sheets, seen, told, model, anchors)
    bare = set(without_heads(doc.fragments, doc.roles, doc.announced, doc.home.tolist(), doc.rank))
    if bare:
        headings = headings_over(doc, bare, anchors)
        anchors = np.array(sorted({*anchors.tolist(), *headings.values()}), np.int64)
        bare -= headings.keys()
        anchors = np.array(sorted({*anchors.tolist(), *bare}), np.int64)
        doc = document_of(sheets, seen, told, model, anchors, bare)
    for _ in range(_ROUNDS):
        more = in_rows_of_their_own(doc, told, anchors, missed_heads(doc, told, anchors))
        if not more:
            break
        anchors = np.array(sorted({*anchors.tolist(), *more}), np.int64)
        doc = document_of(sheets, seen, told, model, anchors, bare)
    boxed = any(piece.word.box for line in doc.lines[:1] for piece in line.pieces)
    some_rounds = [] if boxed else rounds(doc.fragments, doc.roles, doc.announced, told.anchors.tolist(), doc.rank)
    if some_rounds:
        bare = {r.head for r in some_rounds if r.bare}
        within = {i for r in some_rounds for i in (*r.before, *r.labelled)}
        kept = {r.head for r in some_rounds} | set(anchors.tolist()) - within
        doc = document_of(sheets, seen, told, model, np.array(sorted(kept), np.int64), bare)
        in_rounds(doc, some_rounds, model)
    heads = anchors.tolist()
    listed = [] if some_rounds else listed_items(doc.fragments, doc.roles, heads, doc.rank, doc.lines, tell_item)
    if listed:
        within = {i for item in listed for i in item.members}
        kept = {item.head for item in listed} | set(anchors.tolist()) - within
        doc = document_of(sheets, seen, told, model, np.array(sorted(kept), np.int64), bare)
        in_items(doc, listed)
    return doc


def _tell_by_labels(doc: Decoded, told: Told, model: RoleModel) -> None:
    """Roles by the signs in headings, by labels and by columns."""
    seen = doc.seen
    for i, head in list(facts_over_titles(doc.fragments, doc.roles, doc.home.tolist())):
        doc.home[i] = head
    for find in (facts_behind_labels_over_titles, over_as_elsewhere):
        for i, head in list(find(doc.fragments, doc.roles, doc.home.tolist(), doc.rank)):
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
    for i in list(heads_in_two_lines(doc.fragments, doc.roles)):
        doc.roles[i], doc.home[i] = Role.HEAD, -1
    for i, role in list(figures_by_columns(doc.fragments, doc.roles, doc.shares, doc.announced, doc.home.tolist())):
        doc.roles[i] = role
    for i, share in list(told_by_columns(doc.fragments, doc.roles, doc.shares, told.of, doc.home.tolist())):
        doc.roles[i], doc.sure[i] = model.roles[int(share.argmax())], float(share.max())
    for i, role in list(
        told_by_rows(doc.sheets, doc.fragments, doc.roles, doc.shares, told.of, doc.home.tolist(), model.roles)
    ):
        doc.roles[i] = role
    for i, role in list(dates_by_columns(doc.fragments, doc.roles, doc.announced, doc.home.tolist())):
        doc.roles[i] = role
    for i, share in list(one_title_a_row(doc.fragments, doc.roles, doc.shares, doc.home.tolist(), model.roles)):
        doc.roles[i], doc.sure[i] = model.roles[int(share.argmax())], float(share.max())
    for i, role in list(gone_on(doc.fragments, doc.roles, doc.announced, doc.home.tolist(), doc.rank, doc.sure)):
        doc.roles[i] = role
    for i, role in list(texts_under_labels(seen, doc.roles, doc.home.tolist())):
        doc.roles[i] = role


def _join_texts(doc: Decoded) -> None:
    """What goes on with a text is of that text."""
    above = doc.seen.beside[RELATIONS.index("above")].tolist()
    for i, beside in list(within_texts(doc.fragments, doc.roles, doc.sure, doc.home.tolist(), above)):
        doc.roles[i], doc.home[i], doc.sure[i] = doc.roles[beside], doc.home[beside], doc.sure[beside]
    for i, last in list(run_on(doc.fragments, doc.roles, doc.home.tolist(), doc.sure)):
        doc.roles[i], doc.home[i] = doc.roles[last], doc.home[last]
    for i in dates_apart(doc.fragments, doc.roles):
        doc.roles[i] = Role.FACTS


def _send_strays_home(doc: Decoded) -> None:
    """Texts that stand with a mission but are of none, or of another."""
    over = labels_of(doc.seen, doc.roles, doc.home.tolist())
    for i in over_front_matter(doc.fragments, doc.roles, doc.home.tolist(), doc.rank):
        doc.roles[i], doc.sure[i], doc.home[i] = Role.FRONT, _BY_PLACE, -1
    for i in texts_over_heads(doc.fragments, doc.roles, doc.home.tolist(), over, doc.rank):
        doc.roles[i], doc.sure[i], doc.home[i] = Role.FRONT, _BY_PLACE, -1
    for i in behind_front_matter(doc.fragments, doc.roles, doc.home.tolist(), doc.rank):
        doc.home[i] = -1
    for i in _before_their_head(doc):
        doc.home[i] = -1


def _tell_paragraphs(doc: Decoded, model: RoleModel) -> None:
    """What the paragraphs of texts say by their places and by what stands beside them; asides and figures apart."""
    paragraphs = told_by_place(doc.fragments, doc.roles, doc.shares, doc.home.tolist(), doc.rank, model.roles)
    for i, share in list(paragraphs):
        role, sure = model.roles[int(share.argmax())], float(share.max())
        doc.roles[i], doc.sure[i] = role, sure if role is doc.roles[i] else min(sure, _BY_PLACE)
    for i, role in list(told_in_order(doc.fragments, doc.roles, doc.shares, doc.home.tolist(), doc.rank, model.roles)):
        doc.roles[i] = role
    for tell in (one_paragraph, told_alone):
        home = doc.home.tolist()
        over = labels_of(doc.seen, doc.roles, home)
        for i, role in list(tell(Texts(doc.fragments, doc.roles, home, over, doc.announced, doc.rank))):
            doc.roles[i], doc.sure[i] = role, min(doc.sure[i], _BY_PLACE)
    pulled = pulled_out(doc.fragments, doc.roles, doc.home.tolist())
    doubted = {(int(doc.home[i]), doc.roles[i]) for i in pulled}  # a text that lost a part of what it seemed to be
    for i in pulled:
        doc.roles[i] = Role.ASIDE
    for i, role in enumerate(doc.roles):
        doc.sure[i] = min(doc.sure[i], _BY_PLACE) if (int(doc.home[i]), role) in doubted else doc.sure[i]
    for head, some in big_figures(doc.fragments, doc.roles, doc.home.tolist()).items():
        tell_figures(doc, head, some)


def _name_openers(doc: Decoded, domain: npt.NDArray[np.float32]) -> None:
    """What looks as the names of parts do names one. `domain`: how likely each does."""
    for i in openers_alike(doc.fragments, doc.roles, doc.home.tolist(), doc.rank, domain):
        doc.roles[i], doc.sure[i] = Role.DOMAIN, float(domain[i])


def _share_by_page(doc: Decoded) -> None:
    """Whose mission is what stands on a page of one mission, and what a page or a column cuts."""
    for i, head in list(cut_by_columns(doc.fragments, doc.roles, doc.home.tolist())):
        doc.home[i] = head
    for i, head in one_a_page(doc.fragments, doc.roles, doc.home.tolist()).items():
        doc.home[i] = head
    for half, whole in (*rows_cut_by_pages(doc.fragments, doc.roles, doc.home.tolist()), *halves_of_missions(doc)):
        doc.home[doc.home == half] = whole
    for i in _before_their_head(doc):
        doc.home[i] = -1


def _name_parts(doc: Decoded) -> None:
    """Which of the texts over missions name parts: in menus, set as others are."""
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
    for i in where_parts_are(doc.fragments, doc.roles, doc.home.tolist()):
        doc.roles[i], doc.sure[i], doc.home[i] = Role.DOMAIN, _AS_OTHERS, -1


def _share_clients(doc: Decoded) -> None:
    """Clients, and people, that are those of several missions."""
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
    for head, some in list(in_merged_cells(doc.sheets, doc.fragments, doc.roles, doc.home.tolist())):
        doc.shared[head] = [*doc.shared.get(head, ()), *some]


def _share_years(doc: Decoded) -> None:
    """Years over columns of fees are those of the missions that have one in them; the fee is the sum of all."""
    told = fees_by_year(doc.fragments, doc.home.tolist())
    for mission, years in told.years.items():
        for i in years:
            doc.roles[i], doc.sure[i], doc.home[i] = Role.PERIOD, _BY_NAME, -1
        doc.shared[mission] = [*doc.shared.get(mission, ()), *years]
        for i in told.fees[mission]:
            doc.roles[i], doc.sure[i] = Role.ASIDE, _BY_NAME
        doc.roles[told.sums[mission]], doc.sure[told.sums[mission]] = Role.AMOUNT, _BY_NAME


def _leave_parts_and_front(doc: Decoded) -> None:
    """What names a part since others do, and what is of the whole brochure."""
    for i in named_parts(doc.fragments, doc.roles, doc.home.tolist()):
        doc.roles[i], doc.sure[i], doc.home[i] = Role.DOMAIN, _BY_PLACE, -1
    for i in lines_of_the_team(doc.fragments, doc.roles):
        doc.roles[i] = Role.TEAM
    for i in of_the_whole(doc.fragments, doc.roles, doc.home.tolist(), doc.sure):
        doc.roles[i] = Role.FRONT


def _set_apart(told: Told, model: RoleModel, some: Sequence[int], role: Role = Role.FRONT) -> Told:
    """What the networks say, but for tables of contents, and of people, which are looked at when the missions are
    known, and for what all missions say. `role`: what they are now."""
    if not some:
        return told
    roles, anchors = told.roles.copy(), told.anchors.copy()
    roles[some], anchors[some] = 0.0, 0.0
    roles[some, model.roles.index(role)] = 1.0
    return replace(told, roles=roles, anchors=anchors)


def _people_of(doc: Decoded, table: PeopleTable, said: Matrix, model: RoleModel) -> None:
    """Gives the people of a table to the missions of those they are named for, to all of several of one name; who is
    named for none is told so."""
    named: dict[int, str] = {}
    numbers: dict[int, list[str]] = {}
    for i in sorted(range(len(doc.roles)), key=lambda i: doc.rank[i]):
        if doc.home[i] >= 0 and doc.roles[i] in HEADS:
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
_BY_BOX = 0.9
"""How surely a text belongs to the mission whose box it stands in."""


def _with_section_rows(seen: Observed, told: Told, model: RoleModel) -> Told:
    """What the networks say, but for the rows of tables that name their parts."""
    rows = section_rows(seen.fragments, told.roles, told.anchors, model.roles)
    if not rows:
        return told
    roles, anchors = told.roles.copy(), told.anchors.copy()
    roles[rows], anchors[rows] = (1 - _BY_PLACE) / (len(model.roles) - 1), 0.0
    roles[rows, model.roles.index(Role.DOMAIN)] = _BY_PLACE
    return replace(told, roles=roles, anchors=anchors)


def _with_labels_of_rows(seen: Observed, told: Told, model: RoleModel) -> Told:
    """What the networks say, but that heads of rows are labels."""
    rows = labels_of_rows(seen, told.roles, model.roles)
    if not rows:
        return told
    roles = told.roles.copy()
    roles[rows, model.roles.index(Role.LABEL)] += roles[rows, model.roles.index(Role.HEAD)]
    roles[rows, model.roles.index(Role.HEAD)] = 0.0
    return replace(told, roles=roles)


def _before_their_head(doc: Decoded) -> list[int]:
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


_SELDOM = 0.2
"""Share of the missions with text on a page before their head, up to which none has."""
_LINKED = 0.5
"""Probability under which a text stands with no mission of a later page."""


def _lone_signs(doc: Decoded) -> list[int]:
    """What stands between a label and its value, alone on its line or in another look, is neither."""
    told = [i for i, role in enumerate(doc.roles) if role.of_mission and not role.narrative]
    return [i for i in told if i != doc.home[i] and not doc.fragments[i].text.strip(_SIGNS)]


def _hashed(doc: Decoded) -> list[int]:
    """Tags name no part: "#montagne"."""
    named = (i for i, role in enumerate(doc.roles) if role in (Role.DOMAIN, Role.KICKER))
    return [i for i in named if doc.fragments[i].text.startswith("#")]


_SIGNS = ":;,.|/·• "
_ROUNDS = 3
_BY_MENU = 0.95
"""How surely an entry set apart in a menu that comes again names a part."""
_AS_OTHERS = 0.9
"""How surely a text names a part that is set as others are that do."""
_BY_PLACE = 0.8
"""How surely a text names a part whose place alone says so."""
