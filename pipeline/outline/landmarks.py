"""What stands out on the pages around missions: names of parts (badges), heads of pages, years, pages of addresses."""

from __future__ import annotations

import re
from collections import Counter

from carnet.pipeline.outline import headings as look
from carnet.pipeline.outline.headings import is_reference_table, kinds_of
from carnet.pipeline.outline.kinds import STRONG
from carnet.pipeline.outline.tokens import Is, Stream, Token
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.bodies import names_body
from carnet.schemas.outline import PartKind


class Landmarks:
    """Read once from the whole stream. `looks`: of mission headings; `kickers`: of the short lines above them."""

    def __init__(self, stream: Stream, looks: frozenset[look.Look], kickers: frozenset[look.Look]) -> None:
        self.stream = stream
        self.tokens = stream.tokens
        self.looks = looks
        self.kickers = kickers
        self.largest = self._largest()
        self.lowest = self._lowest()
        self.pages = max((t.page or 0 for t in self.tokens), default=0)
        self.back_matter = self._back_matter()
        self.page_heads = self._page_heads()
        self.badges = self._badges()
        self.running = self._running()

    def _largest(self) -> float:
        sizes = [t.style.size for t in self.tokens if look.opens(t, self.looks, self.stream)]
        return max(sizes, default=0.0)

    def _running(self) -> frozenset[str]:
        return frozenset(fold(t.text).strip() for t in self.tokens if t.what is Is.FURNITURE and self._at_top(t))

    def _badges(self) -> frozenset[str]:
        """Short texts that come again on or above several missions: their part of the brochure."""
        counts: Counter[tuple[str, str]] = Counter()
        pages: dict[str, set[int | None]] = {}
        for token in self.tokens:
            if place := self._badge_place(token):
                key = fold(token.text).strip()
                counts[key, place] += 1
                pages.setdefault(key, set()).add(token.page)
        total = len({t.page for t in self.tokens}) or 1
        again = {k for (k, _), n in counts.items() if n >= 2 and len(pages[k]) < 0.75 * total and _is_name(k)}
        return frozenset(again | self._alike(again))

    def _alike(self, badges: set[str]) -> set[str]:
        """What stands over missions on one page, in the look and at the height of two badges: a part of one page."""
        heads = [t for t in self.tokens if t.page and t.block.box and self._badge_place(t) in ("margin", "heading")]
        places: dict[tuple[object, ...], set[str]] = {}
        for token in heads:
            if fold(token.text).strip() in badges:
                places.setdefault(_place(token), set()).add(fold(token.text).strip())
        told = {t.page for t in self.tokens if look.opens(t, self.looks, self.stream)}
        return {
            fold(t.text).strip()
            for t in heads
            if t.page in told and len(places.get(_place(t), ())) >= 2 and _is_name(fold(t.text))
        }

    def _badge_place(self, token: Token) -> str:
        """Where names of parts stand: in the margin, in a small box, over a title; "" elsewhere."""
        if token.what is Is.FURNITURE:
            return "margin"
        if self._kicker_name(token) or self._page_head(token):
            return "heading"
        return "box" if self._small_box(token) else ""

    def _small_box(self, token: Token) -> bool:
        """A short text in a filled box of its own, no larger than the body."""
        return (
            token.what is Is.TEXT
            and len(token.text) < 90
            and "\n" not in token.text
            and token.block.fill not in (None, "#ffffff")
            and token.style.size <= 1.05 * self.stream.body_size
            and not look.opens(token, self.looks, self.stream)
        )

    def is_badge(self, token: Token) -> bool:
        """The name of a part: a running head, or the same text or look above a mission's heading."""
        if not token.page or fold(token.text).strip() not in self.badges:
            return False
        if token.what is Is.FURNITURE:
            return self._at_top(token)
        if self._kicker_name(token) or self._page_head(token):
            return True
        return self._small_box(token) and fold(token.text).strip() in self.running

    def _kicker_name(self, token: Token) -> bool:
        """A short line above mission headings that is no body's name."""
        if token.what is not Is.TEXT or token.look not in self.kickers or len(token.text) > 70 or "\n" in token.text:
            return False
        return not self.is_body(token.text) and not self.stream.noise("credit_line", token.text)

    def _page_head(self, token: Token) -> bool:
        """The first line of a page, set as a heading but not as that of a mission."""
        return (
            id(token) in self.page_heads
            and self.stream.prominent(token)
            and len(token.text) < 70
            and not look.opens(token, self.looks, self.stream)
            and not (token.look in self.kickers and self.is_body(token.text))
        )

    def _at_top(self, token: Token) -> bool:
        box = token.block.box
        return box is not None and box.top < 0.5 * self.lowest.get(token.page, 0.0)

    def _lowest(self) -> dict[int | None, float]:
        """Where the last text of each page begins."""
        tops: dict[int | None, list[float]] = {}
        for token in self.tokens:
            if token.block.box:
                tops.setdefault(token.page, []).append(token.block.box.top)
        return {page: max(some) for page, some in tops.items()}

    def _page_heads(self) -> frozenset[int]:
        """id() of the topmost text of each page."""
        tops: dict[int, Token] = {}
        for token in self.tokens:
            if token.page and token.block.box and token.what is Is.TEXT:
                best = tops.get(token.page)
                if best is None or best.block.box and token.block.box.top < best.block.box.top:
                    tops[token.page] = token
        return frozenset(id(t) for t in tops.values())

    def _back_matter(self) -> frozenset[int]:
        """Pages of addresses: a post code or a web address, and not one label of a mission."""
        pages: dict[int, list[Token]] = {}
        for token in self.tokens:
            if token.page and token.what is not Is.FURNITURE:
                pages.setdefault(token.page, []).append(token)
        out = set()
        for page, tokens in pages.items():
            text = "\n".join(t.text for t in tokens)
            labelled = any(
                set(kinds_of(t)) & STRONG - {PartKind.CONTACT} or t.what in (Is.HEADS, Is.CELLS) for t in tokens
            )
            if not labelled and len(text) < 900 and len(_ADDRESS.findall(text)) >= 1:
                out.add(page)
        return frozenset(out)

    def is_year(self, i: int, token: Token) -> bool:
        """The heading of a year ("2021"), with a mission or a table of missions right after it."""
        if not _YEAR.fullmatch(token.text.strip()) or not self.stream.prominent(token):
            return False
        after = next((t for t in self.tokens[i + 1 : i + 6] if t.what is not Is.FURNITURE), None)
        return after is not None and (look.opens(after, self.looks, self.stream) or is_reference_table(after))

    def heads_ahead(self, i: int) -> bool:
        """Column heads of a table of missions right after this text, but for a note or two."""
        after = [t for t in self.tokens[i + 1 : i + 6] if t.what is not Is.FURNITURE][:3]
        return any(is_reference_table(t) for t in after)

    def is_figure(self, token: Token) -> bool:
        """A number set large ("2 400", "71 %", "1,2 M€"); "Eau" and "SIG" are words."""
        letters = sum(c.isalpha() for c in token.text)
        if not any(c.isdigit() for c in token.text):
            return letters < 2
        return letters < 4 or token.text[:1].isdigit() and letters < 8

    def is_body(self, text: str) -> bool:
        return names_body(text, self.stream.rules)


_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?")
_ADDRESS = re.compile(r"(?:^|[\s,–-])(?:[A-Z]{1,2}-\s?)?\d{4,5}\s+[A-ZÀ-Ö][a-zà-ÿ]+|www\.\w")


def _place(token: Token) -> tuple[object, ...]:
    """Look and height on the page."""
    box = token.block.box
    return token.what, token.look, round(box.top / 3) if box else None


def _is_name(text: str) -> bool:
    return (
        sum(c.isalpha() for c in text) > 5
        and not any(c.isdigit() for c in text)
        and "www" not in text
        and "@" not in text
    )
