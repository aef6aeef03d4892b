"""What an office file says of itself: title, author, days, in the words of a PDF's metadata."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Mapping

from lxml import etree

_PARTS = ("docProps/core.xml", "meta.xml")
_NAMES = {
    "title": "Title",
    "creator": "Author",
    "initial-creator": "Author",
    "created": "CreationDate",
    "creation-date": "CreationDate",
    "modified": "ModDate",
    "date": "ModDate",
}
"""By the element's name, without its namespace."""
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DAMAGE = (zipfile.BadZipFile, KeyError, ValueError, OSError, etree.XMLSyntaxError)
_LARGEST = 1 << 20


def properties(data: bytes) -> Mapping[str, str]:
    """Dates as `D:20230412`; nothing where a part is damaged.

    LibreOffice stamps its PDF with the time at which it printed, which says nothing about the brochure.
    """
    found: dict[str, str] = {}
    with contextlib.suppress(*_DAMAGE), zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in (n for n in _PARTS if n in parts.namelist() and parts.getinfo(n).file_size < _LARGEST):
            _read(parts.read(name), found)
    return found


def _read(xml: bytes, found: dict[str, str]) -> None:
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter("{*}*"):
        name = _NAMES.get(etree.QName(element).localname)
        text = " ".join((element.text or "").split())[:1000]
        day = _DAY.match(text)
        if name and name.endswith("Date"):
            text = f"D:{''.join(day.groups())}" if day else ""
        if name and text:
            found.setdefault(name, text)
