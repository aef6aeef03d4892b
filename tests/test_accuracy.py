"""No brochure with reference answers falls below its floor (`tests/accuracy/floors.yml`; `make accuracy FLOORS=1`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from carnet.pipeline.nlp import Nlp, get_nlp
from tests.accuracy.measure import SHARED, Brochure, by_hand, load_floors, measure, samples, shared, variants

FLOORS = load_floors()


@pytest.fixture(scope="module")
def nlp() -> Nlp:
    return get_nlp()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Brochure]:
    return {b.name: b for b in variants(tmp_path_factory.mktemp("variants"))}


def held(brochure: Brochure, nlp: Nlp) -> None:
    done = measure(brochure, nlp)
    floor = FLOORS.get(brochure.name)
    assert floor is not None, f"{brochure.name} has no floor yet"
    if done.total.f1 < floor.f1 or done.paired < floor.missions:
        misses = "\n".join(f"  {m.mission} {m.field} {m.kind}: {m.got!r} for {m.want!r}"[:200] for m in done.misses)
        score = f"F1 {done.total.f1:.3f} with {done.paired} missions, expected {floor.f1} with {floor.missions}"
        pytest.fail(f"{brochure.name}: {score}\n{misses}", pytrace=False)


@pytest.mark.slow
@pytest.mark.parametrize("brochure", samples(), ids=lambda b: b.name)
def test_samples(brochure: Brochure, nlp: Nlp) -> None:
    held(brochure, nlp)


@pytest.mark.slow
@pytest.mark.parametrize("brochure", by_hand(), ids=lambda b: b.name)
def test_by_hand(brochure: Brochure, nlp: Nlp) -> None:
    held(brochure, nlp)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in FLOORS if name.startswith("variant/")])
def test_other_layouts(name: str, drawn: dict[str, Brochure], nlp: Nlp) -> None:
    held(drawn[name], nlp)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is not here")
@pytest.mark.parametrize("brochure", shared(), ids=lambda b: b.name)
def test_shared_brochures(brochure: Brochure, nlp: Nlp) -> None:
    held(brochure, nlp)


def test_every_variant_has_a_floor() -> None:
    modules = {path.stem.replace("_", "-") for path in Path(__file__).parent.glob("samples/variants/[!_]*.py")}
    floors = {name.removeprefix("variant/") for name in FLOORS if name.startswith("variant/")}
    assert modules == floors
