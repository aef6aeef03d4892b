"""`make bench`, second part: what the pages cost a reader, asked over loopback of `carnet serve` with 5,000 missions.

usage: python -m tests.bench_views [--write docs/performance.md] [--seconds 30]

Seconds of the clock: that is what a reader waits. The server, those who ask and a load share the machine.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import httpx

from carnet.warehouse.store.db import open_writer
from tests.big_warehouse import make_big_warehouse
from tests.performance_page import write_sections

ROOT = Path(__file__).parents[1]
MISSIONS = 5_000
ASKERS = 50
ROUNDS = 15
HEAD = "## Pages"
MIXED = ("/", "/?look=table", "/?text=reseau", "/api/missions?limit=24", "/api/facets", "/api/editions", "/dashboard")
VIEWS = {
    "first view after the start": "/", "search, a word never asked before": "/?part=1&text={n}+reseau",
    "one facet": "/?part=1&domain=Eau&min_amount={n}", "one mission": "/missions/{mission}",
    "what is to be checked: 1,000 missions": "/review", "dashboard": "/dashboard",
}  # fmt: skip
IN_DOUBT = """INSERT INTO store.finding
SELECT
    edition_id, ordinal, md5(edition_id || ordinal)[:12], 'weak_reading', 'reading', 'warning', 'title', 'doubt', NULL
FROM store.mission WHERE ordinal % 5 = 0"""
ENVIRONMENT = os.environ | {"CARNET_PREFECT": "off", "PYTHONUNBUFFERED": "1"}


@contextmanager
def served(warehouse: Path) -> Iterator[httpx.Client]:
    """Somebody who opened the printed address."""
    command = [sys.executable, "-m", "carnet", "serve", "--port", "0", "--warehouse", str(warehouse)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT) as server:
        try:
            assert server.stderr is not None
            address = re.search(r"(http://\S+?)/\?token=(\S+)", server.stderr.readline())
            assert address is not None
            headers = {"Authorization": f"Bearer {address[2]}"}
            with httpx.Client(base_url=address[1], headers=headers, timeout=120) as client:
                yield client
        finally:
            server.terminate()


def clocked(work: Callable[[], httpx.Response]) -> float:
    begun = monotonic()
    assert work().status_code == 200
    return monotonic() - begun


def views(client: httpx.Client) -> dict[str, tuple[float, float]]:
    """Of each view the first time and the median of those after it."""
    found = {}
    mission = ""
    for name, path in VIEWS.items():
        times = [
            clocked(lambda n=n: client.get(path.format(n=n, mission=mission)))  # type: ignore[misc]  # noqa: B023
            for n in range(ROUNDS)
        ]
        mission = mission or client.get("/api/missions?limit=1").json()["missions"][0]["mission_id"]
        found[name] = (times[0], statistics.median(times[1:]))
    return found


def picture(folder: Path) -> tuple[float, float]:
    """A page's picture, drawn and then kept."""
    warehouse = folder / "small" / "carnet.duckdb"
    sample = str(ROOT / "raw" / "maubray-fiches.pdf")
    command = [sys.executable, "-m", "carnet", "ingest", sample, "--warehouse", str(warehouse)]
    subprocess.run(command, check=True, env=ENVIRONMENT, capture_output=True)
    with served(warehouse) as client:
        edition = client.get("/api/editions").json()["editions"][0]["edition_id"]
        times = [clocked(lambda: client.get(f"/api/pages/{edition}/2")) for _ in range(ROUNDS)]
    return times[0], statistics.median(times[1:])


def crowd(client: httpx.Client, warehouse: Path, seconds: float) -> tuple[int, int, float, float]:
    """Fifty at a time while a brochure is read and loaded: answers, errors, median and the slowest of 20."""
    sample = str(ROOT / "raw" / "maubray-fiches.pdf")
    command = [sys.executable, "-m", "carnet", "ingest", sample, "--warehouse", str(warehouse)]
    until = monotonic() + seconds
    with ThreadPoolExecutor(ASKERS) as askers, subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL,
                                                                stdout=subprocess.DEVNULL) as loading:  # fmt: skip
        told = [one for some in askers.map(lambda n: asked(client, n, until), range(ASKERS)) for one in some]
        assert loading.wait() == 0, "the ingest was kept out"
    times = sorted(took for _, took in told)
    return len(told), sum(status != 200 for status, _ in told), statistics.median(times), times[len(times) * 19 // 20]


def asked(client: httpx.Client, number: int, until: float) -> list[tuple[int, float]]:
    out = []
    with httpx.Client(base_url=client.base_url, headers=client.headers, timeout=120) as own:
        while monotonic() < until:
            begun = monotonic()
            answer = own.get(MIXED[(number + len(out)) % len(MIXED)])
            out.append((answer.status_code, monotonic() - begun))
    return out


def section(seconds: float) -> str:
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse" / "carnet.duckdb"
        warehouse.parent.mkdir()
        make_big_warehouse(warehouse, MISSIONS)
        with open_writer(warehouse) as con:
            con.execute(IN_DOUBT)
        with served(warehouse) as client:
            found = views(client)
            found["a page's picture: drawn, then kept"] = picture(Path(folder))
            count, errors, middle, slow = crowd(client, warehouse, seconds)
    rows = [f"| {name} | {1000 * first:.0f} | {1000 * later:.0f} |" for name, (first, later) in found.items()]
    return "\n".join([
        f"{HEAD} (`carnet serve`, {MISSIONS:,} missions, asked over loopback)\n",
        "Milliseconds of the clock. What is asked the same way again is answered from memory until the warehouse "
        "changes.\n",
        "| view | the first time | then, median |", "| --- | --: | --: |", *rows,
        f"\n{ASKERS} at a time for {seconds:.0f} s, while a brochure is read and loaded: {count:,} answers, "
        f"{errors} errors, median {1000 * middle:.0f} ms, 19 of 20 within {1000 * slow:.0f} ms.\n",
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="What the pages cost a reader.")
    parser.add_argument("--write", type=Path, help="Whose section it replaces.")
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args()
    told = section(given.seconds)
    print(told)
    if given.write:
        write_sections(given.write, told)


if __name__ == "__main__":
    main()
