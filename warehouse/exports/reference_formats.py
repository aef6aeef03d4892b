"""The forms in which a reference list is written."""

from __future__ import annotations

from collections.abc import Callable

from carnet.warehouse.exports.document import Document
from carnet.warehouse.exports.to_csv import to_csv
from carnet.warehouse.exports.to_docx import to_docx
from carnet.warehouse.exports.to_html import to_html
from carnet.warehouse.exports.to_md import to_md
from carnet.warehouse.exports.to_passe_marche import to_passe_marche
from carnet.warehouse.exports.to_xlsx import to_xlsx

REFERENCE_FORMATS: dict[str, Callable[[Document], bytes]] = {
    "docx": to_docx, "xlsx": to_xlsx, "csv": to_csv, "md": to_md, "html": to_html, "passe-marche": to_passe_marche,
}  # fmt: skip
