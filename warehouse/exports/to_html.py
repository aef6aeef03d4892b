"""A reference list as one HTML page that stands alone and prints well: no script, no network."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from carnet.warehouse.exports.document import Document, words


def to_html(document: Document) -> bytes:
    """UTF-8; what a brochure prints is escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    page = environment.get_template("references.html.j2").render(
        document=document, words=words(), weights=sum(column.weight for column in document.columns), zip=zip
    )
    return page.encode()
