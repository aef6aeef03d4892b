"""Looks of the watched folder, one after the other, as a deployment makes them: `python -m tests.watching_looks RAW
WAREHOUSE SAMPLE.pdf`. Prints a JSON line for each: state of the flow, what was read."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from carnet.flows.inbox import still_coming
from carnet.flows.orchestration.server import LocalServer, prefect_environment
from carnet.flows.settings import read_settings


def main() -> None:
    raw, warehouse, sample = map(Path, sys.argv[1:])
    still_coming.QUIET_SECONDS = 0  # files that were copied just now need not be waited for
    settings = read_settings(warehouse)
    server = LocalServer(settings)
    try:
        os.environ |= prefect_environment(settings)
        from prefect.settings import temporary_settings

        from carnet.flows.orchestration.start import send_the_rest

        with temporary_settings(server.connection()):
            whole = sample.read_bytes()
            (raw / sample.name).write_bytes(whole[:20_000])
            _look(raw, warehouse)
            (raw / sample.name).write_bytes(whole)
            _look(raw, warehouse)
            _look(raw, warehouse)
            send_the_rest()
    finally:
        server.stop()


def _look(raw: Path, warehouse: Path) -> None:
    from carnet.flows.orchestration.ingest import ingest

    state = ingest(paths=[str(raw)], warehouse=str(warehouse), watched=True, return_state=True)
    print(json.dumps({"state": state.name, "message": state.message}), flush=True)


if __name__ == "__main__":
    main()
