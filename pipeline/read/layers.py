"""Layers of a PDF that are switched off (optional content, ISO 32000-1, 8.11): what stands on them is not drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral, literal_name

from carnet.pipeline.read.interpreter import Interpreter

_NOT_DRAWN = 3
"""The text rendering mode that draws nothing."""
_MOST = 10_000


def layers_off(document: Any) -> frozenset[int]:
    """Numbers of the objects that are layers and are off when the file is opened."""
    properties = _mapping(resolve1(document.catalog.get("OCProperties")))
    default = _mapping(resolve1(properties.get("D")))
    off = set(_numbers(default.get("OFF")))
    if _name(default.get("BaseState")) == "OFF":
        off |= set(_numbers(properties.get("OCGs"))) - set(_numbers(default.get("ON")))
    return frozenset(off)


def is_off(group: Any, off: frozenset[int]) -> bool:
    """Is it a layer that is off, or a membership of layers whose policy hides it?"""
    if isinstance(group, PDFObjRef) and group.objid in off:
        return True
    members = _mapping(resolve1(group))
    if not off or _name(members.get("Type")) != "OCMD":
        return False
    states = [number in off for number in _numbers(members.get("OCGs"))]
    if not states:
        return False
    policy = _name(members.get("P"))
    shown = {
        "AllOn": not any(states),
        "AnyOff": any(states),
        "AllOff": all(states),
    }.get(policy, not all(states))
    return not shown


class Layered(Interpreter):
    """An interpreter that draws letters on layers that are off as undrawn ones, and no forms and pictures there."""

    off: frozenset[int] = frozenset()

    def init_resources(self, resources: Any) -> None:
        super().init_resources(resources)
        self._hidden: list[bool] = []
        self._mode: int | None = None
        self._named = _mapping(resolve1(_mapping(resolve1(resources)).get("Properties"))) if self.off else {}

    def dup(self) -> Layered:
        inner = self.__class__(self.rsrcmgr, self.device)
        inner.off = self.off
        return inner

    def do_BMC(self, tag: Any) -> None:
        self._hidden.append(False)
        super().do_BMC(tag)

    def do_BDC(self, tag: Any, props: Any) -> None:
        group = self._named.get(str(literal_name(props))) if isinstance(props, PSLiteral) else None
        self._hidden.append(_name(tag) == "OC" and group is not None and is_off(group, self.off))
        if self._hidden[-1] and self._mode is None:
            self._mode, self.textstate.render = self.textstate.render, _NOT_DRAWN
        super().do_BDC(tag, props)

    def do_EMC(self) -> None:
        if self._hidden:
            self._hidden.pop()
        if self._mode is not None and not any(self._hidden):
            self.textstate.render, self._mode = self._mode, None
        super().do_EMC()

    def do_Tr(self, render: Any) -> None:
        if self._mode is None:
            super().do_Tr(render)
        elif isinstance(render, int):
            self._mode = render

    def do_Do(self, xobjid_arg: Any) -> None:
        if self._mode is None and not self._is_on_layer_off(xobjid_arg):
            super().do_Do(xobjid_arg)

    def _is_on_layer_off(self, name: Any) -> bool:
        if not self.off:
            return False
        attributes = getattr(resolve1(self.xobjmap.get(literal_name(name))), "attrs", {})
        return "OC" in attributes and is_off(attributes["OC"], self.off)


def _numbers(groups: Any) -> Iterable[int]:
    """Object numbers of a list of references, or of one."""
    listed = groups if isinstance(groups, PDFObjRef) and not isinstance(resolve1(groups), list) else resolve1(groups)
    entries = listed if isinstance(listed, list) else [listed]
    return [entry.objid for entry in entries[:_MOST] if isinstance(entry, PDFObjRef)]


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _name(value: Any) -> str:
    value = resolve1(value)
    return str(value.name) if isinstance(value, PSLiteral) else ""
