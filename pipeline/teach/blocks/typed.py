"""Lines of marked text without geometry: what a text or Markdown brochure is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from carnet.pipeline.teach.blocks.art import Runs
from carnet.pipeline.teach.nodes import Mark, Paper, Para, Run, Sheet
from carnet.schemas.roles import Role

SIGN = Mark(Role.FURNITURE)  # of signs that are mark-up: #, **, |, ---


@dataclass(frozen=True, slots=True)
class TextBrochure:
    """A brochure as text. `lines`: marked runs of each printed line, mark-up signs in runs of their own (FURNITURE);
    `paras`: the same text by paragraph, for the answers. `suffix`: ".txt" or ".md"."""

    lines: tuple[Runs, ...]
    paras: tuple[Para, ...]
    suffix: str

    @property
    def text(self) -> str:
        return "\n".join("".join(r.text for r in line).rstrip() for line in self.lines) + "\n"

    @property
    def paper(self) -> Paper:
        """The paragraphs as a paper, from which the answers are taken as for a PDF."""
        return Paper((Sheet(self.paras),))


@dataclass
class Typist:
    """Writes paragraphs as lines. `width`: letters after which lines are broken, 0 for never."""

    markdown: bool
    width: int = 0
    lines: list[Runs] = field(default_factory=list)
    paras: list[Para] = field(default_factory=list)

    def blank(self, count: int = 1) -> None:
        """Empty lines, no more than `count` in a row."""
        have = 0
        while have < len(self.lines) and not self.lines[-1 - have]:
            have += 1
        self.lines += [()] * (count - have)

    def sign(self, text: str) -> None:
        """A line of signs only."""
        self.lines.append((Run(text, SIGN),))

    def para(self, runs: Iterable[Run], before: str = "", indent: str = "") -> None:
        """A paragraph. `before`: signs in front of it; `indent`: in front of its further lines."""
        some = cased(runs)
        if not "".join(r.text for r in some).strip():
            return
        self.paras.append(Para(tuple(r for r in some if r.mark != SIGN)))
        for i, line in enumerate(wrapped(some, self.width - len(before) if self.width else 0)):
            lead = before if i == 0 else indent
            self.lines.append((Run(lead, SIGN), *line) if lead else line)

    def heading(self, runs: Iterable[Run], rank: int, rule: str = "") -> None:
        """A heading: "## …" in Markdown, else a line with a line of signs under it where `rule` is given."""
        some = cased(runs)
        self.para((Run(r.text.replace("\n", " "), r.mark) for r in some), "#" * rank + " " if self.markdown else "")
        if rule and not self.markdown and some:
            self.sign(rule * min(len("".join(r.text for r in some)), self.width or 70))

    def row(self, cells: Sequence[Runs], widths: Sequence[int], gap: str) -> None:
        """A row of a table typed with room between its columns; long cells go on below."""
        pieces = [wrapped(cased(c), w) if c else [] for c, w in zip(cells, widths, strict=True)]
        self.paras += [Para(cased(c)) for c in cells if c]
        for i in range(max((len(p) for p in pieces), default=0)):
            line: list[Run] = []
            for piece, width in zip(pieces, widths, strict=True):
                part = piece[i] if i < len(piece) else ()
                room = width - sum(len(r.text) for r in part)
                line += [*part, Run(" " * max(0, room) + gap, SIGN)]
            self.lines.append(tuple(line))

    def pipes(self, cells: Sequence[Runs], sign: str = "|") -> None:
        """A row of a Markdown table, or of cells parted by tabs or semicolons."""
        line: list[Run] = [Run("| ", SIGN)] if sign == "|" else []
        for i, cell in enumerate(cells):
            if i:
                line.append(Run(" | " if sign == "|" else sign, SIGN))
            flat = tuple(Run(r.text.replace("\n", " "), r.mark) for r in cased(cell))
            line += flat
            self.paras += [Para(flat)] if flat else []
        self.lines.append((*line, Run(" |", SIGN)) if sign == "|" else tuple(line))

    def done(self) -> TextBrochure:
        return TextBrochure(tuple(self.lines), tuple(self.paras), ".md" if self.markdown else ".txt")


def cased(runs: Iterable[Run]) -> Runs:
    """The runs as they read: capitals where their look says so."""
    return tuple(Run(r.text.upper() if r.look.upper else r.text, r.mark, r.look) for r in runs)


def starred(runs: Iterable[Run], stars: str = "**") -> Runs:
    """The runs between signs of Markdown; spaces at their ends stay outside."""
    some = list(runs)
    text = "".join(r.text for r in some)
    if not text.strip():
        return tuple(some)
    tail = some[-1].text[len(some[-1].text.rstrip()) :]
    some[-1] = Run(some[-1].text.rstrip(), some[-1].mark, some[-1].look)
    out = [Run(stars, SIGN), *some, Run(stars, SIGN)]
    return (*out, Run(tail, some[-1].mark)) if tail else tuple(out)


def wrapped(runs: Runs, width: int) -> list[Runs]:
    """The runs by printed lines: cut at newlines, and between words where a line gets longer than `width`."""
    lines: list[list[Run]] = [[]]
    used = 0
    for run in runs:
        for token in re.findall(r"\n|[^\S\n]+|\S+", run.text):
            if token == "\n" or (width and used and used + len(token) > width and token.strip()):
                lines.append([])
                used = 0
            if token == "\n" or (not used and not token.strip()):
                continue
            used += len(token)
            _append(lines[-1], token, run)
    return [tuple(line) for line in lines if line]


def _append(line: list[Run], token: str, run: Run) -> None:
    """The token behind the line's last run, as a part of it where they share mark and look."""
    if line and line[-1].mark == run.mark and line[-1].look == run.look:
        line[-1] = Run(line[-1].text + token, run.mark, run.look)
    else:
        line.append(Run(token, run.mark, run.look))
