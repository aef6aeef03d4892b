"""What one run of many brochures costs: made ones of ten missions, read and loaded as `carnet ingest FOLDER` does.

usage: python -m tests.bench_run [--write docs/performance.md] [--jobs 2] [BROCHURES]

Seconds of the processor of the process that loads, for each tenth of the run: the last is to cost what the first
does. Memory of this process at the end of each.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from carnet.flows.services.ingest import Outcome, ingest, plan
from carnet.flows.settings import Settings, with_one_thread
from carnet.flows.workers.runner import begin_readings
from carnet.warehouse.loading.known import Naming
from tests.many_editions import made
from tests.performance_page import write_sections

PARTS = 10
MISSION = """
### {client} : {title}

**Période** : {period}
**Montant** : {amount} euros HT

**Contexte**
- {context}
"""


def write_brochures(folder: Path, count: int) -> None:
    """As Markdown, of firms of their own, three editions each."""
    for number in range(count):
        of = made(number)
        told = "".join(
            MISSION.format(
                client=m.client, title=m.title, period=f"{m.start_date:%m/%Y} - {m.end_date:%m/%Y}", amount=m.amount,
                context="\n- ".join(m.context),
            )
            for m in of.missions
        )  # fmt: skip
        head = f"# {of.edition.firm}\n\nÉdition juin {of.edition.edition_date:%Y}\n\n## Eau\n"
        (folder / Path(of.edition.source.name).with_suffix(".md")).write_text(head + told, encoding="utf-8")


def memory() -> int:
    """Of this process now, in MB; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
    except OSError:
        return 0


def measure(folder: Path, count: int, jobs: int) -> list[tuple[int, float, int]]:
    """By the number of files that are done: seconds of the processor for each of these last, and memory."""
    write_brochures(folder, count)
    settings = Settings(folder.parent / "warehouse" / "carnet.duckdb", use_prefect=False)
    run = plan([folder], settings, Naming(), jobs)
    found: list[tuple[int, float, int]] = []
    at = [0, time.process_time()]

    def tell(outcome: Outcome) -> None:
        assert outcome.status == "new", outcome
        done = len(run.outcomes)
        if done % max(1, count // PARTS) == 0:
            found.append((done, (time.process_time() - at[1]) / (done - at[0]), memory()))
            print(*found[-1], flush=True)
            at[:] = done, time.process_time()

    run.tell = tell
    readings = begin_readings(run.to_read, settings, jobs)
    try:
        ingest(run, readings)
    finally:
        readings.close()
    return found


def section(count: int, jobs: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in").mkdir()
        found = measure(Path(folder) / "in", count, jobs)
    rows = "".join(f"| {done:,} | {seconds:.2f} | {held} |\n" for done, seconds, held in found)
    mean = sum(seconds for _, seconds, _ in found) / len(found)
    return (
        f"## One run of many brochures (`python -m tests.bench_run`: {count:,} of 10 missions, as text)\n\n"
        "Seconds of the processor of the process that loads; those that read work beside it, on other cores. If it "
        f"stays so, to load 10,000 of them takes {10_000 * mean / 3600:.1f} hours.\n\n"
        f"| done | seconds for one | memory, MB |\n| --: | --: | --: |\n{rows}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="What one run of many brochures costs.")
    parser.add_argument("--write", type=Path, help="Whose section it replaces.")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("brochures", type=int, nargs="?", default=1000)
    given = parser.parse_args()
    with_one_thread()
    told = section(given.brochures, given.jobs)
    print(told)
    if given.write:
        write_sections(given.write, told)


if __name__ == "__main__":
    main()
