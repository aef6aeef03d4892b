"""A file without some of its words: the same file otherwise, in which nobody finds them any more."""

from __future__ import annotations

from collections.abc import Iterator

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.redaction.plain import redact_text, text_of
from carnet.pipeline.redaction.wanted import Marks, RedactionTarget

PDF = "application/pdf"
TEXTS = ("text/plain", "text/markdown")


def redact(
    data: bytes, media_type: str, wanted: RedactionTarget, password: str | None = None, marks: Marks = "narrow"
) -> bytes:  # fmt: skip
    """The file without the words that are wanted out of it, compared with what it was: all other words are there, and
    pages look the same. Marks stand where they were; `marks`: which, on pages.

    UnreadableDocument in one sentence, with the page, where they can't be taken out for good and nothing else with
    them.
    """
    if media_type == PDF:
        from carnet.pipeline.redaction.pdf import redact_pdf

        return redact_pdf(data, wanted, password, marks)
    if media_type not in TEXTS:
        raise UnreadableDocument(f"words can't be taken out of a file of type {media_type} for good")
    return redact_text(data, wanted)


def said_in(data: bytes, media_type: str, password: str | None = None) -> Iterator[str]:
    """All that can be read in a file, on its pages and beside them. Raises UnreadableDocument."""
    if media_type == PDF:
        from carnet.pipeline.redaction.pdf import said_in

        yield from said_in(data, password)
    elif media_type in TEXTS:
        yield text_of(data)
    else:
        raise UnreadableDocument(f"a file of type {media_type} can't be searched")
