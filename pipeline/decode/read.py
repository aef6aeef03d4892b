"""Pages -> missions by roles and links: fragments, observations, the network, the decoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

from carnet.pipeline.decode.items import parts_of
from carnet.pipeline.decode.known_labels import with_known_labels
from carnet.pipeline.decode.known_lines import without_known_lines
from carnet.pipeline.decode.missions import decode
from carnet.pipeline.decode.proposal import Read
from carnet.pipeline.observe.document import Observed, observe
from carnet.pipeline.observe.vectors import Meaning
from carnet.pipeline.observe.words import WordObserver
from carnet.pipeline.page.fragments import Sheet, sheets
from carnet.pipeline.page.plain import plain_sheets
from carnet.pipeline.roles.network import RoleModel, Told, role_model
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.list_marks import list_marks
from carnet.schemas.layout import Page


def read_roles(pages: Sequence[Page], rules: Rules) -> Read:
    """The missions of a document, with boxes or without."""
    taken, seen, told, model = observed(pages, rules)
    read = decode(taken, seen, told, model, partial(parts_of, rules=rules))
    if not _boxed(pages):
        return _without_pages(read)
    crowded = {p.number: [w.text for w in p.words] for p, s in zip(pages, taken, strict=True) if not s.fragments}
    return replace(read, untold=read.untold | {number: words for number, words in crowded.items() if words})


def observed(pages: Sequence[Page], rules: Rules) -> tuple[list[Sheet], Observed, Told, RoleModel]:
    """A document taken apart, what is observed of it, and what the network says of that."""
    model = role_model()
    words, meaning = _observers(rules)
    taken = sheets(pages, list_marks(rules)) if _boxed(pages) else plain_sheets(pages, list_marks(rules))
    seen = observe(taken, words, meaning)
    told = with_known_labels(model.ask(seen), seen, model.roles, rules)
    return taken, seen, without_known_lines(told, seen, model.roles, rules), model


def _boxed(pages: Sequence[Page]) -> bool:
    return any(w.box for p in pages for w in p.words)


def _without_pages(read: Read) -> Read:
    """A text has no pages: those it was looked at by are ours. Its mark-up tells more than where its lines would stand:
    the reading by roles is not sure of itself."""
    missions = tuple(replace(m, page_first=None, page_last=None) for m in read.outline.missions)
    return replace(read, outline=replace(read.outline, missions=missions), untold={}, unsure=1.0)


@lru_cache(maxsize=2)
def _observers(rules: Rules) -> tuple[WordObserver, Meaning]:
    return WordObserver(rules), Meaning(role_model().axes)
