"""Clients as bodies: the right code for what the official list has, doubt where it is not sure, and what people say."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from carnet.flows.services.asked import Asked
from carnet.flows.services.same_client import same_client
from carnet.flows.settings import Settings
from carnet.warehouse.ask.missions import Filter, find_missions
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.loading.bodies import renew_clients
from carnet.warehouse.loading.looked_up import note_printed
from carnet.warehouse.matching.bodies import KINDS, Bodies, Link, load_bodies, source
from carnet.warehouse.matching.clients import HOME, SameClient, link_clients
from carnet.warehouse.store.db import Connection, migration_files, open_writer
from tests.builders import load_result, mission, result
from tests.gold_warehouse import SHARED
from tests.make_bodies import SIRENS

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "fr" / "bodies.yml").read_text(encoding="utf-8"))
BELGIAN = yaml.safe_load((Path(__file__).parents[2] / "cases" / "fr" / "bodies_be.yml").read_text(encoding="utf-8"))
KNOWN = [(name, kind, code) for kind in KINDS.values() for name, code in CASES[kind].items()]
BESSE = "Commune de Besse"
LONG, SHORT = "Communauté de communes des Campagnes de l'Artois", "Les Campagnes réunies"


@pytest.mark.parametrize(("name", "kind", "code"), KNOWN)
def test_a_body_of_the_list_is_found(name: str, kind: str, code: str) -> None:
    link = load_bodies().link(name, kind)
    assert link is not None and (link.body.code, link.doubt) == (code, None)


def test_the_table_by_hand_holds_two_hundred() -> None:
    assert len(KNOWN) >= 200


@pytest.mark.parametrize(("name", "kind"), CASES["doubtful"])
def test_what_is_not_sure_is_never_linked_without_doubt(name: str, kind: str) -> None:
    link = load_bodies().link(name, kind)
    assert link is None or link.doubt


@pytest.mark.parametrize(("name", "kind"), CASES["none"])
def test_others_are_no_territory(name: str, kind: str) -> None:
    assert load_bodies().link(name, kind) is None


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared brochures are not here")
def test_nearly_all_public_bodies_of_the_shared_brochures_are_linked() -> None:
    """An ambiguous name ("Commune de Prades") and what is only like another are linked with a doubt."""
    printed = {
        (m["client"], m["client_type"], HOME)
        for path in sorted(SHARED.glob("*.gold.json"))
        for m in json.loads(path.read_text(encoding="utf-8"))["missions"]
        if m["client"] and m["client_type"] in KINDS.values() and m["country"] == HOME and not _is_invented(m["client"])
    }
    _, meant = link_clients(sorted(printed), [], load_bodies())
    linked = {one.client for one in meant if one.client_id.startswith("fr-")}
    sure = linked - {one.client for one in meant if one.doubt or not one.client_id.startswith("fr-")}
    assert len(printed) > 120 and len(linked) >= 0.98 * len(printed), {c for c, *_ in printed} - linked
    assert len(sure) >= 0.95 * len(printed), linked - sure


def _is_invented(client: str) -> bool:
    """By whoever wrote the brochure: no list ever had it."""
    return client.endswith(("du Pays des Aulnes", "du Val d'Ombrelle"))


def test_the_list_says_where_it_is_from() -> None:
    assert "@etalab/decoupage-administratif" in source() and "MIT" in source() and "2026" in source()


def test_the_siren_of_each_departement_and_region_is_one() -> None:
    """Two départements have one council, and the régions of one département its number; all pass their own check."""
    made = yaml.safe_load(SIRENS.read_text(encoding="utf-8"))
    held = [body for body in load_bodies().all if body.kind in "dr"]
    assert {(b.kind, b.code): b.siren for b in held if b.siren} == {
        (kind, code): siren for kind, some in made.items() for code, siren in some.items()
    }
    for body in held:
        digits = [int(figure) * (1 + place % 2) for place, figure in enumerate(reversed(body.siren))]
        assert sum(sum(divmod(digit, 10)) for digit in digits) % 10 == 0, body
    assert [load_bodies().by_code[place].siren for place in (("d", "35"), ("r", "53"))] == ["223500018", "233500016"]


def test_that_of_belgium_names_its_licence() -> None:
    assert "CC BY 4.0" in source("BE") and "Statbel" in source("BE")


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [(name, kind, code) for kind in ("commune", "departement", "region") for name, code in BELGIAN[kind].items()],
)
def test_a_body_of_belgium_is_found(name: str, kind: str, code: str) -> None:
    link = load_bodies("BE").link(name, kind)
    assert link is not None and (link.body.code, link.doubt) == (code, None)


@pytest.mark.parametrize(("name", "kind"), BELGIAN["doubtful"])
def test_what_is_not_sure_in_belgium_is_never_linked_without_doubt(name: str, kind: str) -> None:
    link = load_bodies("BE").link(name, kind)
    assert link is None or link.doubt


def test_a_client_of_belgium_is_looked_up_there() -> None:
    printed = [
        ("Ville de Mons", "commune", "BE"),
        ("Ville de Lens", "commune", "FR"),
        ("Ville de Lens", "commune", "BE"),
    ]
    clients, meant = link_clients(printed[:2], [], load_bodies(), {"BE": load_bodies("BE")})
    assert [(c.client_id, c.insee_code, c.region) for c in clients] == [
        ("be-c-53053", None, "Région wallonne"), ("fr-c-62498", "62498", "Hauts-de-France"),
    ]  # fmt: skip
    (lens,), _ = link_clients(printed[2:], [], load_bodies(), {"BE": load_bodies("BE")})
    assert lens.client_id == "be-c-53046"


def test_a_former_commune_leads_to_that_of_today() -> None:
    link = load_bodies().link("Commune de Beaupréau", "commune")
    assert link is not None and link.body.name == "Beaupréau-en-Mauges" and "once Beaupréau" in link.reason


def test_one_client_may_be_two_bodies() -> None:
    clients, meant = link_clients([("Ville de Metz / Région Grand Est", "commune", "FR")], [], load_bodies())
    assert [c.client_id for c in clients] == ["fr-c-57463", "fr-r-44"]
    assert [(m.part, m.client_id) for m in meant] == [(1, "fr-c-57463"), (2, "fr-r-44")]


def test_countries_without_a_list_have_their_own() -> None:
    (client,), _ = link_clients([("Ville de Vevey", "commune", "CH")], [], load_bodies(), {"BE": load_bodies("BE")})
    assert client.client_id.startswith("own-") and client.official_name == "Ville de Vevey"


def test_spellings_of_what_no_list_holds_are_one() -> None:
    names = [("Syndicat des Trois Vals", "groupement", "FR"), ("SYNDICAT DES TROIS-VALS", "groupement", "FR")]
    clients, meant = link_clients(names, [], load_bodies())
    assert len(clients) == 1 and len(meant) == 2


def test_what_a_person_says_goes_before() -> None:
    names = [(LONG, "epci", "FR"), (SHORT, None, "FR")]
    (client,), meant = link_clients(names, [SameClient(SHORT, LONG)], load_bodies())
    assert client.siren == "200069482" and {m.reason for m in meant} == {"a person said so"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    missions = [
        mission(1, "Plan d'alimentation", LONG, client_type="epci"),
        mission(2, "Plan de mobilité", SHORT, client_type=None),
        mission(3, "Schéma des usages", BESSE),
        mission(4, "Études", "Ville de Lyon"),
    ]
    path = tmp_path / "warehouse" / "carnet.duckdb"
    with open_writer(path) as con:
        load_result(con, result(missions=missions))
    return path


@pytest.fixture
def con(path: Path) -> Iterator[Connection]:
    with open_writer(path) as con:
        yield con


def test_the_view_has_a_row_for_each_body(con: Connection) -> None:
    rows = {r["official_name"]: r for r in ask(con, "FROM clients").dicts()}
    assert rows["Lyon"]["insee_code"] == "69123" and rows["Lyon"]["population"] > 500_000
    assert rows["CC des Campagnes de l'Artois"]["siren"] == "200069482"
    assert rows["CC des Campagnes de l'Artois"]["departement"] == "62"
    assert rows["Lyon"]["printed_as"] == ["Ville de Lyon"] and rows["Lyon"]["region"] == "Auvergne-Rhône-Alpes"
    (doubt,) = ask(con, "FROM findings WHERE code = 'client_doubt'").dicts()
    assert doubt["field"] == "client_id" and "Besse" in doubt["message"]


@pytest.mark.parametrize(
    ("wanted", "clients"),
    [(Filter(territory="62"), [LONG]), (Filter(territory="auvergne-rhone-alpes"), [BESSE, "Ville de Lyon"]),
     (Filter(territory="69123"), ["Ville de Lyon"]), (Filter(territory="Pas-de-Calais"), []),
     (Filter(siren="200 069 482"), [LONG]), (Filter(siren="1"), [])],
)  # fmt: skip
def test_missions_by_territory_and_siren(con: Connection, wanted: Filter, clients: list[str]) -> None:
    assert [m["client"] for m in find_missions(con, wanted)[0]] == clients


def test_the_same_clients_change_nothing(con: Connection) -> None:
    before = con.execute("SELECT rowid, * FROM store.client_link").fetchall()
    load_result(con, result("other.pdf", missions=[mission(1, "Études", "Ville de Lyon")]))
    assert con.execute("SELECT rowid, * FROM store.client_link").fetchall() == before


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that are looked up in the list."""
    names: list[str] = []
    look = Bodies.link

    def link(self: Bodies, name: str, client_type: str | None) -> Link | None:
        names.append(name)
        return look(self, name, client_type)

    monkeypatch.setattr(Bodies, "link", link)
    return names


def test_a_name_is_looked_up_once(path: Path, asked: list[str]) -> None:
    """However many others there are, and whatever people say; 950 invented ones took seconds with each load."""
    names = ["Ville de Lyon", "Ville de Roubaix", BESSE]
    others = [mission(n, f"Étude {n}", name) for n, name in enumerate(names, 1)]
    with open_writer(path) as con:
        before = con.execute(_LINKED).fetchall()
        load_result(con, result("other.pdf", missions=others))
        assert asked == ["Ville de Roubaix"]
        assert con.execute(_LINKED).fetchall() == sorted([*before, ("Ville de Roubaix", "fr-c-59512", None)])
    same_client(Settings(path), SHORT, LONG, Asked("known by phone", "me"))
    assert asked == ["Ville de Roubaix"]


def test_what_is_kept_is_what_a_rebuild_would_find(path: Path, asked: list[str]) -> None:
    with open_writer(path) as con:
        grown = [con.execute(f"FROM store.{table}").fetchall() for table in ("body", "client_link")]
        con.execute("DELETE FROM store.looked_up")
        con.execute("UPDATE store.linked SET digest = ''")
        load_result(con, result("other.pdf", missions=[mission(1, "Études", "Ville de Lyon")]))
        assert len(set(asked)) == len(asked) == 4
        assert [con.execute(f"FROM store.{table}").fetchall() for table in ("body", "client_link")] == grown


def test_another_list_forgets_what_is_kept(path: Path, asked: list[str]) -> None:
    with open_writer(path) as con:
        con.execute("UPDATE store.looked_up SET lists = 'of last year'")
        load_result(con, result("other.pdf", missions=[mission(1, "Études", "Ville de Roubaix")]))
        assert len(asked) == 5
        assert con.execute("SELECT count(*), count(DISTINCT lists) FROM store.looked_up").fetchall() == [(5, 1)]


def test_nothing_is_kept_of_clients_that_are_gone(path: Path) -> None:
    """A name that was forgotten, or read better, leaves no trace."""
    with open_writer(path) as con:
        load_result(con, result(missions=[mission(1, "Études", "Ville de Roubaix")]), code="v2")
        assert con.execute("SELECT client FROM store.looked_up").fetchall() == [("Ville de Roubaix",)]


NAMES = [
    "Ville de Lyon", "Ville de LYON", "Métropole de Lyon", "Ville de Lyon / Métropole de Lyon", "Lyon", SHORT, LONG,
    BESSE, "Syndicat des Trois Vals", "SYNDICAT DES TROIS-VALS", "Syndicat des 3 Vals", "Ville de Vevey",
]  # fmt: skip
SAID = [None, "commune", "groupement", "epci"]
LANDS = ["FR", "FR", None, "BE", "CH"]
TABLES = ("body", "client_link", "looked_up")


@pytest.fixture
def bare() -> Iterator[Connection]:
    """The tables of clients, and of missions what is asked of them."""
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA store; CREATE TABLE store.mission (edition_id VARCHAR, client VARCHAR,"
                    " client_type VARCHAR, client_country VARCHAR)")  # fmt: skip
        for file in migration_files():
            if file.stem in ("0006_clients", "0011_looked_up"):
                con.execute(file.read_text(encoding="utf-8"))
        yield con


@pytest.mark.parametrize("seed", range(6))
def test_what_grew_is_what_would_be_made_at_once(bare: Connection, seed: int) -> None:
    """Editions come, are replaced, go, and people say which names are one: the tables, and which names changed. Whether
    it is said which edition it was, or not."""
    lot = random.Random(seed)
    said: list[SameClient] = []
    for step in range(30):
        edition = str(lot.randint(1, 4))
        note_printed(bare, edition)
        bare.execute("DELETE FROM store.mission WHERE edition_id = ?", [edition])
        for _ in range(lot.randint(0, 4)):
            client = (edition, lot.choice(NAMES), lot.choice(SAID), lot.choice(LANDS))
            bare.execute("INSERT INTO store.mission VALUES (?, ?, ?, ?)", client)
        if step % 10 == 9:
            said.append(SameClient(*lot.sample(NAMES, 2)))
        links = set(bare.execute(_MEANT).fetchall())
        changed = renew_clients(bare, said, [edition] if seed % 2 else None)
        assert changed == {name for name, *_ in links ^ set(bare.execute(_MEANT).fetchall())}
        assert _rows_of(bare) == _made_at_once(bare, said)


def _made_at_once(con: Connection, said: list[SameClient]) -> list[list[tuple[Any, ...]]]:
    con.begin()
    for table in (*TABLES, "linked"):
        con.execute(f"DELETE FROM store.{table}")
    renew_clients(con, said)
    made = _rows_of(con)
    con.rollback()
    return made


def _rows_of(con: Connection) -> list[list[tuple[Any, ...]]]:
    return [sorted(con.execute(f"FROM store.{table}").fetchall(), key=str) for table in TABLES]


_MEANT = "SELECT client, part, client_id, doubt FROM store.client_link"
_LINKED = "SELECT client, client_id, doubt FROM store.client_link ORDER BY client"


def test_a_person_unites_two_names_for_good(path: Path) -> None:
    settings = Settings(path)
    assert same_client(settings, "les campagnes REUNIES", LONG, Asked("known by phone", "me")) == (
        "CC des Campagnes de l'Artois"
    )
    line = json.loads((settings.raw / "corrections.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (line["kind"], line["a"], line["b"], line["why"]) == ("same-client", SHORT, LONG, "known by phone")
    with open_reader(settings.warehouse) as con:
        assert [m["client"] for m in find_missions(con, Filter(territory="62"))[0]] == [LONG, SHORT]
    for a, b, why in (("nobody", LONG, "no client is called so"), (LONG, LONG, "this is one name")):
        with pytest.raises(QueryError, match=why):
            same_client(settings, a, b, Asked("", "me"))


@pytest.mark.parametrize(
    ("name", "doubtful"),
    [("Ville de Liège", True), ("Ville du Liège", False), ("Ville du Mans", False), ("Ville de La Rochelle", False),
     ("Ville des Sables-d'Olonne", False), ("Le Havre", False), ("Commune de Mureaux", True)],
)  # fmt: skip
def test_a_name_without_its_article_is_doubtful(name: str, doubtful: bool) -> None:
    """In France: a Belgian town of which nothing says so would be a village's."""
    link = load_bodies().link(name, "commune")
    assert link is not None and (link.doubt is not None) is doubtful


def test_the_departement_of_an_epci_in_several_is_that_of_its_siren() -> None:
    assert load_bodies().by_code["e", "243100567"].departement == "31"
