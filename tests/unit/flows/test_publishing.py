"""`carnet publish`, and the flow of the same name: nothing leaves while a check fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from carnet.flows.services import publish as publishing
from carnet.flows.settings import read_settings
from carnet.warehouse.store.db import open_writer
from tests.builders import load_result, mission, result
from tests.conftest import Said
from tests.effort import HANGS
from tests.test_flows import BROCHURE
from tests.unit.warehouse.test_check import proven

Carnet = Callable[..., Said]


@pytest.fixture
def sound(path: Path) -> Path:
    with open_writer(path) as con:
        load_result(con, proven(result("a.pdf")), brochure="ondine")
    return path


def spoil(path: Path) -> None:
    """A client's name that would break a table, and an amount that fails a check."""
    bad = mission(1, "Étude | <b>x</b>", "Ville [de](http://x) Brenoux", amount=Decimal(-5))
    with open_writer(path) as con:
        load_result(con, proven(result("b.pdf", [bad], firm="Brivault", findings=[])), brochure="brivault")


def test_what_fails_a_check_is_not_published(carnet: Carnet, sound: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert carnet("publish", site, "--warehouse", sound).status == 0
    before = (site / "datapackage.json").read_bytes()
    assert carnet("check", "--warehouse", sound).status == 0
    spoil(sound)
    said = carnet("publish", site, "--warehouse", sound)
    assert said.status == 1 and "not published" in said.err and "fail: an amount" in said.out
    assert (site / "datapackage.json").read_bytes() == before
    assert carnet("check", "--warehouse", sound).status == 1
    told = json.loads(carnet("check", "--json", "--warehouse", sound).out)
    assert [c["check"] for c in told if c["level"] == "fail" and c["offenders"]] == ["amount_not_positive"]


def test_the_report_shows_words_as_words(sound: Path, tmp_path: Path) -> None:
    spoil(sound)
    report = publishing.markdown_report(publishing.publish(read_settings(sound), tmp_path / "site"))
    rows = report.splitlines()[4:]
    assert len(rows) == 1 and rows[0].replace("\\|", "").count("|") == 5
    assert "1 checks failed" in report and not (tmp_path / "site").exists()


@pytest.mark.slow
def test_the_flow_publishes_and_reports(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.testing.utilities import prefect_test_harness

    from carnet.flows.orchestration.ingest import ingest
    from carnet.flows.orchestration.publish import publish

    with prefect_test_harness(server_startup_timeout=int(HANGS)):
        state = publish(str(tmp_path / "site"), str(sound), return_state=True)
        assert state.is_completed() and (tmp_path / "site" / "missions.csv").exists()
        spoil(sound)
        assert publish(str(tmp_path / "site"), str(sound), return_state=True).is_failed()
        brochure = tmp_path / "in" / "ondine.md"
        brochure.parent.mkdir()
        brochure.write_text(BROCHURE, encoding="utf-8")
        fresh, site = str(tmp_path / "w" / "new.duckdb"), tmp_path / "fresh"
        assert ingest([str(brochure)], fresh, publish_to=str(site), return_state=True).is_completed()
        told = json.loads((site / "references.json").read_text(encoding="utf-8"))
        assert len(told["missions"]) == 2
