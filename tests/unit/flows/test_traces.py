"""Nothing of a forgotten person is left in any file of the warehouse, however the name, e-mail or phone is written."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from carnet.flows.inbox.arrivals import look_at
from carnet.flows.inbox.refusals import refusals
from carnet.flows.services import forget, traces
from carnet.flows.services.ingest import Outcome, Run, plan
from carnet.flows.services.runs import keep
from carnet.flows.services.unit_of_work import open_whole
from carnet.warehouse.exports.resources import Audience
from carnet.warehouse.loading.known import Naming
from carnet.warehouse.privacy.given_out import given_out, note_given_out
from carnet.warehouse.privacy.lists import ListGiven, note_list
from tests.unit.flows.tracing import Person
from tests.unit.flows.tracing import traces as left_of
from tests.unit.flows.world import World

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "brochures"

BROCHURE = """\
# Ondine Conseil

Édition {date}

L'équipe

- Odile Brancourt, directrice associée
- Hugo Le Bihan, hydrogéologue

## Eau

### Ville de Brenoux : Schéma directeur d'eau potable, avec M. Verdeau

**Période** : Mars 2021 à juin 2022
**Montant** : 29 000 euros HT
**Contact** : Aline VERDEAU, directrice générale, A.Verdeau@Brenoux.example, 04 66 12 34 56

**Contexte**
- Un réseau ancien, que Mme Verdeau et le maire voulaient connaître (standard : +33 4 66 12 34 56).
- VERDEAU A. a suivi l'étude ; aline-verdeau.example ; écrire à a.verdeau@brenoux.example.

**Résultats**
- Programme voté ; Verdeau, A. Verdeau et O. Brancourt l'ont présenté à Verdun.

### Syndicat mixte des Trois Vals : Diagnostic du réseau d'assainissement

**Période** : 2019-2020
**Montant** : 41 500 euros HT
**Contact** : Luc Marsanne, l.marsanne@troisvals.example, 04.66.98.76.54 / 06 11 22 33 44

**Contexte**
- Un réseau unitaire, suivi par LUC MARSANNE puis par M. Marsanne (commune de Marsanne).

**Résultats**
- Le zonage de H. Le Bihan (0466987654) a été approuvé.
{more}"""
MORE = """
### Commune de Luz-le-Bois : Plan de gestion de la forêt communale

**Période** : 2023
**Montant** : 18 200 euros HT
**Contact** : Verdeau Aline, nouvelle adresse averdeau@luz.example

**Contexte**
- Une forêt de 400 hectares, reprise par M. Hugo Le Bihan.

**Résultats**
- Plan adopté avec Paul Marsanne.
"""
PEOPLE: list[Person] = [
    ("Aline Verdeau", "a.verdeau@brenoux.example", "+33466123456"),
    ("Luc Marsanne", "l.marsanne@troisvals.example", "04 66 98 76 54"),
    ("Odile Brancourt", None, None), ("Hugo Le Bihan", None, None),
]  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    inbox = tmp_path / "in"
    (inbox / "Références Aline VERDEAU.md").write_text(BROCHURE.format(date="juin 2022", more=""), encoding="utf-8")
    (inbox / "ondine-2024.md").write_text(BROCHURE.format(date="mars 2024", more=MORE), encoding="utf-8")
    return world


@pytest.mark.slow
def test_every_contact_and_member_of_the_team_in_every_spelling(world: World) -> None:
    first, later = "Références Aline VERDEAU.md", "ondine-2024.md"
    world.ingest(first)
    _corrected(world)
    _given_out(world)
    places = [world.settings.warehouse.parent, world.settings.raw / "corrections.jsonl"]
    assert left_of(places, PEOPLE)
    titles = [t for (t,) in world.ask("SELECT title FROM missions ORDER BY ordinal")]
    for name, *_ in PEOPLE:
        assert name
        found = world.forget(name)
        forget.remove_exports(world.settings, found)
    assert left_of([*places, world.folder / "site"], PEOPLE) == []
    assert not (world.folder / "site").exists(), "half a data set is none"
    assert world.ask("SELECT count(*) FROM contacts WHERE name IS NOT NULL") == [(0,)]
    assert world.ask("SELECT count(*) FROM team") == [(0,)]
    world.ingest(first, later)
    world.export(Audience.internal)
    assert left_of([*places, world.folder / "site"], PEOPLE) == []
    assert world.ask("SELECT name, email FROM contacts WHERE name IS NOT NULL OR email IS NOT NULL") == []
    grown = world.rows()
    world.rebuild()
    assert world.rows() == grown
    assert left_of([*places, world.folder / "site"], PEOPLE) == []
    assert "Verdun" in str(world.ask("SELECT results FROM missions"))
    assert "commune de Marsanne" in str(world.ask("SELECT context FROM missions"))
    assert "Paul Marsanne" in str(world.ask("SELECT results FROM missions"))
    assert titles[1] in [t for (t,) in world.ask("SELECT title FROM missions")]


def _corrected(world: World) -> None:
    world.correct(world.id_of("Brenoux"), "contacts", "+ Verdeau A., conseil")
    world.correct(world.id_of("Brenoux"), "amount", "30000")


def _given_out(world: World) -> None:
    world.export(Audience.internal)
    copy = world.settings.warehouse.with_name("copie.duckdb")
    shutil.copyfile(world.settings.warehouse, copy)
    (world.settings.warehouse.parent / "notes").mkdir()
    (world.settings.warehouse.parent / "notes" / "a.txt").write_text("rappeler Mme VERDEAU", encoding="utf-8")


@pytest.mark.slow
def test_a_data_set_exported_again_holds_nothing_of_the_one_before(world: World) -> None:
    world.ingest("ondine-2024.md")
    world.export(Audience.internal)
    for name, *_ in PEOPLE:
        world.forget(name or "")
    world.export(Audience.internal)
    assert left_of([world.folder / "site"], PEOPLE) == []


def test_who_may_be_somebody_else_stays_and_is_shown(world: World) -> None:
    world.ingest("ondine-2024.md")
    found = world.forget("Luc Marsanne")
    told = " | ".join(mention.text for mention in found.doubtful)
    assert "commune de Marsanne" in told
    assert "Paul Marsanne" in told
    assert found.person.alone == frozenset()


def test_two_of_one_surname(world: World) -> None:
    other = BROCHURE.replace("Luc Marsanne, l.marsanne", "André Verdeau, andre.verdeau").replace("M. Verdeau", "l'élu")
    (world.folder / "in" / "two.md").write_text(other.format(date="mars 2024", more=""), encoding="utf-8")
    world.ingest("two.md")
    found = world.forget("Aline Verdeau")
    assert "m verdeau" not in found.person.short, "it may be André"
    assert "a verdeau" not in found.person.short
    assert world.ask("SELECT name, email FROM contacts") == [("André Verdeau", "andre.verdeau@troisvals.example")]


def test_a_successor_keeps_the_mission_but_not_the_number(world: World) -> None:
    world.ingest("ondine-2024.md")
    world.forget("Luc Marsanne")
    text = BROCHURE.format(date="mai 2025", more=MORE).replace("Luc Marsanne, l.marsanne@", "Zoé Praz, z.praz@")
    (world.folder / "in" / "ondine-2025.md").write_text(text, encoding="utf-8")
    world.ingest("ondine-2025.md")
    named = "SELECT name, email FROM contacts WHERE name LIKE 'Zo%'"
    assert world.ask(named) == [("Zoé Praz", "z.praz@troisvals.example")]
    assert left_of([world.settings.warehouse.parent], PEOPLE[1:2]) == []


# --- beside the warehouse


def test_lists_lose_the_name_and_work_on(world: World) -> None:
    world.ingest("ondine-2024.md")
    settings = world.settings
    refused = world.folder / "in" / "Mémo Aline Verdeau.pdf"
    refused.write_bytes(b"%PDF-1.4 and nothing else")
    (arrival,), _ = look_at([refused])
    reason = "can't be read: written by Aline Verdeau"
    run = Run(settings, Naming(), [arrival], [], quarantine={})
    run.add(Outcome(refused, "refused", reason=reason, lasting=True))
    keep(run, "watch")
    for name in ("site-aline-verdeau", "site"):
        (world.folder / name).mkdir(exist_ok=True)
        note_given_out(settings.warehouse, world.folder / name, "export")
    at = "2024-05-02T10:00:00+00:00"
    note_list(settings.warehouse, ListGiven(at, "docx", "Pour Aline Verdeau", at[:10], ("3f2a91c07b5e",)))
    with open_whole(settings):
        pass
    assert world.ask("SELECT name FROM lists") == [("Pour Aline Verdeau",)]
    found = forget.look_for(settings, "Aline Verdeau")
    assert found.counts["lists"] == 4
    world.forget("Aline Verdeau")
    assert world.ask("SELECT name, mission_id FROM lists") == [("Pour […]", "3f2a91c07b5e")]
    assert left_of([settings.warehouse.parent], PEOPLE[:1]) == []
    assert list(refusals(settings)) == [arrival.sha256]
    assert [p.name for p in given_out(settings.warehouse)] == ["site"]
    again = plan([refused], settings, Naming(), retry=True)
    again.add(Outcome(refused, "refused", reason=reason, lasting=True))
    keep(again, "watch")
    assert left_of([settings.warehouse.parent], PEOPLE[:1]) == []


def test_prefects_records_lose_the_name(world: World) -> None:
    world.ingest("ondine-2024.md")
    home = world.settings.prefect_home
    home.mkdir()
    (home / "server.log").write_text("read Aline Verdeau.pdf", encoding="utf-8")
    with closing(sqlite3.connect(home / "prefect.db")) as con:
        con.execute("PRAGMA journal_mode = WAL")
        con.execute("CREATE TABLE flow_run (id CHAR(36), name VARCHAR UNIQUE, parameters JSON, started DATETIME)")
        told = json.dumps({"paths": ["raw/Références Aline VERDEAU.md", "raw/b.md"], "n": 1})
        con.executemany("INSERT INTO flow_run VALUES (?, ?, ?, ?)", [
            ("1", "Références Aline VERDEAU.md", told, "2024-01-01"), ("2", "b.md", "{}", "2024-01-01"),
        ])  # fmt: skip
        con.commit()
        assert forget.look_for(world.settings, "Aline Verdeau").counts["prefect"] == 3
        world.forget("Aline Verdeau")
    assert left_of([world.settings.warehouse.parent], PEOPLE[:1]) == []
    with closing(sqlite3.connect(home / "prefect.db")) as con:
        rows = con.execute("SELECT id, name, parameters FROM flow_run ORDER BY id").fetchall()
    assert [(n, name) for n, name, _ in rows] == [("1", "Références […].md"), ("2", "b.md")]
    assert json.loads(rows[0][2])["paths"] == ["raw/Références […].md", "raw/b.md"]


def test_a_damaged_warehouse_that_was_set_aside_goes(world: World) -> None:
    world.ingest("ondine-2024.md")
    aside = world.settings.warehouse.with_name("carnet.duckdb.damaged-20240101-101010")
    aside.write_bytes(b"Aline Verdeau")
    assert world.forget("Aline Verdeau").damaged == [aside]
    assert not aside.exists()


def test_copies_are_searched_in_a_folder_of_its_own_only(world: World) -> None:
    world.ingest("ondine-2024.md")
    folder = world.settings.warehouse.parent
    for name in ("carnet-copie.duckdb", "notes.txt"):
        (folder / name).write_bytes(b"")
    assert [p.name for p in traces.others(world.settings)] == ["carnet-copie.duckdb", "notes.txt"]
    shutil.copytree(folder, world.folder / "elsewhere")
    moved = World.__new__(World)
    moved.settings = type(world.settings)(world.folder / "elsewhere" / "carnet.duckdb")
    assert [p.name for p in traces.others(moved.settings)] == ["carnet-copie.duckdb"]


# --- whole brochures


@pytest.mark.slow
@pytest.mark.parametrize("path", [
    ROOT / "raw" / "maubray-fiches.pdf", ROOT / "raw" / "orvane-deck.pdf", SHARED / "helia-ingenierie.pdf",
    SHARED / "thevenard-roussel.pdf",
], ids=lambda p: p.stem)  # fmt: skip
def test_everybody_in_a_brochure(tmp_path: Path, path: Path) -> None:
    """Ten contacts of it, and the whole team."""
    if not path.exists():
        pytest.skip("needs ../shared")
    world = World(tmp_path)
    (world.folder / "in" / path.name).write_bytes(path.read_bytes())
    world.ingest(path.name)
    whole = "name LIKE '% %' AND len(regexp_replace(name, '^.* ', '')) > 2"
    people: list[Person] = world.ask(
        f"(SELECT DISTINCT name, email, phone FROM contacts WHERE {whole} ORDER BY ALL LIMIT 10)"
        f" UNION ALL (SELECT DISTINCT name, NULL, NULL FROM team WHERE {whole} ORDER BY ALL)"
    )
    named = {name for name, *_ in people}
    contacts = world.ask("SELECT name, email, phone FROM contacts WHERE name IS NOT NULL")
    stays = {value for name, *values in contacts if name not in named for value in values}
    assert people
    places = [world.settings.warehouse.parent, world.settings.raw / "corrections.jsonl"]
    for name, *_ in people:
        world.forget(name or "")
    gone = [(n, None if email in stays else email, None if phone in stays else phone) for n, email, phone in people]
    assert left_of(places, gone) == []
    grown = world.rows()
    world.rebuild()
    assert world.rows() == grown
    assert left_of(places, gone) == []
