"""A brochure read again without somebody: whether all else is as it was, mission by mission."""

from __future__ import annotations

from collections.abc import Iterator, Set
from os.path import commonprefix
from typing import Any

from carnet.schemas.closed_lists import FindingCode
from carnet.schemas.mission import Contact, Mission
from carnet.schemas.result import EditionResult
from carnet.warehouse.matching.reread import moved, portraits_in
from carnet.warehouse.privacy.forgotten import LEFT_OUT

_SEPARATORS = " ,;:/()–—-\n\t\u00a0\u202f"
_SHOWN, _BEFORE = 60, 20
_OF_SURENESS = (FindingCode.WEAK_READING, FindingCode.EMPTY_SLOT)


def harm(before: EditionResult, after: EditionResult, concerned: Set[int]) -> str | None:
    """What would be lost or changed, in words, the first of it; None where nothing is.

    `before` is without the person already. `concerned`: missions (by ordinal) in which the person stood: where words
    were taken out of a text of theirs, there may be another blank or comma, and a remark on what is missing.
    """
    if len(before.missions) != len(after.missions):
        return f"{len(after.missions)} missions would be read, not {len(before.missions)}"
    move = moved("", portraits_in(before), portraits_in(after), before.keys)
    now = dict(move.keys) if move else {}
    for one, other, old_key, new_key in zip(before.missions, after.missions, before.keys, after.keys, strict=True):
        place = f"mission {one.ordinal}" + (f" (page {one.page_first})" if one.page_first else "")
        if now.get(old_key, old_key) != new_key:
            return f"{place} would have another heading, by which it is not known again"
        for name, was, is_now in _changed(one, other, one.ordinal in concerned):
            told = f": {_told_apart(was, is_now)}" if name != "contacts" else " would be read otherwise"
            return f"{place}, {name}{told}"
    return _harm_beside(before, after, concerned)


def _changed(one: Mission, other: Mission, concerned: bool) -> Iterator[tuple[str, Any, Any]]:
    for name in Mission.model_fields:
        was, now = getattr(one, name), getattr(other, name)
        if concerned:
            was, now = _without_marks(was), _without_marks(now)
        if was != now:
            yield name, was, now


def _without_marks(value: Any) -> Any:
    """A text without what tells that somebody stood in it; contacts of whom nothing is left are none."""
    if isinstance(value, str):
        pieces = [piece.strip(_SEPARATORS) for piece in value.split(LEFT_OUT)] if LEFT_OUT in value else [value]
        return " ".join(" ".join(pieces).split())
    if isinstance(value, tuple):
        return tuple(_without_marks(item) for item in value if not (isinstance(item, Contact) and _is_nobody(item)))
    if isinstance(value, Contact):
        said = {name: _without_marks(text) or None for name, text in value.model_dump(exclude={"has_left"}).items()}
        return value.model_copy(update=said)
    return value


def _is_nobody(contact: Contact) -> bool:
    said = (contact.name, contact.role, contact.email, contact.phone)
    return not any(_without_marks(text) for text in said if text)


def _harm_beside(before: EditionResult, after: EditionResult, concerned: Set[int]) -> str | None:
    for name in ("team", "offices", "websites"):
        if getattr(before, name) != getattr(after, name):
            return f"the brochure's {name} would be read otherwise"
    for name in ("firm", "edition_date", "pages"):
        was, now = getattr(before.edition, name), getattr(after.edition, name)
        if _without_marks(was) != _without_marks(now):
            return f"{name}: {_told_apart(was, now)}"
    remarks = _remarks(before, concerned) ^ _remarks(after, concerned)
    return f"{min(remarks)[1]} would be remarked otherwise" if remarks else None


def _remarks(result: EditionResult, concerned: Set[int]) -> set[tuple[str, str, str]]:
    """Findings on the missions of others. On the whole edition they speak of blocks nobody read, which change with what
    was taken out of them; and how sure the reading is of a value depends on all that it sees."""
    return {
        (f.code.value, f"mission {f.mission}, {f.field or f.code.value}", f.message)
        for f in result.findings
        if f.mission is not None and f.mission not in concerned and f.code not in _OF_SURENESS
    }  # fmt: skip


def _told_apart(was: Any, now: Any) -> str:
    """Both, long ones from shortly before they differ."""
    one, other = _told(was), _told(now)
    differ = len(commonprefix([one, other]))
    begin = max(0, differ - _BEFORE) if differ >= _SHOWN - _BEFORE else 0
    return f"{_cut(one, begin)} would be read as {_cut(other, begin)}"


def _told(value: Any) -> str:
    return "nothing" if value is None else repr(value) if isinstance(value, str) else str(value)


def _cut(text: str, begin: int) -> str:
    return "…" * (begin > 0) + text[begin : begin + _SHOWN] + "…" * (len(text) > begin + _SHOWN)
