"""Pages -> missions by roles and links: fragments, observations, the network, the decoder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.decode.missions import Read, decode
from pipeline.observe.document import observe
from pipeline.observe.vectors import Meaning
from pipeline.observe.words import WordObserver
from pipeline.page.fragments import sheets
from pipeline.roles.network import role_model
from pipeline.rules import Rules
from pipeline.rules.list_marks import list_marks
from schemas.layout import Page


def read_roles(pages: Sequence[Page], rules: Rules) -> Read:
    """The missions of a document with boxes."""
    model = role_model()
    words, meaning = _observers(rules)
    taken = sheets(pages, list_marks(rules))
    seen = observe(taken, words, meaning)
    return decode(taken, seen, model.ask(seen), model)


@lru_cache(maxsize=2)
def _observers(rules: Rules) -> tuple[WordObserver, Meaning]:
    return WordObserver(rules), Meaning(role_model().axes)
