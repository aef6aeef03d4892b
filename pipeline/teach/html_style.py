"""How one web page is written: style sheet, script, and what differs from page to page by habit."""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from carnet.pipeline.teach.nodes import Cell, Grid, Look, Mark, Node, Paper, Para, Run
from carnet.schemas.roles import Role

STYLE = (
    "*{box-sizing:border-box;print-color-adjust:exact}html,body{margin:0;padding:0}"
    "p{margin:0;text-box:trim-both cap alphabetic}.pre{white-space:pre-wrap}"
    ".leg{position:relative;z-index:0;break-before:page;box-decoration-break:clone}"
    ".leg>*,.s,.b,.g,td,th{position:relative}"
    ".leg>.under{position:absolute;left:0;width:100%;z-index:-1;overflow:hidden}.leg>.sign{position:absolute;left:0;top:0;font-size:1px;white-space:nowrap}"
    ".leg>.head{position:absolute;display:flex;flex-direction:column;justify-content:flex-end}"
    ".leg>.foot{position:absolute}.leg>.at,.at{position:absolute;margin:0!important;break-inside:avoid}"
    ".s>*+*{margin-top:var(--g)}.s>.v{margin-top:0}.whole{display:flow-root}.k{break-inside:avoid}.c{display:flex;flex-wrap:wrap;row-gap:4pt;align-items:baseline}"
    ".t{position:relative}.t>div{position:absolute;width:max-content;max-width:600pt}"
    "table{border-collapse:collapse}th{font-weight:inherit;text-align:inherit}thead{break-inside:avoid}"
    "td,th{text-align:left}.w{overflow:visible}img{display:block}a{color:inherit;text-decoration:none}"
    "ul{margin:0}.drop{float:left;margin-right:3pt;line-height:.8}"
)
SCRIPT = (
    "<script>for(const t of document.querySelectorAll('.t')){"
    "const c=t.firstElementChild,w=c.offsetWidth,h=c.offsetHeight,"
    "a=t.dataset.angle*Math.PI/180,s=Math.abs(Math.sin(a)),k=Math.abs(Math.cos(a)),W=w*k+h*s,H=w*s+h*k;"
    "t.style.width=W+'px';t.style.height=H+'px';"
    "c.style.left=(W-w)/2+'px';c.style.top=(H-h)/2+'px';c.style.width=w+'px';"
    "c.style.transform='rotate('+t.dataset.angle+'deg)'}</script>"
)
"""Turned things take the room of what they are after the turn, as the stylesheet alone cannot say."""

_SANS = (
    "Liberation Sans",
    "Liberation Sans",
    "Open Sans",
    "Carlito",
    "Lato",
    "Inter",
    "Cabin",
    "Liberation Sans Narrow",
)
_SERIF = ("Liberation Serif", "Liberation Serif", "EB Garamond", "Gentium Plus", "Roboto Slab", "Caladea")
_SERIFS = frozenset({"Libertinus Serif", "New Computer Modern", "DejaVu Serif", "Source Serif Pro", "Caladea"})
_BUILT_IN = frozenset({"Libertinus Serif", "New Computer Modern"})  # only Typst has them


@dataclass(frozen=True)
class Habits:
    """What one web page's author does always. `face`: the family for running text, `tables`: grids are tables;
    `spaces`: how several blanks are kept ("pre", "nb"); `printed`: the browser's own head and foot, drawn."""

    face: str | None
    tables: bool
    spaces: str
    links: bool
    tagged: bool
    printed: tuple[str, str] | None
    title: str

    def family(self, name: str) -> str:
        """The CSS families for a font of the paper."""
        serif = name in _SERIFS
        first = self.face if self.face else name
        return f"'{first}','{'Liberation Serif' if serif else 'Liberation Sans'}','DejaVu Sans'"

    def dressed(self, paper: Paper) -> Paper:
        """The paper with what browsers print around pages, where there is nothing else."""
        if not self.printed or any(s.header or s.footer for s in paper.sheets):
            return paper
        head, foot = (_around(*p.split("|")) for p in self.printed)
        return replace(paper, sheets=tuple(replace(s, header=head, footer=foot) for s in paper.sheets))


def habits(rng: Random, paper: Paper) -> Habits:
    """Habits by lot."""
    serif = paper.font in _SERIFS
    face = rng.choice(_SERIF if serif else _SANS)
    day = f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(2012, 2025)}"
    date = f"{day} {rng.randint(8, 19)}:{rng.randint(0, 59):02}"
    title = rng.choice(("Références", "Fiche projet", "Nos réalisations", "index.html", "Impression"))
    place = rng.choice(
        ("file:///C:/Users/com/Desktop/export.html", "localhost:3000/print", "https://…/references?print=1")
    )
    return Habits(
        face=face if paper.font in _BUILT_IN or rng.random() < 0.5 else None,
        tables=rng.random() < 0.3,
        spaces=rng.choice(("pre", "nb")),
        links=rng.random() < 0.5,
        tagged=rng.random() < 0.7,
        printed=(f"{date}|{title}", f"{place}|{{page}}/{{pages}}") if rng.random() < 0.3 else None,
        title=title,
    )


def _around(left: str, right: str) -> Node:
    look = Look(size=6.5, color="#000000", font="Liberation Sans")
    cells = (
        Cell(Para((Run(left, Mark(Role.FURNITURE), look),))),
        Cell(Para((Run(right, Mark(Role.FURNITURE), look),), align="right")),
    )
    return Grid(("1fr", "1fr"), (cells,))


@cache
def picture(color: str) -> str:
    """A small raster picture about a colour, as the address of an image."""
    base = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
    rows = b"".join(
        b"\x00" + bytes(max(0, min(255, c + 12 * ((x * y) % 4) - 18)) for x in range(8) for c in base) for y in range(8)
    )
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(png).decode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
