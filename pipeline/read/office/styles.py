"""The looks of cells in a workbook, and looks added to them: with rules at some sides, with lines that wrap."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from carnet.pipeline.read.office.cells import SheetLooks, looks_of
from carnet.pipeline.read.office.day_first import day_first

_CODE = 255
"""Signs that a format may have."""


@dataclass
class BookStyles:
    """The part `styles.xml`, to which looks are added: those of cells, with rules at some sides and lines that wrap."""

    root: Any
    added: dict[tuple[int, str], int] = field(default_factory=dict)
    borders: dict[str, int] = field(default_factory=dict)
    looks: SheetLooks = field(init=False)
    wraps: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        if any(self.root.find(f"{{*}}{name}") is None for name in ("cellXfs", "borders")):
            raise ValueError("no looks of cells")
        self.looks = looks_of(self.root)
        self.wraps = [_wraps(look) for look in self.root.iterfind("{*}cellXfs/{*}xf")]

    def put_days_first(self) -> bool:
        """Dates in figures are printed with the day first; whether any format is another now."""
        formats = self.root.findall("{*}numFmts/{*}numFmt")
        codes = {said: (said.get("formatCode") or "")[:_CODE] for said in formats}
        turned = {said: new for said, code in codes.items() if (new := day_first(code)) != code}
        for said, code in turned.items():
            said.set("formatCode", code)
        return bool(turned)

    def ruled(self, look: int, sides: str) -> int:
        """The number of a look with rules at `sides` ("lrtb"), its lines wrapped."""
        if (look, sides) not in self.added:
            all_looks = self.root.find("{*}cellXfs")
            if not 0 <= look < len(self.wraps):
                raise ValueError(f"no look {look}")
            made = deepcopy(all_looks[look])
            made.set("borderId", str(self._border(sides)))
            made.set("applyBorder", "1")
            made.set("applyAlignment", "1")
            _wrap(made)
            self.added[look, sides] = _append(all_looks, made)
        return self.added[look, sides]

    def _border(self, sides: str) -> int:
        if sides not in self.borders:
            all_borders = self.root.find("{*}borders")
            made = element(all_borders, "border")
            for side in ("left", "right", "top", "bottom", "diagonal"):
                drawn = {"style": "thin"} if side[0] in sides else {}
                line = etree.SubElement(made, named(made, side), drawn)
                if drawn:
                    etree.SubElement(line, named(made, "color"), {"rgb": "FF000000"})
            self.borders[sides] = _append(all_borders, made)
        return self.borders[sides]

    def xml(self) -> bytes:
        """The part as it is written."""
        said: bytes = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return said


def _wraps(look: Any) -> bool:
    said = look.find("{*}alignment")
    return said is not None and said.get("wrapText") in ("1", "true")


def _wrap(look: Any) -> None:
    said = look.find("{*}alignment")
    if said is None:
        said = element(look, "alignment")
        look.insert(0, said)
    said.set("wrapText", "1")
    said.attrib.pop("shrinkToFit", None)


def _append(parent: Any, made: Any) -> int:
    parent.append(made)
    parent.set("count", str(len(parent)))
    return len(parent) - 1


def named(near: Any, name: str) -> str:
    """A name in the namespace of another element: there are two forms of the format."""
    return f"{{{etree.QName(near).namespace}}}{name}"


def element(near: Any, name: str) -> Any:
    """A new element of that name, in no place yet."""
    return etree.Element(named(near, name))
