"""The pages of a PDF, lost ones too: its page tree followed to every leaf, with what leads nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1

from carnet.pipeline.read.limits import LimitExceeded

_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")


@dataclass(frozen=True)
class Leaves:
    """Pages in order, None where one is lost; `stated`: how many the file says it has."""

    pages: tuple[Any, ...]
    stated: int | None = None

    @property
    def found(self) -> int:
        return sum(page is not None for page in self.pages)


def leaves_of(document: Any, most: int) -> Leaves:
    """Pages of pdfminer's document, at most one more than `most`.

    pdfminer's own walk drops what it can't follow without a word, so that later pages move up, and goes as deep as
    the file says.
    """
    root = _resolved(document.catalog.get("Pages")) or {}
    stated = _or_none(resolve1, root.get("Count"))
    pages: list[Any] = []
    for page in _walk(document, document.catalog.get("Pages")):
        pages.append(page)
        if len(pages) > most:
            break
    if not any(pages):
        pages = list(_strays(document, most))
    return Leaves(tuple(pages), stated if isinstance(stated, int) else None)


def _walk(document: Any, root: object) -> Iterator[Any]:
    """A page, or None, for each leaf; what stands there a second time is a lost page too."""
    waiting: list[tuple[object, Mapping[str, Any]]] = [(root, {})]
    seen: set[int] = set()
    while waiting:
        reference, parent = waiting.pop()
        node = _resolved(reference)
        key = getattr(reference, "objid", None) or id(node)
        kids = resolve1(node.get("Kids")) if node and not _is(node, "Page") else None
        if node is None or key in seen or not (_is(node, "Page") or isinstance(kids, list)):
            yield None
            continue
        seen.add(key)
        attributes = {name: parent[name] for name in _INHERITED if name in parent} | node
        if isinstance(kids, list):
            waiting.extend((kid, attributes) for kid in reversed(kids))
        else:
            yield _page(document, key, attributes)


def _strays(document: Any, most: int) -> Iterator[Any]:
    """Pages that are in the file, where its tree leads to none."""
    count = 0
    for xref in document.xrefs:
        for number in xref.get_objids():
            node = _or_none(document.getobj, number)
            if isinstance(node, dict) and _is(node, "Page") and count <= most:
                count += 1
                yield _page(document, number, node)


def _resolved(reference: object) -> dict[str, Any] | None:
    node = _or_none(resolve1, reference)
    return node if isinstance(node, dict) else None


def _page(document: Any, number: int, attributes: Mapping[str, Any]) -> Any:
    return _or_none(PDFPage, document, number, dict(attributes), None)


def _or_none(read: Callable[..., Any], *arguments: object) -> Any:
    """What pdfminer can't understand, for which it raises anything, costs one page and not the file."""
    try:
        return read(*arguments)
    except (LimitExceeded, MemoryError):
        raise
    except Exception:
        return None


def _is(node: Mapping[str, Any], kind: str) -> bool:
    return getattr(node.get("Type") or node.get("type"), "name", None) == kind
