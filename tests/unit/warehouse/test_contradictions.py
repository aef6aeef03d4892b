"""Contradiction by knowledge: found where the brochure prints it, and only there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carnet.schemas.mission import Contact
from carnet.warehouse.ask.query import ask
from carnet.warehouse.matching.bodies import Body, load_bodies
from carnet.warehouse.matching.contradictions import Contradiction, PrintedMission, contradictions
from carnet.warehouse.matching.domains import bodies_of_domain
from carnet.warehouse.store.db import open_writer
from tests.builders import load_result, mission, result
from tests.gold_warehouse import SHARED

TRUE = {"client_mismatch"}


def found(client: str, kind: str, domains: list[str], *texts: str) -> list[str]:
    link = load_bodies().link(client, kind)
    assert link is not None and not link.doubt
    return [c.code for c in contradictions(PrintedMission(client, [link.body], domains, texts), load_bodies())]


@pytest.mark.parametrize(
    ("client", "kind", "domain"),
    [
        ("Ville de Sète", "commune", "ville-agde.fr"),
        ("Ville d'Épernay", "commune", "grandreims.fr"),
        ("Région Normandie", "region", "centrevaldeloire.fr"),
        ("Département de la Manche", "departement", "hauts-de-seine.fr"),
        ("Commune de Gap", "commune", "mairie.lyon.fr"),
    ],
)
def test_an_address_of_another_territory(client: str, kind: str, domain: str) -> None:
    assert found(client, kind, [domain]) == ["territory_mismatch"]


@pytest.mark.parametrize(
    ("client", "kind", "domains"),
    [
        ("Ville d'Agen", "commune", ["agglo-agen.fr"]),  # its EPCI
        ("Le Mans Métropole", "epci", ["lemans.fr"]),  # its town
        ("Ville de Villeurbanne", "commune", ["mairie.lyon.fr"]),  # of one EPCI
        ("Ville de Cherbourg-en-Cotentin", "commune", ["manche.fr"]),  # its département
        ("Département du Finistère", "departement", ["bretagne.bzh"]),  # its région
        ("Ville d'Agen", "commune", ["orange.fr"]),  # a provider, and a town
        ("Ville d'Agen", "commune", ["saint-gobain.com"]),  # a firm, and a town
        ("Ville d'Agen", "commune", ["perrier.fr"]),  # a firm, and a village
        ("Commune de Rives (47)", "commune", ["rives.fr"]),  # the smaller of two
        ("Ville d'Agen", "commune", ["cabinet-roullier.fr", "tournai.be"]),  # nothing of the list
        ("Ville d'Agen", "commune", ["ville-agde.fr", "ville-agen.fr"]),  # one that fits
        ("Ville d'Agen", "commune", []),
    ],
)
def test_an_address_that_may_well_be_theirs(client: str, kind: str, domains: list[str]) -> None:
    assert found(client, kind, domains) == []


def test_a_text_of_another_region() -> None:
    text = "La Région Centre-Val de Loire conduit le programme avec ses services."
    assert found("Région Normandie", "region", [], text) == ["territory_mismatch"]
    assert found("Région Normandie", "region", [], text, "La Normandie s'en inspire.") == []
    assert found("Ville de Blois", "commune", [], text) == []
    assert found("Région Normandie", "region", [], "Comparaison : Région Bretagne, Région Occitanie.") == []


def test_another_form_of_epci_is_our_doubt() -> None:
    assert found("Communauté de communes du Boulonnais", "epci", []) == ["client_kind"]
    assert found("Communauté d'agglomération Grand Besançon", "epci", []) == []  # so it was called before it was a CU
    assert found("CC des Campagnes de l'Artois", "epci", []) == []


def test_a_domain_spells_a_body_whole() -> None:
    assert {b.departement for b in bodies_of_domain("mairie-prades.fr", load_bodies())} >= {"66", "07"}
    assert bodies_of_domain("prade.fr.example", load_bodies()) == []


def test_findings_are_renewed_with_the_edition(tmp_path: Path) -> None:
    contact = Contact(email="j.v@ville-agde.fr")
    wrong = mission(1, "Schéma directeur", "Ville de Sète", contacts=(contact,))
    right = mission(1, "Schéma directeur", "Ville d'Agde", contacts=(contact,))
    with open_writer(tmp_path / "carnet.duckdb") as con:
        load_result(con, result(missions=[wrong]))
        (row,) = ask(con, "FROM findings WHERE code = 'territory_mismatch'").dicts()
        assert (row["field"], row["origin"], row["severity"]) == ("client", "brochure", "warning")
        assert "ville-agde.fr" in row["message"] and "j.v@" not in row["message"]
        load_result(con, result("other.pdf", missions=[right]))
        assert len(ask(con, "FROM findings WHERE code = 'territory_mismatch'").dicts()) == 1


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared brochures are not here")
def test_no_false_alarm_on_the_shared_brochures() -> None:
    for path in sorted(SHARED.glob("*.gold.json")):
        for answer in json.loads(path.read_text(encoding="utf-8"))["missions"]:
            for one in _of_answer(answer):
                assert TRUE & set(answer["findings"]), (path.name, one)


def _of_answer(answer: dict[str, object]) -> list[Contradiction]:
    client, contacts = str(answer["client"]), answer.get("contacts") or []
    assert isinstance(contacts, list)
    kind = answer.get("client_type")
    link = load_bodies().link(client, str(kind)) if answer["country"] in (None, "FR") else None
    bodies: list[Body] = [link.body] if link and not link.doubt else []
    domains = [str(c["email"]).rpartition("@")[2].replace(".example", ".fr") for c in contacts if c.get("email")]
    texts = [str(answer["title"])]
    for part in ("context", "approach", "results"):
        texts += answer.get(part) or []  # type: ignore[arg-type,misc]
    return list(contradictions(PrintedMission(client, bodies, domains, texts), load_bodies()))
