"""A person is forgotten: no trace in warehouse and log, none in exports and originals where that is asked."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from carnet.flows.services import forget as forgetting
from carnet.warehouse.exports.resources import Audience
from carnet.warehouse.privacy.given_out import note_given_out
from tests.conftest import Said
from tests.unit.flows.killed import effects_of, killed_before
from tests.unit.flows.world import EDITIONS, World

OLD, MID, NEW = EDITIONS
SAMPLE = Path(__file__).resolve().parents[3] / "raw" / "maubray-fiches.pdf"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_who_is_forgotten_leaves_no_trace_and_does_not_come_back(world: World) -> None:
    world.ingest(OLD)
    world.correct(world.id_of("Trois Vals"), "contacts", "+ Aline Verdeau, conseil, a.verdeau@brenoux.example")
    found = world.forget("Verdeau Aline")
    assert found.counts["contact"] == 2
    assert [Path(o.path).name for o in found.originals] == [OLD]
    traces = ("Verdeau", "a.verdeau", "Aline")
    assert world.files_with(*traces) == []
    world.ingest(MID)
    world.rebuild()
    assert world.files_with(*traces) == []
    assert not any(trace in repr(world.rows()) for trace in traces)
    assert world.ask("SELECT count(*) FROM contacts WHERE name LIKE '%Verdeau%'") == [(0,)]
    assert world.ask("SELECT sum(suppressed) > 0 FROM store.edition") == [(True,)]
    assert world.ask("SELECT name FROM contacts ORDER BY ALL") == [("Luc Marsanne",), ("Rose Tavel",)]


def test_exports_that_hold_the_person_are_named_and_removed(world: World) -> None:
    world.ingest(OLD)
    out = world.folder / "site"
    out.mkdir()
    for name, text in (("with.csv", "VERDEAU Aline"), ("without.csv", "Rose Tavel")):
        (out / name).write_text(text, encoding="utf-8")
    note_given_out(world.settings.warehouse, out, "export")
    (world.folder / "letter.md").write_text("écrire à a.verdeau@brenoux.example", encoding="utf-8")
    found = forgetting.look_for(world.settings, "Aline Verdeau", [world.folder / "letter.md"])
    assert sorted(e.path.name for e in found.exports) == ["letter.md", "with.csv"]
    assert forgetting.remove_exports(world.settings, found).left == []
    assert [p.name for p in out.iterdir()] == ["without.csv"]


def test_a_brochure_is_no_export_wherever_it_lies(world: World) -> None:
    """In a folder that is searched too, or where carnet wrote a file once."""
    world.ingest(OLD)
    brochure = world.folder / "in" / OLD
    copy = world.folder / "answer.md"
    copy.write_bytes(brochure.read_bytes())
    note_given_out(world.settings.warehouse, copy, "sql")
    found = forgetting.look_for(world.settings, "Aline Verdeau", [brochure])
    done = forgetting.remove_exports(world.settings, found)
    assert (done.gone, sorted(path for path, _ in done.left)) == ([], [copy, brochure])
    assert brochure.exists() and copy.exists()


@pytest.mark.slow
def test_pdfs_that_were_given_out_are_searched(world: World) -> None:
    """Their words are packed: a search of the bytes would find nobody."""
    world.ingest(OLD)
    for name, line in (("with.pdf", "Contact : Aline Verdeau"), ("without.pdf", "Contact : Rose Tavel")):
        page = Canvas(str(world.folder / name), pageCompression=1)
        page.drawString(40, 400, line)
        page.save()
    (world.folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing else")
    also = [world.folder / f"{name}.pdf" for name in ("with", "without", "broken")]
    found = forgetting.look_for(world.settings, "Aline Verdeau", also)
    assert [(e.path.name, bool(e.times)) for e in found.exports] == [("broken.pdf", False), ("with.pdf", True)]
    done = forgetting.remove_exports(world.settings, found)
    assert [p.name for p in done.gone] == ["with.pdf"]
    assert [(p.name, why.split(",")[0]) for p, why in done.left] == [("broken.pdf", "can't be searched")]
    assert also[2].exists(), "nobody's but the user's"


def test_a_removed_original_takes_no_mission_with_it(world: World) -> None:
    world.ingest(OLD, MID)
    found = world.forget("Aline Verdeau")
    missions = world.rows()["mission"]
    done = forgetting.remove_originals(found)
    assert [p.name for p in done.gone] == [OLD, MID]
    assert list(world.settings.raw.glob("*.md")) == []
    world.rebuild()
    assert world.rows()["mission"] == missions


def test_a_name_that_nobody_bears_is_not_erased(carnet: Callable[..., Said], filled: Path) -> None:
    def forget(who: str, *more: str) -> Said:
        return carnet("forget", who, "--yes", "--warehouse", filled, *more)

    said = forget("Aline Verdau")
    assert said.status == 1
    assert 'nobody of this name was found, nothing was erased; did you mean "Aline Verdeau"?' in said.err
    told = json.loads(forget("Zoé Quesnel", "--json").out)
    assert (told["erased"], told["found"], told["did_you_mean"]) == (False, False, [])
    assert carnet("sql", "SELECT count(*) > 0 FROM contacts WHERE name = 'Aline Verdeau'", "--format", "csv",
                  "--warehouse", filled).out.split()[-1] == "True"  # fmt: skip
    assert forget("Zoé Quesnel", "--in-advance").status == 0
    again = forget("Zoé Quesnel")
    assert (again.status, "was forgotten already" in again.err) == (0, True)


@pytest.mark.slow
def test_a_redacted_original_is_the_same_edition(world: World) -> None:
    """A PDF and a text: nobody finds the person in them, and they take the places and ids of their originals."""
    (world.folder / "in" / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    world.ingest(OLD, SAMPLE.name)
    world.correct(world.id_of("Grandlieu"), "amount", "47000")
    before = world.ask("SELECT edition_id, mission_id, title, amount FROM mission_history ORDER BY ALL")
    for who, traces in (
        ("Armelle Duchaussoy", ("Duchaussoy", "a.duchaussoy", "03 53 01 22 40")), ("Aline Verdeau", ("Verdeau",)),
    ):  # fmt: skip
        found = world.forget(who)
        done = forgetting.redact_originals(world.settings, found)
        assert len(done.gone) == 1 and done.left == []
        assert not any(trace in words_of(path) for path in done.gone for trace in traces)
        assert world.files_with(*traces) == []
        assert any(trace in words_of(path) for path in done.aside for trace in traces), "the original is set aside"
        assert forgetting.look_for(world.settings, who).set_aside == done.aside
        assert forgetting.remove_set_aside(done.aside).gone == done.aside
        assert not forgetting.look_for(world.settings, who).anywhere
    assert world.ask("SELECT edition_id, mission_id, title, amount FROM mission_history ORDER BY ALL") == before
    grown = world.rows()
    world.ingest(SAMPLE.name)  # the original comes again by another way: it is known, and not kept
    assert world.rows() == grown
    held = {hashlib.sha256(path.read_bytes()).hexdigest() for path in world.settings.raw.glob("*.*") if path.is_file()}
    assert hashlib.sha256(SAMPLE.read_bytes()).hexdigest() not in held
    world.rebuild()
    assert world.rows() == grown


@pytest.mark.slow
def test_what_is_set_aside_is_told_apart_by_who_stands_in_it(world: World) -> None:
    """Two persons of one original, one after the other: the original and its first redaction hold the second."""
    world.ingest(OLD)
    first, second = "Aline Verdeau", "Luc Marsanne"
    for who in (first, second):
        forgetting.redact_originals(world.settings, world.forget(who))
    aside = world.settings.raw / ".set-aside"
    assert len(list(aside.iterdir())) == 2
    assert len(forgetting.look_for(world.settings, first).set_aside) == 1
    found = forgetting.look_for(world.settings, second)
    assert len(found.set_aside) == 2
    forgetting.remove_set_aside(found.set_aside)
    assert list(aside.iterdir()) == []
    assert world.rebuild(dry_run=True).difference.any is False


@pytest.mark.slow
def test_a_file_that_is_called_by_the_name_gets_another(world: World) -> None:
    named = world.folder / "in" / "Références Aline VERDEAU.md"
    named.write_bytes((world.folder / "in" / OLD).read_bytes())
    world.ingest(named.name)
    done = forgetting.redact_originals(world.settings, world.forget("Aline Verdeau"))
    assert ([p.name for p in done.gone], done.left) == (["Références […].md"], [])
    assert sorted(p.name for p in world.settings.raw.glob("*.md")) == ["Références […].md"]


@pytest.mark.slow
def test_a_mission_whose_heading_named_the_person_is_known_again(world: World) -> None:
    """Its key is another then: its id and what was corrected stay, in a rebuilt warehouse too."""
    text = (world.folder / "in" / OLD).read_text(encoding="utf-8").replace("d'eau potable\n", "avec Aline Verdeau\n")
    (world.folder / "in" / "named.md").write_text(text, encoding="utf-8")
    world.ingest("named.md")
    ids = world.ask("SELECT ordinal, mission_id FROM missions ORDER BY ordinal")
    world.correct(ids[0][1], "amount", "31500")
    done = forgetting.redact_originals(world.settings, world.forget("Aline Verdeau"))
    assert (len(done.gone), done.left) == (1, [])
    assert b"Verdeau" not in done.gone[0].read_bytes()
    for _ in range(2):
        assert world.ask("SELECT ordinal, mission_id FROM missions ORDER BY ordinal") == ids
        assert world.ask("SELECT amount FROM missions WHERE ordinal = 1") == [(Decimal(31500),)]
        world.rebuild()


@pytest.mark.slow
def test_what_does_not_stand_the_comparison_stays_as_it_is(world: World) -> None:
    """The client is known by the address of the contact only: without it, the mission would be another."""
    text = TEXT_OF_ADDRESS.encode()
    (world.folder / "in" / "adresse.md").write_bytes(text)
    world.ingest("adresse.md")
    assert world.ask("SELECT client, client_stated FROM missions ORDER BY ordinal LIMIT 1") == [("Arras", False)]
    rows = world.rows()["mission"]
    done = forgetting.redact_originals(world.settings, world.forget("Aline Verdeau"))
    (refused,) = done.left
    assert "mission 1, client: 'Arras' would be read as" in refused[1]
    assert (done.gone, done.aside) == ([], [])
    assert (world.settings.raw / "adresse.md").read_bytes() == text
    assert world.rows()["mission"] == rows
    assert not (world.settings.raw / ".set-aside").exists()


TEXT_OF_ADDRESS = """# Ondine Conseil

## Eau

### Schéma directeur d'eau potable

**Période** : 2021
**Montant** : 29 000 euros HT
**Contact** : Aline Verdeau, a.verdeau@ville-arras.fr

**Contexte**
- Un réseau ancien et des fuites nombreuses.

### Diagnostic du réseau

**Période** : 2022
**Montant** : 12 000 euros HT
**Contact** : Luc Marsanne, l.marsanne@troisvals.example

**Contexte**
- Un réseau unitaire.
"""


def words_of(path: Path) -> str:
    import pdfplumber

    if path.suffix != ".pdf":
        return path.read_text(encoding="utf-8")
    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() for page in document.pages)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_what_a_killed_internal_export_left_goes_with_the_person(world: World) -> None:
    world.ingest(OLD)
    count = effects_of(lambda: world.export(Audience.internal))
    shutil.rmtree(world.folder / "site")
    assert killed_before(count // 2, lambda: world.export(Audience.internal)) == "killed"
    parts = [path for path in world.folder.glob(".site.*.new/*") if path.is_file()]
    left = [path for path in parts if b"Verdeau" in path.read_bytes()]
    assert left, "killed before anything was written"
    world.forget("Aline Verdeau")
    assert not any(path.exists() for path in left)
    assert world.leftovers() == []
