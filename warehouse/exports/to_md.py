"""A reference list as Markdown: a table, then the fiches. What a brochure prints is text in it, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from carnet.warehouse.exports.document import Cell, Document, words

_MARKS = re.compile(r"[\\`*_\[\]<>|~$^&]|^[#+=-]|(?<=[\d])[.)](?=\s)|:(?=\S)|(?<=www)\.|!(?=\[)")


def to_md(document: Document) -> bytes:
    """UTF-8; signs that could be read as markup, or as an address to go to, are escaped."""
    return ("\n".join(_lines(document)) + "\n").encode()


def escaped(text: str) -> str:
    """Everything that Markdown or HTML could read as markup stands for itself.

    >>> print(escaped("Étude *phase 1* <b> de Saint-Luz"))
    Étude \\*phase 1\\* \\<b\\> de Saint-Luz
    """
    return _MARKS.sub(r"\\\g<0>", text)


def _lines(document: Document) -> Iterator[str]:
    yield f"# {escaped(document.title)}"
    if document.subtitle:
        yield from ("", escaped(document.subtitle))
    yield ""
    yield from (f"- **{escaped(name)}** : {escaped(text)}" for name, text in document.facts)
    yield ""
    if document.rows:
        yield _row(column.label for column in document.columns)
        yield _row("---:" if column.name in ("number", "amount") else "---" for column in document.columns)
        yield from (_row(map(_shown, row)) for row in document.rows)
    else:
        yield str(words()["none"])
    if document.declaration:
        said = document.declaration
        yield from ("", f"## {escaped(said.title)}", "", escaped(said.text))
        yield from (part for line in said.lines for part in ("", escaped(line)))
    for fiche in document.fiches:
        yield from ("", f"## {escaped(fiche.title)}", "")
        yield from (f"- **{escaped(name)}** : {_shown(shown)}" for name, shown in fiche.facts)
        for name, texts in fiche.parts:
            yield from ("", f"### {escaped(name)}", "")
            yield from (f"- {escaped(text)}" for text in texts)


def _row(texts: Iterable[str]) -> str:
    return "| " + " | ".join(texts) + " |"


def _shown(cell: Cell) -> str:
    return f"*{escaped(cell.text)}*" if cell.is_open else escaped(cell.text)
