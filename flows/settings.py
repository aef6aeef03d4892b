"""The environment and the defaults, read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from carnet.flows.project import Project, find_project
from carnet.warehouse.disk.errors import WarehouseError


@dataclass(frozen=True)
class Settings:
    """What a run needs to know about where it stands.

    `use_prefect`: CARNET_PREFECT=on makes every ingest a flow run, off none; where nothing is said, folders are one.
    `raw_folder`: $CARNET_RAW or --raw. `archive`: CARNET_ARCHIVE=off keeps no copies of originals.
    `file_seconds`, `file_megabytes`: a file that needs more is refused; seconds are the processor's, so what else the
    machine does plays no part, and a file of more than 100 pages may have more in proportion. `page_seconds`: a page
    that takes more of the processor is left out, with a finding. `answer_megabytes`: no draft and result of a file are
    bigger. What a document may hold is bounded in `pipeline/read/limits.py`. `password`: opens protected files.
    `ocr`: the engine that reads scans (CARNET_OCR=rapidocr, tesseract, off); None takes the best that is installed.
    `ocr_seconds`: of the processor, for a page that it reads, beside what a file may take.
    `sql_seconds`, `sql_rows`: what an answer of `carnet sql` may take and hold.
    `runner`: where files are read (CARNET_RUNNER=processes, dask, dask=tcp://HOST:PORT); `store`: the folder or URL in
    which the workers of a cluster find originals and leave readings (CARNET_STORE).
    """

    warehouse: Path
    use_prefect: bool | None = None
    prefect_api_url: str | None = None
    file_seconds: float = 120.0
    file_megabytes: int = 1536
    page_seconds: float = 10.0
    answer_megabytes: int = 256
    password: str | None = field(default=None, repr=False)
    cache: Path | None = None
    raw_folder: Path | None = None
    archive: bool = True
    ocr: str | None = None
    ocr_seconds: float = 60.0
    sql_seconds: float = 60.0
    sql_rows: int = 1_000_000
    runner: str | None = None
    store: str | None = None
    project: Project = Project(Path())

    @property
    def incoming(self) -> Path:
        """What is read when no file is named: the project's raw/."""
        return self.raw_folder or self.project.raw

    @property
    def is_first_of_user(self) -> bool:
        """Nobody said where: a warehouse is about to be made in the user's own place."""
        return not self.project.found and self.warehouse == self.project.warehouse and not self.warehouse.exists()

    @property
    def silent_seconds(self) -> float:
        """By the clock on the wall: a reading of which nothing is heard for so long hangs."""
        return max(10 * self.file_seconds, 60.0)

    @property
    def raw(self) -> Path:
        """Originals, and the log of what came and what people decided; they belong to the warehouse beside them."""
        if self.raw_folder:
            return self.raw_folder
        parent = self.warehouse.parent
        return parent.parent / "raw" if parent.name == "warehouse" else parent / f"{self.warehouse.stem}.raw"

    @property
    def pictures(self) -> Path:
        """Pictures of pages that somebody looked at, made anew when they are gone."""
        return self.warehouse.parent / f".{self.warehouse.stem}.pages"

    @property
    def kept_readings(self) -> Path:
        """What took long to make of originals: printed office files, words of scans. Made anew when it is gone."""
        return self.pictures / "readings"

    @property
    def prefect_home(self) -> Path:
        """Beside the warehouse, so that runs of one warehouse are kept together and apart from others."""
        return self.warehouse.resolve().parent / ".prefect"


def read_settings(
    warehouse: Path | None = None, environ: Mapping[str, str] = os.environ, raw: Path | None = None
) -> Settings:
    """Settings for one run; `warehouse` is what --warehouse says, `raw` what --raw says. Options go before the
    environment, that before the project's carnet.toml, that before what holds where nothing is said."""
    project = find_project()
    says = dict(project.says)
    said = warehouse or _path(environ, "CARNET_WAREHOUSE")
    return Settings(
        warehouse=said or project.warehouse,
        use_prefect=_said(environ, "CARNET_PREFECT", says.get("prefect")),
        prefect_api_url=environ.get("PREFECT_API_URL") or None,
        file_seconds=float(environ.get("CARNET_FILE_SECONDS") or says.get("file_seconds", 120)),
        file_megabytes=int(environ.get("CARNET_FILE_MEGABYTES") or says.get("file_megabytes", 1536)),
        password=environ.get("CARNET_PASSWORD") or None,
        cache=_cache(environ),
        ocr=environ.get("CARNET_OCR") or says.get("ocr"),
        raw_folder=raw or _path(environ, "CARNET_RAW") or (None if said else project.raw),
        archive=_is_on(environ, "CARNET_ARCHIVE", says.get("archive", True)),
        sql_seconds=float(environ.get("CARNET_SQL_SECONDS") or says.get("sql_seconds", 60)),
        sql_rows=int(environ.get("CARNET_SQL_ROWS") or says.get("sql_rows", 1_000_000)),
        runner=environ.get("CARNET_RUNNER") or None,
        store=environ.get("CARNET_STORE") or None,
        project=project,
    )


def with_one_thread() -> None:
    """Before numpy is loaded: its sums are made by the process that asks. Ours are small; OpenBLAS would share each
    with all cores, whose threads wait for one another while other files are read there: up to five times the
    processor's time. Nor must what is read hang on the number of cores."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def existing_settings(warehouse: Path | None = None, raw: Path | None = None) -> Settings:
    """Settings of a warehouse that is there; WarehouseError where it is not."""
    settings = read_settings(warehouse, raw=raw)
    if not settings.warehouse.exists():
        raise WarehouseError(f"{settings.warehouse}: no warehouse there; make one with `carnet ingest FILE`")
    return settings


def _is_on(environ: Mapping[str, str], name: str, otherwise: bool) -> bool:
    return bool(_said(environ, name, otherwise))


def _said(environ: Mapping[str, str], name: str, otherwise: bool | None) -> bool | None:
    said = environ.get(name)
    return otherwise if said is None else said.lower() not in ("off", "0", "no", "false")


def _path(environ: Mapping[str, str], name: str) -> Path | None:
    return Path(environ[name]) if environ.get(name) else None


def _cache(environ: Mapping[str, str]) -> Path | None:
    base = environ.get("XDG_CACHE_HOME") or (environ.get("HOME") and f"{environ['HOME']}/.cache")
    return Path(base) / "carnet" if base else None
