"""Answers that are kept: the same while nothing changes, another as soon as something does; strangers get none."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.responses import Response

from carnet.flows.pages.answers import MOST_BYTES, Answers
from tests.unit.flows.pages_world import OWN, client_of
from tests.unit.flows.world import EDITIONS, World


def test_what_is_asked_again_is_the_same_until_a_correction(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.ingest(next(iter(EDITIONS)))
    client = client_of(world.settings.warehouse, token=True)
    mission = world.id_of("Brenoux")
    pages = ("/", f"/missions/{mission}", "/api/missions")
    before = [client.get(path).text for path in pages]
    assert [client.get(path).text for path in pages] == before
    wish = {"mission": mission, "field": "title", "value": "Un tout autre plan"}
    assert client.post("/api/correct", json=wish, headers=OWN).status_code == 200
    assert ["Un tout autre plan" in client.get(path).text for path in pages] == [True] * 3
    assert ["Un tout autre plan" in text for text in before] == [False] * 3


def test_who_holds_no_token_gets_no_answer_of_who_does(filled: Path) -> None:
    holder, mission = client_of(filled, token=True), ""
    mission = holder.get("/api/missions?sort=printed").json()["missions"][0]["mission_id"]
    assert "Verdeau" in holder.get(f"/missions/{mission}").text
    holder.cookies.clear()
    assert "Verdeau" not in holder.get(f"/missions/{mission}").text


async def _made(body: bytes, status: int = 200) -> Response:
    async def parts() -> object:
        yield body

    response = Response(b"", status)
    response.body_iterator = parts()  # type: ignore[attr-defined]
    return response


def test_many_who_ask_the_same_wait_for_one_answer() -> None:
    answers, made = Answers(), []

    async def make() -> Response:
        made.append(1)
        await asyncio.sleep(0)
        return await _made(b"x")

    async def crowd() -> list[Response]:
        return await asyncio.gather(*(answers.of("state", make) for _ in range(50)))

    assert {bytes(one.body) for one in asyncio.run(crowd())} == {b"x"} and made == [1]
    assert answers._making == {}


def test_memory_is_bounded_and_errors_are_not_kept() -> None:
    answers = Answers()
    big = b"x" * (1 << 20)

    async def fill() -> None:
        for n in range(2 * MOST_BYTES // len(big)):
            await answers.of(str(n), lambda: _made(big))
        await answers.of("bad", lambda: _made(b"no", 503))

    asyncio.run(fill())
    assert answers._bytes <= MOST_BYTES and len(answers._kept) == MOST_BYTES // len(big) and "bad" not in answers._kept
