"""The environment and the defaults, read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_WAREHOUSE = Path("warehouse/carnet.duckdb")
RAW = Path("raw")


@dataclass(frozen=True)
class Settings:
    """What a run needs to know about where it stands.

    `use_prefect`: CARNET_PREFECT=off runs the same steps without Prefect.
    `file_seconds`, `file_megabytes`: a file that needs more is refused.
    """

    warehouse: Path
    use_prefect: bool = True
    prefect_api_url: str | None = None
    file_seconds: float = 300.0
    file_megabytes: int = 4096
    cache: Path | None = None

    @property
    def prefect_home(self) -> Path:
        """Beside the warehouse, so that runs of one warehouse are kept together and apart from others."""
        return self.warehouse.resolve().parent / ".prefect"


def read_settings(warehouse: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings for one run; `warehouse` is what --warehouse says."""
    return Settings(
        warehouse=warehouse or Path(environ.get("CARNET_WAREHOUSE") or DEFAULT_WAREHOUSE),
        use_prefect=environ.get("CARNET_PREFECT", "on").lower() not in ("off", "0", "no", "false"),
        prefect_api_url=environ.get("PREFECT_API_URL") or None,
        file_seconds=float(environ.get("CARNET_FILE_SECONDS") or 300),
        file_megabytes=int(environ.get("CARNET_FILE_MEGABYTES") or 4096),
        cache=_cache(environ),
    )


def _cache(environ: Mapping[str, str]) -> Path | None:
    base = environ.get("XDG_CACHE_HOME") or (environ.get("HOME") and f"{environ['HOME']}/.cache")
    return Path(base) / "carnet" if base else None
