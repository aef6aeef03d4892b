"""French full-text search: any form of a word, the best first, right after every write, without a network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from carnet.warehouse.ask.missions import Filter, find_missions
from carnet.warehouse.ask.query import open_reader
from carnet.warehouse.ask.search import fold, found_in
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.store import index
from carnet.warehouse.store.db import Connection, open_writer
from tests.builders import all_rows, load_result, mission, result
from tests.conftest import Said

MISSIONS = (
    mission(1, "Stratégie numérique du territoire", "Communauté de communes du Pays de l'Arbresle", domain="Société",
            context=("Les élus veulent une feuille de route.",), approach=("Ateliers avec les habitants.",)),
    mission(2, "Évaluation des stratégies de médiation", "Ville de Brenoux", domain="Société",
            context=("Deux médiations numériques ont été menées à l’École des arts.",)),
    mission(3, "Élaboration du schéma directeur d'eau potable", "Région Île-de-France", domain="Eau",
            context=("La cœur de réseau vieillit.",), partners=("Hydrelle",)),
    mission(4, "Diagnostic des réseaux", "Syndicat des eaux de Luz", domain="Eau",
            context=("Eau, eau et encore de l'eau : les fuites d'eau coûtent.",)),
)  # fmt: skip

QUERIES = [
    ("strategie numerique", [1, 2]),
    ("STRATÉGIES", [2, 1]),
    ("mediation", [2]),
    ("ile de france", [3]),
    ("Île-de-France", [3]),
    ("arbresle", [1]),
    ("l'élaboration", [3]),
    ("ecole", [2]),
    ("coeur", [3]),
    ("œuvre", []),
    ("habitant", [1]),
    ("hydrelle", [3]),
    ("eau", [4, 3]),
    ("eaux potables", [3]),
    ("réseau", [4, 3]),
    ("schema fuite", []),
    ("' OR 1=1 --", []),
    ("29 000", [1, 2, 3, 4]),
]


@pytest.fixture
def searched(path: Path) -> Path:
    with open_writer(path) as con:
        load_result(con, result(missions=MISSIONS))
    return path


def ordinals(warehouse: Path, text: str, **more: object) -> list[int]:
    with open_reader(warehouse, search=True) as con:
        return [m["ordinal"] for m in find_missions(con, Filter(text=text, **more))[0]]  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "expected"), QUERIES)
def test_words_in_any_form_the_best_first(searched: Path, text: str, expected: list[int]) -> None:
    found = ordinals(searched, text)
    assert found == expected if len(set(expected)) < 4 else sorted(found) == expected


def test_other_filters_hold_too(searched: Path) -> None:
    assert ordinals(searched, "eau", client="ile france") == [3]
    assert ordinals(searched, "stratégie", min_amount=10**6) == []


def test_words_that_stand_everywhere_are_refused(searched: Path) -> None:
    with pytest.raises(QueryError, match="nearly every text"):
        ordinals(searched, "de la")


def test_parts_of_words_when_no_word_is_like_that(searched: Path) -> None:
    with open_reader(searched, search=True) as con:
        found, sought = find_missions(con, Filter(text="numér"))
    assert ([m["ordinal"] for m in found], sought) == ([1, 2], None)


def test_what_was_found_is_shown_as_printed(searched: Path) -> None:
    with open_reader(searched, search=True) as con:
        found, sought = find_missions(con, Filter(text="mediations numerique"))
        assert sought is not None
        (place,) = found_in(con, sought, found)
    assert place.words == ("médiation", "médiations", "numériques")
    assert place.snippet.startswith("Deux médiations numériques ont été")
    assert [place.snippet[a:b] for a, b in place.marks] == ["médiations", "numériques"]


def test_the_index_follows_every_edition(path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, result("2021.pdf", MISSIONS, edition_date=dt.date(2021, 1, 1)))
        newer = [m.model_copy(update={"title": m.title.replace("numérique", "agricole")}) for m in MISSIONS[:3]]
        load_result(con, result("2022.pdf", newer, edition_date=dt.date(2022, 1, 1)))
    assert ordinals(path, "agricoles") == [1]
    assert ordinals(path, "stratégie numérique") == [2]
    assert ordinals(path, "fuites") == []
    assert ordinals(path, "fuites", as_of=dt.date(2021, 6, 1)) == [4]
    assert ordinals(path, "stratégie numérique", as_of=dt.date(2021, 6, 1)) == [1, 2]
    with open_writer(path) as con:  # the same file, read otherwise
        again = [m.model_copy(update={"title": "Plan de paysage"}) for m in newer]
        load_result(con, result("2022.pdf", again, edition_date=dt.date(2022, 1, 1)), code="v2")
    assert ordinals(path, "agricole") == []
    assert sorted(ordinals(path, "paysages")) == [1, 2, 3]


def test_an_index_that_grew_is_the_one_made_anew(con: Connection) -> None:
    load_result(con, result("2021.pdf", MISSIONS, edition_date=dt.date(2021, 1, 1)))
    load_result(con, result("2022.pdf", MISSIONS[:2], edition_date=dt.date(2022, 1, 1)))
    grown = all_rows(con)
    assert grown["posting"] and grown["indexed"]
    for table in ("indexed", "prose", "posting"):
        con.execute(f"DELETE FROM store.{table}")
    index.refresh(con)
    assert all_rows(con) == grown
    con.execute("DELETE FROM store.mission")
    index.refresh(con)
    assert [all_rows(con)[table] for table in ("indexed", "prose", "posting")] == [[], [], []]


def test_without_the_extension_words_are_found_by_their_parts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setattr(index, "load_stemmer", lambda con: False)
        with open_writer(path) as con:
            load_result(con, result(missions=MISSIONS))
        assert ordinals(path, "reseau") == [3, 4]
        assert ordinals(path, "numerique strategie") == [1, 2]
    with open_reader(path) as con:
        assert [m["ordinal"] for m in find_missions(con, Filter(text="reseau"))[0]] == [3, 4]
    with open_writer(path):  # with the extension again: the index is made up for
        pass
    assert ordinals(path, "reseaux") == [4, 3]


@pytest.mark.parametrize("text", ["Œuvre À l’École", "Évian-les-Bains", "Cœur 2ᵉ", "ÇA", "ﬁn"])
def test_texts_are_folded_alike_in_sql_and_python(con: Connection, text: str) -> None:
    sql = f"SELECT array_to_string(regexp_extract_all({index.FOLD.format('?::VARCHAR')}, '[a-z0-9]+'), ' ')"
    assert con.execute(sql, [text]).fetchall() == [(fold(text),)]


def test_a_person_is_shown_the_best(
    carnet: Callable[..., Said], searched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("carnet.flows.cli.ask.BEST", 1)
    said = carnet("missions", "--text", "eau", "--warehouse", searched)
    assert "Diagnostic des réseaux" in said.out and "schéma directeur" not in said.out
    assert said.err == "carnet: the best 1; see more with --limit\n"
    assert carnet("missions", "--text", "eau", "--limit", "5", "--warehouse", searched).err == ""


def test_from_the_command_line(carnet: Callable[..., Said], searched: Path) -> None:
    said = carnet("missions", "--text", "médiations", "--warehouse", searched)
    assert "Évaluation des stratégies de [médiation]" in said.out or "Deux [médiations] numériques" in said.out
    assert (said.status, said.err) == (0, "")
    said = carnet("missions", "--text", "médiatio", "--warehouse", searched)
    assert "parts of words" in said.err
    said = carnet("missions", "--text", "eau", "--json", "--warehouse", searched)
    assert said.out.index('"Diagnostic des réseaux"') < said.out.index("schéma directeur")
    assert '"found"' in said.out
