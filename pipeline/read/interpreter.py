"""What a page's operators draw: pdfminer's interpreter, run on operators that are cut more quickly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value

from carnet.pipeline.read.operators import operators


class Interpreter(PDFPageInterpreter):
    """pdfminer's, but for how operators are read and called; what each of them does is pdfminer's own."""

    def execute(self, streams: Sequence[Any]) -> None:
        """Calls what draws, in order. A form that draws itself is left out where it does."""
        self.stream_ids.clear()
        known = [stream for stream in map(stream_value, streams) if stream.objid is not None]
        known = [stream for stream in known if stream.objid not in self.parent_stream_ids]
        self.stream_ids.update(stream.objid for stream in known if stream.objid is not None)
        operands = self.argstack
        kind: Any = type(self)
        for name in operators(known, operands):
            call, count = _operator(kind, name[:_LONGEST])
            if not count:
                call(self)
                continue
            arguments = operands[-count:]
            del operands[-count:]
            if len(arguments) == count:
                call(self, *arguments)

    def pop(self, n: int) -> list[Any]:
        """From the one list of operands, which stays the same."""
        if n == 0:
            return []
        popped = self.argstack[-n:]
        del self.argstack[-n:]
        return popped

    def do_TJ(self, seq: Any) -> None:
        """Show text: without a copy of the graphics state for each, since nothing of it is kept."""
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)


_LONGEST = 9
"""Letters of a name; an operator has three at most."""


@lru_cache(maxsize=500)
def _operator(kind: Any, name: bytes) -> tuple[Callable[..., None], int]:
    """The method for an operator, and how many operands it takes; for an unknown one nothing is done."""
    method = f"do_{name.decode('utf-8', 'ignore')}".replace("*", "_a").replace('"', "_w").replace("'", "_q")
    call = getattr(kind, method, None)
    return (call, call.__code__.co_argcount - 1) if call else (_nothing, 0)


def _nothing(interpreter: Interpreter) -> None:
    """What stands for an operator that does not exist."""
