"""What a PDF says beside its pages: metadata, bookmarks, notes, links, fields, spoken texts, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pikepdf
from lxml import etree

from pipeline.errors import UnreadableDocument
from pipeline.redaction.wanted import Wanted

_DEPTH = 50
_SPOKEN = re.compile(rb"/(?:ActualText|Alt|E|Contents|T)\b")
_CONTROLS = frozenset(range(9)) | {11, 12} | frozenset(range(14, 32))


def clean(pdf: pikepdf.Pdf, wanted: Wanted) -> None:
    """Take the names out of every string and every text of the file, and links and notes that name somebody off its
    pages. UnreadableDocument where that can't be done."""
    for page in pdf.pages:
        _drop_notes(page, wanted)
        _clean_contents(pdf, page, wanted)
    contents = _contents_of_pages(pdf)
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.objgen not in contents:
            _clean_stream(thing, wanted)
        _clean_strings(thing, wanted)
    _clean_strings(pdf.trailer, wanted)


def spoken(pdf: pikepdf.Pdf) -> Iterator[str]:
    """All that can be read in it beside what its pages draw."""
    contents = _contents_of_pages(pdf)
    for thing in pdf.objects:
        yield from _strings(thing)
        if isinstance(thing, pikepdf.Stream) and thing.objgen not in contents and (text := _text(thing)):
            yield text
    yield from _strings(pdf.trailer)


def _contents_of_pages(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Streams of operators: their letters are read elsewhere."""
    return {part.objgen for page in pdf.pages for part in _parts(page)}


def _parts(page: pikepdf.Page) -> list[pikepdf.Stream]:
    contents = page.obj.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [part for part in parts if isinstance(part, pikepdf.Stream)]


def _drop_notes(page: pikepdf.Page, wanted: Wanted) -> None:
    """Links to somebody's address, notes that name somebody; a form's fields stay, and lose what is filled in."""
    notes = page.obj.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    kept = [note for note in notes if _is_field(note) or not any(map(wanted.anywhere, _strings(note)))]
    if len(kept) < len(notes):
        page.obj.Annots = pikepdf.Array(kept)


def _is_field(note: Any) -> bool:
    return bool(note.get("/Subtype") == "/Widget")


def _strings(thing: Any, depth: int = 0) -> Iterator[str]:
    """Of an object and what stands in it, other objects aside."""
    for _, _, string in _held(thing, depth):
        yield _said(str(string))


def _said(string: str) -> str:
    """An address as it is in a link: "mailto:a.verdeau%40brenoux.example"."""
    return unquote(string.removeprefix("mailto:")) if "%" in string or string.startswith("mailto:") else string


def _held(thing: Any, depth: int = 0) -> Iterator[tuple[Any, Any, pikepdf.String]]:
    """Each string, with what holds it and its place there."""
    if depth > _DEPTH:
        raise UnreadableDocument("its objects are nested too deeply")
    items: list[tuple[Any, Any]]
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        items = [(key, thing.get(key)) for key in list(thing.keys())]
    elif isinstance(thing, pikepdf.Array):
        items = [(n, thing[n]) for n in range(len(thing))]
    else:
        return
    for key, item in items:
        if isinstance(item, pikepdf.String):
            yield thing, key, item
        elif not getattr(item, "is_indirect", False):
            yield from _held(item, depth + 1)


def _clean_strings(thing: Any, wanted: Wanted) -> None:
    for holder, key, string in list(_held(thing)):
        said = _said(str(string))
        if wanted.anywhere(said):
            holder[key] = pikepdf.String(wanted.without(said))


def _clean_stream(stream: pikepdf.Stream, wanted: Wanted) -> None:
    if _draws(stream):
        _clean_spoken(stream, wanted)
        return
    text = _text(stream)
    if not text or not wanted.anywhere(text):
        return
    if stream.get("/Type") == "/Metadata" or stream.get("/Subtype") == "/XML":
        stream.write(_clean_xml(stream.read_bytes(), wanted))
    else:
        raise UnreadableDocument("the words stand in an attachment, a script or a picture's data")


def _draws(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") == "/Form" or stream.get("/PatternType") == 1


def _clean_spoken(stream: pikepdf.Stream, wanted: Wanted) -> None:
    """Texts for who listens, set among the operators of a form."""
    if _SPOKEN.search(stream.read_bytes()):
        instructions = list(pikepdf.parse_content_stream(stream))
        if _clean_operands(instructions, wanted):
            stream.write(pikepdf.unparse_content_stream(instructions))


def _clean_contents(pdf: pikepdf.Pdf, page: pikepdf.Page, wanted: Wanted) -> None:
    """The same for a page."""
    if any(_SPOKEN.search(part.read_bytes()) for part in _parts(page)):
        instructions = list(pikepdf.parse_content_stream(page))
        if _clean_operands(instructions, wanted):
            page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def _clean_operands(instructions: list[Any], wanted: Wanted) -> bool:
    changed = False
    for instruction in instructions:
        for operand in instruction.operands if str(instruction.operator) in ("BDC", "DP") else ():
            if any(map(wanted.anywhere, _strings(operand))):
                _clean_strings(operand, wanted)
                changed = True
    return changed


def _text(stream: pikepdf.Stream) -> str | None:
    """What a stream holds, if it is text: XML, a script, an attached list."""
    if _draws(stream) or stream.get("/Type") in ("/ObjStm", "/XRef") or "/FunctionType" in stream:
        return None
    if stream.get("/Subtype") == "/Image":
        return None
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return None
    if _CONTROLS & set(data[:4096]):
        return None
    return data.decode("utf-8", "replace")


def _clean_xml(data: bytes, wanted: Wanted) -> bytes:
    """XMP without the names; nothing of it where it can't be taken apart."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return b""
    for element in root.iter():
        element.text, element.tail = (text and wanted.without(text) for text in (element.text, element.tail))
        for name, value in element.attrib.items():
            element.attrib[name] = wanted.without(value)
    return bytes(etree.tostring(root, encoding="utf-8"))
