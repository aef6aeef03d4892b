"""Fifty who ask at a time while brochures are loaded: nobody is refused, and nobody waits long."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import monotonic

import httpx
import pytest
import uvicorn

from carnet.flows.pages.door import listen
from carnet.flows.settings import Settings
from carnet.warehouse.store.db import open_writer
from tests.builders import load_result
from tests.effort import HANGS
from tests.many_editions import made

pytestmark = pytest.mark.slow
PATHS = ("/", "/?look=table", "/?text=reseau", "/api/missions?limit=24", "/api/facets", "/api/editions", "/dashboard")
ASKERS = 50
EACH = 4


def test_fifty_at_a_time_during_an_ingest(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "warehouse" / "carnet.duckdb", use_prefect=False)
    with open_writer(settings.warehouse) as con:
        for number in range(12):
            load_result(con, made(number))
    door = listen(settings, "127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(door.app, log_level="critical", access_log=False))
    serving = threading.Thread(target=lambda: server.run(sockets=[door.socket]))
    serving.start()
    try:
        base, _, query = door.address.rpartition("/")
        cookie = {door.app.state.house.guard.cookie: query.partition("token=")[2]}
        loading = get_context("spawn").Process(target=_load, args=(settings,))
        loading.start()
        with ThreadPoolExecutor(ASKERS) as askers:
            answers = [one for some in askers.map(lambda n: _ask(base, cookie, n), range(ASKERS)) for one in some]
        loading.join()
    finally:
        server.should_exit = True
        serving.join()
    assert loading.exitcode == 0, "the ingest was kept out"
    assert {status for status, _ in answers} == {200}
    print(f"\n{len(answers)} answers, median {median(seconds for _, seconds in answers):.3f} s of the clock")


def _load(settings: Settings) -> None:
    """As another command does: each edition in a connection of its own."""
    for number in range(12, 18):
        with open_writer(settings.warehouse) as con:
            load_result(con, made(number))


def _ask(base: str, cookie: dict[str, str], number: int) -> list[tuple[int, float]]:
    out = []
    with httpx.Client(base_url=base, cookies=cookie, timeout=HANGS) as client:
        for n in range(EACH):
            begun = monotonic()
            answer = client.get(PATHS[(number + n) % len(PATHS)])
            out.append((answer.status_code, monotonic() - begun))
    return out
