"""Chooses the missions of a reference list for a tender, and says what was left out and what is in doubt."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from carnet.warehouse.ask.became import former_ids, meant
from carnet.warehouse.ask.missions import Filter, find_missions, there
from carnet.warehouse.ask.query import ask
from carnet.warehouse.ask.window import RowOfView, Window, is_open, span
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.exports.recipients import Nature, folded, nature
from carnet.warehouse.store.db import Connection

NAMED = 8
"""Missions that a note names; of more it says how many."""
FRESH_DAYS = 366
"""An edition older than this is no proof that a mission goes on."""


@dataclass(frozen=True)
class ReferenceQuery:
    """Which missions, and in what order. `pick`: exactly these, by id or its beginning, whenever they ran; nothing else
    chooses then. `sort`: date (newest first), amount (biggest first) or client."""

    as_of: dt.date
    years: int = 3
    filter: Filter = field(default_factory=Filter)
    firm: str | None = None
    brochure: str | None = None
    pick: tuple[str, ...] = ()
    sort: str = "date"
    public_only: bool = False
    limit: int | None = None


@dataclass(frozen=True)
class Reference:
    """A chosen mission. `contacts`: everybody named in it, also who has left. `former_ids`: others that it had.
    `date_rule`: who dated its brochure."""

    number: int
    mission: RowOfView
    partners: tuple[str, ...]
    contacts: tuple[RowOfView, ...]
    findings: tuple[RowOfView, ...]
    is_within: bool
    former_ids: tuple[str, ...] = ()
    date_rule: str | None = None

    @property
    def mission_id(self) -> str:
        return str(self.mission["mission_id"])

    @property
    def nature(self) -> Nature | None:
        return nature(self.mission["client"], self.mission["client_type"])

    @property
    def present(self) -> tuple[RowOfView, ...]:
        """Contacts that may be given: nobody who has left."""
        return tuple(contact for contact in self.contacts if not contact["has_left"])

    @property
    def goes_on(self) -> bool:
        """So its brochure says, and prints no end that was past on its day."""
        day, end = self.mission["edition_date"], self.mission["end_date"]
        return self.mission["status"] == "ongoing" and (end is None or day is None or end >= day)

    @property
    def said_later(self) -> dt.date | None:
        """The day on which somebody said that it still goes on, after its brochure."""
        m = self.mission
        is_later = is_open(m) and m["edition_date"] and m["until_date"] not in (m["edition_date"], m["start_date"])
        return m["until_date"] if is_later else None

    @property
    def lacks(self) -> tuple[str, ...]:
        """What a buyer asks for and the brochure does not say."""
        m = self.mission
        missing = {
            "recipient": m["client"] is None,
            "title": m["title"] is None,
            "date": m["start_date"] is None and m["end_date"] is None,
            "amount": m["amount"] is None,
        }
        return tuple(name for name, is_missing in missing.items() if is_missing)


@dataclass(frozen=True)
class ReferenceList:
    """`notes`: what its maker should know, one sentence each: missions left out, doubts about those that are in."""

    references: tuple[Reference, ...]
    window: Window
    notes: tuple[str, ...]

    @property
    def firms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.mission["firm"] for r in self.references if r.mission["firm"]))


def choose(con: Connection, wanted: ReferenceQuery) -> ReferenceList:
    """The list that is wanted; open the connection for search where it filters by text."""
    window = Window.before(wanted.as_of, wanted.years)
    rows, notes = _picked(con, wanted) if wanted.pick else _found(con, wanted, window)
    references = tuple(_references(con, rows, window))
    return ReferenceList(references, window, (*notes, *_doubts(references, window)))


def _picked(con: Connection, wanted: ReferenceQuery) -> tuple[list[RowOfView], list[str]]:
    asked = [meant(con, prefix) for prefix in wanted.pick]
    ids = [one.mission_id for one in asked]
    found = {row["mission_id"]: row for row in _by_ids(con, "missions", ids)}
    for whole in ids:
        if whole not in found:
            raise QueryError(
                f"{whole}: not in the current edition of its brochure, or corrected away; "
                f"`carnet history {whole}` tells more"
            )
    twice = [whole for whole, times in Counter(ids).items() if times > 1]
    notes = [one.note for one in asked if one.note]
    notes += [f"picked more than once, listed once: {', '.join(twice)}"] if twice else []
    return [found[whole] for whole in dict.fromkeys(ids)], notes


def _found(con: Connection, wanted: ReferenceQuery, window: Window) -> tuple[list[RowOfView], list[str]]:
    rows, sought = find_missions(con, wanted.filter)
    notes = [] if sought or not wanted.filter.text else ["found as parts of words; no mission has all words as such"]
    notes += _unfiltered(con, wanted, rows)
    kept = _of(con, wanted, rows)
    sides = {row["mission_id"]: _side(row, window) for row in kept}
    for side, why in (
        ("undated", "no date printed"),
        ("before", f"ended before {window.start}"),
        ("open", f"ongoing at the date of the brochure, before {window.start}; nothing is known of later"),
        ("after", f"begun after {window.end}"),
    ):
        named = side in ("undated", "open")
        notes += _left_out(why, [row for row in kept if sides[row["mission_id"]] == side], named=named)
    kept = [row for row in kept if sides[row["mission_id"]] == "within"]
    if wanted.public_only:
        natures = {row["mission_id"]: nature(row["client"], row["client_type"]) for row in kept}
        notes += _left_out("private client", [row for row in kept if natures[row["mission_id"]] == "private"])
        unknown = [row for row in kept if natures[row["mission_id"]] is None]
        notes += _left_out("client not known to be public", unknown, named=True)
        kept = [row for row in kept if natures[row["mission_id"]] == "public"]
    kept.sort(key=_ORDERS[wanted.sort])
    if wanted.limit is not None:
        notes += _left_out(f"--limit {wanted.limit}", kept[wanted.limit :])
        kept = kept[: wanted.limit]
    return kept, notes


def _side(row: RowOfView, window: Window) -> str:
    """As the window has it; "open" for what went on when it was last told of, before the window."""
    side = window.side(row)
    return "open" if side == "before" and is_open(row) else side


def _of(con: Connection, wanted: ReferenceQuery, rows: Sequence[RowOfView]) -> list[RowOfView]:
    """Those of the firm and brochure asked for; QueryError for one that is not there."""
    asked = (("firm", wanted.firm), ("brochure", wanted.brochure))
    named = {column: there(con, column, value) for column, value in asked if value is not None}
    return [row for row in rows if all(folded(row[name] or "") == folded(value) for name, value in named.items())]


def _unfiltered(con: Connection, wanted: ReferenceQuery, rows: Sequence[RowOfView]) -> list[str]:
    """What passed no filter on amount or date because the brochure prints none."""
    strict = wanted.filter
    if strict.min_amount is None and strict.since is None and strict.until is None:
        return []
    loose, _ = find_missions(con, replace(strict, min_amount=None, since=None, until=None))
    passed = {row["mission_id"] for row in rows}
    dropped = [row for row in _of(con, wanted, loose) if row["mission_id"] not in passed]
    notes = []
    if strict.min_amount is not None:
        notes += _left_out("no amount printed", [row for row in dropped if row["amount"] is None], named=True)
    if strict.since or strict.until:
        notes += _left_out("no date printed", [row for row in dropped if span(row)[0] is None], named=True)
    return notes


def _left_out(why: str, rows: Sequence[RowOfView], *, named: bool = False) -> list[str]:
    if not rows:
        return []
    return [f"left out, {why}: {_counted(rows)}" + (f" ({_names(r['mission_id'] for r in rows)})" if named else "")]


def _counted(rows: Sequence[object]) -> str:
    return f"{len(rows)} mission{'' if len(rows) == 1 else 's'}"


def _names(names: Iterable[object]) -> str:
    """
    >>> _names(range(10))
    '0, 1, 2, 3, 4, 5, 6, 7 and 2 more'
    """
    every = [str(name) for name in names]
    return ", ".join(every[:NAMED]) + (f" and {len(every) - NAMED} more" if len(every) > NAMED else "")


def _by_date(row: RowOfView) -> tuple[Any, ...]:
    begins, ends = span(row)
    return (-(ends or dt.date.min).toordinal(), -(begins or dt.date.min).toordinal(), row["brochure"], row["ordinal"])


def _by_amount(row: RowOfView) -> tuple[Any, ...]:
    return (row["amount"] is None, -(row["amount_max"] or row["amount"] or 0), *_by_date(row))


def _by_client(row: RowOfView) -> tuple[Any, ...]:
    return (row["client"] is None, folded(row["client"] or ""), *_by_date(row))


_ORDERS: dict[str, Callable[[RowOfView], tuple[Any, ...]]] = {
    "date": _by_date,
    "amount": _by_amount,
    "client": _by_client,
}
SORTS = tuple(_ORDERS)


def _by_ids(con: Connection, view: str, ids: Sequence[str], order: str = "ALL") -> list[RowOfView]:
    answer = ask(
        con, f"SELECT * FROM {view} WHERE mission_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY {order}", [list(ids)]
    )
    return [*answer.dicts()]


def _references(con: Connection, rows: Sequence[RowOfView], window: Window) -> Iterable[Reference]:
    ids = [row["mission_id"] for row in rows]
    editions = {(row["mission_id"], row["edition_id"]) for row in rows}
    of: dict[str, dict[str, list[RowOfView]]] = {
        whole: {"partners": [], "contacts": [], "findings": []} for whole in ids
    }
    for view, order in (("partners", "ordinal"), ("contacts", "ordinal"), ("findings", "field, code, finding_id")):
        for row in _by_ids(con, view, ids, order):
            if view != "findings" or (row["mission_id"], row["edition_id"]) in editions:
                of[row["mission_id"]][view].append(row)
    former = former_ids(con, ids)
    rules = dict(ask(con, "SELECT edition_id, date_rule FROM editions").rows)
    for number, row in enumerate(rows, 1):
        its = of[row["mission_id"]]
        yield Reference(
            number, row, tuple(partner["name"] for partner in its["partners"]), tuple(its["contacts"]),
            tuple(its["findings"]), window.side(row) == "within", tuple(former.get(row["mission_id"], ())),
            rules[row["edition_id"]],
        )  # fmt: skip


def _doubts(references: Sequence[Reference], window: Window) -> list[str]:
    """About missions that are in the list."""

    def is_stale(r: Reference) -> bool:
        day, end = r.mission["until_date"] if is_open(r.mission) else r.mission["edition_date"], r.mission["end_date"]
        is_old = day is None or (window.end - day).days > FRESH_DAYS
        return r.mission["status"] == "ongoing" and (is_old or (end is not None and end < window.end))

    asked = (
        ("not in the window, listed because picked", lambda r: not r.is_within),
        ("maybe not in the window: no day printed", lambda r: r.is_within and not window.is_sure(r.mission)),
        ("ongoing when the brochure was printed; check that it still is", is_stale),
        ("client not named in the heading, taken from the text or an address", _is_inferred),
        ("neither kind nor name tells whether the client is public or private", lambda r: r.nature is None),
    )
    found = ((what, [r.number for r in references if is_so(r)]) for what, is_so in asked)
    notes = [f"{what}: no. {_names(numbers)}" for what, numbers in found if numbers]
    firms = dict.fromkeys(r.mission["firm"] or "(firm not known)" for r in references)
    return notes + ([f"missions of several firms: {_names(firms)}; --firm takes one"] if len(firms) > 1 else [])


def _is_inferred(reference: Reference) -> bool:
    """And no finding says so."""
    m = reference.mission
    is_told = any(finding["field"] == "client" for finding in reference.findings)
    return m["client"] is not None and not m["client_stated"] and not is_told
