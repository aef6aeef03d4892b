"""`python -m carnet.flows.orchestration.schedule`: address and key of the server that runs `prefect.yaml`.

Prefect's commands look there in the folder in which they are started. The key is made here, and nobody else may read
it: without one the server would do whatever any user of the machine, or any page in a browser, asks it to.
"""

from __future__ import annotations

import sys
from pathlib import Path

from carnet.flows.orchestration.server import guarded, new_key
from carnet.warehouse.disk.files import write_new

PORT = 4200


def main() -> int:
    """Exit status 1 where there is an `.env` already: it may hold more than this."""
    path = Path(".env")
    if path.exists() or path.is_symlink():
        print(f"{path.absolute()}: is there already; take it away, or keep the key that it holds", file=sys.stderr)
        return 1
    lines = "".join(f"{name}={value}\n" for name, value in environment().items())
    write_new(path, lines.encode("ascii"), mode=0o600)
    print(f"{path.absolute()}: address and key of the server")
    return 0


def environment() -> dict[str, str]:
    """On this machine only, with a key, without pages of others, without telemetry."""
    where = {"PREFECT_SERVER_API_HOST": "127.0.0.1", "PREFECT_SERVER_API_PORT": str(PORT)}
    return where | guarded(PORT, new_key()) | {"PREFECT_SERVER_ANALYTICS_ENABLED": "false"}


if __name__ == "__main__":
    sys.exit(main())
