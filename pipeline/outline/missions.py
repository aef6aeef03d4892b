"""The stream of tokens -> missions, with their domain, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from carnet.pipeline.outline import domains, loose
from carnet.pipeline.outline import headings as look
from carnet.pipeline.outline.clients import with_heading_clients, with_placed_clients
from carnet.pipeline.outline.contents import plain_chapters
from carnet.pipeline.outline.headings import is_reference_table, kinds_of
from carnet.pipeline.outline.kinds import NARRATIVE, STRONG
from carnet.pipeline.outline.landmarks import Landmarks
from carnet.pipeline.outline.menus import find_menus
from carnet.pipeline.outline.notices import find_notices
from carnet.pipeline.outline.parts import listed, read_parts, table_parts
from carnet.pipeline.outline.pieces import Piece
from carnet.pipeline.outline.prose import prose_items
from carnet.pipeline.outline.sections import role_of
from carnet.pipeline.outline.tokens import Is, Stream, Token
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.plain import is_value
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Above, MissionSection, Outline, Part, PartKind


def find_missions(stream: Stream, looks: frozenset[look.Look]) -> Outline:
    """Missions in reading order; text outside them by role: front, team, offices. `looks`: of mission headings."""
    walk = _Walk(stream, looks, find_notices(stream))
    walk.run()
    if not walk.missions:
        items = prose_items(stream)
        if items:
            walk = _Walk(stream, looks, items)
            walk.run()
    return walk.outline()


class _Walk:
    def __init__(
        self, stream: Stream, looks: frozenset[look.Look], items: Mapping[int, tuple[Part, ...]] | None = None
    ) -> None:
        self.stream = stream
        self.items = items or {}
        self.tokens = stream.tokens
        self.missions: list[Piece] = []
        self.current: Piece | None = None
        self.looks = looks
        self.kickers = look.kicker_looks(stream, self.looks)
        self.subtitles = look.subtitle_looks(stream, self.looks)
        self.marks = Landmarks(stream, looks, self.kickers)
        self.menus = {m.start: m for m in find_menus(self.tokens, lambda t: look.opens(t, self.looks, stream))}
        self.plain_chapters = plain_chapters(stream)
        labels = (i for i, t in enumerate(self.tokens) if set(kinds_of(t)) - {PartKind.CONTACT})
        self.last_label = max(labels, default=-1)
        self.at = 0  # the token being read
        self.pending: list[Token] = []  # text since the last mission, which may be a heading
        self.chapter: Passage | None = None
        self.chapter_by: Above | None = None
        self.part_token: Token | None = None
        self.shared: list[Token] = []
        self.year: Passage | None = None
        self.same_page = self._labels_on_page()
        self.heads: Token | None = None
        self.band: Passage | None = None
        self.badge: Passage | None = None
        self.chapter_size = 0.0
        self.largest_chapter = 0.0
        self.role = "front"
        self.around: dict[str, list[Passage]] = {"front": [], "team": [], "offices": []}

    # ---- the walk

    def run(self) -> None:
        i = 0
        while i < len(self.tokens):
            menu = self.menus.get(i)
            if menu:
                self._menu(menu.current)
                i = menu.end
                continue
            self.at = i
            self._token(i, self.tokens[i])
            i += 1
        self._close()

    def _menu(self, current: Passage | None) -> None:
        self._close()
        self.role = "front"
        if current is not None:
            self.chapter, self.chapter_by, self.band, self.badge = current, Above.MENU, None, None
            self.year = None

    def _token(self, i: int, token: Token) -> None:
        if i in self.items:
            if self.items[i]:
                self._item(token, self.items[i])
            return
        if token.what is Is.FURNITURE:
            if self.marks.is_badge(token):
                self.badge = token.passage
            return
        if token.what is Is.TEXT and id(token) in self.marks.page_heads and self.marks.is_badge(token):
            if self._beside(token):
                self._into_mission(token)
                return
            if self.badge is None or fold(self.badge.text) != fold(token.text):
                self._close()
            self.badge, self.part_token = token.passage, token
            return
        if token.what in (Is.HEADS, Is.CELLS, Is.BAND) and self._table(token):
            return
        if token.what is Is.TEXT and self.marks.is_year(i, token):
            self._close()
            self.year = token.passage
            return
        if self._is_chapter(i, token):
            self._close()
            self._start_chapter(token)
            return
        opens = look.opens(token, self.looks, self.stream)
        if token.what is Is.TEXT and not opens and self._beside_part(token):
            self._outside(token)
            self.pending.clear()
            return
        if opens:
            self._heading(i, token)
            return
        if token.what is Is.TEXT and self._kicks(i, token):
            self._kicker(token)
            return
        if token.what is Is.LABEL and self._names_section(token):
            self._close()
            self.chapter = None
            self._outside(token)
            return
        if kinds_of(token) and self._new_cycle(i, token):
            self._headless(token)
        if self.current:
            self._into_mission(token)
        else:
            self._outside(token)

    def _item(self, token: Token, parts: tuple[Part, ...]) -> None:
        """An item of a list of references in prose."""
        self._close()
        mission = Piece(parts=parts, tokens=[token], last_page=token.page)
        self._place(mission)
        self.missions.append(mission)

    def _names_section(self, token: Token) -> bool:
        """A word that is a label elsewhere, set as the heading of a part of the brochure ("Équipe", "Contact")."""
        large = token.style.size > 1.25 * self.stream.body_size
        return large and role_of(token, self.stream) in ("team", "offices")

    # ---- fiches

    def _heading(self, i: int, token: Token) -> None:
        """A text in the look of mission headings: of the heading being read, or of a new piece."""
        if self.current and not self.current.tokens and self._adjoins(self.current.heading, token):
            self._without_chapter(self.current)
            self.current.heading.append(token)
            return
        kickers = self.pending_kickers
        self._close()
        if not self._has_labels(i):
            self.around["front"].extend(t.passage for t in kickers)
            self._outside(token)
            return
        self.current = self._mission([*kickers, token])

    @property
    def pending_kickers(self) -> list[Token]:
        out: list[Token] = []
        while self.pending and self.pending[-1].look in self.kickers:
            out.insert(0, self.pending.pop())
        return out

    def _kicks(self, i: int, token: Token) -> bool:
        """A kicker, with a mission heading right after it (other kickers between)."""
        if token.look not in self.kickers:
            return False
        j = i + 1
        while (
            j < len(self.tokens)
            and (self.tokens[j].what is Is.FURNITURE or self.tokens[j].look in self.kickers)
            and j < i + 4
        ):
            j += 1
        return j < len(self.tokens) and look.opens(self.tokens[j], self.looks, self.stream)

    def _kicker(self, token: Token) -> None:
        if self.current:
            self._close()
        self.pending.append(token)

    def _without_chapter(self, mission: Piece) -> None:
        """The part of the brochure, once more above the title, is no word of the title."""
        if len(mission.heading) == 1 and self._names_chapter(mission.heading[0]):
            self.badge = mission.heading.pop().passage
            self._place(mission)

    def _adjoins(self, heading: Sequence[Token], token: Token) -> bool:
        if not heading:
            return True
        last = heading[-1]
        a, b = last.block.box, token.block.box
        if last.page != token.page:
            return False
        return a is None or b is None or b.top - a.bottom < 2.2 * max(10.0, token.style.size)

    def _has_labels(self, i: int) -> bool:
        """Does what follows this heading, up to the next one, look like a mission?"""
        kinds: set[PartKind] = set()
        for token in self._piece(i):
            new = set(kinds_of(token)) & STRONG
            if new and not kinds and self.same_page and token.page != self.tokens[i].page:
                return False
            kinds |= new
            if len(kinds) >= 2:
                return True
        return False

    def _piece(self, i: int) -> Iterator[Token]:
        """Tokens after the heading at `i`, up to the next heading, chapter, menu or table of missions."""
        started = False
        for j in range(i + 1, min(i + 90, len(self.tokens))):
            token = self.tokens[j]
            if token.what is Is.FURNITURE:
                continue
            if look.opens(token, self.looks, self.stream) or self._is_chapter(j, token):
                if started:
                    return
                continue
            started = True
            if j in self.menus or is_reference_table(token):
                return
            yield token

    def _labels_on_page(self) -> bool:
        """Do the labels of a mission start on the page of its heading, nearly always? (one mission a slide)"""
        same = other = 0
        for i, token in enumerate(self.tokens):
            if look.opens(token, self.looks, self.stream):
                first = next((t for t in self._piece(i) if set(kinds_of(t)) & STRONG), None)
                same += first is not None and first.page == token.page
                other += first is not None and first.page != token.page
        return same >= 6 * other

    def _new_cycle(self, i: int, token: Token) -> bool:
        """Does this label open a mission that has no heading?"""
        kinds = [k for k in kinds_of(token) if k in STRONG]
        if not kinds:
            return False
        if self.current is None:
            return self._cycle_ahead(i)
        seen = self.current.kinds
        if kinds[0] not in seen or len(set(seen) & STRONG) < 2:
            return False
        if kinds[0] is PartKind.TITLE and not self.looks:
            return True
        if kinds[0] is self.current.first_kind() and len(set(seen) & STRONG) >= 3 and self._cycle_ahead(i):
            if not self.stream.has_boxes:
                return True
            return token.page != self.current.last_page or not self.looks or len(set(seen) & STRONG) >= 4
        return False

    def _cycle_ahead(self, i: int) -> bool:
        """At least three kinds of labels of a mission from here on, before anything else begins."""
        kinds: set[PartKind] = set()
        first: PartKind | None = None
        for j in range(i, min(i + 60, len(self.tokens))):
            token = self.tokens[j]
            if j in self.menus or is_reference_table(token) or j > i and look.opens(token, self.looks, self.stream):
                break
            for kind in kinds_of(token):
                if kind is first and len(kinds) > 1:
                    return len(kinds & STRONG) >= 3
                first = first or kind
                kinds.add(kind)
        return len(kinds & STRONG) >= 3

    def _headless(self, token: Token) -> None:
        heading: list[Token] = []
        if not (self.stream.has_boxes and self.looks or PartKind.TITLE in kinds_of(token)):
            source = self.current.tokens if self.current else self.pending
            heading = loose.take_heading(source, token, self.stream, in_mission=self.current is not None)
        self._close()
        self.current = self._mission(heading)

    def _mission(self, heading: Sequence[Token]) -> Piece:
        mission = Piece()
        for token in heading:
            if self.marks.is_badge(token) or len(heading) > 1 and self._names_chapter(token):
                self.badge = token.passage
            elif len(heading) > 1 and self.stream.noise("credit_line", token.text):
                continue
            elif not (self.stream.noise("reference_line", token.text) or self.stream.noise("part_line", token.text)):
                mission.heading.append(token)
        self._place(mission)
        if len(mission.heading) > 1:
            self._name_part(mission)
        self.pending.clear()
        return mission

    def _names_chapter(self, token: Token) -> bool:
        """Does it say again which part of the brochure this is?"""
        return self.chapter is not None and fold(self.chapter.text).split() == fold(token.text).split()

    def _name_part(self, mission: Piece) -> None:
        """ "Référence 07 | Mobilité" above a title: number and part of the brochure, no words of the title."""
        first = mission.heading[0]
        number = re.match(self.stream.rules.lexicon("fields")["heading_number"], fold(first.text))
        if number is None or "|" not in number.group() or len(first.text) > 80 or "\n" in first.text:
            return
        named = first.passage.slice(number.end(), len(first.text))
        if not self.marks.is_body(named.text):
            mission.heading.pop(0)
            mission.domain, mission.domain_by = named, Above.BADGE

    def _beside(self, token: Token) -> bool:
        """Is this in a column beside the mission being read, no lower than its heading on the same page?"""
        mission = self.current
        if mission is None or not mission.heading or mission.last_page not in (None, token.page):
            return False
        head, box = mission.heading[-1].block.box, token.block.box
        same = mission.heading[-1].page == token.page
        return same and head is not None and box is not None and box.top < head.bottom

    def _into_mission(self, token: Token) -> None:
        mission = self.current
        assert mission
        if token.page in self.marks.back_matter and token.page != mission.last_page:
            self._close()
            self.role = "offices"
            self._outside(token)
            return
        if token.what is Is.TEXT and self.marks.is_badge(token):
            self.badge = token.passage
            if self._beside(token):
                self._place(mission)
            return
        subtitle = token.what is Is.TEXT and token.look in self.subtitles and look.may_head(token, self.stream)
        if not mission.tokens and subtitle and mission.heading:
            self._name_part(mission)
            self._without_chapter(mission)
            mission.heading.append(token)
            return
        if (
            token.what is Is.TEXT
            and role_of(token, self.stream) in ("team", "offices")
            and (self.stream.prominent(token) or self._past_missions(token))
        ):
            self._close()
            self._outside(token)
            return
        mission.tokens.append(token)
        mission.kinds.update(dict.fromkeys(kinds_of(token)))
        mission.last_page = token.page

    def _past_missions(self, token: Token) -> bool:
        """In a text without looks: a line of its own behind the last label of the last mission."""
        if self.stream.has_boxes or "\n" in token.text or token.is_bullet:
            return False
        return self.at > self.last_label

    # ---- tables

    def _table(self, token: Token) -> bool:
        """A token of a reference table; False for one of a small table of values inside a mission."""
        if token.what is Is.HEADS:
            if not is_reference_table(token):
                self.heads = None
                return False
            if self.heads is None or [h.kind if h else None for h in self.heads.hits] != [
                h.kind if h else None for h in token.hits
            ]:
                self.band = None if self.heads is None or self._new_table(token) else self.band
            self._close()
            self.heads = token
            return True
        if self.heads is None:
            return False
        if token.what is Is.BAND:
            if not self.stream.noise("total_row", token.text):
                self.band = token.passage
            return True
        if len(token.block.cells) != len(self.heads.block.cells):
            return False
        if any(self.stream.noise("total_row", c.text) for c in token.block.cells):
            return True
        if self._continues_row(token):
            return True
        mission = Piece(parts=table_parts(self.heads, token), tokens=[token])
        mission.last_page = token.page
        self._place(mission)
        mission.chapter, mission.chapter_by = self.chapter, self.chapter_by
        if sum(bool(p.items) for p in mission.parts or ()) >= 2:
            self.missions.append(mission)
        return True

    def _new_table(self, token: Token) -> bool:
        return self.heads is None or self.heads.block.cells != token.block.cells

    def _continues_row(self, token: Token) -> bool:
        """The rest of a row that was cut by the page end: text that goes on, and empty key cells."""
        last = self.missions[-1] if self.missions else None
        if last is None or last.parts is None or last.last_page == token.page or self.heads is None:
            return False
        parts = table_parts(self.heads, token)
        if len(parts) != len(last.parts):
            return False
        keys = (PartKind.PERIOD, PartKind.AMOUNT, PartKind.REFERENCE, PartKind.CLIENT)
        if any(p.items for p in parts if p.kind in keys) or not any(p.items for p in parts):
            return False
        first = next(p.items[0].text for p in parts if p.items)
        if not first[:1].islower() and sum(bool(p.items) for p in parts) > 1:
            return False
        last.parts = tuple(
            replace(a, items=(Passage.join([*a.items, *b.items]),) if a.items or b.items else ())
            for a, b in zip(last.parts, parts, strict=True)
        )
        last.tokens.append(token)
        return True

    # ---- domains

    def _is_chapter(self, i: int, token: Token) -> bool:
        """A heading above mission headings: larger than they are; any prominent text where there are only tables."""
        if id(token) in self.plain_chapters:
            return True
        if not self.stream.prominent(token) or self.marks.is_badge(token):
            return False
        mission = self.current
        if mission and mission.heading and not mission.tokens and self._adjoins(mission.heading, token):
            return False  # the title right under the client
        if self.looks and self.stream.has_boxes or self.marks.largest:
            size = token.style.size
            if look.opens(token, self.looks, self.stream):
                return False
            if size > 1.06 * self.marks.largest:
                return not self.marks.is_figure(token) and not self._beside_mission(token)
            return self.stream.has_boxes and self.marks.heads_ahead(i)
        return token.style.size > 1.1 * self.stream.body_size or self.marks.heads_ahead(i)

    def _beside_mission(self, token: Token) -> bool:
        """Large text inside the piece of a mission (a pull quote): italic."""
        return self.current is not None and token.style.italic

    def _beside_part(self, token: Token) -> bool:
        """Does it share its line with the heading of the part ("Cybersécurité" and, far right, its translation)?"""
        if self.part_token is None or self.part_token.page != token.page:
            return False
        a, b = self.part_token.block.box, token.block.box
        return a is not None and b is not None and a.top < (b.top + b.bottom) / 2 < a.bottom

    def _start_chapter(self, token: Token) -> None:
        self.part_token = token
        self.shared = []
        role = role_of(token, self.stream)
        self.role = role or "front"
        self.around[self.role].append(token.passage)
        named = role is None and not (token.page == 1 and self.marks.pages > 2)  # a cover names no part
        if named:
            self.chapter_size = token.style.size
        self.largest_chapter = max(self.largest_chapter, token.style.size)
        name = self.plain_chapters.get(id(token), token.passage)
        self.chapter, self.chapter_by, self.band = name if named else None, Above.CHAPTER, None
        self.badge = self.year = None
        self.heads = None

    def _place(self, mission: Piece) -> None:
        mission.year = self.year
        mission.shared = tuple(self.shared)
        if self.band is not None and mission.parts is not None:
            mission.domain, mission.domain_by = self.band, Above.BAND
        elif self.badge is not None:
            mission.domain, mission.domain_by = self.badge, Above.BADGE
        elif self.chapter is not None:
            mission.domain, mission.domain_by = self.chapter, self.chapter_by

    # ---- outside missions

    def _outside(self, token: Token) -> None:
        role = role_of(token, self.stream) if token.what in (Is.TEXT, Is.LABEL) else None
        if role and (self.stream.prominent(token) or len(token.text) < 40):
            self.role = role
        elif self.stream.prominent(token) and token.style.size > 1.25 * self.stream.body_size and self.role != "front":
            self.role = "front"
        if token.what is Is.CELLS or token.what is Is.HEADS:
            self.around[self.role].append(Passage.join([c for c in token.block.cells if c]))
        else:
            self.around[self.role].append(token.passage)
        if token.what is Is.INLINE and token.kind is PartKind.CONTACT and self.chapter is not None:
            self.shared.append(token)
        self.pending.append(token)
        del self.pending[:-6]

    def _close(self) -> None:
        mission, self.current = self.current, None
        if mission is None:
            return
        if len(set(mission.kinds) & STRONG) >= 1:
            self.missions.append(mission)
        else:
            self.around["front"].extend(t.passage for t in (*mission.heading, *mission.tokens))

    # ---- the result

    def outline(self) -> Outline:
        rules = self.stream.rules
        domains.bands_as_periods(self.missions, rules)
        titles_text = not self.stream.has_boxes and self.chapter_size == self.largest_chapter
        if titles_text or self.stream.has_boxes and len(self.missions) > 3:
            domains.drop_single_part(self.missions)
        domains.bands_as_clients(self.missions, rules)
        sections: list[MissionSection] = []
        shared: dict[int, tuple[Part, ...]] = {}
        for mission in self.missions:
            if mission.parts is not None:
                parts = tuple(listed(p, rules) for p in mission.parts)
            else:
                parts = read_parts(mission.tokens, self.stream)
                if not _tells_of_work(parts, self.stream.rules):
                    self.around["front"].extend(t.passage for t in (*mission.heading, *mission.tokens))
                    continue
            pages = [t.page for t in (*mission.heading, *mission.tokens) if t.page]
            sections.append(
                MissionSection(
                    ordinal=len(sections) + 1,
                    heading=tuple(t.passage for t in mission.heading),
                    parts=parts,
                    domain=mission.domain,
                    domain_rule=mission.domain_by.rule if mission.domain_by else "",
                    above=mission.domain_by,
                    page_first=min(pages) if pages else None,
                    page_last=max(pages) if pages else None,
                    from_table=mission.parts is not None,
                    year=mission.year,
                )
            )
            if mission.shared:
                shared[len(sections)] = read_parts(mission.shared, self.stream)
        return Outline(
            missions=with_heading_clients(with_placed_clients(sections, rules), shared, rules),
            front=tuple(self.around["front"]),
            team=tuple(self.around["team"]),
            offices=tuple(self.around["offices"]),
            running=tuple({fold(t.text): t.passage for t in self.tokens if t.what is Is.FURNITURE}.values()),
        )


def _tells_of_work(parts: Sequence[Part], rules: Rules) -> bool:
    """A value that only missions have, or text under two narrative labels: statistics and surveys have neither."""
    valued = (PartKind.CLIENT, PartKind.PERIOD, PartKind.AMOUNT, PartKind.CONTACT, PartKind.DURATION, PartKind.START)
    if any(p.kind in valued and p.items for p in parts):
        return True
    if any(is_value(i.text, rules) for p in parts if p.kind is PartKind.FACTS for i in p.items):
        return True
    told = {p.kind for p in parts if p.kind in NARRATIVE and sum(c.isalpha() for i in p.items for c in i.text) > 25}
    return len(told) >= 2
