"""The missions of brochures get their ids, in the tables and in the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from carnet.warehouse.loading.amended import write_identities
from carnet.warehouse.log.journal import Journal
from carnet.warehouse.matching.identity import Decisions, Identity, identify
from carnet.warehouse.matching.ids import SPLIT, Book, Excerpt, GivenId, Log, MissionPlace, MovedKeys, give, successors
from carnet.warehouse.matching.likeness import Portrait
from carnet.warehouse.privacy.forgotten import Fingerprints, without
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.insert import insert
from carnet.warehouse.store.rows import TableRow, edition_id_of

Editions = dict[str, list[Portrait]]
"""By sha256, from the oldest to the newest; missions in reading order."""
MissionKey = tuple[str, str | int]
"""One of a brochure: by its id where that stands, else by its number (identity.py)."""


@dataclass(frozen=True)
class Giving:
    """How ids are given. `log`: who writes them down; None: only the tables do. `before`: drafts, as JSON by sha256, of
    editions that are read anew. `provisional`: more is to come (a rebuild underway), nothing is written down yet.
    `moves`: what is read otherwise, as far as it is known and not in the log."""

    log: Log | None = None
    before: Mapping[str, str] = field(default_factory=dict)
    provisional: bool = False
    moves: list[MovedKeys] = field(default_factory=list)


@dataclass(frozen=True)
class _Found:
    """A mission in an edition, and which of its brochure's it is."""

    brochure: str
    place: MissionPlace
    identity: Identity

    @property
    def mission(self) -> MissionKey:
        return self.brochure, self.identity.mission


def renew_identities(con: Connection, brochures: Iterable[str], journal: Journal, giving: Giving) -> None:
    """Give the missions of these brochures their ids; rows that have theirs already stay untouched."""
    names = set(brochures)
    if not names:
        return
    read = {name: portraits_of(con, name) for name in sorted(names)}
    own = {sha256 for editions in read.values() for sha256 in editions}
    is_steady = _is_steady(con, own, journal, giving)
    book = Excerpt(journal.given, own) if is_steady else _book(con, journal, giving.moves)
    others = {} if is_steady else _others(con, names)
    found = list(_identified(read, decisions_of(journal)))
    missions: dict[MissionKey, list[MissionPlace]] = {}
    for place, mission in [*others.items(), *((f.place, f.mission) for f in found)]:
        missions.setdefault(mission, []).append(place)
    ids = dict(zip(missions, give(list(missions.values()), book, _firms(con, own if is_steady else None)), strict=True))
    if moving := {mission[0] for mission in others.values() if ids[mission] != mission[1]}:
        renew_identities(con, names | moving, journal, giving)
        return
    write_identities(con, [_row(one, ids) for one in found])
    if not giving.provisional:
        bears = {place: ids[mission] for mission, places in missions.items() for place in places}
        _write_down(con, book, journal, giving, bears, own if is_steady else None)


def _is_steady(con: Connection, own: Collection[str], journal: Journal, giving: Giving) -> bool:
    """The tables hold what the log says was given, nothing moves: then missions of the other brochures keep their ids,
    and need not be looked at. `own`: the editions at hand; where they are all, nothing is spared."""
    if giving.provisional or giving.moves:
        return False
    query = "SELECT (SELECT count(*) FROM store.given), (SELECT count(*) FROM store.edition)"
    ((given, editions),) = con.execute(query).fetchall()
    return bool(given == len(journal.given) and editions > len(own))


def _book(con: Connection, journal: Journal, moves: Iterable[MovedKeys] = ()) -> Book:
    """What the log says; for editions that it does not know, what the tables say (an older carnet's, or a lost log) and
    what moved since."""
    rows = con.execute("SELECT sha256, key, mission_id FROM store.given ORDER BY number").fetchall()
    unlogged = [
        GivenId((sha256, key), mission_id) for sha256, key, mission_id in rows if not journal.given.holds(sha256)
    ]
    if unlogged and journal.fingerprints:
        known = Fingerprints.of(journal)
        unlogged = [GivenId((one.place[0], without(one.place[1], known)), one.mission_id) for one in unlogged]
    known_by_tables = Book(unlogged)
    for one in moves:
        known_by_tables.move(one)
    book = journal.given.book()
    for given in known_by_tables.given:
        book.add(given)
    return book


def keys_known(con: Connection, journal: Journal, sha256: str) -> list[str]:
    """Of all missions that were ever read in an edition."""
    rows = con.execute("SELECT key FROM store.given WHERE sha256 = ? ORDER BY number", [sha256]).fetchall()
    logged = [one.place[1] for _, one in journal.given.of(sha256)]
    return list(dict.fromkeys(logged or [key for (key,) in rows]))


def in_effect(con: Connection, journal: Journal, giving: Giving) -> Journal:
    """The log as the tables are: a command that was killed wrote down what moved, and did not come to move it."""
    if giving.provisional or not journal.moves:
        return journal
    rows = con.execute(
        """SELECT e.sha256, p.key FROM store.portrait AS p JOIN store.edition AS e USING (edition_id)
           WHERE list_contains(?::VARCHAR[], e.sha256)""",
        [list(journal.moves)],
    ).fetchall()
    there: dict[str, set[str]] = {}
    for sha256, key in rows:
        there.setdefault(sha256, set()).add(key)
    back = [one.back() for one in journal.moves.values() if one.is_still_to_be(there.get(one.sha256, set()))]
    giving.moves.extend(back)
    return journal.moved(back)


def portraits_of(con: Connection, brochure: str) -> Editions:
    """What the missions of its editions are recognised by."""
    rows = con.execute(
        f"SELECT {_SEEN} JOIN _timeline AS t USING (edition_id) WHERE t.brochure = ? ORDER BY t.place, p.ordinal",
        [brochure],
    ).fetchall()
    return _as_editions(rows)


def portraits_in_edition(con: Connection, edition_id: str) -> list[Portrait]:
    """The same of one edition."""
    rows = con.execute(f"SELECT {_SEEN} WHERE edition_id = ? ORDER BY p.ordinal", [edition_id]).fetchall()
    return next(iter(_as_editions(rows).values()), [])


_SEEN = """e.sha256, p.key, p.title, p.client, p.start_date, p.amount, p.text, p.emails
           FROM store.portrait AS p JOIN store.edition AS e USING (edition_id)"""


def _as_editions(rows: Iterable[tuple[Any, ...]]) -> Editions:  # rows as DuckDB gives them
    out: Editions = {}
    for sha256, key, title, client, start, amount, text, emails in rows:
        portrait = Portrait(key, title, client, start, amount, text, tuple(emails or ()), (sha256, key))
        out.setdefault(sha256, []).append(portrait)
    return out


def _others(con: Connection, names: Iterable[str]) -> dict[MissionPlace, MissionKey]:
    """All missions of the other brochures as they stand."""
    rows = con.execute(
        """SELECT e.sha256, p.key, e.brochure, p.mission_id
           FROM store.portrait AS p JOIN store.edition AS e USING (edition_id)
           WHERE NOT list_contains(?::VARCHAR[], e.brochure) ORDER BY e.brochure, e.sha256, p.ordinal""",
        [sorted(names)],
    ).fetchall()
    return {(sha256, key): (brochure, mission_id) for sha256, key, brochure, mission_id in rows}


def _identified(read: Mapping[str, Editions], decisions: Decisions) -> Iterator[_Found]:
    for name, editions in read.items():
        told = identify(list(editions.values()), decisions)
        for (sha256, portraits), identities in zip(editions.items(), told, strict=True):
            for portrait, identity in zip(portraits, identities, strict=True):
                yield _Found(name, (sha256, portrait.key), identity)


def decisions_of(journal: Journal) -> Decisions:
    """What people said of pairs."""

    def pairs(kind: str) -> frozenset[frozenset[MissionPlace]]:
        return frozenset(frozenset((p.a, p.b)) for p in journal.pairs if p.kind == kind)

    return Decisions(pairs("same"), pairs("distinct"))


def _firms(con: Connection, own: Collection[str] | None) -> dict[str, str | None]:
    of_these, given = _of_these(own)
    return dict(con.execute(f"SELECT sha256, firm FROM store.edition {of_these}", given).fetchall())


def _of_these(own: Collection[str] | None) -> tuple[str, list[list[str]]]:
    """A condition for these editions, or (None) for all."""
    return ("", []) if own is None else ("WHERE list_contains(?::VARCHAR[], sha256)", [sorted(own)])


def _row(one: _Found, ids: Mapping[MissionKey, str]) -> TableRow:
    """What `write_identities` takes."""
    identity = one.identity
    doubt = identity.doubt.sentence(ids[one.brochure, identity.doubt.about]) if identity.doubt else None
    return (edition_id_of(one.place[0]), one.place[1], ids[one.mission], identity.reason, identity.score, doubt)


def _write_down(
    con: Connection,
    book: Book,
    journal: Journal,
    giving: Giving,
    bears: Mapping[MissionPlace, str],
    own: set[str] | None,
) -> None:
    """What was given, in the log first; and what answers now for all that ever was, in these editions or (None) all."""
    for place, mission_id in bears.items():
        book.add(GivenId(place, mission_id))
    news: list[GivenId | MovedKeys] = [*giving.moves, *book.since(len(journal.given))]
    if giving.log and news:
        giving.log(news)
    giving.moves.clear()
    now = successors(book, bears, partial(_whole, _joins(journal)))
    rows = [
        (n, *one.place, one.mission_id, now[one.place])
        for n, one in book.numbered()
        if own is None or one.place[0] in own
    ]
    of_these, given = _of_these(own)
    before = con.execute(f"SELECT * FROM store.given {of_these} ORDER BY number", given).fetchall()
    if before != rows[: len(before)]:
        con.execute(f"DELETE FROM store.given {of_these}", given)
        before = []
    insert(con, "given", rows[len(before) :])


def _joins(journal: Journal) -> dict[str, str]:
    """Keys of missions that a correction in force joined to another, with that one's."""
    joins = [c for c in journal.corrections if c.reshapes and c.undone_at is None]
    return {(c.new_value or "")[1:].strip(): c.key for c in joins if c.key and (c.new_value or "").startswith("+")}


def _whole(joins: Mapping[str, str], place: MissionPlace) -> MissionPlace | None:
    """The mission of which this one became a part: a correction joined it, or its split from that one was undone."""
    sha256, key = place
    whole = joins.get(key) or key.rpartition(SPLIT)[0]
    return (sha256, whole) if whole else None
