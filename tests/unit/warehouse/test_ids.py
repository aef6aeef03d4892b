"""Ids of missions: given once, kept in the book, moved where an edition is read otherwise; what became of others."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carnet.warehouse.ask.became import UnknownId, meant
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.log.journal import append, log_ids, read_journal
from carnet.warehouse.matching.ids import Book, Excerpt, GivenId, MissionPlace, MovedKeys, give, made_of
from carnet.warehouse.matching.likeness import Portrait
from carnet.warehouse.matching.reread import moved, moved_by_letters
from carnet.warehouse.store.db import MIGRATIONS, Connection, open_writer
from tests.builders import load_result, mission, result

PLACES = [(edition, key) for edition in "abc" for key in "xyz"]


def written_down(groups: Sequence[Sequence[MissionPlace]], book: Book) -> list[str]:
    """Ids as they are given, and then in the book."""
    ids = give(groups, book, {})
    for group, mission_id in zip(groups, ids, strict=True):
        for place in group:
            book.add(GivenId(place, mission_id))
    return ids


@given(st.lists(st.lists(st.integers(0, 4), min_size=9, max_size=9), min_size=1, max_size=6))
def test_whatever_is_one_mission_with_what_ids_are_distinct_and_found_again(partings: list[list[int]]) -> None:
    """The places are grouped in one way after another; the log alone gives the same ids as the book that grew."""
    book = Book()
    for parting in partings:
        numbered = sorted(zip(parting, PLACES, strict=True))
        groups = [[place for _, place in some] for _, some in itertools.groupby(numbered, key=lambda one: one[0])]
        ids = written_down(groups, book)
        assert len(set(ids)) == len(ids)
        assert give(groups, Book(book.given), {}) == ids
        for mission_id, birth in book.births(PLACES):
            bearer = next(i for group, i in zip(groups, ids, strict=True) if birth in group)
            assert mission_id == bearer or mission_id not in ids, (
                "it stays where it was given first, or nobody bears it"
            )


@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from("123456")), max_size=12),
    st.sets(st.sampled_from("abc")),
)
def test_an_excerpt_says_of_its_editions_what_the_whole_says(
    lines: list[tuple[MissionPlace, str]], editions: set[str]
) -> None:
    book = Book(GivenId(*line) for line in lines[:8])
    excerpt = Excerpt(book.given, editions)
    here = [place for place in PLACES if place[0] in editions]
    for line in (one for one in lines[8:] if one[0] in here):
        assert [*excerpt.births(here)] == [*book.births(here)]
        book.add(GivenId(*line))
        excerpt.add(GivenId(*line))
    assert {place: book.last[place] for place in here if place in book.last} == excerpt.last
    assert [one for one in book.numbered() if one[1].place in here] == [*excerpt.numbered()]
    assert book.since(8) == excerpt.since(8)
    assert all(book.knows(one) == excerpt.knows(one) for one in "123456")


def test_two_missions_that_become_one_bear_the_older_id_and_part_again_with_theirs() -> None:
    book = Book()
    a, b = written_down([[("1", "x")], [("2", "y")]], book)
    assert written_down([[("1", "x"), ("2", "y")]], book) == [a]
    assert written_down([[("1", "x")], [("2", "y")]], book) == [a, b]


def test_an_older_edition_that_comes_later_changes_no_id() -> None:
    book = Book()
    (first,) = written_down([[("2", "y")]], book)
    assert written_down([[("1", "x"), ("2", "y")]], book) == [first]


def test_ids_are_made_of_firm_and_heading_and_never_twice() -> None:
    book = Book()
    firms = {"1": "Ondine", "2": "Ondine", "3": "Hydrelle"}
    one, two, three = give([[("1", "x")], [("2", "x")], [("3", "x")]], book, firms)
    assert len({one, two, three}) == 3
    for sha256, mission_id in zip("123", (one, two, three), strict=True):
        assert mission_id in made_of((sha256, "x"), firms[sha256], "")
    assert give([[("9", "x")]], Book(), {"9": "Ondine"}) == [one]


def test_what_moved_keeps_its_ids_and_what_was_split_from_it_too() -> None:
    book = Book()
    ids = written_down([[("1", "x")], [("1", "x~9")], [("1", "y")]], book)
    swap = MovedKeys("1", (("x", "y"), ("y", "x")))
    book.move(swap)
    assert give([[("1", "y")], [("1", "y~9")], [("1", "x")]], book, {}) == ids
    book.move(swap.back())
    assert give([[("1", "x")], [("1", "x~9")], [("1", "y")]], book, {}) == ids
    assert (swap.is_still_to_be({"x", "y"}), MovedKeys("1", (("x", "z"),)).is_still_to_be({"x"})) == (False, True)


def portraits(**titles: str) -> list[Portrait]:
    """Missions by key, each with words of its own."""
    return [
        Portrait(
            key.replace("_", "-"), title, f"Ville de {title[:5]}", dt.date(2020, 1, 1), text=f"{title} {title[::-1]}"
        )
        for key, title in titles.items()
    ]


def test_the_next_reading_of_an_edition() -> None:
    """A heading is cut elsewhere; the first of two repeats is no mission any more, so that the second has its key."""
    old = portraits(
        eau="Schéma directeur", audit_1c9f03ab="Onze écoles", audit_1c9f03ab_2="Piscine", parc="Atlas du parc"
    )
    new = portraits(eau_potable="Schéma directeur", audit_1c9f03ab="Piscine", parc="Halles anciennes")
    found = moved("1", old, new, [p.key for p in old])
    assert found is not None
    assert dict(found.keys) == {
        "eau": "eau-potable", "audit-1c9f03ab-2": "audit-1c9f03ab", "audit-1c9f03ab": "audit-1c9f03ab!"}  # fmt: skip
    assert moved("1", old, old, [p.key for p in old]) is None


def test_where_the_older_reading_is_lost_letters_must_do() -> None:
    known = ["ville-de-luz-plan-de-gestion-de-la-foret-1c9f03ab", "ville-d-ys-audit-1c9f03ab", "x~1c9f03ab"]
    found = moved_by_letters("1", ["ville-de-luz-plan-de-gestion-de-la-foret-2c9f03ab", "halles-3c9f03ab"], known)
    assert found is not None
    assert found.keys == ((known[0], "ville-de-luz-plan-de-gestion-de-la-foret-2c9f03ab"),)


def test_the_log_moves_corrections_and_pairs_of_the_edition(tmp_path: Path) -> None:
    made = {"old_value": None, "why": "x", "author": "Odile", "made_at": "2026-11-03T10:00:00+00:00", "mission_id": "m"}
    for number, (sha256, key, value) in enumerate([("1", "x", "+ y"), ("1", "y", "/ deux"), ("2", "x", "+ y")]):
        line = {"id": str(number), "field": "mission", "new_value": value, "sha256": sha256, "key": key}
        append(tmp_path, "correction", made | line)
    pair = {"why": "", "author": "Odile", "made_at": "2026-11-03T10:00:00+00:00"}
    append(tmp_path, "same", pair | {"a": ["1", "x"], "b": ["2", "x"]})
    before = read_journal(tmp_path)
    log_ids(tmp_path)([MovedKeys("1", (("x", "X"), ("y", "Y"))), GivenId(("1", "X"), "m")])
    after = read_journal(tmp_path)
    assert [(c.key, c.new_value, c.former) for c in after.corrections] == [
        ("X", "+ Y", (("x", "+ y"),)), ("Y", "/ deux", (("y", "/ deux"),)), ("x", "+ y", ())]  # fmt: skip
    assert [(p.a, p.b) for p in after.pairs] == [(("1", "X"), ("2", "x"))]
    assert (after.digest, after.identity) == (before.digest, before.identity)
    assert before.moved([MovedKeys("1", (("x", "X"), ("y", "Y")))]).corrections == after.corrections
    append(tmp_path, "distinct", pair | {"a": ["1", "X"], "b": ["2", "x"]})
    assert [p.kind for p in read_journal(tmp_path).pairs] == ["distinct"]


EAU = mission(1, "Schéma directeur d'eau potable", "Ville de Brenoux")


def test_a_second_brochure_of_the_firm_leaves_all_ids_as_they_are(con: Connection) -> None:
    load_result(con, result("eau.pdf"))
    before = con.execute("SELECT ordinal, mission_id FROM missions ORDER BY 1").fetchall()
    others = [mission(n, f"Plan de gestion numéro {n} des forêts", f"Commune de Luz {n}") for n in range(1, 9)]
    load_result(con, result("foret.pdf", others))
    names = con.execute("SELECT file_name, brochure FROM editions ORDER BY 1").fetchall()
    assert names == [("eau.pdf", "ondine-conseil-eau"), ("foret.pdf", "ondine-conseil")]
    query = "SELECT ordinal, mission_id FROM missions WHERE brochure = 'ondine-conseil-eau' ORDER BY 1"
    assert con.execute(query).fetchall() == before


def test_a_mission_that_is_read_no_more_says_where_it_stood(con: Connection) -> None:
    load_result(con, result())
    ((gone,),) = con.execute("SELECT mission_id FROM missions WHERE ordinal = 3").fetchall()
    load_result(con, result(missions=result().missions[:2]), code="v2")
    with pytest.raises(
        QueryError, match=r"it stood in ondine\.pdf under .*, and no mission is read there any more"
    ) as said:
        meant(con, gone[:8])
    assert not isinstance(said.value, UnknownId)
    assert con.execute("SELECT * FROM former_ids").fetchall() == [(gone, None)]
    load_result(con, result(), code="v3")
    assert meant(con, gone).note is None
    with pytest.raises(UnknownId):
        meant(con, "no such id")
    with pytest.raises(UnknownId):
        meant(con, "")


def test_an_id_from_another_warehouse_is_found_by_what_it_was_made_of(con: Connection, tmp_path: Path) -> None:
    """There the brochure's other edition came first, with another heading."""
    later = result("ondine-2025.pdf", [EAU.model_copy(update={"title": f"{EAU.title} et programme"})])
    with open_writer(tmp_path / "other.duckdb") as other:
        load_result(other, later)
        ((there,),) = other.execute("SELECT mission_id FROM missions").fetchall()
    load_result(con, result("ondine-2023.pdf", [EAU]))
    load_result(con, later)
    ((here,),) = con.execute("SELECT DISTINCT mission_id FROM mission_history").fetchall()
    assert there != here
    assert meant(con, there).mission_id == here
    assert meant(con, there).note == f"{there} is {here} here"


def test_a_warehouse_of_an_older_carnet_keeps_its_ids(tmp_path: Path) -> None:
    """Made by the migrations before ids were kept, with ids as they were given then."""
    path = tmp_path / "carnet.duckdb"
    with duckdb.connect(str(path)) as old:
        old.execute(
            "CREATE SCHEMA store; CREATE TABLE store.migration (name VARCHAR, applied_at TIMESTAMP DEFAULT now())"
        )
        for file in sorted(MIGRATIONS.glob("000[1-4]*.sql")):
            old.execute(file.read_text(encoding="utf-8"))
            old.execute("INSERT INTO store.migration (name) VALUES (?)", [file.stem])
    with open_writer(tmp_path / "new.duckdb") as new:
        load_result(new, result())
        edition = new.execute("SELECT * EXCLUDE (series_doubt) FROM store.edition").fetchall()[0]
        missions = new.execute(
            "SELECT * REPLACE (printf('old%d', ordinal) AS mission_id) FROM store.portrait"
        ).fetchall()
    with duckdb.connect(str(path)) as old:
        old.execute(f"INSERT INTO store.edition VALUES ({', '.join('?' * len(edition))})", list(edition))
        old.executemany(f"INSERT INTO store.portrait VALUES ({', '.join('?' * len(missions[0]))})", missions)
    with open_writer(path) as con:
        load_result(con, result("second.pdf", [EAU], edition_date=dt.date(2020, 1, 1)))
        load_result(con, result(), code="v2")
        ids = con.execute("SELECT mission_id FROM missions ORDER BY ordinal").fetchall()
    assert ids == [("old1",), ("old2",), ("old3",)]
