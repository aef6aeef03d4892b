"""A project folder: a place for originals, one for the warehouse, and what may be said about both."""

from __future__ import annotations

from pathlib import Path

from carnet.flows.project import FILE, RAW, WAREHOUSE
from carnet.warehouse.disk.errors import WarehouseError

CONTENT = f"""\
# A carnet project: every `carnet` command in this folder, or below it, works here.
# Options of a command and CARNET_... in the environment go first.
# warehouse = "{WAREHOUSE}"  # the DuckDB file
# raw = "{RAW}"                            # originals, and the log of what people decided: keep a copy of it
# archive = true                         # ingest keeps a copy of every original in raw/
# prefect = true                         # every ingest is a Prefect flow run (false: none; unsaid: of folders)
# file_seconds = 120                     # a file that takes longer is refused
# file_megabytes = 1536                  # or needs more memory
# ocr = "tesseract"                      # reads scans: rapidocr, tesseract or off (unsaid: the best that is there)
# sql_seconds = 60                       # what an answer of `carnet sql` may take
# sql_rows = 1_000_000                   # and hold
"""


def init(folder: Path) -> Path:
    """Make the folder a project; what is in it stays as it is. The path of its carnet.toml.

    Raises WarehouseError where it is one already.
    """
    file = folder / FILE
    if file.exists():
        raise WarehouseError(f"{folder}: a carnet project already; its settings are in {file}")
    for part in (folder / RAW, (folder / WAREHOUSE).parent):
        part.mkdir(parents=True, exist_ok=True)
    file.write_text(CONTENT, encoding="utf-8")
    return file
